"""Whether an alias is a name of its entry's thing, as far as spelling tells: it shares a word or initials with it."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain

from skills.finding.skill.vocabulary import SkillEntry
from skills.text.phrases import normalize_phrase

# Words that many unrelated names share: makers, and what names a sort of thing.
SMALL_WORDS = "a an and of in on for the to with or by from using based"
SORTS = (
    "api apis sdk app software server tool tools system systems framework library language service services platform "
    "suite studio manager management engine client desktop enterprise pro open"
)
MAKERS = "microsoft ms google apache oracle ibm sap amazon aws azure adobe nvidia apple intel hp cisco salesforce"
GENERIC = frozenset(f"{SMALL_WORDS} {SORTS} {MAKERS}".split())
MIN_STEM_LETTERS = 4
ALIKE = 0.8


def _list_words(name: str) -> list[str]:
    return normalize_phrase(name.replace("-", " ").replace("/", " ")).split()


def _share_stem(one: str, other: str) -> bool:
    length = min(len(one), len(other), MIN_STEM_LETTERS + 1)
    return one == other or (length >= MIN_STEM_LETTERS and one[:length] == other[:length])


def _join(words: Iterable[str]) -> str:
    return "".join(words)


def _make_initials(words: Iterable[str]) -> Iterator[str]:
    """Yield the first letters of the words, with and without those of the small ones."""
    yield _join(word[0] for word in words)
    yield _join(word[0] for word in words if word not in GENERIC)


def _are_initials(short: list[str], long: list[str]) -> bool:
    letters = _join(short).removesuffix("s")
    return len(letters) > 1 and any(letters in initials or initials == letters for initials in _make_initials(long))


def are_related(alias: str, name: str) -> bool:
    """Return whether two names share a word that says something, initials, or nearly all their letters."""
    left, right = _list_words(alias), _list_words(name)
    telling = [(one, other) for one in left for other in right if {one, other}.isdisjoint(GENERIC)]
    joined, other_joined = _join(left), _join(right)
    return (
        any(_share_stem(one, other) for one, other in telling)
        or (len(joined) >= MIN_STEM_LETTERS and joined in other_joined)
        or (len(other_joined) >= MIN_STEM_LETTERS and other_joined in joined)
        or joined == other_joined
        or any(_are_initials([word], right) for word in left)
        or any(_are_initials([word], left) for word in right)
        or SequenceMatcher(None, joined, other_joined).ratio() >= ALIKE
    )


def list_strangers(skill_id: str, entry: SkillEntry) -> list[str]:
    """Return the aliases and doubtful surfaces that no name of the entry explains: its label, id and `also`."""
    names = [entry.label, skill_id, *entry.also]
    surfaces = dict.fromkeys(chain(entry.aliases, *(doubt.surfaces for doubt in entry.doubtful)))
    return [surface for surface in surfaces if not any(are_related(surface, name) for name in names)]
