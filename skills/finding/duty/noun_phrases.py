"""Noun phrases: where the thing ends that an act is done to, so that a quote of it is not cut in the middle."""

from collections.abc import Set as AbstractSet

from skills.text.tokens import HYPHENS, TokenTable

# “an LLM | -driven credit portfolio analytics platform”
MAX_FURTHER_WORDS = 6
# “a classifier (Random Forest | with SMOTE and class weighting)”
MAX_BRACKETED_WORDS = 10
# “| customer churn prediction”
MAX_LEADING_WORDS = 2
# “C++ applications”, “C# services”
NAME_SIGNS = frozenset({"+", "#"})
# Of forms of verbs, and of what stands before them.
VERB_ENDINGS = ("ing", "ed", "ly")


class NounPhrases:
    """Where noun phrases end: at one of the words `closers`, at an action, and at a word that no name has.

    One of the `others` at its end says that a thing is none of what its name begins with.
    """

    def __init__(
        self,
        table: TokenTable,
        acts: AbstractSet[int],
        closers: AbstractSet[str],
        others: AbstractSet[str] = frozenset(),
    ) -> None:
        self._table, self._acts, self._closers, self._others = table, acts, closers, others

    def name_another(self, end: int) -> bool:
        """Return whether a noun phrase that ends at row `end` names another thing than it begins with."""
        return self._table.norms[end - 1] in self._others

    def find_start(self, start: int) -> int:
        """Return the row at which a word begins that a hyphen joins to row `start`: “Cross|-team”."""
        while start and self._table.sentences[start - 1] == self._table.sentences[start] and self._is_joined(start):
            start -= 1
        return start

    def find_lead(self, row: int) -> int:
        """Return the row at which the words that say of what a noun is begin: “customer churn | prediction”."""
        first = row
        while first > max(0, row - MAX_LEADING_WORDS) and self._leads_to(first):
            first -= 1
        return first

    def _leads_to(self, row: int) -> bool:
        """Return whether the word before a row is part of the same name."""
        table, before = self._table, row - 1
        beside = table.sentences[before] == table.sentences[row] and table.text[table.ends[before] : table.starts[row]]
        return beside == " " and self._may_name(before) and not table.norms[before].endswith(VERB_ENDINGS)

    def find_end(self, start: int, end: int) -> int:
        """Return the row after the noun phrase that starts at row `start` and may go on at `end`, in one sentence."""
        end = self._close_bracket(start, self._find_last(end))
        return self._find_last(end) if self._table.norms[end - 1] == ")" else end

    def begin_at(self, row: int) -> bool:
        """Return whether a word of a name stands at a row, in the sentence of the row before it."""
        sentences = self._table.sentences
        return sentences[row : row + 1] == [sentences[row - 1]] and self._may_name(row)

    def _close_bracket(self, start: int, end: int) -> int:
        """Return the row after the bracket that is open at row `end`; `end` if none is, or it closes far away."""
        norms = self._table.norms[start:end]
        if norms.count("(") <= norms.count(")"):
            return end
        for row in range(end, min(end + MAX_BRACKETED_WORDS, len(self._table.norms))):
            if self._table.sentences[row] != self._table.sentences[start] or self._table.norms[row] == "(":
                return end
            if self._table.norms[row] == ")":
                return row + 1
        return end

    def _find_last(self, end: int) -> int:
        for row in range(end, min(end + MAX_FURTHER_WORDS, len(self._table.norms))):
            if not self._goes_on(row):
                return row
        return min(end + MAX_FURTHER_WORDS, len(self._table.norms))

    def _goes_on(self, row: int) -> bool:
        """Return whether a row is a word of the phrase that the row before it is part of."""
        table, word = self._table, self._table.words[row]
        if table.sentences[row] != table.sentences[row - 1] or not self._may_go_on(row):
            return False
        gap = table.text[table.ends[row - 1] : table.starts[row]]
        if gap == "" or self._is_joined(row):
            return True
        wrapped = gap == "\n" and word.islower()
        if not (gap == " " or wrapped) or not self._may_name(row):
            return False
        if self._is_joined(row - 1):  # “machine learning-driven trading system”
            return True
        known = word.islower() or not table.words[row - 1].islower() or self._stands_within(row)
        return known and (not word.endswith(VERB_ENDINGS) or (word.endswith("ing") and self._stands_within(row)))

    def _may_go_on(self, row: int) -> bool:
        """Return whether a row is a word, or a sign within a name: “C/C++”."""
        return self._table.words[row].isalnum() or self._is_slash(row) or self._table.words[row] in NAME_SIGNS

    def _is_slash(self, row: int) -> bool:
        """Return whether a slash at a row joins two words of a name: “UI | /UX”."""
        table, behind = self._table, row + 1
        joins = table.words[row] == "/" and table.text[table.ends[row] : table.ends[row] + 1].isalpha()
        return joins and table.ends[row - 1] == table.starts[row] and behind not in self._acts

    def _may_name(self, row: int) -> bool:
        """Return whether a row is a word that can be part of a name."""
        closes = row in self._acts or self._table.norms[row] in self._closers
        return self._table.words[row].isalpha() and not closes

    def _stands_within(self, row: int) -> bool:
        """Return whether a small word follows a name on its line, so that it is no end: “production Python tools”."""
        table, behind = self._table, row + 1
        if table.sentences[behind : behind + 1] != [table.sentences[row]] or not self._may_name(behind):
            return False
        small = table.words[behind].islower() and not table.words[behind].endswith(VERB_ENDINGS)
        return small and table.text[table.ends[row] : table.starts[behind]] == " "

    def _is_joined(self, row: int) -> bool:
        """Return whether a hyphen joins a row to the one before it."""
        gap = self._table.text[self._table.ends[row - 1] : self._table.starts[row]]
        return gap != "" and gap in HYPHENS
