"""The names of documents as they are shown and written: one line each, of visible characters."""

import unicodedata
from pathlib import Path, PureWindowsPath

MAX_NAME_CHARACTERS = 255


def _is_hidden(char: str) -> bool:
    """Return whether a character is a control or format character or breaks a line."""
    category = unicodedata.category(char)
    return category[0] == "C" or category in {"Zl", "Zp"}


def clean_name(name: str) -> str:
    """Return the last part of a file's name without hidden characters, at most 255 characters."""
    last = PureWindowsPath(name).name  # knows both kinds of slash
    return "".join(char for char in last if not _is_hidden(char))[:MAX_NAME_CHARACTERS]


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode() if char == "\\" or _is_hidden(char) else char


def name_file(path: Path) -> str:
    r"""Return a path as one line of text, with `\n`, `\udcff` and the like for what is hidden or not UTF-8.

    A backslash is doubled, so that no two paths get the same name.
    """
    return "".join(map(_escape, path.as_posix()))
