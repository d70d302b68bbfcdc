"""Fields of study and levels of degrees that a posting names in a form of its own."""

import re
from collections.abc import Iterable, Iterator, Sequence

from skills.anatomy.studies.degree_words import load_degrees, read_phrases
from skills.anatomy.studies.degrees import read_degree
from skills.drafting.postings import Sentence, compile_words
from skills.finding.mentions import Mention

A_LEVEL = "Bachelor in "  # in its place stands “degree in” or “Studium der”, which name no level
EXAMPLES = re.compile(r"\b(?:such as|like|e\.g\.|for example|for instance|wie|z\.\s?B\.)")
BETWEEN_LEVELS = frozenset({"/", " or ", " / ", ", ", " oder ", " and/or "})


def _make_mention(concept: str, text: str, start: int) -> Mention:
    """Return a mention of what a posting asks for; `start` says no more than in which sentence it stands."""
    return Mention(concept, text, 1, start, start + len(text), "education", "studied")


def find_fields(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Mention]]:
    """Yield the fields of study behind words such as “degree in”, whatever is said of its level."""
    for sentence in sentences:
        for cue in compile_words("studied").finditer(sentence.words):
            behind = EXAMPLES.split(sentence.words[cue.end() :])[-1].lstrip()
            degree = read_degree(A_LEVEL + behind)
            for field in degree.fields if degree else ():
                text = behind[field.start - len(A_LEVEL) : field.end - len(A_LEVEL)]
                yield sentence, _make_mention(field.skill, text, sentence.start + cue.end())


def find_joined_levels(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the levels that a sentence offers beside one that it names for sure: of “BS/MS in Physics” the first."""
    skills = {level.skill for level in load_degrees().levels.values()}
    named = {mention.concept for mention in mentions} & skills
    if not named:
        return
    words = sentence.words
    phrases = read_phrases(words, 0, len(words), 0)
    levels = [phrase for phrase in phrases if phrase.meaning and phrase.meaning.sort == "level"]
    for level in levels:
        is_joined = any(
            words[min(level.end, other.end) : max(level.start, other.start)] in BETWEEN_LEVELS for other in levels
        )
        if level.meaning and is_joined and level.meaning.skill not in named:
            named.add(level.meaning.skill)
            yield _make_mention(level.meaning.skill, words[level.start : level.end], sentence.start + level.start)
