"""Finds the phrases of skills, duties, cues and learned evidence in a doc, in one pass."""

from collections.abc import Iterable, Mapping
from itertools import chain

from skills.finding.cues import list_cues
from skills.finding.duty.duties import list_duty_phrases, load_duties
from skills.finding.finds import get_table
from skills.finding.learned import list_learned_phrases
from skills.finding.skill.name_index import index_names
from skills.finding.skill.skill_finder import Name
from skills.finding.skill.vocabulary import load_vocabulary
from skills.text.phrases import PhraseIndex, Phrases
from skills.text.spacy_parts import Doc, Language


@Language.factory("rolefit_phrases", assigns=["doc._.phrases"])
def make_phrase_finder(nlp: Language, name: str) -> "PhraseFinder":
    """Return the pipeline component that finds all known phrases."""
    del nlp, name
    duties, learned = list_duty_phrases(load_duties()), list_learned_phrases()
    return PhraseFinder(index_names(load_vocabulary()), chain(duties, list_cues(), learned))


class PhraseFinder:
    """Fills `doc._.phrases` with the phrases found, by type.

    These are no spans yet: two of three name nothing once ambiguity and context are looked at.
    """

    def __init__(self, names: Mapping[str, tuple[Name, ...]], others: Iterable[tuple[str, object]] = ()) -> None:
        self._index = PhraseIndex(others, names)
        Doc.set_extension("phrases", default=None, force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases of a doc."""
        doc._.phrases = Phrases(self._index.find(get_table(doc).norms))
        return doc
