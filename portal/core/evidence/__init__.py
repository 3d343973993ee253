"""What a file may be: kinds by name and content, size and other limits, safe names, verdicts and hints."""
