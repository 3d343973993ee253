"""What contradicts on scope lines, what waits for a decision, and the items a contract names."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('scope_warning',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('found_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_scope_warning_party_id_party')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_scope_warning_scope_id_scope_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope_warning'))
    )
    with op.batch_alter_table('scope_warning', schema=None) as batch_op:
        batch_op.create_index('ix_scope_warning_kind', ['kind', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_warning_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_warning_scope_id'), ['scope_id'], unique=False)

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.add_column(sa.Column('items', sa.JSON(), server_default='[]', nullable=False))

    with op.batch_alter_table('scope_line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('judged_under', sa.String(length=64), server_default='', nullable=False))
        batch_op.add_column(sa.Column('needs_decision', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(batch_op.f('ix_scope_line_needs_decision'), ['needs_decision'], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('scope_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scope_line_needs_decision'))
        batch_op.drop_column('needs_decision')
        batch_op.drop_column('judged_under')

    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_column('items')

    with op.batch_alter_table('scope_warning', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scope_warning_scope_id'))
        batch_op.drop_index(batch_op.f('ix_scope_warning_party_id'))
        batch_op.drop_index('ix_scope_warning_kind')

    op.drop_table('scope_warning')
