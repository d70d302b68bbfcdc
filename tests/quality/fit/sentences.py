"""The sentences of a judged résumé: the phrases that could be learned from them, and the duties that people marked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from skills.anatomy.sections import get_use_in
from skills.finding.finds import get_table, list_sections
from skills.finding.learned_finder import is_plain, list_known_rows
from skills.finding.uses import find_weighed_use
from skills.judging.scoring_figures import load_scoring
from skills.text.tokens import Find, TokenTable
from tests.quality.fit.labels import MarkedSentence

MAX_PHRASE_WORDS = 3
MIN_WORD_CHARACTERS = 2
# No phrase begins or ends with one of these.
SMALL_WORDS = frozenset(
    """
    a about above after all also an and any are as at be been being both but by can could did do does
    during each etc few for from had has have he her his how i if in into is it its may me more most my
    new no nor not of off on or other our out over own per same she so some such than that the their
    them then there these they this those through to too under until up use used using various very via
    was we were what when where which while who whom why will with within would you your
    """.split()  # noqa: SIM905 - a list of a hundred words would take a hundred lines
)
HALF = 0.5


class FoundPhrase(NamedTuple):
    """A phrase in a sentence, and what its section lets it be worth."""

    sentence: int
    phrase: str
    worth: float


def _bears_meaning(word: str) -> bool:
    return word.isalpha() and len(word) >= MIN_WORD_CHARACTERS and word not in SMALL_WORDS


def _list_ranges(table: TokenTable, taken: set[int]) -> Iterator[Find]:
    """Yield the ranges of up to three words within a sentence that share no row with those taken."""
    for start in range(len(table.norms)):
        for end in range(start + 1, min(start + MAX_PHRASE_WORDS, len(table.norms)) + 1):
            last = end - 1
            same = table.sentences[last] == table.sentences[start]
            if not same or last in taken or not table.norms[last].isalpha():
                break
            yield Find(start, end, " ".join(table.norms[start:end]))


def list_phrases(doc: Doc) -> list[FoundPhrase]:
    """Return the phrases of a doc that could be learned."""
    table, sections, worths = get_table(doc), list_sections(doc), load_scoring().worths
    found = []
    for find in _list_ranges(table, list_known_rows(doc)):
        section = sections[find.start]
        words, use = table.norms[find.start : find.end], get_use_in(section)
        if use != "none" and _bears_meaning(words[0]) and _bears_meaning(words[-1]) and is_plain(find, table):
            found.append(FoundPhrase(table.sentences[find.start], find.label, worths[find_weighed_use(use, section)]))
    return found


def _place_in(text: str, original: str) -> list[int]:
    """Return where each character of a file's text stands in what was read of it, white space aside."""
    places, at = [], 0
    for character in original:
        if not character.isspace():
            found = text.find(character, at)
            at = found if found >= 0 else at
        places.append(at)
    return [*places, len(text)]


def _share_half(left: tuple[int, int], right: tuple[int, int]) -> bool:
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared > 0 and shared >= HALF * min(left[1] - left[0], right[1] - right[0])


def _bound_sentences(table: TokenTable) -> dict[int, tuple[int, int]]:
    bounds: dict[int, tuple[int, int]] = {}
    for number, start, end in zip(table.sentences, table.starts, table.ends, strict=True):
        bounds[number] = bounds.get(number, (start, end))[0], end
    return bounds


def list_activities(doc: Doc, original: str, marked: Sequence[MarkedSentence]) -> dict[int, frozenset[str]]:
    """Return by our own sentence the activities, such as `M`, of the marked ones that cover it by half, or it them."""
    table, places = get_table(doc), _place_in(get_table(doc).text, original)
    spans = [((places[start], places[end]), _name_activities(codes.split())) for start, end, codes in marked]
    return {
        number: frozenset[str]().union(*(names for span, names in spans if _share_half(bounds, span)))
        for number, bounds in _bound_sentences(table).items()
    }


def _name_activities(codes: Iterable[str]) -> frozenset[str]:
    """Return the activities of codes such as `Mw`; posts (`Tmw`) are none."""
    return frozenset(code[0] for code in codes if code[0] != "T")
