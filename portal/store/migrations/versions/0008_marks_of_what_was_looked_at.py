"""Marks of what was looked at are single, for questions and for files alike."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'

QUESTION = sa.text('evidence_id IS NULL')
EVIDENCE = sa.text('evidence_id IS NOT NULL')


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table('viewed', schema=None) as batch_op:
        batch_op.drop_constraint('uq_viewed_person_id_version_id_question_evidence_id', type_='unique')
        batch_op.create_index('ix_viewed_question', ['person_id', 'version_id', 'question'], unique=True,
                              sqlite_where=QUESTION, postgresql_where=QUESTION)
        batch_op.create_index('ix_viewed_evidence', ['person_id', 'version_id', 'evidence_id'], unique=True,
                              sqlite_where=EVIDENCE, postgresql_where=EVIDENCE)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table('viewed', schema=None) as batch_op:
        batch_op.drop_index('ix_viewed_evidence', sqlite_where=EVIDENCE, postgresql_where=EVIDENCE)
        batch_op.drop_index('ix_viewed_question', sqlite_where=QUESTION, postgresql_where=QUESTION)
        batch_op.create_unique_constraint('uq_viewed_person_id_version_id_question_evidence_id',
                                          ['person_id', 'version_id', 'question', 'evidence_id'])
