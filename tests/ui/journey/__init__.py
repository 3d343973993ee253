"""One attestation walked by people at browsers: whose way it is, and what each side does."""
