"""Which names of a sentence are a choice: of “Linux, Python or Go”, Python and Go."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from skills.drafting.postings import Sentence, begins_with, compile_words, holds
from skills.finding.mentions import Mention
from skills.text.spans import Span, blank_spans

# Between two items of one list, after a version and what is in parentheses: a sign, a word that joins, and up to two
# words more.
JOINING = re.compile(
    r"(?:\s\d[\d.]*)?\s*(?:[,/&|]|and/or\b|or\b|and\b|oder\b|und\b)[\s,]*"
    r"(?:(?:and/or|or|and|oder|und)\b[\s,]*)?(?:[a-z]+\s+){0,2}\(?"
)
WITHIN_PARENTHESES = re.compile(r"\([^()]*\)")
BOTH = re.compile(r"\b(?:and|und)\b(?!/or)|&")
OTHERWISE = re.compile(r"\b(?:or|oder)\b")
LEADING = re.compile(r"\b(?:with|in|using|of|by|mit|von|know|use|write)\s+$")
INSTEAD = re.compile(r"\s\((?=(?:or )?([^()]+)\))")
OTHERWISE_BEHIND = re.compile(r"[\s,]*(?:or|oder)\b")
CLOSE_BEHIND = 40  # characters, in which “or similar” belongs to what stands before


def find_span(words: str, mention: Mention) -> Span:
    """Return where a mention stands in the words of its sentence."""
    found = re.search(rf"(?<!\w){re.escape(mention.text)}(?!\w)", words)
    start = found.start() if found else max(words.find(mention.text), 0)
    return Span(start, start + len(mention.text))


def _read_gap(words: str, before: Span, after: Span) -> str:
    return WITHIN_PARENTHESES.sub(" ", words[before[1] : after[0]])


def _open_parentheses(words: str) -> str:
    """Return words with a comma before what does instead of a name, in place of a bracket: “Java (Kotlin is fine)”."""
    return INSTEAD.sub(lambda found: ", " if compile_words("instead").search(found[1]) else found[0], words)


def _list_runs(words: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield which spans stand in one list, as the numbers of the first and of that after the last."""
    first = 0
    for number, (before, after) in enumerate(pairwise(spans), start=1):
        if not JOINING.fullmatch(_read_gap(words, before, after)):
            yield first, number
            first = number
    yield first, len(spans)


def _split_run(words: str, run: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a list that “and” joins, if one of them offers a choice."""
    gaps = [_read_gap(words, *pair) for pair in pairwise(run)]
    offers = any(OTHERWISE.search(gap) for gap in gaps)
    cuts = [number for number, gap in enumerate(gaps, start=1) if offers and BOTH.search(gap)]
    yield from pairwise([0, *cuts, len(run)])


def _is_choice(words: str, gaps: Sequence[str], part: Sequence[Span], taken: Sequence[Span]) -> bool:
    """Return whether one item of a list is enough: what stands between, before or behind them offers a choice."""
    if any(OTHERWISE.search(gap) for gap in gaps):
        return True
    start = max((end for _, end in taken if end <= part[0][0]), default=0)
    behind = min((begin for begin, _ in taken if begin >= part[-1][1]), default=len(words))
    tail = words[part[-1][1] : behind][:CLOSE_BEHIND]
    return (
        holds(words[start : part[0][0]], "either")
        or begins_with(tail, "instead")
        or (OTHERWISE_BEHIND.match(tail) is not None and not any(map(BOTH.search, gaps)))
    )


def _join_foreign(foreign: Sequence[Span], own: Sequence[Span]) -> list[Span]:
    """Return spans of other names, as one where no own name is between them: the “or” in there is theirs."""
    joined: list[Span] = []
    for span in sorted(foreign):
        before = joined[-1] if joined else None
        if before and not any(before.end <= name.start < span.start for name in own):
            joined[-1] = Span(before.start, max(before.end, span.end))
        else:
            joined.append(span)
    return joined


def _is_led(words: str) -> bool:
    """Return whether what stands before a list leads to it, so that all its items are alike: “experience with”."""
    return LEADING.search(words) is not None


def list_mixed_choices(words: str, mentions: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Yield the mentions, in the order of a sentence, that it offers as one choice, of whatever kind each is.

    These are two with nothing but “or” between them, and all items of a list with commas and one “or” that words lead
    to: “with SQL, Amplitude or Mixpanel”. In “Linux, Python or Go” Linux is not offered.
    """
    spans = [find_span(words, mention) for mention in mentions]
    gaps = [words[before.end : after.start].strip() for before, after in pairwise(spans)]
    for last, gap in enumerate(gaps, start=1):
        if gap.removeprefix(",").strip() in {"or", "oder"}:
            first = last - 1
            while first and gaps[first - 1] == ",":
                first -= 1
            is_whole = last == len(gaps) or gaps[last] != ","
            yield mentions[first if is_whole and _is_led(words[: spans[first].start]) else last - 1 : last + 1]


def split_choices(
    sentence: Sentence, group: Sequence[Mention], others: Sequence[Mention]
) -> list[tuple[list[Mention], bool]]:
    """Return a group of mentions as the choices that the sentence offers, behind those that are all asked for.

    `others` are what else is found in the sentence; it may stand between items of a list.
    """
    words = _open_parentheses(sentence.words)
    ordered = sorted(group, key=lambda mention: find_span(words, mention))
    spans = [find_span(words, mention) for mention in ordered]
    beside = [find_span(sentence.words, mention) for mention in others]  # a duty may hold the list: “write Java or Go”
    foreign = [other for other in beside if not any(other.start <= own.start < other.end for own in spans)]
    blanked = blank_spans(words, _join_foreign(foreign, spans))
    everything: list[Mention] = []
    choices: list[tuple[list[Mention], bool]] = []
    for first, last in _list_runs(blanked, spans):
        for begin, end in _split_run(blanked, spans[first:last]):
            part = slice(first + begin, first + end)
            gaps = [_read_gap(blanked, *pair) for pair in pairwise(spans[part])]
            if _is_choice(words, gaps, spans[part], [*foreign, *spans]):
                choices.append((ordered[part], True))
            else:
                everything += ordered[part]
    return [*([(everything, False)] if everything else []), *choices]
