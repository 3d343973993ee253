"""The blueprint of the administrators' pages; a lead may read the outbox and the log."""

from flask import Blueprint

room = Blueprint("admin", __name__, url_prefix="/admin")
