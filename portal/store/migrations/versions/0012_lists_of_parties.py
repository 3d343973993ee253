"""lists of parties."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('party_list',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('received_by_id', sa.Integer(), nullable=False),
    sa.Column('received_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('amended', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['received_by_id'], ['person.id'], name=op.f('fk_party_list_received_by_id_person')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['person.id'], name=op.f('fk_party_list_taken_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party_list')),
    sa.UniqueConstraint('public_id', name=op.f('uq_party_list_public_id'))
    )


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_table('party_list')
