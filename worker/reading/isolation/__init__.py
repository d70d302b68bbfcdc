"""The reading process: bytes go into it, a document or an error comes out, and it can reach nothing else."""
