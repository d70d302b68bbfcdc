"""What becomes of a document: a report comes in, what is kept of it goes out; or why there is none. Knows no store."""
