"""Labels of links: “GitHub” beside an e-mail address or “LinkedIn” names a link and is no evidence of a skill."""

import re
from collections.abc import Iterator
from functools import cache

from pydantic.dataclasses import dataclass

from skills.text.contacts import CONTACT_SIGN
from skills.text.phrases import any_word_of
from skills.toml_files import DATA, STRICT, read_toml

MAX_LINE_CHARACTERS = 200  # a longer line is prose
CONTACT = re.compile(CONTACT_SIGN, re.IGNORECASE)
# What a label stands between behind the title of a project or paper.
OPENERS = frozenset({"|", "["})
BEHIND_LABEL = re.compile(
    r"\s*(?:\]|\|\s*(?:Live|Demo|Link|Code|Website|Paper|Report|Video)\b|(?:[A-Z][a-z]{2,8}\.? ?)?\d{4}\b)"
)


@dataclass(frozen=True, slots=True, config=STRICT)
class LinksFile:
    """The schema of `data/links.toml`."""

    labels: tuple[str, ...]
    beside: tuple[str, ...]


@cache
def load_link_labels() -> frozenset[str]:
    """Return the words that are labels of links."""
    links = read_toml(DATA / "links.toml", LinksFile)
    return frozenset((*links.labels, *links.beside))


@cache
def _compile_labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the labels of links, and of the words that stand beside them."""
    links = read_toml(DATA / "links.toml", LinksFile)
    return re.compile(rf"(?:{any_word_of(links.labels)})\b"), re.compile(rf"(?:{any_word_of(links.beside)})\b")


def find_link_labels(text: str) -> Iterator[tuple[int, int]]:
    """Yield the character ranges of the labels of links.

    They stand in lines that hold other ways to reach the person, or behind a title: “Fernmap | GitHub May 2024”.
    """
    label, beside = _compile_labels()
    for match in label.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        reaches = len(line) <= MAX_LINE_CHARACTERS and (beside.search(line) or CONTACT.search(line))
        opened = text[start : match.start()].rstrip()[-1:] in OPENERS
        if reaches or (opened and BEHIND_LABEL.match(text, match.end())):
            yield match.span()
