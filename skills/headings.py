"""The headings of a résumé's sections, known without spaCy: for what is shown or hidden rather than judged."""

import re
from functools import cache
from typing import Any

from skills.knowledge_files import DATA, read_toml

LETTERS = re.compile(r"[^\W\d_]+")


def _plain(text: str) -> str:
    return " ".join(word for word in LETTERS.findall(text.casefold()) if word != "and")


@cache
def _headings() -> dict[str, str]:
    sections = read_toml(DATA / "sections.toml", dict[str, dict[str, dict[str, Any]]])["sections"]
    return {_plain(heading): name for name, section in sections.items() for heading in section["headings"]}


def name_section(line: str) -> str | None:
    """Return the section that a line opens, alone or with its first words behind a colon, or None."""
    return _headings().get(_plain(line.partition(":")[0]))
