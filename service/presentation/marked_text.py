"""The text of a report by pages, lines and pieces, in which evidence and personal data are marked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from operator import attrgetter, itemgetter

from service.presentation.blind_view import QUOTED, list_hidden
from service.presentation.role_comparison import SHARED_TONE, choose_tone
from skills.anatomy.headings import is_heading
from skills.anatomy.names.personal_data import PersonalSpan, find_personal
from skills.judging.report_types import Evidence, Gap, PageStart, Report, SkillEvidence

MAX_BRIEF_QUOTES = 2
MAX_BRIEF_CHARACTERS = 28
FIRST, LAST = itemgetter(0), itemgetter(1)
START, END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """A span that earned points. `number` counts from 1 in text order; `tone` is the colour of the role that gave them.

    `requirement` is the id of the first requirement that it is evidence for.
    """

    number: int
    start: int
    end: int
    tone: str
    requirement: str


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A run of text under the same marks, the longest first; `opens` has the numbers of the marks that begin here.

    `again`: it names a skill that earned its points at another place.
    """

    text: str = field(repr=False)
    personal: bool
    marks: tuple[EvidenceMark, ...] = ()
    opens: tuple[int, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A visual line, which begins at an offset of the text; a heading opens a section of the résumé."""

    pieces: tuple[TextPiece, ...]
    heading: bool
    start: int

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of one page of the document."""

    number: int
    lines: tuple[TextLine, ...]


def _list_evidence(report: Report) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield the span, tone and requirement of each piece of evidence."""
    for index, role in enumerate(report.roles):
        for requirement in role.requirements:
            tone = choose_tone(index, shared=requirement.shared)
            for item in requirement.evidence:
                yield (item.start, item.end), tone, requirement.id


def _blend(tones: set[str]) -> str:
    """Return the tone of a role if, apart from shared requirements, the span is evidence in this role alone."""
    unshared = tones - {SHARED_TONE}
    return unshared.pop() if len(unshared) == 1 else SHARED_TONE


def find_marks(report: Report) -> dict[tuple[int, int], EvidenceMark]:
    """Return the marks of a report by their spans, in text order."""
    tones: dict[tuple[int, int], set[str]] = {}
    requirements: dict[tuple[int, int], str] = {}
    for span, tone, requirement in _list_evidence(report):
        tones.setdefault(span, set()).add(tone)
        requirements.setdefault(span, requirement)
    return {
        span: EvidenceMark(number, *span, _blend(tones[span]), requirements[span])
        for number, span in enumerate(sorted(tones), start=1)
    }


@dataclass(frozen=True, slots=True)
class EvidenceQuote:
    """The words of a mark and how they show a skill; `page` is 0 if the document has one page only."""

    mark: EvidenceMark
    pieces: tuple[TextPiece, ...]
    use: str
    page: int


def _rank_for_brevity(quote: EvidenceQuote) -> tuple[bool, int]:
    return quote.use != "demonstrated", quote.mark.end - quote.mark.start


@dataclass(frozen=True, slots=True)
class AdvicePart:
    """A piece of advice; words of the résumé are `quoted`, `mark` is the number of the mark there, or 0."""

    pieces: tuple[TextPiece, ...]
    mark: int = 0
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A report's text with its marks and personal data."""

    text: str = field(repr=False)
    marks: Mapping[tuple[int, int], EvidenceMark] = field(repr=False)
    personal: Sequence[PersonalSpan] = field(repr=False)
    paged: bool
    further: Sequence[tuple[int, int]] = field(default=(), repr=False)

    def cut_advice(self, gap: Gap) -> list[AdvicePart]:
        """Return the advice on a gap in parts: its own words and quoted words, each of which leads to its mark."""
        first = {start: mark.number for (start, _), mark in reversed([*self.marks.items()])}
        said = QUOTED.split(gap.advice)
        parts = [AdvicePart((TextPiece(said[0], personal=False),))]
        for quote, words in zip(gap.quotes, said[1:], strict=False):
            parts.append(AdvicePart(self.cut(quote.start, quote.end), first.get(quote.start, 0), quoted=True))
            parts.append(AdvicePart((TextPiece(words, personal=False),)))
        return parts

    def list_quotes(self, evidence: Iterable[Evidence]) -> list[EvidenceQuote]:
        """Return the words of a requirement's evidence; of places that overlap, the longest."""
        spans: dict[tuple[int, int], Evidence] = {}
        for item in sorted(evidence, key=lambda item: (item.start - item.end, item.start)):
            if not any(item.start < end and start < item.end for start, end in spans):
                spans[item.start, item.end] = item
        spans = dict(sorted(spans.items()))
        return [
            EvidenceQuote(self.marks[span], self.cut(*span), item.use, item.page if self.paged else 0)
            for span, item in spans.items()
        ]

    def quote_briefly(self, evidence: Iterable[Evidence]) -> list[tuple[TextPiece, ...]]:
        """Return a word or two of a requirement's evidence: the shortest, those that are demonstrated first."""
        by_words: dict[str, EvidenceMark] = {}
        for quote in sorted(self.list_quotes(evidence), key=_rank_for_brevity):
            by_words.setdefault(self.text[quote.mark.start : quote.mark.end].casefold(), quote.mark)
        chosen = list(by_words.values())[:MAX_BRIEF_QUOTES]
        lengths = accumulate(mark.end - mark.start for mark in chosen)
        fitting = [mark for mark, length in zip(chosen, lengths, strict=True) if length <= MAX_BRIEF_CHARACTERS]
        return [self.cut(mark.start, mark.end) for mark in fitting] or [self._begin(mark) for mark in chosen[:1]]

    def _begin(self, mark: EvidenceMark) -> tuple[TextPiece, ...]:
        """Return the first words of a long quote."""
        words = self.text[mark.start : mark.start + MAX_BRIEF_CHARACTERS]
        space = max(words.rfind(" "), words.rfind("\n"))
        end = mark.start + (space if space > 0 else len(words))
        return (*self.cut(mark.start, end), TextPiece("…", personal=False))

    def cut(self, start: int, end: int, marks: Sequence[EvidenceMark] = ()) -> tuple[TextPiece, ...]:
        """Return a range of the text, cut wherever a mark or personal data begins or ends."""
        marks = [mark for mark in marks if mark.start < end and mark.end > start]
        first = bisect_right(self.personal, start, key=END)  # they stand in text order and do not overlap
        personal = self.personal[first : bisect_left(self.personal, end, key=START)]
        further = self.further[bisect_right(self.further, start, key=LAST) : bisect_left(self.further, end, key=FIRST)]
        spans = [(span.start, span.end) for span in personal] + [(mark.start, mark.end) for mark in marks] + [*further]
        bounds = sorted({edge for edge in (start, end, *chain.from_iterable(spans)) if start <= edge <= end})
        return tuple(self._make_piece(first, last, marks, personal) for first, last in pairwise(bounds))

    def _make_piece(
        self, start: int, end: int, marks: Sequence[EvidenceMark], personal: Sequence[PersonalSpan]
    ) -> TextPiece:
        covering = [mark for mark in marks if mark.start <= start < mark.end]
        return TextPiece(
            self.text[start:end],
            any(span.start <= start < span.end for span in personal),
            tuple(sorted(covering, key=lambda mark: mark.start - mark.end)),
            tuple(mark.number for mark in covering if mark.start == start),
            any(first <= start < last for first, last in self._near(start)),
        )

    def _near(self, start: int) -> Sequence[tuple[int, int]]:
        """Return the further mention that a place may be in: they stand in text order and do not overlap."""
        end = bisect_right(self.further, start, key=FIRST)
        return self.further[max(0, end - 1) : end]

    def cut_lines(self, start: int, end: int) -> tuple[TextLine, ...]:
        """Return a range of the text line by line."""
        lines, marks = [], list(self.marks.values())
        longest = max((mark.end - mark.start for mark in marks), default=0)
        for line in self.text[start:end].split("\n"):
            first = bisect_left(marks, start - longest, key=START)
            near = marks[first : bisect_left(marks, start + len(line), key=START)]
            lines.append(TextLine(self.cut(start, start + len(line), near), is_heading(line), start))
            start += len(line) + 1
        return tuple(lines)

    def list_pages(self, starts: Sequence[PageStart]) -> list[TextPage]:
        """Return the text page by page; `starts` says where each begins."""
        bounds = [*(item.start for item in starts[1:]), len(self.text) + 1]
        pairs = zip(starts, bounds, strict=True)
        return [TextPage(item.page, self.cut_lines(item.start, end - 1)) for item, end in pairs]


def _list_known(report: Report) -> Iterator[PersonalSpan]:
    """Yield the personal data that the report names: contact, profiles, and places and organisations of entries."""
    if person := report.person:
        yield from (PersonalSpan("contact", extent.start, extent.end) for extent in person.spans.values())
        yield from (PersonalSpan("contact", profile.start, profile.end) for profile in person.profiles)
    for entry in report.entries:
        hidden = [entry["spans"][name] for name in list_hidden(entry) if name in entry["spans"]]
        yield from (PersonalSpan("employer", extent.start, extent.end) for extent in hidden)


def _list_further(report: Report, marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the other places that name a skill which earned points, without overlaps, in text order."""
    credited = {
        item.skill
        for requirement in report.requirements.values()
        for item in requirement.evidence
        if isinstance(item, SkillEvidence)
    }
    taken = sorted(marks)
    places = {(place.start, place.end) for skill in report.skills if skill.id in credited for place in skill.mentions}
    further: list[tuple[int, int]] = []
    for start, end in sorted(places):
        overlaps = any(first < end and start < last for first, last in taken)
        if not overlaps and (not further or further[-1][1] <= start):
            further.append((start, end))
    return further


def mark_text(report: Report) -> MarkedText:
    """Return the text of a report with its marks."""
    marks, personal = find_marks(report), find_personal(report.text, _list_known(report))
    return MarkedText(report.text, marks, personal, report.document.pages > 1, _list_further(report, marks))
