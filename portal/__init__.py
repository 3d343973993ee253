"""Outsourcer and joint-user supervision portal of the Japan Marrow Donor Program."""
