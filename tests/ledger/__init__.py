"""Tests of the ledger, the migrations and the unit of work."""
