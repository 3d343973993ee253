"""The blueprint of the staff's pages."""

from flask import Blueprint

room = Blueprint("desk", __name__, url_prefix="/desk")
