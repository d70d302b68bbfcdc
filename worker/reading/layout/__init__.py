"""Layout: positioned words of a page come in, lines in reading order go out."""
