"""The law of the house: plain Python on plain values, no files, no database, no clock."""
