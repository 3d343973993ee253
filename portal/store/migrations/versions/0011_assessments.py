"""Assessments: decisions and checks of a relation that are no checklist."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('assessment',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('engagement_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('selection', 'recipient', 'paper_check', 'equivalence', 'own_measures')",
                       name=op.f('ck_assessment_kind')),
    sa.CheckConstraint('until IS NULL OR until >= made_on', name=op.f('ck_assessment_days')),
    sa.ForeignKeyConstraint(['engagement_id'], ['engagement.id'], name=op.f('fk_assessment_engagement_id_engagement')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_assessment_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_assessment_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assessment_public_id'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index('ix_assessment_engagement', ['engagement_id', 'kind', 'made_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessment_party_id'), ['party_id'], unique=False)

    guards.guard(op.get_bind(), ("assessment",))



def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_party_id'))
        batch_op.drop_index('ix_assessment_engagement')

    op.drop_table('assessment')
