"""The rows of a batch: outcomes come in; CSV, JSON lines and a page of one file go out."""
