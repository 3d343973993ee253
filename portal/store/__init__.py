"""The cellar: database, files, and what makes both durable."""
