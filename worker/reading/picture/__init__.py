"""Pictures: the bytes of a scan or photo come in, the lines that optical recognition finds go out."""
