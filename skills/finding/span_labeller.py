"""The pipeline component that shows what was found as spaCy's own labelled span groups."""

from skills.finding.finds import get_finds, get_table
from skills.text.spacy_parts import Doc, Language, Span

SPAN_LABELLER = "rolefit_spans"


@Language.factory(SPAN_LABELLER, requires=["doc._.finds"], assigns=["doc.spans"])
def make_span_labeller(nlp: Language, name: str) -> "SpanLabeller":
    """Return the pipeline component that labels spans."""
    del nlp, name
    return SpanLabeller()


class SpanLabeller:
    """Fills a group of `doc.spans` with each group of finds, such as `doc.spans["skills"]`.

    A span's label is the id of what was found; the object of a duty is the `id_` of its span.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Label the spans of a doc."""
        positions = get_table(doc).positions
        for group, finds in get_finds(doc).items():
            doc.spans[group] = [
                Span(doc, positions[start], positions[end - 1] + 1, label, span_id=object_id)
                for start, end, label, object_id in finds
            ]
        return doc
