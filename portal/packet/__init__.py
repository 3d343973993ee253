"""The paper: what was reviewed, printed, sealed and provable without the portal."""
