"""The blueprint of the pages for anyone."""

from flask import Blueprint

room = Blueprint("public", __name__)
