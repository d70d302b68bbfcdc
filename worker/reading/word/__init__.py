"""Word: the bytes of a .docx come in, its visible lines go out."""
