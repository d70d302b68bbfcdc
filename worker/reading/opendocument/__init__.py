"""OpenDocument: the bytes of an .odt or .fodt come in, its visible lines go out."""
