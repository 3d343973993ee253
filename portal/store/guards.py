"""Triggers that refuse change and removal of what was said once, on both databases."""

import sqlalchemy as sa

SAID_ONCE = (
    "ledger_entry", "ledger_node", "ledger_checkpoint", "attestation_version", "sign_off", "scope_decision",
    "joint_use_notice", "joint_use_review", "provision", "record_setting", "assessment", "risk_rating",
    "risk_acceptance", "overseas_statement", "contact_note", "receipt", "draw", "consent_letter", "mail_text",
    "sign_off_edition", "proxy_decision", "later_reading",
)
"""Every guarded table; each is guarded by the revision that made it."""
ACTS = ("UPDATE", "DELETE")

_FUNCTION = """
CREATE OR REPLACE FUNCTION said_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' may not be changed: it was said once'; END $$
"""


def statements(dialect: str, tables: tuple[str, ...] = SAID_ONCE) -> list[str]:
    """Give the statements that guard the tables, for 'sqlite' or 'postgresql'."""
    if dialect == "postgresql":
        return [_FUNCTION] + [
            f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION said_once()"
            for table in tables for act in ACTS
        ]
    return [
        f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} may not be changed: it was said once'); END"
        for table in tables for act in ACTS
    ]


def removals(dialect: str, tables: tuple[str, ...] = SAID_ONCE) -> list[str]:
    """Give the statements that take the guards away, for a migration that must rebuild a table."""
    on = " ON {0}" if dialect == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {table}_{act.lower()}{on.format(table)}" for table in tables for act in ACTS]


def guard(connection: sa.Connection, tables: tuple[str, ...] = SAID_ONCE) -> None:
    """Put the guards on the tables."""
    for statement in statements(connection.dialect.name, tables):
        connection.exec_driver_sql(statement)
