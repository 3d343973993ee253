"""Checklists in the making, notes of their versions, and workbooks sent back."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('template_draft',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('base_id', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['base_id'], ['template.id'], name=op.f('fk_template_draft_base_id_template')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['person.id'], name=op.f('fk_template_draft_begun_by_id_person')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], name=op.f('fk_template_draft_changed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_draft')),
    sa.UniqueConstraint('code', name=op.f('uq_template_draft_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_template_draft_public_id'))
    )
    op.create_table('template_note',
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_template_note_published_by_id_person')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_template_note_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_note')),
    sa.UniqueConstraint('template_id', name=op.f('uq_template_note_template_id'))
    )
    op.create_table('workbook',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=5), nullable=False),
    sa.Column('reading', sa.Text(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('received_by_id', sa.Integer(), nullable=False),
    sa.Column('received_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('applied_by_id', sa.Integer(), nullable=True),
    sa.Column('applied_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("form IN ('own', 'sheet')", name=op.f('ck_workbook_form')),
    sa.ForeignKeyConstraint(['applied_by_id'], ['person.id'], name=op.f('fk_workbook_applied_by_id_person')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_workbook_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_workbook_party_id_party')),
    sa.ForeignKeyConstraint(['received_by_id'], ['person.id'], name=op.f('fk_workbook_received_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workbook')),
    sa.UniqueConstraint('public_id', name=op.f('uq_workbook_public_id'))
    )
    with op.batch_alter_table('workbook', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_workbook_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_workbook_party_id'), ['party_id'], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('workbook', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_workbook_party_id'))
        batch_op.drop_index(batch_op.f('ix_workbook_attestation_id'))

    op.drop_table('workbook')
    op.drop_table('template_note')
    op.drop_table('template_draft')
