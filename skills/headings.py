"""The headings of a résumé's sections, known without spaCy: for what is shown or hidden rather than judged."""

import re
from functools import cache
from typing import Any

from skills.knowledge_files import DATA, read_toml

LETTERS = re.compile(r"[^\W\d_]+")


def _plain(text: str) -> str:
    return " ".join(word for word in LETTERS.findall(text.casefold()) if word != "and")


@cache
def _read_headings(kind: str) -> dict[str, str]:
    """Return section ids by their `headings`, or by their `inline` ones, which also count with words behind a colon."""
    sections = read_toml(DATA / "sections.toml", dict[str, dict[str, dict[str, Any]]])["sections"]
    return {_plain(heading): name for name, section in sections.items() for heading in section.get(kind, ())}


def name_section(line: str) -> str | None:
    """Return the section that a line opens, or None."""
    title, _, rest = line.partition(":")
    return _read_headings("inline" if rest.strip() else "headings").get(_plain(title))


def is_heading(line: str) -> bool:
    """Tell whether a line opens a section and says nothing else."""
    return ":" not in line.rstrip(": ") and name_section(line) is not None
