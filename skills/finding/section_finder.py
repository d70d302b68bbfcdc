"""Which section each token of a doc stands in."""

from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from skills.anatomy.sections import find_openings
from skills.text.tokens import Places


def list_sections(doc: Doc) -> list[str]:
    """Return the id of the section that each token stands in."""
    sections: list[str] = []
    for (start, section), (end, _) in pairwise([*doc.user_data["sections"], (len(doc), "")]):
        sections += [section] * (end - start)
    return sections


@Language.factory("rolefit_sections")
def make_section_finder(nlp: Language, name: str) -> "SectionFinder":
    """Return the pipeline component that finds sections."""
    del nlp, name
    return SectionFinder()


class SectionFinder:
    """Fills `doc.user_data["sections"]` with the first token and the id of each section, in text order."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the sections of a doc."""
        places: Places = doc.user_data["places"]
        openings = find_openings(places.text)
        doc.user_data["sections"] = [(places.index_at(offset), section) for offset, section in openings]
        return doc
