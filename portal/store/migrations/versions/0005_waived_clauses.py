"""Waived clauses name who waived them until when."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table('contract_clause', schema=None) as batch_op:
        batch_op.add_column(sa.Column('waived_by', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('waived_until', sa.Date(), nullable=True))



def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('contract_clause', schema=None) as batch_op:
        batch_op.drop_column('waived_until')
        batch_op.drop_column('waived_by')

