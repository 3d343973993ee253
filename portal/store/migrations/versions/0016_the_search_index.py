"""The search index: entries, read through FTS5 on SQLite and through GIN on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

from portal.models.search import Pieces

revision = '0016'
down_revision = '0015'

SQLITE = (
    "CREATE VIRTUAL TABLE search_pieces USING fts5(pieces, content='search_entry', content_rowid='id', "
    "detail='none', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_pieces(rowid, pieces) VALUES (new.id, new.pieces); END",
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_pieces(search_pieces, rowid, pieces) VALUES ('delete', old.id, old.pieces); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_pieces(search_pieces, rowid, pieces) VALUES ('delete', old.id, old.pieces); "
    "INSERT INTO search_pieces(rowid, pieces) VALUES (new.id, new.pieces); END",
)
POSTGRESQL = ("CREATE INDEX search_pieces ON search_entry USING gin (pieces)",)


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        'search_entry',
        sa.Column('source', sa.String(length=40), nullable=False),
        sa.Column('noun', sa.String(length=12), nullable=False),
        sa.Column('party_id', sa.Integer(), nullable=True),
        sa.Column('thing', sa.String(length=40), nullable=False),
        sa.Column('place', sa.String(length=12), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('folded', sa.Text(), nullable=False),
        sa.Column('pieces', Pieces(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['party_id'], ['party.id'], name='fk_search_entry_party_id_party'),
        sa.PrimaryKeyConstraint('id', name='pk_search_entry'),
        sa.UniqueConstraint('source', name='uq_search_entry_source'),
    )
    op.create_index('ix_search_entry_party_id', 'search_entry', ['party_id'], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("DROP TABLE search_pieces")
    op.drop_table('search_entry')
