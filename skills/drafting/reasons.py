"""Why a draft leaves a sentence of a posting out, wholly or in part: each reason holds of that very sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from skills.drafting.naming import Named
from skills.drafting.postings import Sentence, find_years
from skills.drafting.unknown_names import find_unknown_names, find_unknown_thing
from skills.finding.mentions import Mention
from skills.knowledge import Knowledge
from skills.roles.left_out import LeftOut
from skills.roles.profiles import RoleProfile
from skills.roles.protected_criteria import find_criterion, load_criteria


def _join(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _explain_criterion(sentence: Sentence, criterion: str) -> LeftOut:
    reason = load_criteria().criteria[criterion].reason
    return LeftOut(sentence.words, "protected-criterion", f"No role may ask for it ({criterion}). {reason}")


def _explain_nothing(sentence: Sentence, title: str) -> LeftOut:
    """Explain why a sentence in which nothing that is asked for was found gives no line."""
    if names := find_unknown_names(sentence, (), title):
        return LeftOut(sentence.words, "unknown-name", f"Rolefit does not know {_join(names)}.")
    if thing := find_unknown_thing(sentence):
        return LeftOut(sentence.words, "unknown-name", f"Rolefit does not know {thing}.")
    if find_years(sentence.words):
        return LeftOut(sentence.words, "years-alone", "Years are not scored. A batch can be searched for them.")
    return LeftOut(sentence.words, "nothing-found", "Rolefit finds no skill and no duty in it.")


def _explain_elsewhere(
    sentence: Sentence, mentions: Sequence[Mention], chosen: Mapping[str, Sentence], knowledge: Knowledge
) -> LeftOut:
    """Explain that other sentences already ask for everything that a sentence names."""
    others = dict.fromkeys(chosen[mention.concept].words for mention in mentions)
    labels = [skill.label for mention in mentions if (skill := knowledge.vocabulary.skills.get(mention.concept))]
    quoted = _join(f"“{words.rstrip('.')}”" for words in others)
    verb = "are" if len(labels) > 1 else "is"
    detail = f"{_join(labels) if labels else 'This'} {verb} already asked for by {quoted}."
    return LeftOut(sentence.words, "asked-for-elsewhere", detail)


def _explain_sentence(
    sentence: Sentence,
    mentions: Sequence[Mention],
    chosen: Mapping[str, Sentence],
    profile: RoleProfile,
    knowledge: Knowledge,
) -> Iterator[LeftOut]:
    drafted = any(item.quote == sentence.words for item in profile.requirements)
    if not mentions:
        left = _explain_nothing(sentence, profile.title)
        only_names_post = left.reason == "nothing-found" and profile.title in sentence.words
        if not only_names_post:
            yield left
        return
    if not drafted and all(chosen[mention.concept] is not sentence for mention in mentions):
        yield _explain_elsewhere(sentence, mentions, chosen, knowledge)
    elif not drafted:
        yield LeftOut(sentence.words, "not-shown", "No line of a résumé would show it to Rolefit.")
    if names := find_unknown_names(sentence, mentions, profile.title):
        yield LeftOut(sentence.words, "unknown-name", f"Rolefit does not know {_join(names)}.")


def explain_left_out(
    sentences: Iterable[Sentence],
    named: Named,
    chosen: Mapping[str, Sentence],
    profile: RoleProfile,
    knowledge: Knowledge,
) -> Iterator[LeftOut]:
    """Yield what the draft of a role leaves out of the sentences.

    A protected criterion is said of each sentence, the rest of those that `named` has: in them something is asked for.
    """
    for sentence in sentences:
        if criterion := find_criterion(sentence.words):
            yield _explain_criterion(sentence, criterion)
        elif not sentence.asks:
            yield LeftOut(sentence.words, "asks-nothing", "It asks the reader for nothing.")
        elif sentence in named:
            yield from _explain_sentence(sentence, named[sentence], chosen, profile, knowledge)
