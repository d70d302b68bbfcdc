"""The words of a résumé that advice quotes, and where they stand."""

import re
from collections.abc import Sequence

from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.judging.advice.situation import Situation
from skills.text.spans import Span

# A longer quote is cut behind a word.
MAX_QUOTE_CHARACTERS = 140
# What follows the label of a list, or the first of its parts: “MLOps & Infrastructure: Docker”.
LABEL_END = re.compile(r"[^\S\n]*(?:(?:&|and|/)[ \w&/-]{1,40})?:")
PLURAL_ABBREVIATION = re.compile(r"[A-Z]{2}s$")
# What “ and ” become within a quote.
SINGLE_MARKS = str.maketrans("“”", "\u2018\u2019")


def _cut_quote(text: str, start: int, end: int) -> Span:
    """Return a span, shortened to the length of a quote."""
    if end - start > MAX_QUOTE_CHARACTERS:
        end = start + max(text[start : start + MAX_QUOTE_CHARACTERS].rfind(" "), 1)
    return Span(start, end)


def quote(text: str, span: Span) -> str:
    """Return words between “ and ”. These marks within the words become single, so that the first ” ends the quote."""
    words = " ".join(text[slice(*span)].split())
    return f"“{words.translate(SINGLE_MARKS)}”"


def count_named(spans: Sequence[Span], situation: Situation) -> int:
    """Return how many things quotes name: an abbreviation in the plural, such as “CNNs”, names several."""
    several = len(spans) == 1 and PLURAL_ABBREVIATION.search(situation.text[slice(*spans[0])])
    return 2 if several else len(spans)


def join(parts: Sequence[str], word: str) -> str:
    """Return parts joined with commas, and the last with a word such as “and”."""
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def is_label(mention: Mention, situation: Situation) -> bool:
    """Return whether a mention is the label of a list."""
    return LABEL_END.match(situation.text, mention.end) is not None


def choose_quotes(mentions: Sequence[Mention], situation: Situation) -> list[Span]:
    """Return the spans of mentions in text order, each wording once; of two that overlap, the longer.

    Learned phrases, whose words alone say little, and the label of a list are left out unless there are no others.
    """
    quotable = [mention for mention in mentions if mention.concept not in name_phrases()] or mentions
    quotable = [mention for mention in quotable if not is_label(mention, situation)] or quotable
    chosen: dict[str, Mention] = {}
    for mention in sorted(quotable, key=lambda mention: (mention.start - mention.end, mention.start)):
        apart = all(mention.end <= other.start or other.end <= mention.start for other in chosen.values())
        if apart:
            chosen.setdefault(mention.text.casefold(), mention)
    spans = sorted((mention.start, mention.end) for mention in chosen.values())
    return [_cut_quote(situation.text, *span) for span in spans]
