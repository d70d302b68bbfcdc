"""Clauses: how far an act reaches within its sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from skills.finding.duty.acts import LINKS, FoundAction
from skills.finding.duty.duties import ClausesFile
from skills.text.tokens import TokenTable

# How many tokens may stand between an action and its object: “designed, developed and deployed scalable … models”.
MAX_GAP_TOKENS = 8

# These always separate cells, items and asides.
SIGNS = frozenset({"|", "•", "·", "→", ":", ";"})
DASHES = frozenset({"–", "—"})
BRACKETS = frozenset({"(", ")", "[", "]"})

# “Kept 50 modules for Node.js | I wrote a solver”
SPEAKERS = frozenset({"i", "we"})

# Before items of a list whose lines were lost: “Cut costs - Built a classifier”.
LIST_HYPHENS = frozenset({" - ", " -- "})

# Three spaces, or a tab, part the cells of a table.
CELL_GAP = re.compile(r"\t| \n* \n* ")


def _opens_line(row: int, table: TokenTable) -> bool:
    """Return whether a capital opens a line, or an item, at a row, and what stands before does not lead to it."""
    gap = table.text[table.ends[row - 1] : table.starts[row]]
    opens = "\n" in gap or gap in LIST_HYPHENS
    return opens and table.words[row][:1].isupper() and table.norms[row - 1] not in LINKS


def _find_cells(table: TokenTable) -> Iterator[int]:
    """Yield the rows before which a gap parts cells; it may be that of the text's end."""
    return (table.row_at(gap.start()) for gap in CELL_GAP.finditer(table.text))


def _is_dash(row: int, table: TokenTable) -> bool:
    """Return whether a dash has space on both sides."""
    start, end = table.starts[row], table.ends[row]
    return table.norms[row] in DASHES and not (table.text[start - 1 : start] + table.text[end : end + 1]).strip()


class Clauses:
    """The rows where clauses begin in sentences with an action; none may stand between an action and its object."""

    def __init__(self, table: TokenTable, actions: Iterable[FoundAction], words: ClausesFile) -> None:
        self._table, self._words = table, words
        actions = list(actions)
        self._norms = self._list_norms({table.sentences[action.start] for action in actions})
        self._own = sorted({action.start for action in actions if action.own})
        acts = {action.start for action in actions}
        self._borders = sorted({*_find_cells(table), *self._find_openings(acts)})
        self._starts = sorted({*self._find_starts(acts), *self._borders})

    def _list_norms(self, sentences: set[int]) -> list[tuple[int, str]]:
        """Return the rows of some sentences with their compared forms."""
        numbers, norms = self._table.sentences, self._table.norms
        bounds = ((bisect_left(numbers, number), bisect_right(numbers, number)) for number in sorted(sentences))
        return [pair for start, end in bounds for pair in enumerate(norms[start:end], start)]

    def _find_starts(self, acts: set[int]) -> Iterator[int]:
        """Yield the rows where a clause, an item or a cell begins."""
        openings = SIGNS | self._words.relatives | self._words.ends | self._words.taught
        marks = openings | DASHES | {"to", ","}
        marked = [pair for pair in self._norms if pair[1] in marks]
        return (row for row, norm in marked if norm in openings or self._separates_clauses(row, norm, acts))

    def _find_openings(self, acts: set[int]) -> Iterator[int]:
        """Yield the rows at which a verb, or who speaks, opens a line; forms in -ed may be of any verb: “Reduced”."""
        words = acts.union([row for row, norm in self._norms if norm[-2:] == "ed" or norm in SPEAKERS])
        return (row for row in words if row and _opens_line(row, self._table))

    def _separates_clauses(self, row: int, norm: str, acts: set[int]) -> bool:
        """Return whether the “to”, comma or dash at a row separates two clauses."""
        if norm == "to":
            return self._says_why(row, acts)
        return self._says_effect(row + 1, acts) if norm == "," else _is_dash(row, self._table)

    def _says_why(self, row: int, acts: set[int]) -> bool:
        """Return whether a “to” at a row leads to an act or purpose."""
        return row + 1 in acts or not self._words.purposes.isdisjoint(self._table.norms[row + 1 : row + 2])

    def _says_effect(self, row: int, acts: set[int]) -> bool:
        """Return whether a gerund behind a comma names the result of an act: “…, reducing downtime”."""
        word, *behind = self._table.norms[row : row + 2] or [""]
        gerund = word.endswith("ing") and row not in acts and word not in self._words.listing
        return gerund and behind != ["."] and LINKS.isdisjoint(behind)

    def _is_parted(self, first: int, last: int) -> bool:
        """Return whether a clause begins after row `first` and no later than row `last`."""
        return bisect_right(self._starts, first) != bisect_right(self._starts, last)

    def share_line(self, first: int, second: int) -> bool:
        """Return whether two rows stand in one line of a list, or cell of a table, however it wraps."""
        return bisect_right(self._borders, first) == bisect_right(self._borders, second)

    def reaches(self, action: FoundAction, start: int, end: int) -> bool:
        """Return whether an act is done to what stands in the rows `start` to `end` of the same sentence."""
        if action.start < start:
            return self._leads(action, start)
        return self._follows(action, end)

    def _leads(self, action: FoundAction, start: int) -> bool:
        near = 0 <= start - action.end <= MAX_GAP_TOKENS
        if not (near and action.leads) or self._is_parted(action.end - 1, start):
            return False
        nearest = bisect_right(self._own, action.last - 1)
        return not any(other < start for other in self._own[nearest : nearest + 1])

    def _follows(self, action: FoundAction, end: int) -> bool:
        near = action.farthest <= end <= action.start
        if not near or self._is_parted(end - 1, action.start):
            return False
        if bisect_left(self._own, end) != bisect_left(self._own, action.first):  # another verb stands between
            return False
        between = self._table.norms[end : max(end, action.first)]
        parting = LINKS | BRACKETS | (self._words.closers if action.noun else frozenset())
        return parting.isdisjoint(between)
