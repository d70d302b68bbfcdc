"""Mentions: the spans of a document that name a skill or show a duty, and what they show."""

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from spacy.tokens import Doc

from skills.anatomy.sections import Use, use_in
from skills.document import Line
from skills.finding.cues import find_cues
from skills.finding.section_finder import list_sections
from skills.judging.figures import MentionUse
from skills.text.phrases import Phrases
from skills.text.tokens import Find, Places

# From what says least of a skill to what says most.
RANKS: dict[Use, int] = {"none": 0, "studied": 1, "listed": 2, "demonstrated": 3}


class Mention(NamedTuple):
    """A span that names a skill or shows a duty; `concept` is its id, `text` is the document's `text[start:end]`.

    `goal` is what a duty was done to: two duties on different things are two pieces of evidence.
    """

    concept: str
    text: str
    page: int
    start: int
    end: int
    section: str
    use: MentionUse
    goal: str = ""

    def __repr__(self) -> str:
        """Return what may be printed: all but a résumé's words."""
        return f"Mention({self.concept!r}, page={self.page}, start={self.start}, end={self.end}, use={self.use!r})"


by_place = attrgetter("start", "end", "concept", "goal")


def sort_by_place(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in text order; those that share their place, by concept and goal."""
    return tuple(sorted(mentions, key=by_place))


def _limit_uses(places: Places, phrases: Phrases) -> dict[int, Use]:
    """Return, by token, the least that the words before it let a skill there show."""
    limits: dict[int, Use] = {}
    for first, last, use in sorted(find_cues(places, phrases), key=lambda cue: -RANKS[cue[2]]):
        limits.update(dict.fromkeys(range(first, last), use))
    return limits


def _limit(use: Use, limit: Use | None) -> Use:
    return use if limit is None or RANKS[use] <= RANKS[limit] else limit


def collect_mentions(doc: Doc, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
    """Return the skills and duties that the pipeline found in a doc, in text order.

    What a mention shows is the least of what its section and the words before it say: nothing in hobbies or after
    “no experience with”, which leaves it out.
    """
    places: Places = doc.user_data["places"]
    line_starts, sections = [line.start for line in lines], list_sections(doc)
    limits = _limit_uses(places, doc.user_data["phrases"])
    finds: list[Find] = [*doc.user_data["skills"], *doc.user_data["duties"]]
    mentions = []
    for first, last, concept, goal in finds:
        start, end, section = places.starts[first], places.ends[last - 1], sections[first]
        use = _limit(use_in(section), limits.get(first))
        if use != "none":
            page = lines[max(0, bisect_right(line_starts, start) - 1)].page
            mentions.append(Mention(concept, places.text[start:end], page, start, end, section, use, goal))
    return sort_by_place(mentions)
