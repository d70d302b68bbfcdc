"""A role drafted from a job posting asks for what that asks for, and finds the résumé that was written for it."""

from pathlib import Path

import pytest
import rtoml

from skills.drafting import Draft, EmptyPostingError, draft_role, write_draft
from skills.judging.report import write_report
from skills.knowledge import check_own_role, load_knowledge
from skills.roles.profiles import ALL_POINTS, Requirement
from tests.postings import POSTINGS, RESUMES
from tests.reading_text import make_document


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    return {name: draft_role(text, load_knowledge()) for name, text in POSTINGS.items()}


@pytest.fixture(scope="module")
def folder(drafts: dict[str, Draft], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drafts as they are written, unedited, in a folder of roles."""
    folder = tmp_path_factory.mktemp("roles")
    for name, draft in drafts.items():
        (folder / f"{name}.toml").write_text(write_draft(draft), encoding="utf-8")
    return folder


def find_requirement(draft: Draft, concept: str) -> Requirement:
    (found,) = (item for item in draft.profile.requirements if concept in item.skills + item.duties)
    return found


@pytest.mark.parametrize("trade", POSTINGS)
def test_a_drafted_role_scores_the_resume_written_for_it_highest_of_ten(folder: Path, trade: str) -> None:
    knowledge = load_knowledge(folder)
    (place,) = (i for i, profile in enumerate(knowledge.profiles) if profile.id.endswith(trade))
    scores = {name: write_report(make_document(text), knowledge).roles[place].score for name, text in RESUMES.items()}
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    assert (len(scores), best) == (10, trade)
    assert scores[best] > scores[second] + 20


@pytest.mark.parametrize("trade", POSTINGS)
def test_a_draft_passes_every_check_as_it_is_written(folder: Path, trade: str) -> None:
    profile = check_own_role(folder / f"{trade}.toml")
    assert sum(item.possible for item in profile.requirements) == pytest.approx(ALL_POINTS)


def test_each_requirement_quotes_the_sentence_that_it_comes_from(drafts: dict[str, Draft]) -> None:
    for name, draft in drafts.items():
        assert all(item.quote in POSTINGS[name] for item in draft.profile.requirements)
    assert find_requirement(drafts["data-engineer"], "python").quote == "Strong SQL and Python"


def test_what_is_nice_to_have_is_worth_half_of_what_is_required(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    required, optional = (find_requirement(draft, name).possible for name in ("python", "apache-kafka"))
    assert required == pytest.approx(2 * optional, abs=0.2)
    assert find_requirement(drafts["front-end-developer"], "next-js").possible < required


def test_one_of_a_choice_meets_the_requirement_and_all_of_an_enumeration_do(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    assert find_requirement(draft, "microsoft-azure").enough == 1
    assert find_requirement(draft, "apache-airflow").enough == 2


def test_protected_criteria_are_left_out_and_said(drafts: dict[str, Draft]) -> None:
    draft = drafts["data-engineer"]
    assert dict(draft.protected) == {
        "age": "Not older than 35",
        "language-origin": "German on the level of a native speaker",
    }
    assert "# Left out, for no role may ask for it (age): “Not older than 35”\n" in write_draft(draft)


def test_what_nothing_is_known_of_is_said(drafts: dict[str, Draft]) -> None:
    assert drafts["data-engineer"].unknown == ("Willingness to travel",)


def test_what_the_employer_says_of_itself_is_not_asked_for(drafts: dict[str, Draft]) -> None:
    assert "kubernetes" not in str(drafts["data-engineer"].profile)


def test_the_role_is_named_by_the_post_alone(drafts: dict[str, Draft]) -> None:
    titles = [draft.profile.title for draft in drafts.values()]
    assert titles == ["Senior Data Engineer", "Front End Developer", "Site Reliability Engineer"]


def test_a_posting_for_a_built_in_role_gets_a_name_of_its_own_and_asks_for_the_post() -> None:
    draft = draft_role("Machine Learning Engineer\n\nWhat you’ll bring:\n- Python\n", load_knowledge())
    assert (draft.profile.id, draft.unknown) == ("machine-learning-engineer-drafted", ())
    assert find_requirement(draft, "hold-modeling-post").quote == "Machine Learning Engineer"


def test_a_posting_with_signs_of_toml_is_still_valid_toml() -> None:
    draft = draft_role(
        'Clerk "of" \\ts\n\nRequirements\n- """ Python \'\'\' # ] \\u \n- we say: "hello" = \\\n', load_knowledge()
    )
    assert rtoml.loads(write_draft(draft))["requirements"][0]["skills"] == ["python"]


def test_a_posting_that_asks_for_nothing_known_is_told_so() -> None:
    with pytest.raises(EmptyPostingError):
        draft_role("Gardener\n\nRequirements\n- A green thumb", load_knowledge())
