"""Counts of scope lines, by cell of the matrix and by contract, which the database keeps itself."""

import sqlalchemy as sa
from alembic import op

from portal.store import tallies

revision = '0031'
down_revision = '0030'

UNUSED = sa.text('lines = 0')


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('scope_cell',
    sa.Column('item', sa.String(length=40), nullable=False),
    sa.Column('purpose', sa.String(length=8), nullable=False),
    sa.Column('route', sa.String(length=30), nullable=False),
    sa.Column('location', sa.String(length=5), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('lines', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope_cell')),
    sa.UniqueConstraint('item', 'purpose', 'route', 'location', 'state',
                        name=op.f('uq_scope_cell_item_purpose_route_location_state'))
    )
    op.add_column('contract', sa.Column('lines', sa.Integer(), server_default='0', nullable=False))
    op.create_index('ix_contract_unused', 'contract', ['id'], sqlite_where=UNUSED, postgresql_where=UNUSED)
    connection = op.get_bind()
    for statement in tallies.statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    tallies.recount(connection)


def downgrade() -> None:
    """Take the tables back to the revision before; the counts can be made again."""
    connection = op.get_bind()
    for statement in tallies.removals(connection.dialect.name):
        connection.exec_driver_sql(statement)
    op.drop_index('ix_contract_unused', 'contract')
    op.drop_column('contract', 'lines')
    op.drop_table('scope_cell')
