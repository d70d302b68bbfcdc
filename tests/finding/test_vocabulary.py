"""The vocabulary is data that is checked when it is read."""

from collections import Counter
from pathlib import Path

import pytest

from skills.errors import KnowledgeError
from skills.finding.vocabulary import VOCABULARY, VocabularyFile, load_vocabulary
from skills.text.phrases import normalize_phrase
from skills.toml_files import DATA, read_toml
from tests.quality.alias_relations import list_strangers
from tests.quality.vocabulary_form import LONGEST_LINE, arrange


def read(folder: Path, content: str) -> None:
    (folder / "some.toml").write_text(content, encoding="utf-8")
    load_vocabulary(folder)


def test_no_surface_belongs_to_two_skills() -> None:
    surfaces = Counter(
        surface.casefold().replace(" ", "").replace("-", "")
        for skill in load_vocabulary().skills.values()
        for surface in {*skill.surfaces, *(surface for doubt in skill.doubts for surface in doubt.surfaces)}
    )
    doubles = {surface for surface, count in surfaces.items() if count > 1}
    owners = {
        surface: [
            skill.id
            for skill in load_vocabulary().skills.values()
            if surface in {s.casefold().replace(" ", "").replace("-", "") for s in skill.surfaces}
        ]
        for surface in doubles
    }
    assert {surface: ids for surface, ids in owners.items() if len(set(ids)) > 1} == {}


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


@pytest.mark.parametrize("path", sorted(VOCABULARY.rglob("*.toml")), ids=lambda path: path.stem)
def test_a_file_stands_in_the_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == arrange(path), "run python -m tests.quality.vocabulary_form"
    assert all(len(line) <= LONGEST_LINE for line in text.splitlines() if not line.startswith("#"))


def test_identifiers_of_other_vocabularies_are_those_of_known_skills() -> None:
    identifiers = read_toml(DATA / "identifiers.toml", dict[str, dict[str, str]])
    for scheme, ids in identifiers.items():
        assert ids.keys() <= load_vocabulary().skills.keys(), scheme


@pytest.mark.parametrize("path", sorted(VOCABULARY.rglob("*.toml")), ids=lambda path: path.stem)
def test_an_alias_is_a_name_of_its_entry_and_no_other_product(path: Path) -> None:
    entries = read_toml(path, VocabularyFile).skills.items()
    strangers = {skill_id: found for skill_id, entry in entries if (found := list_strangers(skill_id, entry))}
    known = read_toml(Path(__file__).parent / "known_strangers.toml", dict[str, int]).get(path.stem, 0)
    assert sum(map(len, strangers.values())) <= known, (
        f"shares no word with its label: give it an entry of its own, or list it under `also`: {strangers}"
    )
