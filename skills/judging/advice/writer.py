"""A piece of advice, and what fills the places of its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skills.judging.advice.posts import name_post
from skills.judging.advice.quotes import join, quote
from skills.judging.advice.situation import Situation
from skills.judging.advice.texts import AdviceFile, Case
from skills.roles.profiles import Requirement
from skills.text.phrases import find_whole_words
from skills.text.spans import Span

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MAX_QUOTES = 3
MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a requirement; each quote of `text`, between “ and ”, is one of the spans `quotes`, in order.

    `step` is how many points following it would add to the requirement: for demonstrating all that is named, or for one
    more skill. `same` is the text for another requirement with the same advice; its {title} is that of the first.
    """

    case: Case
    text: str = field(repr=False)
    quotes: tuple[Span, ...]
    step: float | None
    same: str


def _is_said(words: str, folded: str) -> bool:
    """Return whether words stand in a text, together or spread over one line: “unit/regression testing”."""
    words = words.lower()
    parts = words.split()
    all_said = len(parts) > 1 and all(part in folded for part in parts)  # before every line is looked at
    apart = all_said and any(all(part in line for part in parts) for line in folded.splitlines())
    return apart or any(find_whole_words(words, folded))


def _suggest(requirement: Requirement, situation: Situation) -> list[str]:
    """Return the first skills of a requirement's example that the résumé does not name, in the example's words."""
    unnamed: list[str] = []
    for kinds, words in situation.knowledge.suggestions[requirement.id]:
        said = not kinds.isdisjoint(situation.named) or _is_said(words, situation.folded)
        if words not in unnamed and not said and not situation.describes_form(words):
            unnamed.append(words)
        if len(unnamed) == MAX_SUGGESTIONS:
            break
    return unnamed


class Writer:
    """Fills the placeholders of a text; `quotes` collects the spans that the text quotes."""

    def __init__(self, requirement: Requirement, situation: Situation, texts: AdviceFile) -> None:
        self.requirement, self.situation, self.texts, self.joints = requirement, situation, texts, texts.joints
        self.quotes: list[Span] = []

    @cached_property
    def suggestions(self) -> list[str]:
        """Skills that would meet the requirement."""
        return _suggest(self.requirement, self.situation)

    def write(self, template: str, quotes: Sequence[Span]) -> str:
        """Return a text with its placeholders filled."""
        return PLACEHOLDER.sub(lambda match: self._fill(match[1], quotes), template)

    def _fill(self, name: str, quotes: Sequence[Span]) -> str:
        match name:
            case "words":
                return self._quote_all(quotes)
            case "more":
                return join(self.suggestions, self.joints.or_)
            case "entry":
                named, places = name_post(self.requirement.id, self.situation, self.joints.at)
                self.quotes += places
                return self.joints.entry.format(name=named) if named else self.joints.no_entry
        raise ValueError(name)

    def _quote_all(self, quotes: Sequence[Span]) -> str:
        shown = quotes[:MAX_QUOTES]
        self.quotes += shown
        parts = [quote(self.situation.text, span) for span in shown]
        if len(quotes) == len(shown):
            return join(parts, self.joints.and_)
        return self.joints.further.format(words=", ".join(parts), count=len(quotes) - len(shown))
