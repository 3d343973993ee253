"""The doors: Flask handlers that ask one question or do one act; no SQL, no rules."""
