"""Webhooks: a finished job comes in, a signed request to its address goes out."""
