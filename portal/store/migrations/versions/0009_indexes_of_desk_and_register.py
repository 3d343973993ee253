"""indexes of desk and register."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.drop_index("ix_attestation_desk", "attestation")
    op.create_index("ix_attestation_desk", "attestation", ["state", "due_on", "id", "reviewer_id", "party_id"])
    op.create_index("ix_attestation_due", "attestation", ["due_on", "id"])
    op.create_index("ix_attestation_open", "attestation", ["party_id", "state", "due_on"])
    op.create_index("ix_party_country", "party", ["country"])


def downgrade() -> None:
    """Take the tables back to the revision before."""
    op.drop_index("ix_party_country", "party")
    op.drop_index("ix_attestation_open", "attestation")
    op.drop_index("ix_attestation_due", "attestation")
    op.drop_index("ix_attestation_desk", "attestation")
    op.create_index("ix_attestation_desk", "attestation", ["state", "due_on"])
