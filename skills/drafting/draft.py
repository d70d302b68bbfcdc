"""Drafts a role from a job posting: what each of its sentences asks for, for a person to review."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from textwrap import shorten

from skills.document import Line
from skills.drafting.choices import find_span, list_mixed_choices, split_choices
from skills.drafting.naming import Named, find_named, list_posts
from skills.drafting.postings import (
    EmptyPostingError,
    Sentence,
    Worth,
    find_years,
    find_years_of,
    is_clause,
    split_posting,
)
from skills.drafting.reasons import explain_left_out
from skills.finding.mentions import Mention
from skills.finding.skill.vocabulary import Skill, load_vocabulary
from skills.judging.scoring import choose_best, gather_evidence, measure_requirement
from skills.knowledge import Knowledge, write_example
from skills.roles.left_out import LeftOut
from skills.roles.profiles import SOURCES, Dimension, Requirement, RoleProfile, share_points
from skills.roles.protected_criteria import find_criterion

# What is asked for is worth twice what is nice to have, until a person decides otherwise.
SHARES: dict[Worth, int] = {"required": 2, "optional": 1}

POST_DATES = ", May 2019 - Present"  # without dates a résumé shows no post that is held
MAX_TITLE_CHARACTERS = 90
NO_TITLE = "Role"  # of a posting that names no post

DIMENSIONS: dict[str, Dimension] = {
    "degree": "education",
    "field": "education",
    "industry": "industries",
    "language": "skills",
    "method": "skills",
    "practice": "skills",
    "standard": "skills",
}
SUMMARY = "Drafted from a job posting; a person has to review what it asks for and what each line is worth."


@dataclass(frozen=True, slots=True)
class Draft:
    """A role, and the sentences of the posting that it leaves out, wholly or in part."""

    profile: RoleProfile
    left_out: tuple[LeftOut, ...]


def _choose_sentences(named: Named) -> dict[str, Sentence]:
    """Return for each concept the sentence that asks for it: with years, or required, before others; then the first."""
    chosen: dict[str, tuple[tuple[bool, bool, int], Sentence]] = {}
    for place, (sentence, mentions) in enumerate(named.items()):
        order = not find_years(sentence.words), sentence.worth == "optional", place
        for mention in mentions:
            if mention.concept not in chosen or order < chosen[mention.concept][0]:
                chosen[mention.concept] = order, sentence
    return {concept: sentence for concept, (_, sentence) in chosen.items()}


def find_dimension(concept: str, knowledge: Knowledge) -> Dimension:
    """Return the dimension that a skill or duty belongs to."""
    skill = knowledge.vocabulary.skills.get(concept)
    return "responsibilities" if skill is None else DIMENSIONS.get(skill.kind, "tools")


def _list_asked(
    sentence: Sentence, dimension: Dimension, group: Sequence[Mention], others: Sequence[Mention]
) -> list[tuple[Sequence[Mention], int]]:
    """Return what a sentence asks for apart from each other, and how many of each are enough.

    Of degrees and of fields of study it asks for one each.
    """
    if dimension == "education":
        kinds = {mention.concept: load_vocabulary().skills[mention.concept].kind for mention in group}
        parts = ([mention for mention in group if kinds[mention.concept] == kind] for kind in ("degree", "field"))
        return [(part, 1) for part in parts if part]
    return [(part, 1 if is_choice else len(part)) for part, is_choice in split_choices(sentence, group, others)]


def _name_surely(skill: Skill) -> str:
    """Return a name of a skill that has no second meaning, if it has one."""
    doubtful = {surface for doubt in skill.doubts for surface in doubt.surfaces}
    return skill.surfaces[0] if skill.label in doubtful and skill.surfaces else skill.label


def _measure_example(item: Requirement, knowledge: Knowledge) -> float:
    """Return how far a requirement's example would meet it, 0 to 1."""
    best = choose_best(knowledge.find_mentions(write_example(item), (Line(1, 0, 0),)))
    return measure_requirement(item, gather_evidence(best, frozenset(item.skills) | frozenset(item.duties)))


def _choose_example(item: Requirement, knowledge: Knowledge) -> str:
    """Return the line that meets a requirement best, empty if none does."""
    skills = [knowledge.vocabulary.skills[skill] for skill in item.skills]
    said = item.quote or item.title
    named = ", ".join(skill.label for skill in skills) or said.rstrip(".")
    posts = [each + POST_DATES for each in dict.fromkeys((named, item.title))]
    texts = (f"{named}.", said, f"{', '.join(map(_name_surely, skills))}.", *posts)
    met = {text: _measure_example(replace(item, example=text), knowledge) for text in texts}
    best = max(texts, key=lambda text: met[text])
    return best if met[best] else ""


def complete_requirement(item: Requirement, knowledge: Knowledge) -> Requirement:
    """Return a requirement with the advice and the example written that it lacks; no example if none shows it."""
    what = item.title if find_criterion(item.title) is None else item.quote
    advice = item.advice or f"If it is true of you, say so where you did or learned it: {what}."
    return replace(item, advice=advice, example=item.example or _choose_example(item, knowledge))


def _lower_first(words: str) -> str:
    return words[0].lower() + words[1:]


def _label(skill: Skill, mention: Mention) -> str:
    """Return the name of a skill; a field of study as it is written, for one of ours stands for several."""
    return mention.text[0].upper() + mention.text[1:] if skill.kind == "field" else skill.label


