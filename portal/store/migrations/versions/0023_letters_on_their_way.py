"""Letters that did not arrive as tasks, contacts by telephone or post, daily digests."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0023'
down_revision = '0022'

NOW = "status IN ('queued', 'sent', 'failed', 'bounced', 'held', 'gathered')"
BEFORE = "status IN ('queued', 'sent', 'failed', 'bounced')"


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.add_column(sa.Column('queued_at', portal.models.base.UtcTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('carried_by_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_mail_carried_by_id_mail'), 'mail', ['carried_by_id'], ['id'])
        batch_op.drop_constraint(op.f('ck_mail_status'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_status'), NOW)
        batch_op.create_index('ix_mail_thing', ['thing', 'party_id'], unique=False)
    op.execute("UPDATE mail SET queued_at = made_at")
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.alter_column('queued_at', existing_type=portal.models.base.UtcTime(timezone=True), nullable=False)
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rhythm', sa.String(length=7), server_default='instant', nullable=False))
        batch_op.add_column(sa.Column('digest_at', sa.Time(), server_default='08:30:00.000000', nullable=False))
        batch_op.create_check_constraint(op.f('ck_person_rhythm'), "rhythm IN ('instant', 'daily')")

    op.create_table('undelivered',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('opened_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("outcome IN ('', 'sent_again', 'corrected', 'contacted')", name=op.f('ck_undelivered_outcome')),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_undelivered_mail_id_mail')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_undelivered_party_id_party')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_undelivered_settled_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_undelivered')),
    sa.UniqueConstraint('public_id', name=op.f('uq_undelivered_public_id'))
    )
    with op.batch_alter_table('undelivered', schema=None) as batch_op:
        batch_op.create_index('ix_undelivered_open', ['outcome', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_undelivered_mail_id'), ['mail_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_undelivered_party_id'), ['party_id'], unique=False)

    op.create_table('contact_note',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=True),
    sa.Column('means', sa.String(length=9), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('spoken_to', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("means IN ('telephone', 'post')", name=op.f('ck_contact_note_means')),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'],
                            name=op.f('fk_contact_note_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_contact_note_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_contact_note_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_note'))
    )
    with op.batch_alter_table('contact_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_note_attestation_id'), ['attestation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_note_party_id'), ['party_id'], unique=False)

    op.create_table('digest',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_digest_mail_id_mail')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_digest_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest')),
    sa.UniqueConstraint('person_id', 'day', name=op.f('uq_digest_person_id_day'))
    )
    guards.guard(op.get_bind(), ("contact_note",))


def downgrade() -> None:
    """Take the tables back; a letter kept for a digest can be sent by hand, one that went out in it is sent."""
    op.drop_table('digest')
    op.drop_table('contact_note')
    op.drop_table('undelivered')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_person_rhythm'), type_='check')
        batch_op.drop_column('digest_at')
        batch_op.drop_column('rhythm')
    op.execute("UPDATE mail SET status = 'sent' WHERE status = 'gathered'")
    op.execute("UPDATE mail SET status = 'failed' WHERE status = 'held'")
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_thing')
        batch_op.drop_constraint(op.f('ck_mail_status'), type_='check')
        batch_op.create_check_constraint(op.f('ck_mail_status'), BEFORE)
        batch_op.drop_constraint(batch_op.f('fk_mail_carried_by_id_mail'), type_='foreignkey')
        batch_op.drop_column('carried_by_id')
        batch_op.drop_column('queued_at')
