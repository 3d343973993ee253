"""Checklists on the staff's side: the shelf, a version, its differences, the preview, and the builder."""

from portal.web.desk.checklists import building, publishing, shelf, taking

__all__ = ["building", "publishing", "shelf", "taking"]
