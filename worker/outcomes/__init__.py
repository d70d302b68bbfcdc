"""Outcomes of documents: a report or an error comes in; what the store keeps of it goes out. Uses no store itself."""
