"""Pages for anyone: the front page, notices, sign-in, the check of a packet, and what machines ask."""

from portal.web.public import checking, front, health, signing
from portal.web.public.room import room

room.register_blueprint(health.room)

__all__ = ["checking", "front", "room", "signing"]
