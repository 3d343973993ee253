"""Records of provision and receipt, and how the records of a line are kept."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('provision',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('record', sa.String(length=30), nullable=False),
    sa.Column('manner', sa.String(length=8), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('route', sa.String(length=30), nullable=False),
    sa.Column('edition', sa.Text(), nullable=False),
    sa.Column('kept_until', sa.Date(), nullable=False),
    sa.Column('corrects_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("manner IN ('each', 'batch', 'contract')", name=op.f('ck_provision_manner')),
    sa.CheckConstraint('last_on >= first_on', name=op.f('ck_provision_period')),
    sa.CheckConstraint('persons > 0', name=op.f('ck_provision_persons')),
    sa.ForeignKeyConstraint(['corrects_id'], ['provision.id'], name=op.f('fk_provision_corrects_id_provision')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_provision_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_provision_party_id_party')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_provision_scope_id_scope_line')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provision')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_provision_corrects_id')),
    sa.UniqueConstraint('number', name=op.f('uq_provision_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_provision_public_id'))
    )
    with op.batch_alter_table('provision', schema=None) as batch_op:
        batch_op.create_index('ix_provision_line', ['scope_id', 'last_on'], unique=False)
        batch_op.create_index('ix_provision_list', ['last_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_provision_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_provision_reference'), ['reference'], unique=False)

    op.create_table('record_setting',
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('manner', sa.String(length=8), nullable=False),
    sa.Column('held_in', sa.Text(), nullable=False),
    sa.Column('obtained', sa.Text(), nullable=False),
    sa.Column('ground', sa.String(length=20), nullable=False),
    sa.Column('relied_on', sa.String(length=8), nullable=False),
    sa.Column('statute', sa.String(length=20), nullable=False),
    sa.Column('article', sa.Text(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.Column('set_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("manner IN ('each', 'batch', 'contract')", name=op.f('ck_record_setting_manner')),
    sa.CheckConstraint("relied_on IN ('', 'consent', '27_1', '27_5')", name=op.f('ck_record_setting_relied_on')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_record_setting_party_id_party')),
    sa.ForeignKeyConstraint(['scope_id'], ['scope_line.id'], name=op.f('fk_record_setting_scope_id_scope_line')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_record_setting_set_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_setting'))
    )
    with op.batch_alter_table('record_setting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_setting_party_id'), ['party_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_setting_scope_id'), ['scope_id'], unique=False)

    guards.guard(op.get_bind(), ("provision", "record_setting"))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('record_setting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_setting_scope_id'))
        batch_op.drop_index(batch_op.f('ix_record_setting_party_id'))

    op.drop_table('record_setting')
    with op.batch_alter_table('provision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_provision_reference'))
        batch_op.drop_index(batch_op.f('ix_provision_party_id'))
        batch_op.drop_index('ix_provision_list')
        batch_op.drop_index('ix_provision_line')

    op.drop_table('provision')
