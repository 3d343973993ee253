"""Forms kept over a sign-in."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('kept_form',
    sa.Column('ticket_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('kept_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('expires_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_kept_form_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_form')),
    sa.UniqueConstraint('ticket_hash', name=op.f('uq_kept_form_ticket_hash'))
    )
    with op.batch_alter_table('kept_form', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_form_expires_at'), ['expires_at'], unique=False)



def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('kept_form', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_form_expires_at'))

    op.drop_table('kept_form')
