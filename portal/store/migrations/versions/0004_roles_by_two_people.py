"""Roles by two people, and what sign-in keeps."""

import sqlalchemy as sa
from alembic import op

import portal.models.base

revision = '0004'
down_revision = '0003'

COLUMNS = (('job', 'result', sa.Text()), ('login_session', 'device_hash', sa.String(length=64)),
           ('mail', 'sealed', sa.Text()), ('token', 'title', sa.Text()))


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table('role_grant',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', portal.models.base.UtcTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', portal.models.base.UtcTime(timezone=True), nullable=True),
    sa.Column('public_id', sa.String(length=26), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('proposed', 'granted', 'refused', 'withdrawn')", name=op.f('ck_role_grant_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_role_grant_decided_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_role_grant_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('public_id', name=op.f('uq_role_grant_public_id'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_person_id'), ['person_id'], unique=False)
    for table, column, kind in COLUMNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, kind, nullable=False, server_default=''))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(column, server_default=None)
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_id', sa.String(length=26), nullable=True))
    token = sa.table('token', sa.column('id', sa.Integer()), sa.column('public_id', sa.String()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(token.c.id)).all():
        connection.execute(sa.update(token).where(token.c.id == row.id)
                           .values(public_id=portal.models.base.new_public_id()))
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.alter_column('public_id', existing_type=sa.String(length=26), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_token_public_id'), ['public_id'])


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('token', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_token_public_id'), type_='unique')
        batch_op.drop_column('public_id')
    for table, column, _ in reversed(COLUMNS):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_person_id'))
    op.drop_table('role_grant')
