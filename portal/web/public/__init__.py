"""Pages for anyone: the front page, notices, sign-in, the check of a packet, and what machines ask."""

from portal.web.public import checking, forgotten, front, health, invited, setup, sharing, signing
from portal.web.public.room import room

room.register_blueprint(health.room)

__all__ = ["checking", "forgotten", "front", "invited", "room", "setup", "sharing", "signing"]
