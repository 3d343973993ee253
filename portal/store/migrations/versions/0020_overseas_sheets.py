"""Statements on recipients outside Japan, and where lines and parties are."""

import sqlalchemy as sa
from alembic import op

import portal.models.base
from portal.store import guards

revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('overseas_statement',
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('subject', sa.String(length=12), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(subject = 'check') = (outcome <> '')", name=op.f('ck_overseas_statement_check_outcome')),
    sa.CheckConstraint("country <> 'JP'", name=op.f('ck_overseas_statement_abroad')),
    sa.CheckConstraint("outcome IN ('', 'continue', 'measures', 'stop')", name=op.f('ck_overseas_statement_outcome')),
    sa.CheckConstraint("subject IN ('system', 'measures', 'information', 'basis', 'on_request', 'check')",
                       name=op.f('ck_overseas_statement_subject')),
    sa.CheckConstraint('valid_to >= made_on', name=op.f('ck_overseas_statement_days')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_overseas_statement_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_overseas_statement_made_by_id_person')),
    sa.ForeignKeyConstraint(['party_id'], ['party.id'], name=op.f('fk_overseas_statement_party_id_party')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overseas_statement')),
    sa.UniqueConstraint('public_id', name=op.f('uq_overseas_statement_public_id'))
    )
    with op.batch_alter_table('overseas_statement', schema=None) as batch_op:
        batch_op.create_index('ix_overseas_statement_sheet', ['party_id', 'country', 'subject', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_overseas_statement_valid_to'), ['valid_to'], unique=False)
    op.create_index('ix_party_location', 'party', ['location'], unique=False)
    op.create_index('ix_scope_line_location', 'scope_line', ['location'], unique=False)
    # What is kept beside a line has more kinds now: the next daily pass judges every line again.
    op.execute("UPDATE scope_line SET judged_under = '' WHERE state <> 'ended'")

    guards.guard(op.get_bind(), ("overseas_statement",))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_index('ix_scope_line_location', table_name='scope_line')
    op.drop_index('ix_party_location', table_name='party')
    with op.batch_alter_table('overseas_statement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_overseas_statement_valid_to'))
        batch_op.drop_index('ix_overseas_statement_sheet')
    op.drop_table('overseas_statement')
