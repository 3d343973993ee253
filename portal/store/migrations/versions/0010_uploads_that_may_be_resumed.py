"""Uploads that may be resumed."""

import sqlalchemy as sa
from alembic import op

from portal.models.base import UtcTime

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        'upload',
        sa.Column('party_id', sa.Integer(), nullable=False),
        sa.Column('attestation_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.String(length=12), nullable=False),
        sa.Column('begun_by_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('evidence_type', sa.String(length=20), nullable=False),
        sa.Column('valid_to', sa.Date(), nullable=True),
        sa.Column('begun_at', UtcTime(timezone=True), nullable=False),
        sa.Column('expires_at', UtcTime(timezone=True), nullable=False),
        sa.Column('evidence_id', sa.Integer(), nullable=True),
        sa.Column('public_id', sa.String(length=26), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name='fk_upload_attestation_id_attestation'),
        sa.ForeignKeyConstraint(['begun_by_id'], ['person.id'], name='fk_upload_begun_by_id_person'),
        sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name='fk_upload_evidence_id_evidence'),
        sa.ForeignKeyConstraint(['party_id'], ['party.id'], name='fk_upload_party_id_party'),
        sa.PrimaryKeyConstraint('id', name='pk_upload'),
        sa.UniqueConstraint('public_id', name='uq_upload_public_id'),
    )
    for column in ('attestation_id', 'expires_at', 'party_id'):
        op.create_index(f'ix_upload_{column}', 'upload', [column], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_table('upload')
