"""Counts that the database keeps itself as scope lines come, change and go, so that no page counts the register.

A revision that rebuilds `scope_line` or `contract` on SQLite takes them away before and puts them back after.
"""

import sqlalchemy as sa

DERIVED = ("scope_cell",)
"""The tables that hold nothing but counts: they are made anew and never carried over."""
LOCK = 4_104_002
"""Under this lock PostgreSQL changes counts, one act after another; who changes many lines holds them all first."""
KEY = "item, purpose, route, location, state"
SIDES = ("items", "purpose", "route", "location", "state", "contract_id")
_ITEMS = {"sqlite": "json_each({0}.items)", "postgresql": "json_array_elements_text({0}.items) AS told(value)"}
_MORE = """INSERT INTO scope_cell ({key}, lines)
  SELECT DISTINCT value, {row}.purpose, {row}.route, {row}.location, {row}.state, 1 FROM {items} WHERE true
  ON CONFLICT ({key}) DO UPDATE SET lines = scope_cell.lines + 1;
UPDATE contract SET lines = lines + 1 WHERE id = {row}.contract_id AND {row}.state <> 'ended';"""
_LESS = """UPDATE scope_cell SET lines = lines - 1 WHERE item IN (SELECT value FROM {items})
  AND purpose = {row}.purpose AND route = {row}.route AND location = {row}.location AND state = {row}.state;
UPDATE contract SET lines = lines - 1 WHERE id = {row}.contract_id AND {row}.state <> 'ended';"""
_FUNCTION = """CREATE FUNCTION tally_scope_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
PERFORM pg_advisory_xact_lock({lock});
IF TG_OP <> 'INSERT' THEN {less} END IF;
IF TG_OP <> 'DELETE' THEN {more} END IF;
RETURN NULL;
END $$"""
_RECOUNT = (
    "DELETE FROM scope_cell",
    "INSERT INTO scope_cell ({key}, lines) SELECT value, purpose, route, location, state, count(DISTINCT scope_line.id)"
    " FROM scope_line, {items} GROUP BY value, purpose, route, location, state",
    "UPDATE contract SET lines = (SELECT count(*) FROM scope_line WHERE scope_line.contract_id = contract.id"
    " AND scope_line.state <> 'ended')",
)


def _said(text: str, dialect: str, row: str) -> str:
    return text.format(key=KEY, row=row, items=_ITEMS[dialect].format(row))


def statements(dialect: str) -> list[str]:
    """Give the statements that let the database count, for 'sqlite' or 'postgresql'."""
    less, more = _said(_LESS, dialect, "OLD"), _said(_MORE, dialect, "NEW")
    if dialect == "postgresql":
        differs = " OR ".join(f"OLD.{side}::text IS DISTINCT FROM NEW.{side}::text" for side in SIDES)
        run = "FOR EACH ROW {0} EXECUTE FUNCTION tally_scope_line()"
        return [_FUNCTION.format(lock=LOCK, less=less, more=more),
                "CREATE TRIGGER scope_line_tally AFTER INSERT OR DELETE ON scope_line " + run.format(""),
                "CREATE TRIGGER scope_line_retally AFTER UPDATE ON scope_line " + run.format(f"WHEN ({differs})")]
    differs = " OR ".join(f"OLD.{side} IS NOT NEW.{side}" for side in SIDES)
    return [f"CREATE TRIGGER scope_line_added AFTER INSERT ON scope_line BEGIN {more} END",
            f"CREATE TRIGGER scope_line_gone AFTER DELETE ON scope_line BEGIN {less} END",
            f"CREATE TRIGGER scope_line_changed AFTER UPDATE OF {', '.join(SIDES)} ON scope_line "
            f"WHEN {differs} BEGIN {less} {more} END"]


def removals(dialect: str) -> list[str]:
    """Give the statements by which the database stops counting."""
    if dialect == "postgresql":
        return ["DROP TRIGGER scope_line_tally ON scope_line", "DROP TRIGGER scope_line_retally ON scope_line",
                "DROP FUNCTION tally_scope_line()"]
    return [f"DROP TRIGGER scope_line_{when}" for when in ("added", "gone", "changed")]


def recount(connection: sa.Connection) -> None:
    """Make the counts anew from the lines, as after an upgrade or when rows were carried over."""
    for text in _RECOUNT:
        connection.exec_driver_sql(_said(text, connection.dialect.name, "scope_line"))
