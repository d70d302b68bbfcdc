"""Mentions: the spans of a document that name a skill or show a duty, and what they show."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Span

from skills.context import find_cues, measure_name
from skills.document import Line
from skills.sections import Use, section_at, use_in
from skills.tokens import Places

# From what says least of a skill to what says most.
RISING: tuple[Use, ...] = ("none", "studied", "listed", "demonstrated")

MentionUse = Literal["demonstrated", "listed", "studied"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a skill or shows a duty; `concept` is its id, `text` is the document's `text[start:end]`.

    `goal` is what a duty was done to: two duties on different things are two pieces of evidence.
    """

    concept: str
    text: str = field(repr=False)
    page: int
    start: int
    end: int
    section: str
    use: MentionUse
    goal: str = ""


def sort_by_place(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in text order; those that share their place, by concept and goal."""
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.concept, mention.goal)))


def _make_mention(span: Span, page: int, section: str, use: MentionUse) -> Mention:
    places: Places = span.doc.user_data["places"]
    start, end = places.starts[span.start], places.ends[span.end - 1]
    return Mention(span.label_, places.text[start:end], page, start, end, section, use, span.id_)


def collect_mentions(doc: Doc, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
    """Return the skills and duties that the pipeline found in a doc, in text order.

    What a mention shows is the least of what its section and the words before it say: nothing in hobbies or after
    “no experience with”, which leaves it out. Nothing in the person's name is a skill.
    """
    places: Places = doc.user_data["places"]
    line_starts, cues, name_length = [line.start for line in lines], find_cues(places), measure_name(places.text)
    mentions = []
    for span in [*doc.spans["skills"], *doc.spans["duties"]]:
        start, section = places.starts[span.start], section_at(doc, span.start)
        said = (use for first, last, use in cues if first <= span.start < last)
        use = min((use_in(section), *said), key=RISING.index)
        if use != "none" and start >= name_length:
            page = lines[max(0, bisect_right(line_starts, start) - 1)].page
            mentions.append(_make_mention(span, page, section, use))
    return sort_by_place(mentions)
