"""Sections of a checklist that are given to colleagues of the party."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('section_part',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('section', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('given_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) = (due_on IS NULL)', name=op.f('ck_section_part_due_with_person')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'],
                            name=op.f('fk_section_part_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['given_by_id'], ['person.id'], name=op.f('fk_section_part_given_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_section_part_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_section_part_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_section_part')),
    sa.UniqueConstraint('attestation_id', 'section', name=op.f('uq_section_part_attestation_id_section'))
    )
    with op.batch_alter_table('section_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_section_part_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_section_part_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('section_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_section_part_person_id'))
        batch_op.drop_index(batch_op.f('ix_section_part_party_id'))

    op.drop_table('section_part')
