"""What the store keeps of a document besides its row: read when somebody first asks for it, for most never do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from worker.outcomes.folding import find_word
from worker.outcomes.outline import RowDetails, read_details
from worker.outcomes.search_facts import (
    SearchedText,
    SearchFacts,
    find_skill_words,
    may_hold_word,
    read_search_facts,
    read_searched_text,
)

NO_TEXT = SearchedText()
NO_FACTS = SearchFacts()


@dataclass(frozen=True)
class KeptDocument:
    """Details and search facts of a document as they are stored, nothing for one that is not scored."""

    stored_details: str = field(default="", repr=False)
    stored_facts: bytes = field(default=b"", repr=False)

    @cached_property
    def details(self) -> RowDetails | None:
        """Why the document has its scores."""
        return read_details(self.stored_details) if self.stored_details else None

    @cached_property
    def words(self) -> SearchedText:
        """The text of the document."""
        return read_searched_text(self.stored_facts) if self.stored_facts else NO_TEXT

    def find_word(self, word: str) -> int:
        """Return where a folded word, or the beginning of one, stands in the text; -1 if nowhere.

        A text that nobody has asked for is read only if the word may be in it.
        """
        is_read = "words" in vars(self)  # where cached_property keeps what it has returned once
        if not is_read and not may_hold_word(self.stored_facts, word):
            return -1
        return find_word(self.words.folded, word)

    @cached_property
    def facts(self) -> SearchFacts:
        """What was found in the document."""
        return read_search_facts(self.stored_facts) if self.stored_facts else NO_FACTS

    def find_skill_words(self, ids: Iterable[str]) -> str | None:
        """Return the words of the first of these skills in the document, None if it has none of them."""
        return find_skill_words(self.stored_facts, ids)


NOTHING_KEPT = KeptDocument()
