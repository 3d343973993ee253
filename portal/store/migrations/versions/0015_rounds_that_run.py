"""Supervision rounds that run: whom each asks, its state, note and recurrence."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('round_party',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=True),
    sa.Column('refusal', sa.JSON(), nullable=False),
    sa.Column('is_settled', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'],
                            name=op.f('fk_round_party_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_round_party_party_id_party')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_party_round_id_round')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_round_party_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_party')),
    sa.UniqueConstraint('attestation_id', name=op.f('uq_round_party_attestation_id')),
    sa.UniqueConstraint('round_id', 'party_id', 'template_id',
                        name=op.f('uq_round_party_round_id_party_id_template_id'))
    )
    with op.batch_alter_table('round_party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_party_party_id'), ['party_id'], unique=False)

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('business_days', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('note', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('wanted', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('repeat_months', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('next_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('state', sa.String(length=9), server_default='open', nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default='1', nullable=False))
        batch_op.alter_column('template_id', existing_type=sa.Integer(), nullable=True)
        batch_op.create_check_constraint(op.f('ck_round_state'), "state IN ('opening', 'open', 'paused', 'withdrawn')")



def downgrade() -> None:
    """Take the tables back to the revision before; a round of many checklists keeps the first of them."""
    op.execute('''UPDATE "round" SET template_id = (
        SELECT min(template_id) FROM round_party WHERE round_party.round_id = "round".id) WHERE template_id IS NULL''')
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.alter_column('template_id', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(op.f('ck_round_state'), type_='check')
        batch_op.drop_column('version')
        batch_op.drop_column('state')
        batch_op.drop_column('next_on')
        batch_op.drop_column('repeat_months')
        batch_op.drop_column('wanted')
        batch_op.drop_column('note')
        batch_op.drop_column('business_days')

    with op.batch_alter_table('round_party', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_party_party_id'))

    op.drop_table('round_party')
