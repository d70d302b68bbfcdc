"""RTF: the bytes of a file come in, its visible lines go out."""
