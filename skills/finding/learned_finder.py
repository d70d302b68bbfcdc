"""Finds learned phrases: words that `make fit` found to be evidence for a requirement, with their objects."""

from collections.abc import Iterable, Iterator

from skills.finding.duty.duties import load_duties
from skills.finding.duty.noun_phrases import NounPhrases
from skills.finding.finds import DUTIES, LEARNED, SKILLS, add_finds, get_table, list_finds
from skills.finding.learned import LearnedPhrase
from skills.text.spacy_parts import Doc, Language
from skills.text.tokens import Find, TokenTable

# What may stand between a phrase and a name.
OPENERS = frozenset({"a", "an", "the", "whether", "if", "how", "when", "which"})

# Of nouns that name acts, such as “prediction”.
NOUN_ENDING = "ion"


def is_plain(find: Find, table: TokenTable) -> bool:
    """Return whether a phrase is in small letters, except the first of several words where a sentence begins.

    Names of people, schools, firms and places have capitals, so no phrase is found in them.
    """
    first, *others = table.words[find.start : find.end]
    opens = find.start == 0 or table.sentences[find.start] != table.sentences[find.start - 1]
    return all(map(str.islower, others)) and (first.islower() or (opens and bool(others)))


def list_known_rows(doc: Doc) -> set[int]:
    """Return the rows of a doc's skills and duties, whose words are no further evidence."""
    known = [*list_finds(doc, SKILLS), *list_finds(doc, DUTIES)]
    return {row for find in known for row in range(find.start, find.end)}


def _keep_apart(finds: Iterable[Find], taken: set[int]) -> Iterator[Find]:
    """Yield the finds that share no row with those taken or with a longer find; of equally long ones the first."""
    for find in sorted(finds, key=lambda find: (find.start - find.end, find.start)):
        rows = range(find.start, find.end)
        if taken.isdisjoint(rows):
            taken.update(rows)
            yield find


def _names_act(find: Find, table: TokenTable) -> bool:
    """Return whether a phrase is the noun of an act: “prediction”."""
    return table.norms[find.end - 1].removesuffix("s").endswith(NOUN_ENDING)


def _name_thing(find: Find, table: TokenTable, things: NounPhrases) -> Find:
    """Return a find extended by the thing that is named beside it: “predict whether a customer”, “churn prediction”."""
    if _names_act(find, table):
        find = find._replace(start=things.find_lead(find.start))
    behind = find.end
    while behind < len(table.norms) and table.norms[behind] in OPENERS:
        behind += 1
    if not things.begin_at(behind):
        return find
    return find._replace(end=things.find_end(behind, behind + 1))


@Language.factory("rolefit_learned", requires=["doc._.phrases", "doc._.finds"], assigns=["doc._.finds"])
def make_learned_finder(nlp: Language, name: str) -> "LearnedFinder":
    """Return the pipeline component that finds learned phrases."""
    del nlp, name
    return LearnedFinder()


class LearnedFinder:
    """Fills the group `learned` of the doc's finds with learned evidence that is part of no skill or duty.

    A find ends with the name of what follows: “predict optimal repair intervals”. Where that is no thing of machine
    learning, nothing is found: “prediction costs”; nor where nothing says of what a “prediction” is.
    """

    def __init__(self) -> None:
        self._clauses = load_duties().clauses

    def __call__(self, doc: Doc) -> Doc:
        """Find the learned phrases of a doc."""
        table = get_table(doc)
        finds = (Find(start, end, phrase) for start, end, (phrase,) in doc._.phrases.of(LearnedPhrase))
        plain = [find for find in finds if is_plain(find, table)]
        known = list_known_rows(doc) if plain else set[int]()
        things = NounPhrases(table, known, self._clauses.closers, self._clauses.other_things)
        named = sorted(_name_thing(find, table, things) for find in _keep_apart(plain, set(known)))
        bare = {find for find in plain if _names_act(find, table)}
        add_finds(doc, LEARNED, (find for find in named if find not in bare and not things.name_another(find.end)))
        return doc
