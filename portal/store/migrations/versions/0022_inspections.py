"""Inspections on site: visits, their files, and the findings that came of them."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('inspection',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('points', sa.Text(), nullable=False),
    sa.Column('ours', sa.Text(), nullable=False),
    sa.Column('theirs', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('announced_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('attended', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name=op.f('ck_inspection_held_with_day')),
    sa.CheckConstraint("state IN ('planned', 'announced', 'held', 'cancelled')", name=op.f('ck_inspection_state')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_inspection_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_inspection_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('number', name=op.f('uq_inspection_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_inspection_public_id'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index('ix_inspection_list', ['state', 'planned_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_party_id'), ['party_id'], unique=False)
    op.create_table('inspection_file',
    sa.Column('inspection_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_inspection_file_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['inspection_id'], ['inspection.id'],
                            name=op.f('fk_inspection_file_inspection_id_inspection')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['person.id'], name=op.f('fk_inspection_file_linked_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_inspection_file_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_file')),
    sa.UniqueConstraint('inspection_id', 'evidence_id', name=op.f('uq_inspection_file_inspection_id_evidence_id'))
    )
    with op.batch_alter_table('inspection_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_file_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_file_party_id'), ['party_id'], unique=False)
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('inspection_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_finding_inspection_id'), ['inspection_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_finding_inspection_id_inspection'), 'inspection', ['inspection_id'], ['id'])


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_finding_inspection_id_inspection'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_finding_inspection_id'))
        batch_op.drop_column('inspection_id')
    with op.batch_alter_table('inspection_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_file_party_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_file_evidence_id'))
    op.drop_table('inspection_file')
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_party_id'))
        batch_op.drop_index('ix_inspection_list')
    op.drop_table('inspection')
