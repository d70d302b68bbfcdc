"""Webhooks: an address and a body come in, a signed request goes out."""
