"""What advice is written from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.entries.entries import Entry
from skills.anatomy.entries.page import Span
from skills.anatomy.sections import ENTRY_SECTIONS
from skills.finding.mentions import Mention
from skills.judging.scoring import RequirementScore
from skills.knowledge import Knowledge

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
        """The text without a difference between capitals and small letters."""
        return self.text.casefold()

    @cached_property
    def named(self) -> frozenset[str]:
        """The skills and duties that the text mentions."""
        return frozenset(mention.concept for mention in self.mentions)

    @cached_property
    def posts(self) -> list[Entry]:
        """The posts with a title, those that go on first, then the latest."""
        posts = [entry for entry in self.anatomy.entries if entry.kind == "post" and entry.title]
        return sorted(posts, key=lambda post: (not post.present, -(post.until.year if post.until else 0), post.start))

    @cached_property
    def told(self) -> str:
        """What stands in the sections that tell what was done, without the heads of entries, which name employers."""
        return "\n".join(self.text[slice(*span)] for span in self._list_told())

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

    @cached_property
    def told_folded(self) -> str:
        """The same without a difference between capitals and small letters."""
        return self.told.casefold()

    @property
    def experienced(self) -> bool:
        """Whether the résumé tells of posts, be their titles known or not."""
        return bool(self.posts) or any(section == "experience" for _, section in self.anatomy.openings)
