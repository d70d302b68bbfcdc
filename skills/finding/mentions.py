"""Mentions: the finds of a document that are evidence (skills, duties, learned phrases), each with the use it shows."""

from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, cast

from skills.anatomy.sections import Use, get_use_in
from skills.document import Line, find_page
from skills.finding.finds import CUES, DUTIES, LEARNED, SKILLS, get_table, list_finds, list_sections
from skills.finding.uses import RANKS, MentionUse, choose_weaker
from skills.text.spacy_parts import Doc


class Mention(NamedTuple):
    """A span that names a skill, shows a duty or is a learned phrase; `text` is the document's `text[start:end]`.

    `concept` is the id of the skill or duty, or the phrase in its normalized form.
    `object` is what a duty was done to: one duty on two objects is two pieces of evidence.
    """

    concept: str
    text: str
    page: int
    start: int
    end: int
    section: str
    use: MentionUse
    object: str = ""

    def __repr__(self) -> str:
        """Return what may be printed: all but a résumé's words."""
        return f"Mention({self.concept!r}, page={self.page}, start={self.start}, end={self.end}, use={self.use!r})"


by_place = attrgetter("start", "end", "concept", "object")


def sort_by_place(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in text order; those that share their place, by concept and object."""
    return tuple(sorted(mentions, key=by_place))


def _limit_uses(doc: Doc) -> dict[int, Use]:
    """Return, by row of the token table, the strongest use that a skill there may have; the weakest cue wins."""
    limits: dict[int, Use] = {}
    for start, end, use, _ in sorted(list_finds(doc, CUES), key=lambda cue: -RANKS[cast("Use", cue.label)]):
        limits.update(dict.fromkeys(range(start, end), cast("Use", use)))
    return limits


def collect_mentions(doc: Doc, lines: tuple[Line, ...]) -> tuple[Mention, ...]:
    """Return the skills, duties and learned phrases that the pipeline found in a doc, in text order.

    A mention's use is the weaker of what its section and the words before it say. Those without a use are left out, as
    in hobbies or after “no experience with”.
    """
    table, sections = get_table(doc), list_sections(doc)
    limits, uses = _limit_uses(doc), {section: get_use_in(section) for section in set(sections)}
    mentions = []
    for first, last, concept, target in chain.from_iterable(
        list_finds(doc, group) for group in (SKILLS, DUTIES, LEARNED)
    ):
        start, end, section = table.starts[first], table.ends[last - 1], sections[first]
        use = choose_weaker(uses[section], limits.get(first))
        if use != "none":
            page = find_page(lines, start)
            mentions.append(Mention(concept, table.text[start:end], page, start, end, section, use, target))
    return sort_by_place(mentions)
