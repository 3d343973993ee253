"""The first tables."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0001'
down_revision = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('counter',
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counter')),
    sa.UniqueConstraint('series', name=op.f('uq_counter_series'))
    )
    op.create_table('job',
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('status', sa.String(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('lease_until', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('finished_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('queued', 'running', 'done', 'failed')", name=op.f('ck_job_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_job_public_id'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_due', ['status', 'due_at'], unique=False)

    op.create_table('ledger_checkpoint',
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_checkpoint')),
    sa.UniqueConstraint('size', name=op.f('uq_ledger_checkpoint_size'))
    )
    op.create_table('ledger_entry',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('noun', sa.String(length=30), nullable=False),
    sa.Column('thing', sa.String(length=40), nullable=False),
    sa.Column('leaf', sa.Text(), nullable=False),
    sa.Column('peaks', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry'))
    )
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_entry_event'), ['event'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_entry_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_entry_thing'), ['thing'], unique=False)

    op.create_table('ledger_node',
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_node')),
    sa.UniqueConstraint('level', 'position', name=op.f('uq_ledger_node_level_position'))
    )
    op.create_table('once',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_once')),
    sa.UniqueConstraint('person_id', 'key', name=op.f('uq_once_person_id_key'))
    )
    op.create_table('party',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name_ja', sa.Text(), nullable=False),
    sa.Column('name_en', sa.Text(), nullable=False),
    sa.Column('name_kana', sa.Text(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('location', sa.String(length=5), nullable=False),
    sa.Column('corporate_number', sa.String(length=13), nullable=False),
    sa.Column('ion', sa.String(length=12), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('is_fictional', sa.Boolean(), nullable=False),
    sa.Column('is_individual', sa.Boolean(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('tier', sa.String(length=8), nullable=False),
    sa.Column('tier_reason', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('created_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("location IN ('JP', 'EQ', 'OTHER')", name=op.f('ck_party_location')),
    sa.CheckConstraint("status IN ('candidate', 'active', 'suspended', 'ended')", name=op.f('ck_party_status')),
    sa.CheckConstraint("tier IN ('critical', 'high', 'medium', 'low', 'none')", name=op.f('ck_party_tier')),
    sa.ForeignKeyConstraint(['parent_id'], ['party.id'], name=op.f('fk_party_parent_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party')),
    sa.UniqueConstraint('code', name=op.f('uq_party_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_party_public_id'))
    )
    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_party_corporate_number'), ['corporate_number'], unique=False)
        batch_op.create_index(batch_op.f('ix_party_kind'), ['kind'], unique=False)
        batch_op.create_index('ix_party_list', ['name_ja', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_party_parent_id'), ['parent_id'], unique=False)

    op.create_table('person',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('name_kana', sa.Text(), nullable=False),
    sa.Column('name_romaji', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('has_shortcuts', sa.Boolean(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('totp_secret', sa.Text(), nullable=False),
    sa.Column('totp_step', sa.BigInteger(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("language IN ('ja', 'en')", name=op.f('ck_person_language')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email')),
    sa.UniqueConstraint('public_id', name=op.f('uq_person_public_id'))
    )
    op.create_table('rate',
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('expires_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rate')),
    sa.UniqueConstraint('key', name=op.f('uq_rate_key'))
    )
    with op.batch_alter_table('rate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rate_expires_at'), ['expires_at'], unique=False)

    op.create_table('template',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title_ja', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('published_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('retired_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template')),
    sa.UniqueConstraint('code', 'version', name=op.f('uq_template_code_version')),
    sa.UniqueConstraint('public_id', name=op.f('uq_template_public_id'))
    )
    op.create_table('conflict_statement',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('has_conflict', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('stated_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_conflict_statement_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_conflict_statement_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict_statement'))
    )
    with op.batch_alter_table('conflict_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conflict_statement_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conflict_statement_person_id'), ['person_id'], unique=False)

    op.create_table('contact',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contact_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_party_id'), ['party_id'], unique=False)

    op.create_table('engagement',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('relation', sa.String(length=24), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_engagement_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_engagement')),
    sa.UniqueConstraint('public_id', name=op.f('uq_engagement_public_id'))
    )
    with op.batch_alter_table('engagement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_engagement_party_id'), ['party_id'], unique=False)

    op.create_table('evidence',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('ascii_name', sa.Text(), nullable=False),
    sa.Column('mime', sa.String(length=100), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('evidence_type', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('scan', sa.String(length=12), nullable=False),
    sa.Column('scan_detail', sa.Text(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('superseded_by_id', sa.Integer(), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("scan IN ('clean', 'infected', 'not_scanned')", name=op.f('ck_evidence_scan')),
    sa.CheckConstraint("state IN ('quarantined', 'accepted', 'flagged', 'refused', 'superseded', 'purged')", name=op.f('ck_evidence_state')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_evidence_party_id_party')),
    sa.ForeignKeyConstraint(['superseded_by_id'], ['evidence.id'], name=op.f('fk_evidence_superseded_by_id_evidence')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['person.id'], name=op.f('fk_evidence_uploaded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('public_id', name=op.f('uq_evidence_public_id'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index('ix_evidence_digest', ['party_id', 'digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_valid_to'), ['valid_to'], unique=False)

    op.create_table('ledger_salt',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('salt', sa.LargeBinary(length=32), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['ledger_entry.id'], name=op.f('fk_ledger_salt_entry_id_ledger_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_salt'))
    )
    with op.batch_alter_table('ledger_salt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_salt_entry_id'), ['entry_id'], unique=False)

    op.create_table('login_session',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('has_second_factor', sa.Boolean(), nullable=False),
    sa.Column('started_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('seen_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('stepped_up_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('revoked_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('browser', sa.Text(), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_login_session_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_login_session_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('id_hash', name=op.f('uq_login_session_id_hash')),
    sa.UniqueConstraint('public_id', name=op.f('uq_login_session_public_id'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_person_id'), ['person_id'], unique=False)

    op.create_table('mail',
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('thing', sa.String(length=40), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('sent_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("status IN ('queued', 'sent', 'failed', 'bounced')", name=op.f('ck_mail_status')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_mail_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('public_id', name=op.f('uq_mail_public_id'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index('ix_mail_due', ['status', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_party_id'), ['party_id'], unique=False)

    op.create_table('membership',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=8), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("role IN ('officer', 'clerk')", name=op.f('ck_membership_role')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_membership_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('person_id', 'party_id', name=op.f('uq_membership_person_id_party_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_party_id'), ['party_id'], unique=False)

    op.create_table('party_alias',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_party_alias_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_party_alias'))
    )
    with op.batch_alter_table('party_alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_party_alias_party_id'), ['party_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recovery_code_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_person_id'), ['person_id'], unique=False)

    op.create_table('round',
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('started_by_id', sa.Integer(), nullable=False),
    sa.Column('started_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['started_by_id'], ['person.id'], name=op.f('fk_round_started_by_id_person')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_round_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('public_id', name=op.f('uq_round_public_id'))
    )
    op.create_table('staff_role',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.Column('granted_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], name=op.f('fk_staff_role_granted_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_role_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_role')),
    sa.UniqueConstraint('person_id', 'role', name=op.f('uq_staff_role_person_id_role'))
    )
    op.create_table('token',
    sa.Column('purpose', sa.String(length=12), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('party_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('expires_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('used_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("purpose IN ('invitation', 'reset', 'setup')", name=op.f('ck_token_purpose')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_token_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_token_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_token_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_token_token_hash'))
    )
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_token_party_id'), ['party_id'], unique=False)

    op.create_table('attestation',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=True),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=18), nullable=False),
    sa.Column('requested_by_id', sa.Integer(), nullable=False),
    sa.Column('requested_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('submitted_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('signed_off_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('version_no', sa.Integer(), nullable=False),
    sa.Column('preparer_ids', sa.JSON(), nullable=False),
    sa.Column('reviewer_ids', sa.JSON(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('evidences', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('requested', 'in_progress', 'submitted', 'under_review', 'returned', 'awaiting_approval', 'signed_off', 'withdrawn')", name=op.f('ck_attestation_state')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_attestation_party_id_party')),
    sa.ForeignKeyConstraint(['previous_id'], ['attestation.id'], name=op.f('fk_attestation_previous_id_attestation')),
    sa.ForeignKeyConstraint(['requested_by_id'], ['person.id'], name=op.f('fk_attestation_requested_by_id_person')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['person.id'], name=op.f('fk_attestation_reviewer_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_attestation_round_id_round')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_attestation_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attestation')),
    sa.UniqueConstraint('number', name=op.f('uq_attestation_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_attestation_public_id'))
    )
    with op.batch_alter_table('attestation', schema=None) as batch_op:
        batch_op.create_index('ix_attestation_desk', ['state', 'due_on'], unique=False)
        batch_op.create_index('ix_attestation_party', ['party_id', 'fiscal_year'], unique=False)
        batch_op.create_index(batch_op.f('ix_attestation_reviewer_id'), ['reviewer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attestation_round_id'), ['round_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attestation_template_id'), ['template_id'], unique=False)

    op.create_table('contract',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('engagement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('reentrustment_mode', sa.String(length=20), nullable=False),
    sa.Column('notice_days_party', sa.Integer(), nullable=False),
    sa.Column('notice_days_jmdp', sa.Integer(), nullable=False),
    sa.Column('governing_law', sa.String(length=2), nullable=False),
    sa.Column('created_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("reentrustment_mode IN ('forbidden', 'prior_consent', 'named_consent', 'prior_notice', 'later_notice', 'free')", name=op.f('ck_contract_reentrustment_mode')),
    sa.ForeignKeyConstraint(['engagement_id'], ['engagement.id'], name=op.f('fk_contract_engagement_id_engagement')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contract_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract')),
    sa.UniqueConstraint('number', name=op.f('uq_contract_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_contract_public_id'))
    )
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_engagement_id'), ['engagement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_party_id'), ['party_id'], unique=False)

    op.create_table('page_image',
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('mime', sa.String(length=20), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_page_image_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_page_image_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_image')),
    sa.UniqueConstraint('evidence_id', 'page', name=op.f('uq_page_image_evidence_id_page'))
    )
    with op.batch_alter_table('page_image', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_page_image_party_id'), ['party_id'], unique=False)

    op.create_table('answer_evidence',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('linked_by_id', sa.Integer(), nullable=False),
    sa.Column('linked_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_answer_evidence_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_answer_evidence_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['linked_by_id'], ['person.id'], name=op.f('fk_answer_evidence_linked_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_answer_evidence_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_evidence')),
    sa.UniqueConstraint('attestation_id', 'question', 'evidence_id', name=op.f('uq_answer_evidence_attestation_id_question_evidence_id'))
    )
    with op.batch_alter_table('answer_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_evidence_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_evidence_party_id'), ['party_id'], unique=False)

    op.create_table('attestation_version',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('certified_by_id', sa.Integer(), nullable=False),
    sa.Column('certified_name', sa.Text(), nullable=False),
    sa.Column('certified_title', sa.Text(), nullable=False),
    sa.Column('certified_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_attestation_version_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['certified_by_id'], ['person.id'], name=op.f('fk_attestation_version_certified_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_attestation_version_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attestation_version')),
    sa.UniqueConstraint('attestation_id', 'number', name=op.f('uq_attestation_version_attestation_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_attestation_version_public_id'))
    )
    with op.batch_alter_table('attestation_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attestation_version_party_id'), ['party_id'], unique=False)

    op.create_table('contract_clause',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('clause', sa.String(length=12), nullable=False),
    sa.Column('standing', sa.String(length=12), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing IN ('met', 'equivalent', 'waived', 'missing')", name=op.f('ck_contract_clause_standing')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_clause_contract_id_contract')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contract_clause_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_clause')),
    sa.UniqueConstraint('contract_id', 'clause', name=op.f('uq_contract_clause_contract_id_clause'))
    )
    with op.batch_alter_table('contract_clause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_clause_party_id'), ['party_id'], unique=False)

    op.create_table('contract_file',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_file_contract_id_contract')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_contract_file_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contract_file_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_file'))
    )
    with op.batch_alter_table('contract_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_file_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_file_party_id'), ['party_id'], unique=False)

    op.create_table('contract_term',
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('first', 'renewal', 'amendment')", name=op.f('ck_contract_term_kind')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_contract_term_dates')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_term_contract_id_contract')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contract_term_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_term')),
    sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_contract_term_contract_id_number'))
    )
    with op.batch_alter_table('contract_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_term_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_term_party_id'), ['party_id'], unique=False)

    op.create_table('finding',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('severity', sa.String(length=8), nullable=False),
    sa.Column('fact', sa.Text(), nullable=False),
    sa.Column('plan', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=14), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('closed_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('reviewer_ids', sa.JSON(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("severity IN ('critical', 'high', 'medium', 'low')", name=op.f('ck_finding_severity')),
    sa.CheckConstraint("state IN ('open', 'planned', 'agreed', 'done', 'verified', 'accepted_risk')", name=op.f('ck_finding_state')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_finding_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_finding_opened_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_finding_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('number', name=op.f('uq_finding_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_finding_public_id'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index('ix_finding_list', ['state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_party_id'), ['party_id'], unique=False)

    op.create_table('scope_line',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('engagement_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=True),
    sa.Column('clause', sa.Text(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('purpose', sa.String(length=8), nullable=False),
    sa.Column('location', sa.String(length=5), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('means', sa.Text(), nullable=False),
    sa.Column('retention', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('judged_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('route', sa.String(length=30), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("location IN ('JP', 'EQ', 'OTHER')", name=op.f('ck_scope_line_location')),
    sa.CheckConstraint("state IN ('draft', 'active', 'stopped', 'ended')", name=op.f('ck_scope_line_state')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_scope_line_contract_id_contract')),
    sa.ForeignKeyConstraint(['engagement_id'], ['engagement.id'], name=op.f('fk_scope_line_engagement_id_engagement')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_scope_line_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_scope_line_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope_line')),
    sa.UniqueConstraint('public_id', name=op.f('uq_scope_line_public_id'))
    )
    with op.batch_alter_table('scope_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scope_line_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_line_engagement_id'), ['engagement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_line_party_id'), ['party_id'], unique=False)
        batch_op.create_index('ix_scope_line_verdict', ['verdict', 'state'], unique=False)

    op.create_table('answer',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('author', sa.String(length=5), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('is_not_applicable', sa.Boolean(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('confirmed_version_id', sa.Integer(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("author IN ('party', 'jmdp')", name=op.f('ck_answer_author')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_answer_answered_by_id_person')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_answer_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['confirmed_version_id'], ['attestation_version.id'], name=op.f('fk_answer_confirmed_version_id_attestation_version')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_answer_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('attestation_id', 'question', name=op.f('uq_answer_attestation_id_question'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_party_id'), ['party_id'], unique=False)

    op.create_table('packet',
    sa.Column('number', sa.String(length=24), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('as_of', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('kept_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('manifest_digest', sa.String(length=64), nullable=False),
    sa.Column('unsigned_digest', sa.String(length=64), nullable=False),
    sa.Column('sealed_digest', sa.String(length=64), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("audience IN ('internal', 'party')", name=op.f('ck_packet_audience')),
    sa.CheckConstraint("state IN ('queued', 'building', 'kept', 'failed', 'superseded', 'withdrawn')", name=op.f('ck_packet_state')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_packet_asked_by_id_person')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_packet_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_packet_party_id_party')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'], name=op.f('fk_packet_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packet')),
    sa.UniqueConstraint('code', name=op.f('uq_packet_code')),
    sa.UniqueConstraint('number', name=op.f('uq_packet_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_packet_public_id'))
    )
    with op.batch_alter_table('packet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_packet_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_packet_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_packet_sealed_digest'), ['sealed_digest'], unique=False)

    op.create_table('review',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('started_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('finished_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('letter', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('', 'returned', 'passed', 'released')", name=op.f('ck_review_outcome')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_review_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_review_party_id_party')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['person.id'], name=op.f('fk_review_reviewer_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'], name=op.f('fk_review_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review')),
    sa.UniqueConstraint('public_id', name=op.f('uq_review_public_id'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_reviewer_id'), ['reviewer_id'], unique=False)

    op.create_table('scope_decision',
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=12), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('route', sa.String(length=30), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('judgement', sa.JSON(), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('edition_digest', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_scope_decision_decided_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_scope_decision_party_id_party')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_scope_decision_scope_id_scope_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope_decision'))
    )
    with op.batch_alter_table('scope_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scope_decision_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_decision_scope_id'), ['scope_id'], unique=False)

    op.create_table('scope_statement',
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('fact', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=8), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('stated_by_id', sa.Integer(), nullable=False),
    sa.Column('stated_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("value IN ('yes', 'no', 'unknown')", name=op.f('ck_scope_statement_value')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_scope_statement_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_scope_statement_party_id_party')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_scope_statement_scope_id_scope_line')),
    sa.ForeignKeyConstraint(['stated_by_id'], ['person.id'], name=op.f('fk_scope_statement_stated_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scope_statement'))
    )
    with op.batch_alter_table('scope_statement', schema=None) as batch_op:
        batch_op.create_index('ix_scope_statement_line', ['scope_id', 'fact'], unique=False)
        batch_op.create_index(batch_op.f('ix_scope_statement_party_id'), ['party_id'], unique=False)

    op.create_table('viewed',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('first_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('last_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_viewed_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_viewed_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_viewed_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'], name=op.f('fk_viewed_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_viewed')),
    sa.UniqueConstraint('person_id', 'version_id', 'question', 'evidence_id', name=op.f('uq_viewed_person_id_version_id_question_evidence_id'))
    )
    with op.batch_alter_table('viewed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_viewed_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_viewed_version_id'), ['version_id'], unique=False)

    op.create_table('sign_off',
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('version_digest', sa.String(length=64), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.String(length=30), nullable=False),
    sa.Column('conclusion', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('signed_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approver_id'], ['person.id'], name=op.f('fk_sign_off_approver_id_person')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_sign_off_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_sign_off_party_id_party')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_sign_off_review_id_review')),
    sa.ForeignKeyConstraint(['version_id'], ['attestation_version.id'], name=op.f('fk_sign_off_version_id_attestation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off')),
    sa.UniqueConstraint('version_id', name=op.f('uq_sign_off_version_id'))
    )
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_off_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_off_party_id'), ['party_id'], unique=False)

    op.create_table('verdict',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=12), nullable=False),
    sa.Column('verdict', sa.String(length=14), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('suggestion', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('severity', sa.String(length=8), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('judged_by_id', sa.Integer(), nullable=False),
    sa.Column('judged_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("verdict IN ('', 'conforms', 'return', 'finding', 'not_applicable')", name=op.f('ck_verdict_verdict')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_verdict_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['person.id'], name=op.f('fk_verdict_judged_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_verdict_party_id_party')),
    sa.ForeignKeyConstraint(['review_id'], ['review.id'], name=op.f('fk_verdict_review_id_review')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdict')),
    sa.UniqueConstraint('review_id', 'question', name=op.f('uq_verdict_review_id_question'))
    )
    with op.batch_alter_table('verdict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_verdict_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_verdict_party_id'), ['party_id'], unique=False)
    guards.guard(op.get_bind(), (
        "ledger_entry", "ledger_node", "ledger_checkpoint", "attestation_version", "sign_off", "scope_decision"))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('verdict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdict_party_id'))
        batch_op.drop_index(batch_op.f('ix_verdict_attestation_id'))

    op.drop_table('verdict')
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_off_party_id'))
        batch_op.drop_index(batch_op.f('ix_sign_off_attestation_id'))

    op.drop_table('sign_off')
    with op.batch_alter_table('viewed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_viewed_version_id'))
        batch_op.drop_index(batch_op.f('ix_viewed_party_id'))

    op.drop_table('viewed')
    with op.batch_alter_table('scope_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scope_statement_party_id'))
        batch_op.drop_index('ix_scope_statement_line')

    op.drop_table('scope_statement')
    with op.batch_alter_table('scope_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scope_decision_scope_id'))
        batch_op.drop_index(batch_op.f('ix_scope_decision_party_id'))

    op.drop_table('scope_decision')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_reviewer_id'))
        batch_op.drop_index(batch_op.f('ix_review_party_id'))
        batch_op.drop_index(batch_op.f('ix_review_attestation_id'))

    op.drop_table('review')
    with op.batch_alter_table('packet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_packet_sealed_digest'))
        batch_op.drop_index(batch_op.f('ix_packet_party_id'))
        batch_op.drop_index(batch_op.f('ix_packet_attestation_id'))

    op.drop_table('packet')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_party_id'))

    op.drop_table('answer')
    with op.batch_alter_table('scope_line', schema=None) as batch_op:
        batch_op.drop_index('ix_scope_line_verdict')
        batch_op.drop_index(batch_op.f('ix_scope_line_party_id'))
        batch_op.drop_index(batch_op.f('ix_scope_line_engagement_id'))
        batch_op.drop_index(batch_op.f('ix_scope_line_contract_id'))

    op.drop_table('scope_line')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_party_id'))
        batch_op.drop_index('ix_finding_list')
        batch_op.drop_index(batch_op.f('ix_finding_attestation_id'))

    op.drop_table('finding')
    with op.batch_alter_table('contract_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_term_party_id'))
        batch_op.drop_index(batch_op.f('ix_contract_term_ends_on'))

    op.drop_table('contract_term')
    with op.batch_alter_table('contract_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_file_party_id'))
        batch_op.drop_index(batch_op.f('ix_contract_file_contract_id'))

    op.drop_table('contract_file')
    with op.batch_alter_table('contract_clause', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_clause_party_id'))

    op.drop_table('contract_clause')
    with op.batch_alter_table('attestation_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attestation_version_party_id'))

    op.drop_table('attestation_version')
    with op.batch_alter_table('answer_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_evidence_party_id'))
        batch_op.drop_index(batch_op.f('ix_answer_evidence_evidence_id'))

    op.drop_table('answer_evidence')
    with op.batch_alter_table('page_image', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_page_image_party_id'))

    op.drop_table('page_image')
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_party_id'))
        batch_op.drop_index(batch_op.f('ix_contract_engagement_id'))

    op.drop_table('contract')
    with op.batch_alter_table('attestation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attestation_template_id'))
        batch_op.drop_index(batch_op.f('ix_attestation_round_id'))
        batch_op.drop_index(batch_op.f('ix_attestation_reviewer_id'))
        batch_op.drop_index('ix_attestation_party')
        batch_op.drop_index('ix_attestation_desk')

    op.drop_table('attestation')
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_token_party_id'))

    op.drop_table('token')
    op.drop_table('staff_role')
    op.drop_table('round')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_code_person_id'))

    op.drop_table('recovery_code')
    with op.batch_alter_table('party_alias', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_party_alias_party_id'))

    op.drop_table('party_alias')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_party_id'))

    op.drop_table('membership')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_party_id'))
        batch_op.drop_index('ix_mail_due')

    op.drop_table('mail')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_session_person_id'))

    op.drop_table('login_session')
    with op.batch_alter_table('ledger_salt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_salt_entry_id'))

    op.drop_table('ledger_salt')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_valid_to'))
        batch_op.drop_index('ix_evidence_digest')

    op.drop_table('evidence')
    with op.batch_alter_table('engagement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_engagement_party_id'))

    op.drop_table('engagement')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_party_id'))

    op.drop_table('contact')
    with op.batch_alter_table('conflict_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conflict_statement_person_id'))
        batch_op.drop_index(batch_op.f('ix_conflict_statement_party_id'))

    op.drop_table('conflict_statement')
    op.drop_table('template')
    with op.batch_alter_table('rate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rate_expires_at'))

    op.drop_table('rate')
    op.drop_table('person')
    with op.batch_alter_table('party', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_party_parent_id'))
        batch_op.drop_index('ix_party_list')
        batch_op.drop_index(batch_op.f('ix_party_kind'))
        batch_op.drop_index(batch_op.f('ix_party_corporate_number'))

    op.drop_table('party')
    op.drop_table('once')
    op.drop_table('ledger_node')
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_entry_thing'))
        batch_op.drop_index(batch_op.f('ix_ledger_entry_party_id'))
        batch_op.drop_index(batch_op.f('ix_ledger_entry_event'))

    op.drop_table('ledger_entry')
    op.drop_table('ledger_checkpoint')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_due')

    op.drop_table('job')
    op.drop_table('counter')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION said_once()")
