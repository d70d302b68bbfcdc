"""The signs that open an item of a list, as parts of a character class of a regular expression."""

# Bullets of word processors.
COMMON_BULLETS = "\u2022\u25aa\u25cf\u25cb\u25e6\u2023\uf0b7"
# These open an item anywhere in a line.
BULLETS = rf"{COMMON_BULLETS}\u25ab\u25a0\u25a1\u2043\u27a2\u2756\u2726\u2713\u2714\uf0a7\uf0d8"
# These open an item only at the beginning of a line, as dashes do.
_DASHES = r"-\u2013\u2014\u2212"
_SIGNS = r"*+\u00b7\u00bb\u203a\u2192\u27a4\u2794\u00a7"
_SHAPES = r"\u25a0-\u25ef\u2605\u2606\u2610-\u2612\u2705\u2713-\u2718\u276f"
OPENING_SIGNS = rf"{_DASHES}{_SIGNS}{_SHAPES}{BULLETS}"
