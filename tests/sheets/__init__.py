"""Workbooks as real files, written and read back."""
