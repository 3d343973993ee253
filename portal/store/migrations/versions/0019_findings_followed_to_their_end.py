"""Findings are followed by a person to their end: evidence, how they were closed, and until when a risk is accepted."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('finding_evidence',
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_finding_evidence_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_evidence_finding_id_finding')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['person.id'], name=op.f('fk_finding_evidence_linked_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_finding_evidence_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_evidence')),
    sa.UniqueConstraint('finding_id', 'evidence_id', name=op.f('uq_finding_evidence_finding_id_evidence_id'))
    )
    with op.batch_alter_table('finding_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_evidence_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_evidence_party_id'), ['party_id'], unique=False)
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reply', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('accepted_until', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_finding_owner_id_person'), 'person', ['owner_id'], ['id'])
        batch_op.create_index('ix_finding_opened', ['opened_at'], unique=False)
        batch_op.create_index('ix_finding_closed', ['closed_at'], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_closed')
        batch_op.drop_index('ix_finding_opened')
        batch_op.drop_constraint(batch_op.f('fk_finding_owner_id_person'), type_='foreignkey')
        batch_op.drop_column('accepted_until')
        batch_op.drop_column('reply')
        batch_op.drop_column('owner_id')
    with op.batch_alter_table('finding_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_evidence_party_id'))
        batch_op.drop_index(batch_op.f('ix_finding_evidence_evidence_id'))
    op.drop_table('finding_evidence')
