"""Draws of samples, and verdicts that were accepted in a block after one."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0025'
down_revision = '0024'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('draw',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('version_digest', sa.String(length=64), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('eligible', sa.JSON(), nullable=False),
    sa.Column('drawn', sa.JSON(), nullable=False),
    sa.Column('drawn_by_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('percent BETWEEN 1 AND 100', name=op.f('ck_draw_percent')),
    sa.CheckConstraint('minimum >= 1', name=op.f('ck_draw_minimum')),
    sa.CheckConstraint('length(seed) = 64', name=op.f('ck_draw_seed')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_draw_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['person.id'], name=op.f('fk_draw_drawn_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_draw_party_id_party')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'],
                            name=op.f('fk_draw_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draw')),
    sa.UniqueConstraint('version_id', name=op.f('uq_draw_version_id'))
    )
    with op.batch_alter_table('draw', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draw_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draw_party_id'), ['party_id'], unique=False)

    with op.batch_alter_table('verdict', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draw_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_verdict_draw_id_draw'), 'draw', ['draw_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_verdict_draw_id'), ['draw_id'], unique=False)

    guards.guard(op.get_bind(), ("draw",))


def downgrade() -> None:
    """Take the draws back; the verdicts stay, no longer told from those that were read one by one."""
    with op.batch_alter_table('verdict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdict_draw_id'))
        batch_op.drop_constraint(batch_op.f('fk_verdict_draw_id_draw'), type_='foreignkey')
        batch_op.drop_column('draw_id')
    op.drop_table('draw')
