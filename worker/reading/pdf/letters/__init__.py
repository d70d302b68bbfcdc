"""Letters: the glyphs of a PDF page come in; words go out, how they look, and whether their characters are right."""
