"""The names of what OpenDocument text is made of (OASIS, version 1.3)."""

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE = f"{{{NAMES}text:1.0}}", f"{{{NAMES}table:1.0}}", f"{{{NAMES}style:1.0}}"
OFFICE, FORMAT = f"{{{NAMES}office:1.0}}", f"{{{NAMES}xsl-fo-compatible:1.0}}"
DRAW, SVG = f"{{{NAMES}drawing:1.0}}", f"{{{NAMES}svg-compatible:1.0}}"
