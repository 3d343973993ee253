"""Workbooks (XLSX) from plain values: what parties fill in and what the checklists are kept in."""
