"""The pipeline component that finds sections."""

from itertools import pairwise

from skills.anatomy.anatomy import Anatomy
from skills.finding.finds import SECTIONS, add_finds, get_table
from skills.text.spacy_parts import Doc, Language
from skills.text.tokens import Find


@Language.factory("rolefit_sections", assigns=["doc._.finds"])
def make_section_finder(nlp: Language, name: str) -> "SectionFinder":
    """Return the pipeline component that finds sections."""
    del nlp, name
    return SectionFinder()


class SectionFinder:
    """Fills the group `sections` of the doc's finds; each word stands in one section."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the sections of a doc."""
        table = get_table(doc)
        anatomy: Anatomy = doc._.anatomy
        openings = [(table.row_at(offset), section) for offset, section in anatomy.openings]
        bounds = pairwise([*openings, (len(table.words), "")])
        add_finds(doc, SECTIONS, (Find(start, end, section) for (start, section), (end, _) in bounds))
        return doc
