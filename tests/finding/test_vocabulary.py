"""The vocabulary is data that is checked when it is read."""

import re
from pathlib import Path

import pytest

from skills.errors import KnowledgeError
from skills.finding.duty.duties import load_duties
from skills.finding.skill.name_index import spell_names
from skills.finding.skill.skill_finder import list_named
from skills.finding.skill.vocabulary import (
    VOCABULARY,
    Skill,
    Vocabulary,
    VocabularyFile,
    find_kinds_of,
    load_vocabulary,
)
from skills.knowledge import load_knowledge
from skills.text.phrases import normalize_phrase
from skills.toml_files import DATA, read_toml
from tests.quality.alias_relations import list_strangers
from tests.quality.vocabulary_form import MAX_LINE_CHARACTERS, arrange


def read(folder: Path, content: str) -> None:
    (folder / "some.toml").write_text(content, encoding="utf-8")
    load_vocabulary(folder)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("kind = 'language'\n[skills]\nx = {}", "some.toml: skills.x.label"),
        ("kind = 'fruit'\n[skills]", "some.toml: kind"),
        ("kind = 'language'\n[skills]\nx = {label = 'X', alias = ['Y']}", "some.toml: skills.x.alias"),
        ("kind = 'language'\n[skills]\nx = {label = 'X', broader = ['y']}", "skills.x.broader: no skill 'y'"),
        ("kind = ", "some.toml: not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_key(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(KnowledgeError, match=sentence):
        read(tmp_path, content)


def test_an_id_used_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text("kind = 'language'\n[skills]\nx = {label = 'X'}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"b.toml: skills.x: already in a.toml"):
        load_vocabulary(tmp_path)


def test_the_version_changes_with_a_byte(tmp_path: Path) -> None:
    versions = set()
    for label in ("X", "Y"):
        (folder := tmp_path / label).mkdir()
        (folder / "a.toml").write_text(f"kind = 'language'\n[skills]\nx = {{label = '{label}'}}", encoding="utf-8")
        versions.add(load_vocabulary(folder).version)
    assert len(versions) == 2


def test_every_phrase_of_a_condition_says_something_else_than_its_surface() -> None:
    for skill in load_vocabulary().skills.values():
        for doubt in skill.doubts:
            assert all(
                normalize_phrase(phrase) for phrase in (*doubt.near, *doubt.not_followed_by, *doubt.not_preceded_by)
            )
            assert {s.casefold() for s in doubt.surfaces}.isdisjoint(phrase.casefold() for phrase in doubt.near), (
                skill.id
            )


def bare(surface: str) -> str:
    return surface.casefold().replace(" ", "").replace("-", "")


def test_a_condition_that_asks_for_company_holds_in_every_letter_case() -> None:
    """A label “Databases” that always counts would make the condition on “databases” void."""
    void = {
        skill.id: plain
        for skill in load_vocabulary().skills.values()
        for doubt in skill.doubts
        if doubt.company == "needed"
        and (plain := {bare(name) for name in skill.surfaces}.intersection(map(bare, doubt.surfaces)))
    }
    assert void == {}


@pytest.mark.parametrize("path", sorted(VOCABULARY.rglob("*.toml")), ids=lambda path: path.stem)
def test_a_file_stands_in_the_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == arrange(path), "run python -m tests.quality.vocabulary_form"
    assert all(len(line) <= MAX_LINE_CHARACTERS for line in text.splitlines() if not line.startswith("#"))


def test_identifiers_of_other_vocabularies_are_those_of_known_skills() -> None:
    identifiers = read_toml(DATA / "identifiers.toml", dict[str, dict[str, str]])
    for scheme, ids in identifiers.items():
        assert ids.keys() <= load_vocabulary().skills.keys(), scheme


@pytest.mark.parametrize("path", sorted(VOCABULARY.rglob("*.toml")), ids=lambda path: path.stem)
def test_an_alias_is_a_name_of_its_entry_and_no_other_product(path: Path) -> None:
    entries = read_toml(path, VocabularyFile).skills.items()
    strangers = {skill_id: found for skill_id, entry in entries if (found := list_strangers(skill_id, entry))}
    assert strangers == {}, "shares no word with its label: give it an entry of its own, or list it under `also`"


# Skills that stand below no other: the tree that `rolefit skills --tree` prints has these trunks.
ROOTS = {
    "artificial-intelligence", "background", "data-work", "design-and-engineering", "hardware", "infrastructure",
    "living-nature", "mathematics", "office-and-business", "scientific-computing", "security", "software",
}  # fmt: skip
SHELVES = "families.toml"


def test_no_surface_belongs_to_two_skills_also_when_signs_are_left_out() -> None:
    owners: dict[str, set[str]] = {}
    for skill in load_vocabulary().skills.values():
        for surface in skill.surfaces:
            owners.setdefault(re.sub(r"[\s\-_./'’*,()&]", "", surface.casefold()), set()).add(skill.id)
    assert {surface: ids for surface, ids in owners.items() if surface and len(ids) > 1} == {}


def test_every_skill_stands_below_one_of_a_dozen_roots() -> None:
    skills = load_vocabulary().skills.values()
    assert {skill.id for skill in skills if not skill.broader} == ROOTS
    assert find_kinds_of(ROOTS, load_vocabulary()) == {skill.id for skill in skills}


def test_no_requirement_and_no_duty_takes_a_whole_shelf_for_proof() -> None:
    """What hangs below a family only tidies the tree: to know one database proves no family of software."""
    shelves = {skill.id for skill in load_vocabulary().skills.values() if skill.file == SHELVES}
    profiles = load_knowledge().profiles
    asked = {skill for profile in profiles for requirement in profile.requirements for skill in requirement.skills}
    asked |= {skill for item in load_duties().objects.values() for skill in item.skills}
    assert shelves.isdisjoint(asked)


def test_nothing_stands_below_itself() -> None:
    vocabulary = load_vocabulary()
    for skill, narrower in vocabulary.narrower.items():
        assert skill not in find_kinds_of(narrower, vocabulary)


@pytest.mark.parametrize(
    ("skill", "counts"),
    [
        ("retrieval-augmented-generation", True), ("rlhf", True), ("peft", True), ("ai-agents", True),
        ("langgraph", True), ("llamaindex", True), ("diffusion-models", True), ("faiss", True),
        ("chatgpt", False), ("github-copilot", False), ("perplexity-ai", False), ("lm-studio", False),
        ("prompt-engineering", False), ("manychat", False), ("pinecone", False), ("nvidia-a100", False),
        ("mnist", False), ("gephi", False),
    ],
)  # fmt: skip
def test_to_build_with_models_is_machine_learning_and_to_use_an_assistant_is_not(skill: str, counts: bool) -> None:  # noqa: FBT001 - a case
    assert (skill in find_kinds_of(["machine-learning"], load_vocabulary())) is counts


@pytest.mark.parametrize("skill", ["google-forms", "qualtrics", "nvivo", "gephi", "openrefine", "anylogic", "typeform"])
def test_survey_drawing_and_simulation_tools_are_not_statistics(skill: str) -> None:
    assert skill not in find_kinds_of(["statistics"], load_vocabulary())


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("Data joining", "data-wrangling"), ("K-fold cross-validation", "cross-validation"),  # steps and ways
        ("Tableau Server", "tableau"), ("SAS/ETS", "sas"), ("OpenStack Neutron", "openstack"),  # parts of a product
        ("Qwen Coder", "qwen"), ("Claude Opus", "claude-model"), ("LTE-A", "lte"),  # models of a family
        ("Amazon OpenSearch Service", "opensearch"), ("Azure Databricks", "databricks"),  # a product as a service
    ],
)  # fmt: skip
def test_a_part_of_a_skill_is_no_name_of_it_and_stands_below_it(name: str, whole: str) -> None:
    [part] = [skill for skill in load_vocabulary().skills.values() if name in skill.surfaces]
    assert part.id != whole
    assert part.id in find_kinds_of([whole], load_vocabulary())


