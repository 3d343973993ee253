"""The joint-use notice: its draft, what was published, and when it was looked at again."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('joint_use_draft',
    sa.Column('matters_ja', sa.JSON(), nullable=False),
    sa.Column('matters_en', sa.JSON(), nullable=False),
    sa.Column('party_kinds', sa.JSON(), nullable=False),
    sa.Column('parties', sa.JSON(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('purposes', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_joint_use_draft_only_one')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_joint_use_draft_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_use_draft'))
    )
    op.create_table('joint_use_notice',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('matters_ja', sa.JSON(), nullable=False),
    sa.Column('matters_en', sa.JSON(), nullable=False),
    sa.Column('party_kinds', sa.JSON(), nullable=False),
    sa.Column('parties', sa.JSON(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('purposes', sa.JSON(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_joint_use_notice_made_by_id_person')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_joint_use_notice_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_use_notice')),
    sa.UniqueConstraint('number', name=op.f('uq_joint_use_notice_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_joint_use_notice_public_id'))
    )
    with op.batch_alter_table('joint_use_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joint_use_notice_effective_on'), ['effective_on'], unique=False)

    op.create_table('joint_use_review',
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=False),
    sa.Column('reviewed_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['joint_use_notice.id'], name=op.f('fk_joint_use_review_notice_id_joint_use_notice')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['person.id'], name=op.f('fk_joint_use_review_reviewed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_joint_use_review'))
    )
    with op.batch_alter_table('joint_use_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_joint_use_review_notice_id'), ['notice_id'], unique=False)

    guards.guard(op.get_bind(), ("joint_use_notice", "joint_use_review"))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('joint_use_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_joint_use_review_notice_id'))

    op.drop_table('joint_use_review')
    with op.batch_alter_table('joint_use_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_joint_use_notice_effective_on'))

    op.drop_table('joint_use_notice')
    op.drop_table('joint_use_draft')
