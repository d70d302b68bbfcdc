"""Web: the bytes of a web page come in, as text or saved with its parts; the lines that a browser shows go out."""
