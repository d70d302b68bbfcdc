"""What advice is written from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.entries.entries import Entry
from skills.anatomy.entries.page import Span
from skills.anatomy.names.personal_data import PersonalSpan, find_personal
from skills.anatomy.names.proper_names import opens_name
from skills.anatomy.sections import ENTRY_SECTIONS
from skills.finding.mentions import Mention
from skills.judging.scoring import RequirementScore
from skills.knowledge import Knowledge
from skills.text.phrases import find_standing

MIN_FOLDED_CHARACTERS = 3
# Where it is told what was done. In other sections stand memberships and hobbies, which change nothing.
TOLD_SECTIONS = ENTRY_SECTIONS | {"publications"}


@dataclass(frozen=True)
class Situation:
    """What advice is written from: a résumé, what was found in it, and what each requirement earned.

    It has no slots, so that it can keep what every piece of advice asks for.
    """

    text: str = field(repr=False)
    anatomy: Anatomy = field(repr=False)
    mentions: Sequence[Mention] = field(repr=False)
    scores: Mapping[str, RequirementScore]
    knowledge: Knowledge = field(repr=False)

    @cached_property
    def folded(self) -> str:
        """The text in small letters, each at its place: of all letters only İ would grow."""
        return self.text.replace("İ", "I").lower()

    @cached_property
    def named(self) -> frozenset[str]:
        """The skills and duties that the text mentions."""
        return frozenset(mention.concept for mention in self.mentions)

    @cached_property
    def posts(self) -> list[Entry]:
        """The posts with a title, those that go on first, then the latest."""
        posts = [entry for entry in self.anatomy.entries if entry.kind == "post" and entry.title]
        return sorted(posts, key=lambda post: (not post.present, -(post.until.year if post.until else 0), post.start))

    def tells(self, words: str) -> bool:
        """Return whether words stand where it is told what was done, and not in a name or an address."""
        return any(self._is_told(start) and not self._is_name(start, end) for start, end in self._find(words))

    def _find(self, words: str) -> Iterator[Span]:
        """Yield where words stand; short ones are looked for as they are written: “C”, “R”, “Go”."""
        if len(words) < MIN_FOLDED_CHARACTERS:
            return find_standing(words, self.text)
        return find_standing(words.lower(), self.folded)

    def _is_told(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._told)

    def _is_name(self, start: int, end: int) -> bool:
        personal = any(start < span.end and span.start < end for span in self._personal)
        return personal or opens_name(end, self.text)

    @cached_property
    def _personal(self) -> tuple[PersonalSpan, ...]:
        return find_personal(self.text)

    @cached_property
    def _told(self) -> tuple[Span, ...]:
        """The sections that tell what was done, without the heads of entries, which name employers."""
        return tuple(self._list_told())

    def _list_told(self) -> Iterator[Span]:
        ends = [*(start for start, _ in self.anatomy.openings[1:]), len(self.text)]
        for (start, section), end in zip(self.anatomy.openings, ends, strict=True):
            if section in TOLD_SECTIONS:
                yield from self._leave_out_heads(start, end)

    def _leave_out_heads(self, start: int, end: int) -> Iterator[Span]:
        for entry in self.anatomy.entries:
            if start <= entry.start < end:
                yield start, entry.start
                start = max(start, entry.body)
        yield start, max(start, end)

    @property
    def experienced(self) -> bool:
        """Whether the résumé tells of posts, be their titles known or not."""
        return bool(self.posts) or any(section == "experience" for _, section in self.anatomy.openings)
