"""The roles: profile files come in, checked profiles go out."""
