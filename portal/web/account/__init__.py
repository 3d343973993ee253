"""A person's own account."""

from flask import Blueprint

room = Blueprint("account", __name__, url_prefix="/account")
