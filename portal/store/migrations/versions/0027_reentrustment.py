"""Re-entrustment: requests and the tree below a party, their lines and files, letters of consent."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0027'
down_revision = '0026'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('reentrustment',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('tier', sa.Integer(), nullable=False),
    sa.Column('name_ja', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('legal_id', sa.String(length=40), nullable=False),
    sa.Column('named_at', sa.Text(), nullable=False),
    sa.Column('work', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('safeguards', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=17), nullable=False),
    sa.Column('way', sa.String(length=13), nullable=False),
    sa.Column('conditions', sa.Text(), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('reviewer_ids', sa.JSON(), nullable=False),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint(
        "state IN ('draft', 'returned', 'taken_back') OR (starts_on IS NOT NULL AND ends_on IS NOT NULL"
        " AND way <> '' AND submitted_at IS NOT NULL)", name=op.f('ck_reentrustment_sent_whole')),
    sa.CheckConstraint(
        "state IN ('draft', 'submitted', 'returned', 'awaiting_approval', 'consented', 'listed', 'refused', 'expired', "
        "'withdrawn', 'ended', 'taken_back')", name=op.f('ck_reentrustment_state')),
    sa.CheckConstraint("way IN ('', 'consent', 'permission', 'notice_before', 'notice_after', 'listed')",
                       name=op.f('ck_reentrustment_way')),
    sa.CheckConstraint('(tier = 2) = (parent_id IS NULL)', name=op.f('ck_reentrustment_below')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_reentrustment_days')),
    sa.CheckConstraint('tier BETWEEN 2 AND 9', name=op.f('ck_reentrustment_tier')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_reentrustment_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_reentrustment_decided_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_reentrustment_made_by_id_person')),
    sa.ForeignKeyConstraint(['parent_id'], ['reentrustment.id'], name=op.f('fk_reentrustment_parent_id_reentrustment')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_reentrustment_party_id_party')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['person.id'], name=op.f('fk_reentrustment_submitted_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reentrustment')),
    sa.UniqueConstraint('number', name=op.f('uq_reentrustment_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_reentrustment_public_id'))
    )
    with op.batch_alter_table('reentrustment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reentrustment_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index('ix_reentrustment_list', ['state', 'ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_party_id'), ['party_id'], unique=False)

    op.create_table('consent_letter',
    sa.Column('reentrustment_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_consent_letter_party_id_party')),
    sa.ForeignKeyConstraint(['reentrustment_id'], ['reentrustment.id'],
                            name=op.f('fk_consent_letter_reentrustment_id_reentrustment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_letter')),
    sa.UniqueConstraint('reentrustment_id', name=op.f('uq_consent_letter_reentrustment_id'))
    )
    with op.batch_alter_table('consent_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_letter_party_id'), ['party_id'], unique=False)

    op.create_table('reentrustment_file',
    sa.Column('reentrustment_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_reentrustment_file_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['person.id'], name=op.f('fk_reentrustment_file_linked_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_reentrustment_file_party_id_party')),
    sa.ForeignKeyConstraint(['reentrustment_id'], ['reentrustment.id'],
                            name=op.f('fk_reentrustment_file_reentrustment_id_reentrustment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reentrustment_file')),
    sa.UniqueConstraint('reentrustment_id', 'evidence_id',
                            name=op.f('uq_reentrustment_file_reentrustment_id_evidence_id'))
    )
    with op.batch_alter_table('reentrustment_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reentrustment_file_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_file_party_id'), ['party_id'], unique=False)

    op.create_table('reentrustment_line',
    sa.Column('reentrustment_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_reentrustment_line_party_id_party')),
    sa.ForeignKeyConstraint(['reentrustment_id'], ['reentrustment.id'],
                            name=op.f('fk_reentrustment_line_reentrustment_id_reentrustment')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_reentrustment_line_scope_id_scope_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reentrustment_line')),
    sa.UniqueConstraint('reentrustment_id', 'scope_id', name=op.f('uq_reentrustment_line_reentrustment_id_scope_id'))
    )
    with op.batch_alter_table('reentrustment_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reentrustment_line_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reentrustment_line_scope_id'), ['scope_id'], unique=False)


    guards.guard(op.get_bind(), ("consent_letter",))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('reentrustment_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reentrustment_line_scope_id'))
        batch_op.drop_index(batch_op.f('ix_reentrustment_line_party_id'))
    op.drop_table('reentrustment_line')
    with op.batch_alter_table('reentrustment_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reentrustment_file_party_id'))
        batch_op.drop_index(batch_op.f('ix_reentrustment_file_evidence_id'))
    op.drop_table('reentrustment_file')
    with op.batch_alter_table('consent_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_letter_party_id'))
    op.drop_table('consent_letter')
    with op.batch_alter_table('reentrustment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reentrustment_party_id'))
        batch_op.drop_index(batch_op.f('ix_reentrustment_parent_id'))
        batch_op.drop_index('ix_reentrustment_list')
        batch_op.drop_index(batch_op.f('ix_reentrustment_ends_on'))
        batch_op.drop_index(batch_op.f('ix_reentrustment_country'))
        batch_op.drop_index(batch_op.f('ix_reentrustment_contract_id'))
    op.drop_table('reentrustment')