def _write_title(sentence: Sentence, skills: Sequence[Skill], mentions: Sequence[Mention], enough: int) -> str:
    """Return the names of the skills that a sentence asks for, with the years that it asks for; or its own words."""
    own_words = shorten(sentence.words.rstrip("."), MAX_TITLE_CHARACTERS, placeholder=" …")
    if not skills:  # it asks for duties
        return own_words
    is_studied = skills[0].kind in {"degree", "field"}  # years of work beside a degree are none of it
    words = sentence.words
    years = [None if is_studied else find_years_of(words, find_span(words, mention)) for mention in mentions]
    is_of_all = len(set(years)) == 1
    known_as = [_label(skill, mention) for skill, mention in zip(skills, mentions, strict=True)]
    names = [
        f"{label} ({_lower_first(asked)})" if asked and not is_of_all else label
        for label, asked in zip(known_as, years, strict=True)
    ]
    *before, last = names
    labels = f"{', '.join(before)} or {last}" if before and enough == 1 else ", ".join(names)
    if find_criterion(labels):
        return own_words
    shared = f" ({_lower_first(years[0])})" if is_of_all and years[0] else ""
    return shorten(labels, MAX_TITLE_CHARACTERS, placeholder=" …") + shared


def _draft_requirement(
    sentence: Sentence, dimension: Dimension, group: Sequence[Mention], enough: int, knowledge: Knowledge
) -> Requirement | None:
    """Return what a sentence asks for in one dimension, with a share for its points; None if no example shows it."""
    concepts = [mention.concept for mention in group]
    skills = [knowledge.vocabulary.skills[concept] for concept in concepts if dimension != "responsibilities"]
    item = Requirement(
        id=concepts[0],
        title=sentence.post if list_posts().issuperset(concepts) else _write_title(sentence, skills, group, enough),
        dimension=dimension,
        possible=SHARES[sentence.worth],
        advice="",
        example="",
        skills=tuple(skill.id for skill in skills),
        duties=() if skills else tuple(concepts),
        enough=enough,
        example_section="education" if dimension == "education" else "experience",
        quote=sentence.words,
    )
    complete = complete_requirement(item, knowledge)
    return complete if complete.example else None


def _divide(sentence: Sentence, mentions: Sequence[Mention], knowledge: Knowledge) -> dict[Dimension, list[Mention]]:
    """Return the mentions of a sentence by dimension; a choice of skills and tools is all in that of the first."""
    ordered = sorted(mentions, key=lambda mention: find_span(sentence.words, mention))
    dimensions = {mention.concept: find_dimension(mention.concept, knowledge) for mention in ordered}
    for choice in list_mixed_choices(sentence.words, ordered):
        if {dimensions[mention.concept] for mention in choice} == {"skills", "tools"}:
            dimensions |= dict.fromkeys((mention.concept for mention in choice), dimensions[choice[0].concept])
    found: dict[Dimension, list[Mention]] = {}
    for mention in ordered:
        found.setdefault(dimensions[mention.concept], []).append(mention)
    return found


def _draft_requirements(
    sentence: Sentence, mentions: Sequence[Mention], chosen: Mapping[str, Sentence], knowledge: Knowledge
) -> list[Requirement]:
    """Return what a sentence asks for: a requirement for each dimension that something in it belongs to.

    What another sentence is chosen for is left to that.
    """
    found = _divide(sentence, mentions, knowledge)
    drafts = []
    for name in (name for name in SOURCES if name in found):
        others = [mention for mention in mentions if mention not in found[name]]
        for group, enough in _list_asked(sentence, name, found[name], others):
            own = [mention for mention in group if chosen[mention.concept] is sentence]
            if own:  # what else a choice names meets it, too
                asked = group if enough < len(group) else own
                draft = _draft_requirement(sentence, name, asked, min(enough, len(asked)), knowledge)
                drafts.append(draft and replace(draft, id=own[0].concept))
    return [item for item in drafts if item is not None]


def _write_id(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "drafted"


def _name_role(first: Sentence, knowledge: Knowledge) -> str:
    """Return the title of the post, which stands first in a posting, as one that no built-in role has."""
    post = first.post if find_criterion(first.words) is None else ""
    title = shorten(post or NO_TITLE, MAX_TITLE_CHARACTERS, placeholder=" …")
    taken = any(profile.id == _write_id(title) for profile in knowledge.profiles)
    return f"{title} (drafted)" if taken else title


def complete_role(profile: RoleProfile, knowledge: Knowledge) -> RoleProfile:
    """Return a role whose requirements have all the texts that can be written for them."""
    return replace(profile, requirements=tuple(complete_requirement(item, knowledge) for item in profile.requirements))


def draft_role(text: str, knowledge: Knowledge) -> Draft:
    """Return the draft of a role from the text of a job posting; what asks for a protected criterion is left out.

    Raises:
        EmptyPostingError: nothing that is known is asked for.
    """
    sentences, others = split_posting(text)
    open_to_all = [sentence for sentence in sentences if sentence.asks and find_criterion(sentence.words) is None]
    named = find_named(text, open_to_all, knowledge) if open_to_all else {}
    chosen = _choose_sentences(named)
    drafted = {
        sentence: _draft_requirements(sentence, mentions, chosen, knowledge) for sentence, mentions in named.items()
    }
    items = [*chain.from_iterable(drafted.values())]
    if not items:
        raise EmptyPostingError
    title = _name_role(sentences[0], knowledge)
    profile = RoleProfile(_write_id(title), title, SUMMARY, share_points(items))
    if not is_clause(sentences[0].words):
        named.pop(sentences[0], None)  # nobody misses what a title says besides
    in_order = sorted([*sentences, *others], key=lambda sentence: sentence.start)
    return Draft(profile, tuple(explain_left_out(in_order, named, chosen, profile, knowledge)))
