"""What comes near a requirement without evidence: advice asks about these words rather than about the whole résumé."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from skills.finding.mentions import Mention
from skills.judging.advice.posts import count_evidence, is_of_other_trade, list_related, may_be_named
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import NearTexts, load_advice
from skills.judging.scoring import RequirementScore
from skills.text.bullets import BULLETS
from skills.text.spans import Span

# So far apart may two words of a sentence be that belong together.
MAX_PAIR_CHARACTERS = 60
MAX_TRIED = 12  # of a sentence without clauses, no more pairs are looked at
# A post comes near a field if so much evidence of it stands there, and no more of another field.
MIN_EVIDENCE = 3
MAX_TITLES = 2
# Fewer words than these are a title.
MIN_WORDS = 4
# The longest words that are quoted whole: none are left out of them.
MAX_CLAUSE_CHARACTERS = 180
DONE = r"(?:\w+ed|built|did|led|made|ran|took|wrote)"
DEED = re.compile(rf"{DONE}\s", re.IGNORECASE)
# What a clause begins behind. Behind a comma stands what was done, or else the items of an enumeration may.
CLAUSE_START = re.compile(
    rf"[:;]\s+|,\s+(?:(?:and|or|then)\s+)?(?=(?:{DONE}|\w+ing|the)\s)"
    rf"|\s(?:and|then)\s(?={DONE}\s)"
)
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
    return rf"{re.escape(word[0])}(?<![\w-].){re.escape(rest)}{end}"  # “pre-trained” is not “trained”


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    whole_first = sorted(words, key=lambda word: (word.endswith("*"), -len(word)))
    return re.compile("|".join(map(_spell, whole_first)))


def _find_pairs(near: NearTexts, item: RequirementScore, situation: Situation) -> Iterator[tuple[Span, Span]]:
    """Yield the places from one of the words to one beside it that is close, with the piece of work they stand in.

    A sentence with evidence of the requirement counts already.
    """
    for match in _compile(near.words).finditer(situation.folded):
        one = Span(*match.span())
        work = situation.find_work(one)
        if work is None or any(_meet(work.sentence, mention) for mention in item.evidence):
            continue
        first = max(one.end - MAX_PAIR_CHARACTERS, work.piece.start)
        last = min(one.start + MAX_PAIR_CHARACTERS, work.piece.end)
        for beside in _compile(near.beside).finditer(situation.folded, first, last):
            if one.end <= beside.start() or beside.end() <= one.start:
                yield Span(min(one.start, beside.start()), max(one.end, beside.end())), work.piece


def _meet(span: Span, mention: Mention) -> bool:
    return mention.start < span.end and span.start < mention.end


def _trim(start: int, end: int, text: str) -> Span:
    words = text[start:end]
    leading, trailing = LEADING.match(words), TRAILING.search(words)
    return Span(start + leading.end() if leading else start, start + trailing.start() if trailing else end)


def _is_closed(words: str) -> bool:
    return words.count("(") == words.count(")")


def _is_whole(words: str) -> bool:
    """Return whether words are no part of a bracket, nor of several parts of a head with signs between them."""
    return _is_closed(words) and "|" not in words


def _widen(pair: Span, sentence: Span, text: str) -> Span | None:
    """Return the clauses around a pair, as many of its sentence as a quote may hold; None if it holds no whole one."""
    first = max(sentence.start, pair.end - MAX_CLAUSE_CHARACTERS)
    last = min(sentence.end, pair.start + MAX_CLAUSE_CHARACTERS)
    starts = [sentence.start, *(match.end() for match in CLAUSE_START.finditer(text, first, pair.start))]
    ends = [*(match.start() for match in CLAUSE_END.finditer(text, pair.end, last)), sentence.end]
    spans = (_trim(start, end, text) for start, end in product(starts, reversed(ends)))
    short = (each for each in spans if each.end - each.start <= MAX_CLAUSE_CHARACTERS)
    return next((each for each in short if _is_whole(text[slice(*each)])), None)


def _find_sentence(item: RequirementScore, near: NearTexts, situation: Situation) -> list[Span]:
    """Return the words in the text that come nearest, first those that are closest to each other.

    Words that open with what was done go before titles.
    """
    pairs = sorted(_find_pairs(near, item, situation), key=lambda each: each[0].end - each[0].start)
    found = (_widen(*each, situation.text) for each in pairs[:MAX_TRIED])
    whole: list[Span] = []
    for clause in found:
        if clause and len(situation.text[slice(*clause)].split()) >= MIN_WORDS:
            if DEED.match(situation.text, clause.start):
                return [clause]
            whole.append(clause)
    return whole[:1]


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
            whole = "\n" not in name and len(name) <= MAX_CLAUSE_CHARACTERS and _is_closed(name)
            if whole and _compile(near.words).search(situation.folded, *entry.title):
                yield entry.title


def find_near(item: RequirementScore, near: NearTexts, situation: Situation) -> Sequence[Span]:
    """Return the places of what comes near a requirement: a sentence, or titles if it asks for posts or degrees."""
    if near.beside:
        return _find_sentence(item, near, situation)
    places = _list_degrees(near, situation) if near.words else _list_posts(item.requirement.id, situation)
    titles = {situation.text[slice(*span)].casefold(): span for span in places}
    return list(titles.values())[:MAX_TITLES]
