"""What comes near a requirement without evidence: advice asks about these words rather than about the whole résumé."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from skills.judging.advice.posts import count_evidence, is_of_other_trade, may_be_named
from skills.judging.advice.quotes import MAX_QUOTE_CHARACTERS
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import NearTexts, load_advice
from skills.text.bullets import BULLETS
from skills.text.phrases import any_of
from skills.text.spans import Span

# So far apart may two words of a sentence be that belong together.
MAX_PAIR_CHARACTERS = 60
# A post comes near a field if so much evidence of it stands there, and no more of another field.
MIN_EVIDENCE = 3
MAX_POSTS = 2
CLAUSE_START = re.compile(r"[:;,]\s+|\n")
# What a quote neither begins nor ends with.
LEADING = re.compile(rf"[\s.,;:{BULLETS}-]*")
TRAILING = re.compile(rf"[\s.,;:{BULLETS}-]*\Z")


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    whole = [word for word in words if not word.endswith("*")]
    begun = [word.removesuffix("*") for word in words if word.endswith("*")]
    return re.compile(
        rf"(?<!\w)(?:(?:{any_of(whole)})(?!\w)|(?:{any_of(begun)})\w*)"
        if begun
        else rf"(?<!\w)(?:{any_of(whole)})(?!\w)"
    )


def _find_pairs(near: NearTexts, sentence: Span, situation: Situation) -> Iterator[Span]:
    """Yield the places in a sentence from one of the words to one beside it that is close."""
    words, beside = (list(_compile(kind).finditer(situation.folded, *sentence)) for kind in (near.words, near.beside))
    for one, other in product(words, beside):
        pair = Span(min(one.start(), other.start()), max(one.end(), other.end()))
        apart = one.end() <= other.start() or other.end() <= one.start()
        if apart and pair.end - pair.start <= MAX_PAIR_CHARACTERS:
            yield pair


def _widen(pair: Span, sentence: Span, text: str) -> Span:
    """Return a pair with what stands around it in its sentence, as far as a quote may be long."""
    starts = [sentence.start, *(match.end() for match in CLAUSE_START.finditer(text, sentence.start, pair.start))]
    whole = (each for each in starts if text.count("(", each, pair.start) >= text.count(")", each, pair.start))
    start = next((each for each in whole if pair.end - each <= MAX_QUOTE_CHARACTERS), pair.start)
    end = sentence.end
    if end - start > MAX_QUOTE_CHARACTERS:
        end = max(pair.end, text.rfind(" ", start, start + MAX_QUOTE_CHARACTERS))
    leading, trailing = LEADING.match(text, start), TRAILING.search(text[:end], start)
    return Span(leading.end() if leading else start, trailing.start() if trailing else end)


def _find_sentence(near: NearTexts, situation: Situation) -> list[Span]:
    """Return the words in the text that come nearest, first those that are closest to each other."""
    pairs = [
        (pair, sentence)
        for sentence in situation.described_sentences
        for pair in _find_pairs(near, sentence, situation)
    ]
    nearest = min(pairs, key=lambda each: each[0].end - each[0].start, default=None)
    return [_widen(*nearest, situation.text)] if nearest else []


def _list_posts(requirement: str, situation: Situation) -> Iterator[Span]:
    """Yield the titles of posts of no other trade in which a requirement's field is shown as much as any other."""
    fields = load_advice().fields.values()
    for post in situation.posts:
        counts = {other: count_evidence(post, other, situation) for field in fields for other in field.requirements}
        shown = counts[requirement] >= MIN_EVIDENCE and counts[requirement] == max(counts.values())
        if shown and not is_of_other_trade(post, requirement, situation):
            yield from may_be_named(post, situation.text)


def find_near(requirement: str, near: NearTexts, situation: Situation) -> Sequence[Span]:
    """Return the places of what comes near a requirement: a sentence, or titles if it asks for posts."""
    if near.words:
        return _find_sentence(near, situation)
    titles = {situation.text[slice(*span)].casefold(): span for span in _list_posts(requirement, situation)}
    return list(titles.values())[:MAX_POSTS]
