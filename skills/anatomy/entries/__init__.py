"""Entries of a résumé: its lines come in, its posts, projects and degrees with title, employer and dates go out."""
