"""Editions of the policy and the law table, what was decided under them, and the gap questionnaires they open."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0029'
down_revision = '0028'

STANDS = sa.text("outcome <> 'refused'")


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('edition',
    sa.Column('kind', sa.String(length=6), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False),
    sa.Column('note_ja', sa.Text(), nullable=False),
    sa.Column('note_en', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('loaded_by_id', sa.Integer(), nullable=False),
    sa.Column('loaded_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('asked_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('policy', 'law')", name=op.f('ck_edition_kind')),
    sa.CheckConstraint("outcome IN ('', 'confirmed', 'refused')", name=op.f('ck_edition_outcome')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_edition_decided_by_id_person')),
    sa.ForeignKeyConstraint(['loaded_by_id'], ['person.id'], name=op.f('fk_edition_loaded_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_edition_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('public_id', name=op.f('uq_edition_public_id'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index('ix_edition_digest', ['kind', 'digest'], unique=True, sqlite_where=STANDS,
                              postgresql_where=STANDS)
        batch_op.create_index('ix_edition_day', ['kind', 'valid_from'], unique=True, sqlite_where=STANDS,
                              postgresql_where=STANDS)

    op.create_table('sign_off_edition',
    sa.Column('sign_off_id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_sign_off_edition_edition_id_edition')),
    sa.ForeignKeyConstraint(['sign_off_id'], ['sign_off.id'], name=op.f('fk_sign_off_edition_sign_off_id_sign_off')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off_edition')),
    sa.UniqueConstraint('sign_off_id', 'edition_id', name=op.f('uq_sign_off_edition_sign_off_id_edition_id'))
    )
    with op.batch_alter_table('sign_off_edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_off_edition_edition_id'), ['edition_id'], unique=False)

    op.create_table('gap_checklist',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_gap_checklist_edition_id_edition')),
    sa.ForeignKeyConstraint(['source_id'], ['template.id'], name=op.f('fk_gap_checklist_source_id_template')),
    sa.ForeignKeyConstraint(['template_id'], ['template.id'], name=op.f('fk_gap_checklist_template_id_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap_checklist')),
    sa.UniqueConstraint('template_id', name=op.f('uq_gap_checklist_template_id'))
    )
    with op.batch_alter_table('gap_checklist', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gap_checklist_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_gap_checklist_edition_id'), ['edition_id'], unique=False)

    op.create_table('gap_round',
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_gap_round_edition_id_edition')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_gap_round_round_id_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gap_round')),
    sa.UniqueConstraint('round_id', name=op.f('uq_gap_round_round_id'))
    )
    with op.batch_alter_table('gap_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gap_round_edition_id'), ['edition_id'], unique=False)

    guards.guard(op.get_bind(), ("sign_off_edition",))


def downgrade() -> None:
    """Take the tables back to the revision before; what was asked goes on as rounds and requests of their own."""
    for table in ('gap_round', 'gap_checklist', 'sign_off_edition', 'edition'):
        op.drop_table(table)
