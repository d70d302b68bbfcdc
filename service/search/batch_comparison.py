"""Comparison of two batches: how the résumés of candidates who are in both have changed, and their points."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from service.search.batch_cache import CachedBatch
from service.search.questions import SearchedDocument
from worker.outcomes.folding import fold

DECIMALS = 1

MatchedBy = Literal["person", "file"]


@dataclass(frozen=True)
class ScoreChange:
    """A score before and after."""

    before: float
    after: float


@dataclass(frozen=True)
class WordsChange:
    """What only the later document has, and what only the earlier one has."""

    more: Sequence[str] = field(repr=False)
    less: Sequence[str] = field(repr=False)


@dataclass(frozen=True)
class Revision:
    """A candidate who is in both batches."""

    name: str = field(repr=False)
    person_name: str | None = field(repr=False)
    job: str
    earlier_job: str
    matched_by: Annotated[MatchedBy, Field(description="What both have in common: the person's name or the file's.")]
    same_text: Annotated[
        bool,
        Field(description="If true, a change of points comes from Rolefit or from the roles, not from the person."),
    ]
    scores: Mapping[str, ScoreChange]
    points: Annotated[
        Mapping[str, float], Field(description="By how much the points of each requirement changed, if they did.")
    ]
    skills: WordsChange
    titles: WordsChange

    @property
    def is_change(self) -> bool:
        """Whether anything is different."""
        return not self.same_text or bool(self.points)


@dataclass(frozen=True)
class BatchComparison:
    """Candidates who were scored in two batches; those whose points changed most come first."""

    id: str
    earlier: str
    changed: Sequence[Revision]
    same: Annotated[int, Field(description="Candidates of whom nothing has changed.")]
    added: Annotated[Sequence[str], Field(description="The names of documents of candidates who are new.")] = field(
        repr=False
    )
    gone: Annotated[Sequence[str], Field(description="Of those who are in the earlier batch alone.")] = field(
        repr=False
    )


def _name_person(document: SearchedDocument) -> str:
    return fold(document.row.person_name or "")


def _name_file(document: SearchedDocument) -> str:
    return fold(document.row.name)


def _index(
    documents: Iterable[SearchedDocument], name: Callable[[SearchedDocument], str]
) -> dict[str, SearchedDocument]:
    """Return documents by name, without those that share a name."""
    listed = list(documents)
    counts = Counter(map(name, listed))
    return {name(document): document for document in listed if name(document) and counts[name(document)] == 1}


def _leave_out(documents: Iterable[SearchedDocument], unwanted: Iterable[SearchedDocument]) -> list[SearchedDocument]:
    """Return the documents without the unwanted ones of the same batch."""
    numbers = {document.row.number for document in unwanted}
    return [document for document in documents if document.row.number not in numbers]


def _may_be_one(later: SearchedDocument, earlier: SearchedDocument) -> bool:
    """Return whether two documents may be of one person: they do not name two different ones."""
    names = {_name_person(later), _name_person(earlier)} - {""}
    return len(names) < 2  # noqa: PLR2004 - two names


def _pair(
    later: Sequence[SearchedDocument], earlier: Sequence[SearchedDocument]
) -> list[tuple[SearchedDocument, SearchedDocument, MatchedBy]]:
    """Return each document with the earlier one of the same person, or else of the same file's name."""
    pairs: list[tuple[SearchedDocument, SearchedDocument, MatchedBy]] = []
    ways: tuple[tuple[MatchedBy, Callable[[SearchedDocument], str]], ...] = (
        ("person", _name_person),
        ("file", _name_file),
    )
    for way, name in ways:
        later_by_name = _index(_leave_out(later, (document for document, _, _ in pairs)), name)
        earlier_by_name = _index(_leave_out(earlier, (document for _, document, _ in pairs)), name)
        pairs += [
            (document, earlier_by_name[key], way)
            for key, document in later_by_name.items()
            if key in earlier_by_name and _may_be_one(document, earlier_by_name[key])
        ]
    return pairs


def _compare_points(
    after: Mapping[str, float], before: Mapping[str, float], shared: Container[str]
) -> dict[str, float]:
    """Return the changes of what both batches ask for that are not 0 when rounded, the largest first."""
    asked = [key for key in {**before, **after} if key in shared]
    changes = {key: round(after.get(key, 0) - before.get(key, 0), DECIMALS) for key in asked}
    return {key: changes[key] for key in sorted(changes, key=lambda key: -abs(changes[key])) if changes[key]}


def _compare_words(after: Iterable[str], before: Iterable[str]) -> WordsChange:
    new, old = list(after), list(before)
    return WordsChange([word for word in new if word not in old], [word for word in old if word not in new])


def _list_points(document: SearchedDocument) -> Mapping[str, float]:
    return document.kept.details.points if document.kept.details else {}


def _list_skills(document: SearchedDocument) -> list[str]:
    return [label for label, _ in document.kept.facts.skills.values()]


def _describe(
    later: SearchedDocument, earlier: SearchedDocument, way: MatchedBy, *, shared: Container[str]
) -> Revision:
    row, before = later.row, earlier.row
    return Revision(
        name=row.name,
        person_name=row.person_name,
        job=row.job or "",
        earlier_job=before.job or "",
        matched_by=way,
        same_text=later.kept.words.text == earlier.kept.words.text,
        scores={
            role: ScoreChange(before.scores[role], score) for role, score in row.scores.items() if role in before.scores
        },
        points=_compare_points(_list_points(later), _list_points(earlier), shared),
        skills=_compare_words(_list_skills(later), _list_skills(earlier)),
        titles=_compare_words(later.kept.facts.titles, earlier.kept.facts.titles),
    )


def compare_batches(later: CachedBatch, earlier: CachedBatch) -> BatchComparison:
    """Return what has changed between two batches.

    Documents that are not scored are left out, and so are points of roles that only one of the batches was scored for.
    """
    scored_later = [each for each in later.documents if each.row.scores]
    scored_earlier = [each for each in earlier.documents if each.row.scores]
    pairs = _pair(scored_later, scored_earlier)
    titles, earlier_titles = later.roles.requirement_titles, earlier.roles.requirement_titles
    revisions = [_describe(*pair, shared=titles.keys() & earlier_titles.keys()) for pair in pairs]
    changed = [revision for revision in revisions if revision.is_change]
    return BatchComparison(
        id=later.batch.id,
        earlier=earlier.batch.id,
        changed=sorted(changed, key=lambda each: -sum(map(abs, each.points.values()))),
        same=len(revisions) - len(changed),
        added=[each.row.name for each in _leave_out(scored_later, (document for document, _, _ in pairs))],
        gone=[each.row.name for each in _leave_out(scored_earlier, (document for _, document, _ in pairs))],
    )
