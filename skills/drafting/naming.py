"""What the sentences of a posting name: skills and duties that Rolefit knows, and names that it does not know."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from skills.document import Line
from skills.drafting.postings import Sentence, begins_with, find_sought, holds, load_postings
from skills.finding.duty.duties import load_duties
from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.finding.skill.vocabulary import load_vocabulary
from skills.knowledge import Knowledge
from skills.text.phrases import any_of, normalize_phrase, spell_variants

# Under this heading a name of two meanings is a skill: Go, Rust.
LIST_HEADING = "SKILLS\n"
# What stands behind a name that is an item: “Go or Rust” names two, “Go the extra mile” none.
BEHIND_ITEM = re.compile(r"\s*(?:$|[,;:/.()&|\u2013-]|(?:and|or|is|are|would|never|helps|und|oder|ist|sind|wäre)\b)")
# A word with a capital or a digit in it.
NAME = re.compile(r"(?<![\w'\u2019])[^\W\d_]*[A-Z0-9][\w+#]*(?:[.&-]?[\w+#]+)*")
NEXT_NAME = re.compile(r"\s*(?:[,/&]|and\b|or\b)\s*[A-Z]")
ODD = re.compile(r"[a-z][A-Z0-9]")  # is in names alone
CONJUNCTIONS = frozenset({"AND", "OR", "NOT", "AND/OR"})
AMOUNT = re.compile(r"\d+[kKmM]?")
# A name in a German sentence, where a word with one capital is any noun.
GERMAN_NAME = re.compile(rf"[A-Z0-9+#.]{{2,}}|.*{ODD.pattern}.*")
LETTER = re.compile(r"[^\W\d_]")

Named = dict[Sentence, list[Mention]]


@cache
def _list_acts() -> frozenset[str]:
    return frozenset(duty.id for duty in load_duties().duties if duty.actions)


@cache
def list_posts() -> frozenset[str]:
    """Return the ids of the duties that a post shows by its title."""
    return frozenset(duty.id for duty in load_duties().duties if duty.fields)


@cache
def _list_known_names() -> frozenset[str]:
    """Return every spelling of a skill in the vocabulary, in the form in which words are compared."""
    skills = load_vocabulary().skills.values()
    groups = (group for skill in skills for group in (skill.surfaces, *(doubt.surfaces for doubt in skill.doubts)))
    return frozenset(form for group in groups for surface in group for form in spell_variants(surface))


def _asks_for_thing(mention: Mention, knowledge: Knowledge) -> bool:
    """Return whether a duty is none here: “experience with LangChain” asks for LangChain, not for an act."""
    is_work = begins_with(mention.text, "work") and mention.object in knowledge.vocabulary.skills
    return is_work or begins_with(mention.text, "experience")


def _is_asked_for(mention: Mention, *, in_title: bool, knowledge: Knowledge) -> bool:
    """Return whether a posting asks for what was found in it as in a résumé.

    What was learned of the built-in roles says nothing of others, and a post is asked for by the title alone.
    """
    if mention.concept in knowledge.vocabulary.skills:
        return True
    if mention.concept in name_phrases():
        return False
    if mention.concept in _list_acts():
        return not _asks_for_thing(mention, knowledge)
    return in_title and mention.concept in list_posts()


def _is_verb(mention: Mention, sentence: Sentence, knowledge: Knowledge) -> bool:
    """Return whether a name with a second meaning opens a sentence as a verb: “Go the extra mile”."""
    skill = knowledge.vocabulary.skills.get(mention.concept)
    doubtful = skill and any(mention.text in doubt.surfaces for doubt in skill.doubts)
    behind = sentence.words.removeprefix(mention.text)
    return bool(doubtful) and behind != sentence.words and begins_with(behind, "behind_verb")


def _find_in_text(text: str, sentences: Sequence[Sentence], knowledge: Knowledge) -> Iterator[tuple[Sentence, Mention]]:
    """Yield what the pipeline finds in the posting, with its sentence."""
    starts = [sentence.start for sentence in sentences]
    for mention in knowledge.find_mentions(text, (Line(1, 0, len(text)),)):
        place = bisect_right(starts, mention.start) - 1
        if place < 0 or mention.start >= sentences[place].end or _is_verb(mention, sentences[place], knowledge):
            continue
        start, end = sentences[place].start, sentences[place].end
        if mention.start - start >= find_sought(text[start:end]):
            yield sentences[place], mention


def _find_in_lists(sentences: Sequence[Sentence], knowledge: Knowledge) -> Iterator[tuple[Sentence, Mention]]:
    """Yield the skills found where each sentence is an item of a list of skills: names that need such company."""
    starts, text = [], LIST_HEADING
    for sentence in sentences:
        starts.append(len(text))
        text += f"{sentence.words};\n"  # without a sign names of two lines could be one
    for mention in knowledge.find_mentions(text, (Line(1, 0, len(text)),)):
        place = bisect_right(starts, mention.start) - 1
        is_skill = mention.concept in knowledge.vocabulary.skills
        is_sought = place >= 0 and mention.start - starts[place] >= find_sought(sentences[place].words)
        if is_sought and is_skill and BEHIND_ITEM.match(text[mention.end :].partition("\n")[0]):
            yield sentences[place], mention


def _leave_out_studied(mentions: Sequence[Mention], knowledge: Knowledge) -> Iterator[Mention]:
    """Yield mentions without skills that only name what a degree is in: a “PhD in Machine Learning” is the degree."""
    skills = knowledge.vocabulary.skills
    kinds = {mention.concept: skills[mention.concept].kind for mention in mentions if mention.concept in skills}
    fields = [mention.text for mention in mentions if kinds.get(mention.concept) == "field"]
    for mention in mentions:
        kind, text = kinds.get(mention.concept), mention.text
        within = [field for field in fields if field.endswith(text) and (kind != "field" or len(field) > len(text))]
        if kind in {None, "degree"} or not within:
            yield mention


def find_named(text: str, sentences: Sequence[Sentence], knowledge: Knowledge) -> Named:
    """Return what each sentence asks for of that which Rolefit knows, each concept once a sentence."""
    named: Named = {sentence: [] for sentence in sentences}
    found = chain(_find_in_text(text, sentences, knowledge), _find_in_lists(sentences[1:], knowledge))
    for sentence, mention in found:
        in_title = sentence is sentences[0]
        known = {other.concept for other in named[sentence]}
        if mention.concept not in known and _is_asked_for(mention, in_title=in_title, knowledge=knowledge):
            named[sentence].append(mention)
    return {sentence: list(_leave_out_studied(mentions, knowledge)) for sentence, mentions in named.items()}


def _reads_like_name(found: re.Match[str], *, is_german: bool) -> bool:
    """Return whether a word with a capital or a digit in it is a name.

    The first word of a sentence, which has a capital anyway, is one where it is the whole sentence, another name
    follows in a list, or only a name is written like it: “FooDB experience”.
    """
    word = found[0]
    if word in CONJUNCTIONS or AMOUNT.fullmatch(word) or not LETTER.search(word):
        return False
    if is_german and not GERMAN_NAME.fullmatch(word):
        return False
    if found.start() > 0:
        return True
    behind = found.string[found.end() :].rstrip(".")
    return not behind or NEXT_NAME.match(behind) is not None or ODD.search(word) is not None


def find_unknown_names(sentence: Sentence, mentions: Iterable[Mention], title: str) -> list[str]:
    """Return the names in a sentence that neither a mention nor the vocabulary nor the title of the post has."""
    covered = f" {' '.join(normalize_phrase(mention.text) for mention in mentions)} {normalize_phrase(title)} "
    is_german = holds(sentence.words, "german")
    names = []
    for found in NAME.finditer(sentence.words, find_sought(sentence.words)):
        name = normalize_phrase(found[0])
        is_covered = f" {name} " in covered or f" {name.removesuffix('s')} " in covered
        if _reads_like_name(found, is_german=is_german) and not is_covered and name not in _list_known_names():
            names.append(found[0])
    return list(dict.fromkeys(names))


@cache
def _thing_to_know() -> re.Pattern[str]:
    cues = any_of(load_postings().words["knowing"])
    return re.compile(rf"\b(?:{cues}) ([\w+#.-]+(?: [\w+#.-]+)?)$", re.IGNORECASE)


def find_unknown_thing(sentence: Sentence) -> str | None:
    """Return the word or two that a sentence without a known skill ends with, if it asks to know them."""
    found = _thing_to_know().search(sentence.words.rstrip(".!"))
    return found[1] if found and not begins_with(found[1], "behind_verb") else None
