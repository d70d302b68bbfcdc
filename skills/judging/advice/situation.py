"""What advice is written from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.entries.entries import Entry
from skills.anatomy.names.personal_data import PersonalSpan, find_personal
from skills.anatomy.names.proper_names import opens_name
from skills.anatomy.sections import ENTRY_SECTIONS
from skills.finding.mentions import Mention
from skills.judging.scoring import RequirementScore
from skills.knowledge import Knowledge
from skills.text.phrases import find_whole_words, find_words_from
from skills.text.sentences import find_breaks
from skills.text.spans import Span, find_lines

MIN_STEM_CHARACTERS = 5  # what is left of a word without its ending, by which its other forms are found
ENDING = re.compile(r"(?:(?<=analy)[sz]\w+|[iy][sz]ations?|ations?|ings?|ers?|ed|s)$")
MIN_FOLDED_CHARACTERS = 3  # shorter words are searched as they are written: “C”, “R”, “Go”
# The sections that describe what somebody did. Others list skills, memberships and hobbies.
DESCRIBING_SECTIONS = ENTRY_SECTIONS | {"publications"}
# A line with a capital behind one that is so much shorter begins anew: the short one is a head.
LINE_START = re.compile(r"\n(?=[A-Z])")
MIN_LENGTHS_OF_HEAD = 2


def _cut_at_heads(sentence: Span, text: str) -> Iterator[Span]:
    """Yield a sentence, cut behind each line in it that is a head."""
    start = sentence.start
    for line in LINE_START.finditer(text, *sentence):
        above = max(text.rfind("\n", 0, line.start()) + 1, sentence.start)
        below = text.find("\n", line.end(), sentence.end)
        length_below = (sentence.end if below < 0 else below) - line.end()
        if (line.start() - above) * MIN_LENGTHS_OF_HEAD < length_below:
            yield Span(start, line.start())
            start = line.end()
    yield Span(start, sentence.end)


class Work(NamedTuple):
    """Words about work, no papers: a sentence or item, and the piece of it that lines which are heads leave."""

    piece: Span
    sentence: Span


@dataclass(frozen=True)
class Situation:
    """What advice is written from: a résumé, what was found in it, and what each requirement earned.

    It has no slots, because its properties are cached.
    """

    text: str = field(repr=False)
    anatomy: Anatomy = field(repr=False)
    mentions: Sequence[Mention] = field(repr=False)
    scores: Mapping[str, RequirementScore]
    knowledge: Knowledge = field(repr=False)
    _evidence: dict[frozenset[str], frozenset[Span]] = field(default_factory=dict, repr=False)

    @cached_property
    def folded(self) -> str:
        """The text in small letters, at the same offsets: İ is replaced first, as its small form is longer."""
        return self.text.replace("İ", "I").lower()

    @cached_property
    def named(self) -> frozenset[str]:
        """The skills and duties that the text mentions."""
        return frozenset(self.sections)

    @cached_property
    def sections(self) -> Mapping[str, AbstractSet[str]]:
        """The sections that name each skill or duty."""
        sections: dict[str, set[str]] = {}
        for mention in self.mentions:
            sections.setdefault(mention.concept, set()).add(mention.section)
        return sections

    @cached_property
    def posts(self) -> list[Entry]:
        """The posts with a title: first the present ones, then the others, latest first."""
        posts = [entry for entry in self.anatomy.entries if entry.kind == "post" and entry.title]
        return sorted(posts, key=lambda post: (not post.present, -(post.until.year if post.until else 0), post.start))

    def _find_opening(self, place: int) -> tuple[int, str]:
        return self.anatomy.openings[max(0, bisect_right(self.anatomy.openings, place, key=itemgetter(0)) - 1)]

    def find_section(self, place: int) -> str:
        """Return the section that a place stands in."""
        return self._find_opening(place)[1]

    def find_heading(self, place: int) -> Span:
        """Return the first line of the section that a place stands in."""
        start, _ = self._find_opening(place)
        return find_lines(self.text, start, start)

    def list_evidence(self, requirement_ids: frozenset[str]) -> frozenset[Span]:
        """Return where the evidence of some requirements stands."""
        if requirement_ids not in self._evidence:
            found = (mention for each in requirement_ids & self.scores.keys() for mention in self.scores[each].evidence)
            self._evidence[requirement_ids] = frozenset(Span(mention.start, mention.end) for mention in found)
        return self._evidence[requirement_ids]

    def describes(self, words: str) -> bool:
        """Return whether words stand in the description of what was done, outside of names and addresses."""
        return any(self._is_described(start) and not self._is_name(start, end) for start, end in self._find(words))

    def describes_form(self, words: str) -> bool:
        """Return whether one sentence describes what was done with all words, in any form: “tuned” for “tuning”."""
        stems = {ENDING.sub("", word): word for word in words.lower().split()}
        cut = [stem for stem, word in stems.items() if stem != word]
        if not cut or min(map(len, cut)) < MIN_STEM_CHARACTERS or min(map(len, stems)) < MIN_FOLDED_CHARACTERS:
            return False
        if not all(stem in self.folded for stem in stems):  # before every sentence is looked at
            return False
        held = (
            sentence
            for sentence in self.described_sentences
            if all(any(find_words_from(stem, self.folded, sentence)) for stem in stems)
        )
        return any(all(self._holds(stem, sentence) for stem in stems) for sentence in held)

    def _holds(self, stem: str, sentence: Span) -> bool:
        """Return whether a word of a sentence begins with a stem and is not in a name."""
        found = find_words_from(stem, self.folded, sentence)
        return any(not self._is_name(start, end) for start, end in found)

    def _find(self, words: str) -> Iterator[Span]:
        """Yield the ranges of text in which words stand, in capitals or not unless they are short."""
        if len(words) < MIN_FOLDED_CHARACTERS:
            return find_whole_words(words, self.text)
        return find_whole_words(words.lower(), self.folded)

    def _is_described(self, place: int) -> bool:
        return any(start <= place < end for start, end in (*self._descriptions, *self._project_heads))

    def _is_name(self, start: int, end: int) -> bool:
        return opens_name(end, self.text) or any(start < span.end and span.start < end for span in self._personal)

    @cached_property
    def _personal(self) -> tuple[PersonalSpan, ...]:
        return find_personal(self.text)

    @cached_property
    def _descriptions(self) -> tuple[Span, ...]:
        """The sections that describe what was done, without the heads of entries, which name employers."""
        return tuple(self._list_descriptions())

    @cached_property
    def _project_heads(self) -> tuple[Span, ...]:
        """The heads of projects: they name what was used, and no employers."""
        return tuple(Span(entry.start, entry.body) for entry in self.anatomy.entries if entry.kind == "project")

    @cached_property
    def described_sentences(self) -> tuple[Span, ...]:
        """The sentences and items that describe what was done."""
        spans = (Span(*pair) for description in self._descriptions for pair in self._cut(description))
        return tuple(span for span in spans if self.text[slice(*span)].strip())

    def find_work(self, span: Span) -> Work | None:
        """Return the words about work among which others stand; None if they stand among none."""
        found = bisect_right(self._works, span.start, key=lambda work: work.piece.start) - 1
        if found < 0 or span.end > self._works[found].piece.end:
            return None
        return self._works[found]

    @cached_property
    def _works(self) -> list[Work]:
        told = (whole for whole in self.described_sentences if self.find_section(whole.start) in ENTRY_SECTIONS)
        return sorted(Work(piece, whole) for whole in told for piece in _cut_at_heads(whole, self.text))

    def _cut(self, description: Span) -> Iterator[tuple[int, int]]:
        start, end = description
        return pairwise([start, *self._breaks[bisect_right(self._breaks, start) : bisect_left(self._breaks, end)], end])

    @cached_property
    def _breaks(self) -> list[int]:
        return sorted(set(find_breaks(self.text)))

    def _list_descriptions(self) -> Iterator[Span]:
        ends = [*(start for start, _ in self.anatomy.openings[1:]), len(self.text)]
        for (start, section), end in zip(self.anatomy.openings, ends, strict=True):
            if section in DESCRIBING_SECTIONS:
                yield from self._leave_out_heads(start, end)

    def _leave_out_heads(self, start: int, end: int) -> Iterator[Span]:
        for entry in self.anatomy.entries:
            if start <= entry.start < end:
                yield Span(start, entry.start)
                start = max(start, entry.body)
        yield Span(start, max(start, end))

    @property
    def experienced(self) -> bool:
        """Whether the résumé has posts, with or without known titles."""
        return bool(self.posts) or any(section == "experience" for _, section in self.anatomy.openings)
