"""The blueprint of a party's pages."""

from flask import Blueprint

room = Blueprint("my", __name__, url_prefix="/my")
