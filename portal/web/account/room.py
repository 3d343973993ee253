"""The blueprint of a person's own pages."""

from flask import Blueprint

room = Blueprint("account", __name__, url_prefix="/account")
