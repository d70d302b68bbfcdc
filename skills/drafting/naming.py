"""What the sentences of a posting name of that which Rolefit knows: skills and duties."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from skills.document import Line
from skills.drafting.postings import Sentence, begins_with, ends_with, find_sought
from skills.drafting.studies import find_fields, find_joined_levels
from skills.drafting.unknown_names import list_names
from skills.finding.duty.duties import load_duties
from skills.finding.learned import name_phrases
from skills.finding.mentions import Mention
from skills.knowledge import Knowledge

# Under this heading a name of two meanings is a skill: Go, Rust.
LIST_HEADING = "SKILLS\n"
# What stands behind a name that is an item: “Go or Rust” names two, “Go the extra mile” none.
BEHIND_ITEM = re.compile(r"\s*(?:$|[,;:/.()&|\u2013-]|(?:and|or|is|are|would|never|helps|und|oder|ist|sind|wäre)\b)")
# Where models are is not asked for behind a verb of watching: “Monitor models in production”.
IN_PRODUCTION = " in production"

Named = dict[Sentence, list[Mention]]


@cache
def _list_acts() -> frozenset[str]:
    return frozenset(duty.id for duty in load_duties().duties if duty.actions)


@cache
def list_posts() -> frozenset[str]:
    """Return the ids of the duties that a post shows by its title."""
    return frozenset(duty.id for duty in load_duties().duties if duty.fields)


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


def _is_watched(mention: Mention, sentence: Sentence) -> bool:
    """Return whether a sentence asks to watch what is in production, and not to bring it there."""
    before = sentence.words.partition(mention.text)[0]
    return mention.text.endswith(IN_PRODUCTION) and ends_with(before, "watching")


def _find_in_text(text: str, sentences: Sequence[Sentence], knowledge: Knowledge) -> Iterator[tuple[Sentence, Mention]]:
    """Yield what the pipeline finds in the posting, with its sentence."""
    starts = [sentence.start for sentence in sentences]
    for mention in knowledge.find_mentions(text, (Line(1, 0, len(text)),)):
        place = bisect_right(starts, mention.start) - 1
        if place < 0 or mention.start >= sentences[place].end or _is_verb(mention, sentences[place], knowledge):
            continue
        if _is_watched(mention, sentences[place]):
            continue
        start, end = sentences[place].start, sentences[place].end
        if mention.start - start >= find_sought(text[start:end]):
            yield sentences[place], mention


def _find_in_lists(sentences: Sequence[Sentence], knowledge: Knowledge) -> Iterator[tuple[Sentence, Mention]]:
    """Yield the skills found where each sentence is an item of a list of skills: names that need such company."""
    starts, text = [], LIST_HEADING
    for sentence in sentences:
        starts.append(len(text))
        words = sentence.words.replace(IN_PRODUCTION, "") if begins_with(sentence.words, "watching") else sentence.words
        text += f"{words};\n"  # without a sign names of two lines could be one
    for mention in knowledge.find_mentions(text, (Line(1, 0, len(text)),)):
        place = bisect_right(starts, mention.start) - 1
        is_skill = mention.concept in knowledge.vocabulary.skills
        is_sought = place >= 0 and mention.start - starts[place] >= find_sought(sentences[place].words)
        if is_sought and is_skill and BEHIND_ITEM.match(text[mention.end :].partition("\n")[0]):
            yield sentences[place], mention


def _find_among_names(named: Named, knowledge: Knowledge) -> Iterator[tuple[Sentence, Mention]]:
    """Yield the skills found where the names of each sentence are a list of skills: “an app in Swift and SwiftUI”.

    Parts of names that are found already are none, nor are degrees, which people have who are worked with.
    """
    sentences, skills = [*named], knowledge.vocabulary.skills
    starts, text = [], LIST_HEADING
    for sentence in sentences:
        starts.append(len(text))
        text += f"{', '.join(map(' '.join, list_names(sentence)))};\n"
    for mention in knowledge.find_mentions(text, (Line(1, 0, len(text)),)):
        place = bisect_right(starts, mention.start) - 1
        if place < 0 or mention.concept not in skills or skills[mention.concept].kind == "degree":
            continue
        found = [other for other in named[sentences[place]] if other.concept in skills]
        whole = re.compile(rf"(?<!\w){re.escape(mention.text)}(?!\w)")
        if not any(mention.concept == other.concept or whole.search(other.text) for other in found):
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


def _keep_once(mention: Mention, kept: list[Mention], knowledge: Knowledge) -> None:
    """Keep a mention unless its concept is kept; of two that name one concept that which has its label."""
    place = next((place for place, other in enumerate(kept) if other.concept == mention.concept), len(kept))
    skill = knowledge.vocabulary.skills.get(mention.concept)
    if place == len(kept) or (skill and mention.text == skill.label):
        kept[place : place + 1] = [mention]


def find_named(text: str, sentences: Sequence[Sentence], knowledge: Knowledge) -> Named:
    """Return what each sentence asks for of that which Rolefit knows, each concept once a sentence."""
    named: Named = {sentence: [] for sentence in sentences}
    found = chain(
        _find_in_text(text, sentences, knowledge),
        _find_in_lists(sentences[1:], knowledge),
        find_fields(sentences),
    )
    for sentence, mention in found:
        if _is_asked_for(mention, in_title=sentence is sentences[0], knowledge=knowledge):
            _keep_once(mention, named[sentence], knowledge)
    for sentence, mention in _find_among_names({sentence: named[sentence] for sentence in sentences[1:]}, knowledge):
        named[sentence].append(mention)
    for sentence, mentions in named.items():
        mentions.extend(find_joined_levels(sentence, mentions))
    return {sentence: list(_leave_out_studied(mentions, knowledge)) for sentence, mentions in named.items()}
