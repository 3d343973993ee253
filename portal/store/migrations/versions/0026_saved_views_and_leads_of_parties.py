"""Searches kept under a name, and the lead in whose hands a party is."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0026'
down_revision = '0025'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('saved_view',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(length=20), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('query', sa.JSON(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("page IN ('home', 'parties', 'findings', 'search', 'contracts_ending', 'contradictions')",
                       name=op.f('ck_saved_view_page')),
    sa.CheckConstraint('length(title) BETWEEN 1 AND 60', name=op.f('ck_saved_view_title')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('person_id', 'title', name=op.f('uq_saved_view_person_id_title')),
    sa.UniqueConstraint('public_id', name=op.f('uq_saved_view_public_id'))
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_view_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_saved_view_shared', ['is_shared', 'page'], unique=False)

    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lead_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_party_lead_id_person'), 'person', ['lead_id'], ['id'])
        for column in ('lead_id', 'tier', 'status'):
            batch_op.create_index(batch_op.f(f'ix_party_{column}'), [column], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('party', schema=None) as batch_op:
        for column in ('status', 'tier', 'lead_id'):
            batch_op.drop_index(batch_op.f(f'ix_party_{column}'))
        batch_op.drop_constraint(batch_op.f('fk_party_lead_id_person'), type_='foreignkey')
        batch_op.drop_column('lead_id')

    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_view_shared')
        batch_op.drop_index(batch_op.f('ix_saved_view_person_id'))

    op.drop_table('saved_view')
