"""Absences of JMDP's people, decisions in their stead, and their later reading."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0030'
down_revision = '0029'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('absence',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('proposed', 'standing', 'refused', 'ended')", name=op.f('ck_absence_state')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_absence_days')),
    sa.CheckConstraint('deputy_id <> person_id', name=op.f('ck_absence_deputy')),
    sa.CheckConstraint("state <> 'proposed' OR deputy_id IS NOT NULL", name=op.f('ck_absence_proposed')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_absence_decided_by_id_person')),
    sa.ForeignKeyConstraint(['deputy_id'], ['person.id'], name=op.f('fk_absence_deputy_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_absence_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence')),
    sa.UniqueConstraint('public_id', name=op.f('uq_absence_public_id'))
    )
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.create_index('ix_absence_person', ['person_id', 'until_on'], unique=False)
        batch_op.create_index('ix_absence_deputy', ['deputy_id', 'until_on'], unique=False)
        batch_op.create_index('ix_absence_list', ['until_on'], unique=False)

    op.create_table('proxy_decision',
    sa.Column('absence_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('noun', sa.String(length=20), nullable=False),
    sa.Column('thing', sa.String(length=26), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('move', sa.String(length=20), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['absence_id'], ['absence.id'], name=op.f('fk_proxy_decision_absence_id_absence')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_proxy_decision_decided_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_proxy_decision_party_id_party')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_proxy_decision_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proxy_decision')),
    sa.UniqueConstraint('public_id', name=op.f('uq_proxy_decision_public_id'))
    )
    with op.batch_alter_table('proxy_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proxy_decision_absence_id'), ['absence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proxy_decision_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proxy_decision_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_proxy_decision_thing', ['noun', 'thing'], unique=False)

    op.create_table('later_reading',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('read_by_id', sa.Integer(), nullable=False),
    sa.Column('read_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['proxy_decision.id'],
                            name=op.f('fk_later_reading_decision_id_proxy_decision')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_later_reading_party_id_party')),
    sa.ForeignKeyConstraint(['read_by_id'], ['person.id'], name=op.f('fk_later_reading_read_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_later_reading')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_later_reading_decision_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_later_reading_public_id'))
    )
    with op.batch_alter_table('later_reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_later_reading_party_id'), ['party_id'], unique=False)

    guards.guard(op.get_bind(), ("proxy_decision", "later_reading"))


def downgrade() -> None:
    """Take the tables back to the revision before; the ledger still says what was decided in whose stead."""
    for table in ('later_reading', 'proxy_decision', 'absence'):
        op.drop_table(table)
