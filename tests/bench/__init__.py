"""Figures of the bench: `python3 app.py bench` finds each module's FIGURES."""
