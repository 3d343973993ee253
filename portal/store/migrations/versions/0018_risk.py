"""Tiers by two people, risk ratings and their acceptance."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('risk_rating',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('inherent_likelihood', sa.Integer(), nullable=False),
    sa.Column('inherent_impact', sa.Integer(), nullable=False),
    sa.Column('residual_likelihood', sa.Integer(), nullable=False),
    sa.Column('residual_impact', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('inherent_impact BETWEEN 1 AND 5', name=op.f('ck_risk_rating_inherent_impact')),
    sa.CheckConstraint('inherent_likelihood BETWEEN 1 AND 5', name=op.f('ck_risk_rating_inherent_likelihood')),
    sa.CheckConstraint('residual_impact BETWEEN 1 AND 5', name=op.f('ck_risk_rating_residual_impact')),
    sa.CheckConstraint('residual_likelihood BETWEEN 1 AND 5', name=op.f('ck_risk_rating_residual_likelihood')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_risk_rating_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_risk_rating_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_rating'))
    )
    with op.batch_alter_table('risk_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_risk_rating_party_id'), ['party_id'], unique=False)

    op.create_table('tier_proposal',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('tier', sa.String(length=8), nullable=False),
    sa.Column('computed', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('', 'confirmed', 'refused')", name=op.f('ck_tier_proposal_outcome')),
    sa.CheckConstraint("tier IN ('critical', 'high', 'medium', 'low')", name=op.f('ck_tier_proposal_tier')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_tier_proposal_decided_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_tier_proposal_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_tier_proposal_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tier_proposal')),
    sa.UniqueConstraint('public_id', name=op.f('uq_tier_proposal_public_id'))
    )
    with op.batch_alter_table('tier_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tier_proposal_party_id'), ['party_id'], unique=False)

    op.create_table('risk_acceptance',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('rating_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('accepted_by_id', sa.Integer(), nullable=False),
    sa.Column('accepted_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_risk_acceptance_accepted_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_risk_acceptance_party_id_party')),
    sa.ForeignKeyConstraint(['rating_id'], ['risk_rating.id'], name=op.f('fk_risk_acceptance_rating_id_risk_rating')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_acceptance'))
    )
    with op.batch_alter_table('risk_acceptance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_risk_acceptance_party_id'), ['party_id'], unique=False)

    guards.guard(op.get_bind(), ("risk_rating", "risk_acceptance"))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('risk_acceptance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_risk_acceptance_party_id'))

    op.drop_table('risk_acceptance')
    with op.batch_alter_table('tier_proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tier_proposal_party_id'))

    op.drop_table('tier_proposal')
    with op.batch_alter_table('risk_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_risk_rating_party_id'))

    op.drop_table('risk_rating')
