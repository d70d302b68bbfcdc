"""OpenDocument: the bytes of an .odt come in, its visible lines go out."""
