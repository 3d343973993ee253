"""What became of each letter of the reminder ladder."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('reminder',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rung', sa.String(length=8), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_reminder_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_reminder_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('attestation_id', 'due_on', 'rung', name=op.f('uq_reminder_attestation_id_due_on_rung'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_party_id'), ['party_id'], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_party_id'))
    op.drop_table('reminder')
