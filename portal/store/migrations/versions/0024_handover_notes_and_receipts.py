"""Handover notes of a party beside the questions of a checklist, and the printed receipts of what it submitted."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('handover_note',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('checklist', sa.String(length=12), nullable=False),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_handover_note_party_id_party')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_handover_note_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_note')),
    sa.UniqueConstraint('party_id', 'checklist', 'question', name=op.f('uq_handover_note_party_id_checklist_question'))
    )

    op.create_table('receipt',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_receipt_party_id_party')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'],
                            name=op.f('fk_receipt_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt')),
    sa.UniqueConstraint('version_id', name=op.f('uq_receipt_version_id'))
    )
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receipt_party_id'), ['party_id'], unique=False)
    guards.guard(op.get_bind(), ("receipt",))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_table('receipt')
    op.drop_table('handover_note')
