"""The guides of `docs` that the site shows: for candidates, for those who answer them, and for programmers."""

import re
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from pydantic.dataclasses import dataclass

from service.language import message

# In a built package the guides lie beside this module, in a checkout in `docs`.
FOLDERS = (Path(__file__).parent / "guides", Path(__file__).parents[2] / "docs")
# By the last part of its address: a guide's file and what links to it are called.
GUIDES = {
    "notice": ("candidate-notice.md", message("Notice to candidates")),
    "contesting": ("contesting.md", message("Contesting a score")),
    "limits": ("model-card.md", message("Limits")),
    "api": ("api.md", message("API guide")),
}


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as HTML."""

    title: str
    html: str


@cache
def read_guide(name: str) -> Guide | None:
    """Return a guide, None if there is none of that name; links to files of the repository become plain words."""
    if name not in GUIDES:
        return None
    file, title = GUIDES[name]
    path = next(folder / file for folder in FOLDERS if (folder / file).is_file())
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(path.read_text(encoding="utf-8"))
    return Guide(title, re.sub(r'<a href="(?!https?:)[^"]*">(.*?)</a>', r"\1", html))
