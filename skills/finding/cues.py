"""Cues: words before a skill that say less of it than its section does, such as negations, wishes and claims."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pydantic.dataclasses import dataclass

from skills.anatomy.sections import Use
from skills.finding.finds import CUES, add_finds, get_table
from skills.text.phrases import Phrases, normalize_phrase
from skills.text.spacy_parts import Doc, Language
from skills.text.tokens import Find, TokenTable
from skills.toml_files import DATA, STRICT, read_toml

MAX_TOKENS_TO_CUE = 25


@dataclass(frozen=True, slots=True, config=STRICT)
class ContextFile:
    """The schema of `data/context.toml`."""

    negations: tuple[str, ...]
    wishes: tuple[str, ...]
    possibilities: tuple[str, ...]
    studies: tuple[str, ...]
    claims: tuple[str, ...]
    ends: tuple[str, ...]


@cache
def _load_context() -> ContextFile:
    return read_toml(DATA / "context.toml", ContextFile)


class Cue(NamedTuple):
    """Words that limit the use of the skills after them: `use` is the strongest that such a skill may have."""

    use: Use


def list_cues() -> Iterator[tuple[str, Cue]]:
    """Return the form of every phrase that is a cue."""
    context = _load_context()
    cues: dict[Use, tuple[str, ...]] = {
        "none": context.negations + context.wishes + context.possibilities,
        "studied": context.studies,
        "listed": context.claims,
    }
    return ((normalize_phrase(phrase), Cue(use)) for use, phrases in cues.items() for phrase in phrases)


def _find_end(start: int, table: TokenTable) -> int:
    """Return the row before which a cue that ends at row `start` loses its reach."""
    ends, last = _load_context().ends, min(start + MAX_TOKENS_TO_CUE, len(table.norms))
    for row in range(start, last):
        if table.norms[row] in ends or table.sentences[row] != table.sentences[start - 1]:
            return row
    return last


@Language.factory("rolefit_cues", assigns=["doc._.finds"], requires=["doc._.phrases"])
def make_cue_finder(nlp: Language, name: str) -> "CueFinder":
    """Return the pipeline component that finds cues."""
    del nlp, name
    return CueFinder()


class CueFinder:
    """Fills the group `cues` of the doc's finds with the words that each cue reaches within its clause.

    The label is what a skill named there shows at most: `none`, the person lacks it, wishes for it or says what it may
    serve for; `studied`, it was learned; `listed`, it is claimed.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Find the cues of a doc."""
        table = get_table(doc)
        phrases: Phrases = doc._.phrases
        add_finds(doc, CUES, (Find(end, _find_end(end, table), use) for _, end, (use,) in phrases.of(Cue)))
        return doc
