"""The outline of a report says in little what the report says at length."""

from dataclasses import replace

import orjson
import pytest

from service.results.batch_table import describe_result
from service.results.role_legend import make_legend
from service.results.rows import read_row, summarize_result
from service.search.kept_documents import KeptDocument
from skills.judging.report_types import Report
from skills.roles.profiles import load_profiles
from tests.reports import as_json
from tests.resumes import vary_resume
from worker.outcomes.outline import RowDetails, outline_report, read_details, read_outline
from worker.outcomes.results import StoredResult, encode_result
from worker.outcomes.search_facts import (
    SearchFacts,
    encode_search_facts,
    find_skill_words,
    list_search_facts,
    may_hold_word,
    read_search_facts,
    read_searched_text,
)
from worker.pipeline import score_document


@pytest.fixture(scope="module")
def report() -> Report:
    return score_document(vary_resume(45).encode(), name="cv.txt")


def describe(report: Report) -> RowDetails:
    details = outline_report(report).details
    assert details is not None
    return details


def test_the_points_of_an_outline_add_up_to_each_score(report: Report) -> None:
    details, asked = describe(report), make_legend(load_profiles()).requirements
    for role in report.roles:
        points = details.points.items()
        assert round(sum(value for key, value in points if asked[key].role in {None, role.id}), 1) == role.score


def test_a_dimension_that_the_resume_does_not_speak_of_is_not_a_zero(report: Report) -> None:
    for role in report.roles:
        dimensions = describe(report).dimensions[role.id]
        assert dimensions == {part.id: part.score if part.found else None for part in role.dimensions}
        assert None in dimensions.values()


def test_the_largest_gaps_come_first(report: Report) -> None:
    for role in report.roles:
        gaps = describe(report).gaps[role.id]
        assert list(gaps.items()) == [(gap.requirement, gap.points) for gap in role.gaps[:3]]


def test_an_outline_that_an_earlier_version_stored_is_a_row_without_details(report: Report) -> None:
    stored = as_json(outline_report(report))
    del stored["details"]
    row = describe_result(read_outline(orjson.dumps(stored).decode()))
    assert row.scores == {role.id: role.score for role in report.roles}
    assert row.details is None


def test_a_row_that_is_read_from_json_is_the_row_of_the_outline(report: Report) -> None:
    outline = outline_report(report)
    for each in (
        outline,
        replace(outline, person=None),
        replace(outline, verdict=replace(outline.verdict, close=True)),
    ):
        assert read_row(encode_result(each)) == summarize_result(each)
    stored = as_json(outline)
    del stored["person"]  # as version 0.1.0 stored it
    assert read_row(orjson.dumps(stored).decode()) == summarize_result(replace(outline, person=None))


def test_no_word_of_the_document_but_its_name_is_in_an_outline(report: Report) -> None:
    assert "Fernmark" in report.text
    assert "Fernmark" not in encode_result(outline_report(report))


def test_what_is_stored_for_rows_and_questions_is_read_back_whole(report: Report) -> None:
    stored, whole = StoredResult.of(report), outline_report(report)
    assert orjson.dumps(read_details(stored.details)) == orjson.dumps(whole.details)
    assert read_outline(stored.outline).details is None
    assert orjson.dumps(read_outline(stored.outline, stored.details)) == orjson.dumps(whole)
    assert orjson.dumps(read_search_facts(stored.search_facts)) == orjson.dumps(list_search_facts(report))
    assert read_searched_text(stored.search_facts).text == report.text


SKILLS = {
    "kubernetes": ("Kubernetes", "k8s"),
    "quoted": ('The "quoted", one', 'a "b", \\'),
    "last": ("Last \\", "naïve\\"),
}
STORED = encode_search_facts('{"docker":["Docker","of the text"]}', SearchFacts(SKILLS, titles=['"git":["Git","git"]']))


@pytest.mark.parametrize("skill", SKILLS)
def test_the_words_of_a_skill_are_found_whatever_signs_they_have(skill: str) -> None:
    assert find_skill_words(STORED, [skill]) == SKILLS[skill][1]


def test_of_several_skills_the_first_one_that_the_document_shows_is_quoted() -> None:
    assert find_skill_words(STORED, ["last", "unknown", "kubernetes"]) == "k8s"


@pytest.mark.parametrize("skill", ["docker", "git", "titles", "skills", "kube", "rnetes", "unknown"])
def test_words_that_look_like_what_is_stored_are_no_skill(skill: str) -> None:
    assert find_skill_words(STORED, [skill]) is None


def test_nothing_is_found_where_nothing_is_stored() -> None:
    assert find_skill_words(b"", ["kubernetes"]) is None


def test_every_skill_of_a_report_is_found_in_what_is_stored_of_it(report: Report) -> None:
    stored = StoredResult.of(report).search_facts
    skills = read_search_facts(stored).skills
    assert len(skills) > 10
    assert {skill: find_skill_words(stored, [skill]) for skill in skills} == {
        skill: words for skill, (_, words) in skills.items()
    }


TEXTS = 'He said "so": C:\\tools\tand\nZoë’s résumé, naïve “Bayes” — ninja \x07 end \\'


@pytest.mark.parametrize(
    "word", ['"so"', "c:\\tools", "zoe’s", "resume", "naive", "“bayes”", "end \\", "tools\tand", "—"]
)
def test_what_a_text_has_is_never_ruled_out_before_it_is_read(word: str) -> None:
    stored = encode_search_facts(TEXTS, SearchFacts())
    assert may_hold_word(stored, word)
    kept = KeptDocument(stored_facts=stored)
    at = kept.find_word(word)
    assert kept.words.folded[at : at + len(word)] == word
    assert kept.find_word(word) == at


@pytest.mark.parametrize("word", ["zebrafish", "inja", "styles"])
def test_a_word_that_a_text_has_not_is_found_nowhere(word: str) -> None:
    assert KeptDocument(stored_facts=encode_search_facts(TEXTS, SearchFacts())).find_word(word) == -1
    assert KeptDocument().find_word(word) == -1
