"""Finding acts: the verbs and nouns of a text that say what somebody did, such as “tuned” or “development”."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from skills.finding.duty.duties import ActionPhrase, ClausesFile
from skills.text.phrases import Phrases
from skills.text.tokens import TokenTable

# Between the acts of a list: “design, development and testing of applications”.
LINKS = frozenset({"and", "or", "&", ",", "/"})

# Before a verb that could be a noun.
BEFORE_A_VERB = LINKS | {"to", "will", "can", "would", "i", "we", "also", "then", ";", ":", "-", "•"}

# A gerund behind one of these is an act of its own: “tools for monitoring”, but “monitoring tools”.
BEFORE_A_GERUND = LINKS | {"by", "for", "in", "through", "via", "when"}

# A hyphen joins these to a verb; behind any other word the two are an adjective: “top-performing”.
PREFIXES = frozenset({"re", "co", "pre", "post", "self", "cross", "fine"})

# An object before its action (“models were trained”) stands closer than one behind it.
MAX_PASSIVE_GAP_TOKENS = 3

# How far before an act stands who does it, if that is somebody else: “enabling the sales teams to”.
MAX_TOKENS_TO_ENABLER = 5

# “have often been used”
MIN_TOKENS_TO_HABIT = 2


class FoundAction(NamedTuple):
    """An act in the rows of a token table, which stands in a list of acts that reaches from `first` to `last`.

    It may `lead` to an object behind it, or follow one that ends at row `farthest` or later. Where it is `own`, the
    object behind it is not that of another act before it.
    """

    start: int
    end: int
    name: str
    leads: bool
    farthest: int
    first: int
    last: int
    own: bool
    noun: bool


Found = tuple[int, int, ActionPhrase]


def _drop_nested(found: Sequence[Found]) -> list[Found]:
    """Return the phrases that are no part of a longer one: “tuned” is none in “fine-tuned”."""
    longest: dict[int, int] = {}
    for start, end, _ in found:
        for row in range(start, end):
            if longest.get(row, 0) < end - start:
                longest[row] = end - start
    return [item for item in found if longest[item[0]] == longest[item[1] - 1] == item[1] - item[0]]


def _skip(row: int, step: int, norms: Sequence[str], acts: AbstractSet[int]) -> int:
    """Return the first row from `row` on, in steps of 1 or -1, that is no part of a list of acts."""
    while 0 <= row < len(norms) and (row in acts or norms[row] in LINKS or norms[row].endswith("ly")):
        row += step
    return row


def _find_list(start: int, end: int, norms: Sequence[str], acts: AbstractSet[int]) -> tuple[int, int]:
    """Return where the list of acts begins and ends that an act in the rows `start` to `end` stands in."""
    first = _skip(start - 1, -1, norms, acts) + 1
    while first not in acts:
        first += 1
    return first, _skip(end, 1, norms, acts)


def _is_joined(row: int, table: TokenTable) -> bool:
    """Return whether a hyphen joins a row to the one before it: “semi-automated”."""
    return table.ends[row - 1] < table.starts[row] and not table.text[table.ends[row - 1]].isspace()


def _is_spaced(row: int, table: TokenTable) -> bool:
    """Return whether nothing but a space stands between a row and the one before it: no line's end, no bullet."""
    return row < len(table.norms) and table.text[table.ends[row - 1] : table.starts[row]] == " "


