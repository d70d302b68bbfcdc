"""All phrases that skills, duties and cues go by, looked up in a doc in one pass."""

from collections.abc import Iterable
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from skills.finding.cues import list_cues
from skills.finding.duty_finder import list_duty_phrases, load_duties
from skills.finding.skill_finder import list_names
from skills.finding.vocabulary import load_vocabulary
from skills.text.phrases import PhraseIndex, Phrases
from skills.text.tokens import Places


@Language.factory("rolefit_phrases")
def make_phrase_finder(nlp: Language, name: str) -> "PhraseFinder":
    """Return the pipeline component that finds the phrases of all that the project knows."""
    del nlp, name
    return PhraseFinder(chain(list_names(load_vocabulary()), list_duty_phrases(load_duties()), list_cues()))


class PhraseFinder:
    """Fills `doc.user_data["phrases"]` with what is found of each type of phrase."""

    def __init__(self, forms: Iterable[tuple[str, object]]) -> None:
        self._index = PhraseIndex(forms)

    def __call__(self, doc: Doc) -> Doc:
        """Find the phrases of a doc."""
        places: Places = doc.user_data["places"]
        doc.user_data["phrases"] = Phrases(self._index.find(places.norms))
        return doc
