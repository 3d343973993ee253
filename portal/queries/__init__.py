"""The questions: read only; the session first, the Actor second; a party sees only its own."""
