"""The end of validity as it was read in the document."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.add_column('evidence', sa.Column('read_valid_to', sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_column('evidence', 'read_valid_to')
