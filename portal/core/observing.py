"""What a careful reader notes about the policy's own text; shown to JMDP, never mended by the portal."""

from msgspec import Struct

from portal.core.bilingual import Text


class Observation(Struct, frozen=True, forbid_unknown_fields=True):
    """One observation: the clauses it is about, what is seen, why it matters, and what the portal does about it."""

    id: str
    clauses: tuple[str, ...]
    seen: Text
    matters: Text
    does: Text
