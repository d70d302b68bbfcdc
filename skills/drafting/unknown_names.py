"""Names in the sentences of a posting that Rolefit does not know."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from skills.anatomy.entries.rows import load_entry_words
from skills.anatomy.studies.degree_words import load_degrees
from skills.drafting.postings import Sentence, begins_with, find_sought, holds, load_postings
from skills.finding.mentions import Mention
from skills.finding.skill.vocabulary import load_vocabulary
from skills.text.phrases import any_of, normalize_phrase, spell_variants

# A word with a capital or a digit in it.
NAME = re.compile(r"(?<![\w'\u2019])[^\W\d_]*[A-Z0-9][\w+#]*(?:[.&-]?[\w+#]+)*")
NEXT_NAME = re.compile(r"\s*(?:[,/&]|and\b|or\b)\s*[A-Z]")
ODD = re.compile(r"[a-z][A-Z0-9]")  # is in names alone
CONJUNCTIONS = frozenset({"AND", "OR", "NOT", "AND/OR"})
AMOUNT = re.compile(r"\d+[kKmMD]?")
# A name in a German sentence, where a word with one capital is any noun.
GERMAN_NAME = re.compile(rf"[A-Z0-9+#.]{{2,}}|.*{ODD.pattern}.*")
GERMAN_LETTER = re.compile(r"[äöüß]")
LETTER = re.compile(r"[^\W\d_]")
LANGUAGE_LEVEL = re.compile(r"[ABC][12]\+?")
# Behind these a word with one capital is an employer, a place or a person, and before this it owns something.
BEFORE_OTHERS = re.compile(
    r"\b(?:[Aa]t|near|based in|(?:in|of|by) the|team of|people of|from|travel to|colleagues in|offices? in)\s$"
)
OWNER_END = re.compile(r"['\u2019]s?\b")
MOVED_FROM = re.compile(r"\s(?:to|into)\s")  # “from Quuxbase to Docker” names things
MIN_HEADING_WORDS = 3


@cache
def _list_known_names() -> frozenset[str]:
    """Return every spelling of a skill in the vocabulary, in the form in which words are compared."""
    skills = load_vocabulary().skills.values()
    groups = (group for skill in skills for group in (skill.surfaces, *(doubt.surfaces for doubt in skill.doubts)))
    return frozenset(form for group in groups for surface in group for form in spell_variants(surface))


@cache
def _list_other_names() -> frozenset[str]:
    """Return names of what is no skill, such as places, spoken languages, levels of degrees and fields of study."""
    levels = [
        spelling
        for level in load_degrees().levels.values()
        for name in (*level.safe, *level.doubtful, *level.dotted, *level.words)
        for spelling in (name, name.replace(".", ""))
    ]
    fields = chain.from_iterable(load_degrees().fields.values())
    return frozenset(
        map(normalize_phrase, (*load_entry_words().places, *load_postings().other_names, *levels, *fields))
    )


def _reads_like_name(found: re.Match[str], *, is_german: bool) -> bool:
    """Return whether a word with a capital or a digit in it is a name.

    The first word of a sentence, which has a capital anyway, is one where it is the whole sentence, another name
    follows in a list, or only a name is written like it: “FooDB experience”.
    """
    word = found[0]
    if word in CONJUNCTIONS or AMOUNT.fullmatch(word) or LANGUAGE_LEVEL.fullmatch(word) or not LETTER.search(word):
        return False
    if is_german and not GERMAN_NAME.fullmatch(word):
        return False
    if found.start() > 0:
        return True
    behind = found.string[found.end() :].rstrip(".")
    return not behind or NEXT_NAME.match(behind) is not None or ODD.search(word) is not None


def _join_names(words: str, names: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the words of each name: those with nothing but a space between are one."""
    joined: list[re.Match[str]] = []
    for name in names:
        if joined and words[joined[-1].end() : name.start()] != " ":
            yield joined
            joined = []
        joined.append(name)
    if joined:
        yield joined


def _is_other(name: Sequence[re.Match[str]]) -> bool:
    """Return whether words with one capital each name an employer, a place or a person, by what stands beside."""
    words = name[0].string
    before, behind = words[: name[0].start()], words[name[-1].end() :]
    is_place = MOVED_FROM.match(behind) is None
    return all(word[0].istitle() for word in name) and (
        OWNER_END.match(behind) is not None or (BEFORE_OTHERS.search(before) is not None and is_place)
    )


def _is_known(words: Sequence[str], covered: str) -> bool:
    """Return whether a name is known, or made of known names."""
    for end in range(len(words), 0, -1):
        form = normalize_phrase(" ".join(words[:end]))
        is_known = (
            form in _list_known_names()
            or form in _list_other_names()
            or f" {form} " in covered
            or f" {form.removesuffix('s')} " in covered
        )
        if is_known and (end == len(words) or _is_known(words[end:], covered)):
            return True
    return False


def _is_heading(words: str) -> bool:
    """Return whether words in capitals are no list of names but say something: “WHAT YOU WILL NEED”."""
    return words.isupper() and len(words.split()) >= MIN_HEADING_WORDS and not re.search(r"[,/\d]", words)


def list_names(sentence: Sentence) -> Iterator[list[str]]:
    """Yield the words of each name in a sentence that may be one of something to know."""
    if _is_heading(sentence.words):
        return
    is_german = holds(sentence.words, "german") or GERMAN_LETTER.search(sentence.words) is not None
    found = [
        name
        for name in NAME.finditer(sentence.words, find_sought(sentence.words))
        if _reads_like_name(name, is_german=is_german)
    ]
    for name in _join_names(sentence.words, found):
        if not _is_other(name):
            yield [word[0] for word in name]


def find_unknown_names(sentence: Sentence, mentions: Iterable[Mention], title: str) -> list[str]:
    """Return the names in a sentence that neither a mention nor the vocabulary nor the title of the post has."""
    covered = f" {' '.join(normalize_phrase(mention.text) for mention in mentions)} {normalize_phrase(title)} "
    return list(dict.fromkeys(" ".join(words) for words in list_names(sentence) if not _is_known(words, covered)))


@cache
def _thing_to_know() -> re.Pattern[str]:
    cues = any_of(load_postings().words["knowing"])
    return re.compile(rf"\b(?:{cues}) ([\w+#.-]+(?: [\w+#.-]+)?)$", re.IGNORECASE)


def find_unknown_thing(sentence: Sentence) -> str | None:
    """Return the word or two that a sentence without a known skill ends with, if it asks to know them."""
    found = _thing_to_know().search(sentence.words.rstrip(".!"))
    return found[1] if found and not begins_with(found[1], "behind_verb") else None
