"""What comes near a requirement without evidence: advice asks about these words rather than about the whole résumé."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from skills.judging.advice.posts import count_evidence, is_of_other_trade, list_related, may_be_named
from skills.judging.advice.quotes import MAX_QUOTE_CHARACTERS
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import NearTexts, load_advice
from skills.text.bullets import BULLETS
from skills.text.spans import Span

# So far apart may two words of a sentence be that belong together.
MAX_PAIR_CHARACTERS = 60
MAX_TRIED = 20  # of a sentence without clauses, no more pairs are looked at
# A post comes near a field if so much evidence of it stands there, and no more of another field.
MIN_EVIDENCE = 3
MAX_TITLES = 2
CLAUSE_START = re.compile(r"[:;,]\s+(?:(?:and|or)\s+)?")
# What a clause ends before: a sign, or a word that opens another one.
CLAUSE_END = re.compile(
    r"[:;,](?=\s)|\s(?=[\u2013\u2014-]\s)"
    r"|\s(?=(?:enabling|improving|leveraging|reducing|resulting|using|utilizing|which|while)\s)"
)
# What a quote neither begins nor ends with; some fonts leave a sign for the space behind a bullet.
LEADING = re.compile(rf"[\s.,;:{BULLETS}\u2423-]*")
TRAILING = re.compile(rf"[\s.,;:{BULLETS}\u2423-]*\Z")


def _spell(word: str) -> str:
    """Return the pattern of a word; it begins with a letter, to which a search jumps."""
    rest, end = (word[1:-1], r"\w*") if word.endswith("*") else (word[1:], r"(?!\w)")
    return rf"{re.escape(word[0])}(?<!\w.){re.escape(rest)}{end}"


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    whole_first = sorted(words, key=lambda word: (word.endswith("*"), -len(word)))
    return re.compile("|".join(map(_spell, whole_first)))


def _find_pairs(
    words: re.Pattern[str], beside: re.Pattern[str], folded: str, sentence: tuple[int, int]
) -> Iterator[Span]:
    """Yield the places in a sentence from one of the words to one beside it that is close."""
    found = list(words.finditer(folded, *sentence))
    for one, other in product(found, list(beside.finditer(folded, *sentence)) if found else ()):
        pair = Span(min(one.start(), other.start()), max(one.end(), other.end()))
        apart = one.end() <= other.start() or other.end() <= one.start()
        if apart and pair.end - pair.start <= MAX_PAIR_CHARACTERS:
            yield pair


def _trim(start: int, end: int, text: str) -> Span:
    leading, trailing = LEADING.match(text, start, end), TRAILING.search(text[:end], start)
    return Span(leading.end() if leading else start, trailing.start() if trailing else end)


def _is_closed(words: str) -> bool:
    return words.count("(") == words.count(")")


def _widen(pair: Span, sentence: Span, text: str) -> Span | None:
    """Return the clauses around a pair, as many of its sentence as a quote may hold; None if it holds no whole one."""
    first = max(sentence.start, pair.end - MAX_QUOTE_CHARACTERS)
    last = min(sentence.end, pair.start + MAX_QUOTE_CHARACTERS)
    starts = [sentence.start, *(match.end() for match in CLAUSE_START.finditer(text, first, pair.start))]
    ends = [*(match.start() for match in CLAUSE_END.finditer(text, pair.end, last)), sentence.end]
    spans = (_trim(start, end, text) for start, end in product(starts, reversed(ends)))
    short = (each for each in spans if each.end - each.start <= MAX_QUOTE_CHARACTERS)
    return next((each for each in short if _is_closed(text[slice(*each)])), None)


def _find_sentence(near: NearTexts, situation: Situation) -> list[Span]:
    """Return the words in the text that come nearest, first those that are closest to each other."""
    words, beside = _compile(near.words), _compile(near.beside)
    pairs = [
        (pair, sentence)
        for sentence in situation.described_parts
        for pair in _find_pairs(words, beside, situation.folded, sentence)
    ]
    nearest = sorted(pairs, key=lambda each: each[0].end - each[0].start)[:MAX_TRIED]
    clauses = (_widen(*each, situation.text) for each in nearest)
    return [clause for clause in clauses if clause][:1]


@cache
def _list_all_related() -> frozenset[frozenset[str]]:
    """Return the requirements of all fields that a requirement may belong to."""
    return frozenset(list_related(name) for field in load_advice().fields.values() for name in field.requirements)


def _list_posts(requirement: str, situation: Situation) -> Iterator[Span]:
    """Yield the titles of posts of no other trade in which a requirement's field is shown as much as any other."""
    own = list_related(requirement)
    for post in situation.posts:
        count = count_evidence(post, own, situation)
        shown = count >= MIN_EVIDENCE and all(
            count_evidence(post, related, situation) <= count for related in _list_all_related()
        )
        if shown and not is_of_other_trade(post, requirement, situation):
            yield from may_be_named(post, situation.text)


def _list_degrees(near: NearTexts, situation: Situation) -> Iterator[Span]:
    """Yield the names of degrees with one of the words that stand whole on a line."""
    for entry in situation.anatomy.entries:
        if entry.kind == "degree" and entry.title:
            name = situation.text[slice(*entry.title)]
            whole = "\n" not in name and len(name) <= MAX_QUOTE_CHARACTERS and _is_closed(name)
            if whole and _compile(near.words).search(situation.folded, *entry.title):
                yield entry.title


def find_near(requirement: str, near: NearTexts, situation: Situation) -> Sequence[Span]:
    """Return the places of what comes near a requirement: a sentence, or titles if it asks for posts or degrees."""
    if near.beside:
        return _find_sentence(near, situation)
    places = _list_degrees(near, situation) if near.words else _list_posts(requirement, situation)
    titles = {situation.text[slice(*span)].casefold(): span for span in places}
    return list(titles.values())[:MAX_TITLES]