class ActFinder:
    """Finds acts, except those that are adjectives (“an automated test”), denied, hoped for or somebody else's."""

    def __init__(self, clauses: ClausesFile) -> None:
        self._clauses = clauses

    def find(self, table: TokenTable, phrases: Phrases, names: Iterable[tuple[int, int]] = ()) -> Iterator[FoundAction]:
        """Yield the acts of a text; `names` are the rows of names of several words, in which no verb is an act."""
        every = _drop_nested(phrases.of(ActionPhrase))
        inside = {row: start for start, end in names if end - start > 1 for row in range(start, end)}
        said = {row for start, end, _ in every for row in range(start, end)}
        behind_verbs = {end for _, end, action in every if not action.noun and _is_spaced(end, table)}
        found = [
            (start, end, action)
            for start, end, action in every
            if (action.noun and self._clauses.not_acted.isdisjoint(table.norms[end : end + 1]))
            or (
                not action.noun
                and inside.get(start, start) == start
                and not (action.past and start in behind_verbs)  # “Developed containerized APIs”
                and self._is_act(start, action, said, table)
            )
        ]
        nouns = {row for start, end, action in found if action.noun for row in range(start, end)}
        acts = nouns.union(*(range(start, end) for start, end, action in found if not action.noun))
        for start, end, action in found:
            first, last = _find_list(start, end, table.norms, nouns if action.noun else acts)
            if self._is_anothers(first, action, table):
                continue
            behind = table.norms[last : last + 1]
            leads = behind == ["of"] if action.noun else action.not_on.isdisjoint(behind)
            farthest = min(start - MAX_PASSIVE_GAP_TOKENS, first) if action.noun or action.past else end
            farthest = max(farthest, inside.get(start, farthest - 1) + 1)
            own = not action.noun and action.name != "apply" and self._begins_clause(start, action, table)
            yield FoundAction(start, end, action.name, leads, farthest, first, last, own, action.noun)

    def _is_act(self, start: int, action: ActionPhrase, said: AbstractSet[int], table: TokenTable) -> bool:
        """Return whether a form that may be a noun (“test”) or an adjective (“automated”) stands where a verb does.

        In a list it is a verb behind another act, those that the rows `said` hold.
        """
        if start == 0 or table.sentences[start] != table.sentences[start - 1]:
            return True
        before = table.norms[start - 1]
        if _is_joined(start, table) and before not in PREFIXES:
            return False
        if action.past:
            return before not in self._clauses.before_adjectives
        if table.norms[start].endswith("ing"):
            return not action.maybe_noun or (before in BEFORE_A_GERUND and before != ",")
        return not action.maybe_noun or (before in BEFORE_A_VERB and (before not in LINKS or start - 2 in said))

    def _begins_clause(self, start: int, action: ActionPhrase, table: TokenTable) -> bool:
        if action.past or start == 0:
            return True
        return table.norms[start].endswith("ing") and table.norms[start - 1] in BEFORE_A_GERUND

    def _is_anothers(self, first: int, action: ActionPhrase, table: TokenTable) -> bool:
        """Return whether the words before a list of acts say that the person did not do them."""
        clauses, begin = self._clauses, max(0, first - MAX_TOKENS_TO_ENABLER)
        before = [table.norms[row] for row in range(begin, first) if table.sentences[row] == table.sentences[first]]
        if not before or before[-1] in clauses.denials:
            return bool(before)
        if before[-1] == "about" or (before[-1] in {"in", "for"} and not clauses.interests.isdisjoint(before[-2:])):
            return True
        if action.past:
            return self._is_possible(before) or not clauses.habits.isdisjoint(before[-MIN_TOKENS_TO_HABIT:])
        if action.noun:
            return False
        doers = before[:-1] if before[-1] == "to" else before
        if not doers or before[-1] in clauses.relatives:
            return bool(doers)
        hoped_for = before[-1] == "to" and doers[-1] in clauses.hopes
        guided = not clauses.guiding.isdisjoint(before)
        return hoped_for or guided or (doers[-1] in clauses.others and not clauses.enablers.isdisjoint(doers))

    def _is_possible(self, before: Sequence[str]) -> bool:
        """Return whether the words before an act in the past say that it may be done: “can easily be used”."""
        said = [word for word in before if not word.endswith("ly")]
        return said[-1:] == ["be"] and not self._clauses.possible.isdisjoint(said[-2:-1])
