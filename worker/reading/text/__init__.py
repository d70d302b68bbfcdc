"""Text: the bytes of a file that is written in characters come in, its lines go out."""
