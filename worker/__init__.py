"""The worker: the bytes of a document come in, a stored report goes out."""
