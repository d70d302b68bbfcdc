"""The duties by what shows them, made once from the knowledge for all documents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from skills.finding.duty.duties import DutiesFile, Duty, list_object_skills
from skills.finding.skill.vocabulary import Vocabulary, find_kinds_of

# Skills that are things by a name of their own.
PRODUCT_KINDS = frozenset({"framework", "library", "platform", "database", "tool", "system"})


@dataclass(frozen=True, slots=True)
class DutyIndex:
    """Duties, and what shows them.

    `duties`: all, those that are weaker than others last.
    `never_parts`: those of them that what is part of certain things does not show (`no_part_of`).
    `published`: the ids of those that publications show, too.
    `of_acts`: by action and object, the duties that both show together.
    `objects_of_skills`: by skill, the names of the objects that it is, each with whether it is quoted without its
    action. The name is empty for a product that is none.
    `barriers`: the words behind which the object of a duty does not stand.
    `on_subjects`: by skill, the duties that it shows in what somebody does now.
    `said_by_skills`: by skill, the duties that it says as well, and so does not show.
    `posts`: the duties that job titles show, each with the skills that bear it out.
    """

    duties: Sequence[Duty]
    never_parts: Sequence[Duty]
    published: frozenset[str]
    of_acts: Mapping[str, Mapping[str, Sequence[Duty]]]
    objects_of_skills: Mapping[str, Sequence[tuple[str, bool]]]
    barriers: Mapping[Duty, frozenset[str]]
    on_subjects: Mapping[str, Sequence[Duty]]
    said_by_skills: Mapping[str, Sequence[Duty]]
    posts: Mapping[Duty, frozenset[str]]


def _index_acts(file: DutiesFile) -> dict[str, dict[str, list[Duty]]]:
    duties: dict[str, dict[str, list[Duty]]] = {name: {} for name in file.actions}
    for duty in file.duties:
        for action, target in product(duty.actions, duty.objects):
            duties[action].setdefault(target, []).append(duty)
    return duties


def _index_objects(file: DutiesFile, vocabulary: Vocabulary) -> dict[str, list[tuple[str, bool]]]:
    objects: dict[str, list[tuple[str, bool]]] = {}
    for name, item in file.objects.items():
        for skill_id in list_object_skills(item, vocabulary):
            objects.setdefault(skill_id, []).append((name, item.alone))
    products = (skill.id for skill in vocabulary.skills.values() if skill.kind in PRODUCT_KINDS)
    return {skill_id: [("", True)] for skill_id in products} | objects


def _list_barriers(file: DutiesFile) -> dict[Duty, frozenset[str]]:
    words = {"means": file.clauses.means, "goals": file.clauses.goals, "results": file.clauses.results}
    return {duty: frozenset(chain.from_iterable(words[name] for name in duty.not_behind)) for duty in file.duties}


def _index_by_skill(pairs: Iterable[tuple[Duty, Iterable[str]]]) -> dict[str, list[Duty]]:
    duties: dict[str, list[Duty]] = {}
    for duty, skill_ids in pairs:
        for skill_id in skill_ids:
            duties.setdefault(skill_id, []).append(duty)
    return duties


def _list_subjects(duty: Duty, file: DutiesFile, vocabulary: Vocabulary) -> Iterator[str]:
    return chain.from_iterable(list_object_skills(file.objects[name], vocabulary) for name in duty.subjects)


def index_duties(file: DutiesFile, vocabulary: Vocabulary) -> DutyIndex:
    """Return the duties of the knowledge by what shows them."""
    duties = sorted(file.duties, key=lambda duty: len(duty.weaker_than))
    return DutyIndex(
        duties=duties,
        never_parts=[duty for duty in duties if duty.no_part_of],
        published=frozenset(duty.id for duty in duties if duty.published),
        of_acts=_index_acts(file),
        objects_of_skills=_index_objects(file, vocabulary),
        barriers=_list_barriers(file),
        on_subjects=_index_by_skill((duty, _list_subjects(duty, file, vocabulary)) for duty in file.duties),
        said_by_skills=_index_by_skill(
            (duty, find_kinds_of(duty.weaker_than_skills, vocabulary)) for duty in file.duties
        ),
        posts={duty: find_kinds_of(duty.borne_out_by, vocabulary) for duty in file.duties if duty.fields},
    )
