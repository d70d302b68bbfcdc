"""PDF: the bytes of a file come in, the words that a viewer shows go out, with their places."""
