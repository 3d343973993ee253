"""Texts of mails written by administrators, each version kept."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0028'
down_revision = '0027'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('mail_text',
    sa.Column('occasion', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('is_shipped', sa.Boolean(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("is_shipped = (body = '')", name=op.f('ck_mail_text_body')),
    sa.CheckConstraint("language IN ('ja', 'en')", name=op.f('ck_mail_text_language')),
    sa.CheckConstraint('number > 0', name=op.f('ck_mail_text_number')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_mail_text_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_text')),
    sa.UniqueConstraint('occasion', 'language', 'number', name=op.f('uq_mail_text_occasion_language_number'))
    )
    guards.guard(op.get_bind(), ("mail_text",))


def downgrade() -> None:
    """Take the table back: the texts that came with the portal stand again."""
    op.drop_table('mail_text')
