"""Errors that people meet, by what is wrong: the document, the store, a webhook or the installation."""