def test_a_name_that_joins_two_skills_stands_below_both() -> None:
    """“Git & GitHub” shows both; as an alias of one, the report would keep silent about the other."""
    vocabulary = load_vocabulary()
    labels = {normalize_phrase(skill.label): skill.id for skill in vocabulary.skills.values() if not skill.doubts}
    silent: dict[str, list[str]] = {}
    for skill in vocabulary.skills.values():
        for name in skill.surfaces if skill.kind != "field" else ():
            joined = [labels.get(normalize_phrase(part)) for part in re.split(r" and | & |/", name)]
            if len(joined) > 1 and all(joined):
                silent[name] = [part for part in joined if part and skill.id not in find_kinds_of([part], vocabulary)]
    assert {name: parts for name, parts in silent.items() if parts} == {}


def test_two_skills_that_are_named_together_are_no_third() -> None:
    """“Machine learning and deep learning” is found as both; an entry of its own would hide either."""
    vocabulary = load_vocabulary()
    names = {normalize_phrase(name): skill.id for skill in vocabulary.skills.values() for name in skill.surfaces}
    pairs = set()
    for skill in vocabulary.skills.values():
        parts = [names.get(normalize_phrase(part)) for part in re.split(r" and | & |/|, ", skill.label)]
        if skill.kind != "field" and len(parts) > 1 and all(part not in {None, skill.id} for part in parts):
            pairs.add(skill.id)
    assert pairs == {"vulnerability-assessment-and-penetration-testing"}  # one service, under this name


def test_a_name_that_holds_no_word_is_refused_with_its_file_and_key() -> None:
    skill = Skill("rose", "roses.toml", "Rose", "tool", ("-",), (), ())
    with pytest.raises(KnowledgeError, match=r"roses.toml: skills.rose: '-' holds no word"):
        spell_names(list(list_named(Vocabulary({"rose": skill}, {}, ""))))
