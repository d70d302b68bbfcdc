"""The anatomy of a résumé: text comes in, its parts go out, such as sections and the heads of entries. No spaCy."""
