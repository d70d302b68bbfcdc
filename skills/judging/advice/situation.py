"""What advice is written from, and the post or project that a skill belongs to."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skills.anatomy.anatomy import Anatomy
from skills.anatomy.entries.entries import Entry
from skills.anatomy.entries.page import Span
from skills.anatomy.sections import ENTRY_SECTIONS
from skills.finding.duty.duties import load_duties
from skills.finding.mentions import Mention
from skills.judging.scoring import RequirementScore
from skills.knowledge import Knowledge

TOLD_SECTIONS = ENTRY_SECTIONS | {"publications", "skills"}


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
    def near_posts(self) -> list[Entry]:
        """The posts, without those whose titles are all of fields in which neither role's skills are used."""
        far = [title.start for title in self.anatomy.titles if title.fields and title.fields <= self._far_fields]
        return [post for post in self.posts if not _count_places(post, far) or self._is_of_field(post)]

    @cached_property
    def present_post(self) -> Entry | None:
        """The first post that goes on and whose title is of a field in which either role's skills are used."""
        return next((post for post in self.posts if post.present and self._is_of_field(post)), None)

    @property
    def _far_fields(self) -> frozenset[str]:
        """Fields of job titles in which what either role asks for is not used."""
        return load_duties().far_fields

    def _is_of_field(self, post: Entry) -> bool:
        titles = [title.start for title in self.anatomy.titles if title.fields - self._far_fields]
        return _count_places(post, titles) > 0

    @cached_property
    def work(self) -> tuple[Span, ...]:
        """The places in the sections of posts and projects that are no heads, which name employers."""
        return tuple(self._list_places(ENTRY_SECTIONS))

    @cached_property
    def told(self) -> tuple[Span, ...]:
        """The same with what was published, and with skills."""
        return tuple(self._list_places(TOLD_SECTIONS))

    def _list_places(self, sections: Container[str]) -> Iterator[Span]:
        ends = [*(start for start, _ in self.anatomy.openings[1:]), len(self.text)]
        for (start, section), end in zip(self.anatomy.openings, ends, strict=True):
            if section in sections:
                yield from self.leave_out_heads(start, end)

    def leave_out_heads(self, start: int, end: int) -> Iterator[Span]:
        """Yield the parts of a range that are no heads of entries."""
        for entry in self.anatomy.entries:
            if start <= entry.start < end:
                yield start, entry.start
                start = max(start, entry.body)
        yield start, max(start, end)

    @cached_property
    def work_folded(self) -> str:
        """What stands there, without a difference between capitals and small letters."""
        return "\n".join(self.text[slice(*span)] for span in self.work).casefold()

    @property
    def experienced(self) -> bool:
        """Whether the résumé tells of posts, be their titles known or not."""
        return bool(self.posts) or any(section == "experience" for _, section in self.anatomy.openings)


def choose_entry(groups: Iterable[Sequence[int]], situation: Situation) -> Entry | None:
    """Return the post or project that most places of the first group lie in that stands in the work at all.

    Without such a group it is the present post; none where the work that the places stand in is no entry.
    """
    projects = [entry for entry in situation.anatomy.entries if entry.kind == "project" and entry.title]
    entries = [*situation.near_posts, *projects]
    for places in groups:
        counts = [_count_places(entry, places) for entry in entries]
        if any(counts):
            return entries[counts.index(max(counts))]
        if any(start <= place < end for start, end in situation.work for place in places):
            return None
    return situation.present_post


def _count_places(entry: Entry, places: Sequence[int]) -> int:
    return sum(entry.start <= place < entry.end for place in places)
