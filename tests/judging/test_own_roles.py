"""A role of one's own is scored beside the two, and changes nothing for them."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from service import create_app
from service.cli import main
from service.cli.batch import score_folder
from service.presentation.sentences import describe_verdict
from service.presentation.terminal_report import print_report
from service.results.row_file import ForeignRowsError
from service.results.row_formats import make_csv
from skills.errors import KnowledgeError
from skills.judging.report_types import Report
from skills.knowledge import check_own_role
from skills.roles.profiles import load_profiles, profiles_version
from skills.roles.protected_criteria import ProtectedCriterionError
from tests.own_roles import ROLE, write_role
from tests.reports import as_json
from tests.resumes import RESUME_TEXT
from worker.folder_batch import run_batch
from worker.outcomes.results import Outcome, StoredResult, encode_result
from worker.pipeline import score_document
from worker.settings import Settings
from worker.store.jobs.job import Job
from worker.store.jobs.job_store import open_store
from worker.versions import list_versions


@pytest.fixture(scope="module")
def roles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds one role."""
    return write_role(tmp_path_factory.mktemp("roles"))


@pytest.fixture(scope="module")
def reports(roles: Path) -> tuple[Report, Report]:
    """The report on one résumé without and with the third role."""
    alone, beside = (
        score_document(RESUME_TEXT.encode(), name="cv", settings=Settings(profiles=own)) for own in (None, roles)
    )
    return alone, beside


def test_a_third_role_is_scored_with_evidence_and_gaps(reports: tuple[Report, Report]) -> None:
    role = reports[1].roles[2]
    assert role.id == "data-engineer"
    assert role.score == pytest.approx(100)
    assert role.dimensions[1].requirements[0].evidence[0].text == "Python"


def test_a_dimension_that_a_role_asks_nothing_of_weighs_and_scores_nothing(reports: tuple[Report, Report]) -> None:
    empty = [dimension for dimension in reports[1].roles[2].dimensions if not dimension.requirements]
    assert empty
    assert {(dimension.weight, dimension.score, dimension.found) for dimension in empty} == {(0.0, 0.0, False)}


def test_a_third_role_changes_no_score_and_no_verdict_of_the_two(
    reports: tuple[Report, Report],
) -> None:
    alone, beside = map(as_json, reports)
    assert beside["roles"][:2] == alone["roles"]
    twins = [role["id"] for role in alone["roles"]]
    assert "between" not in alone["verdict"]
    assert beside["verdict"] == {**alone["verdict"], "between": twins}


def test_the_verdict_says_between_which_roles_it_is(reports: tuple[Report, Report]) -> None:
    alone, beside = map(describe_verdict, reports)
    twins = "Machine Learning Engineer and Machine Learning Software Engineer"
    assert beside == f"{alone} This is between {twins} alone."


def test_the_panel_shows_a_third_role_in_detail(
    reports: tuple[Report, Report], capsys: pytest.CaptureFixture[str]
) -> None:
    print_report(reports[1])
    assert "Data Engineer: what earned most" in capsys.readouterr().out


def test_two_roles_may_use_one_name_for_a_requirement(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(ROLE.replace('id = "data-engineer"', f'id = "{name}"'))
    ids = [item.id for profile in load_profiles(tmp_path) for item in profile.requirements if not item.shared]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[", "[", "not valid TOML"),
        ('summary = "Moves data to where it is needed."\n', "", "summary: Field required. Add it."),
        ("advice", "prize = 1\nadvice", r"requirements.0.prize: .+ take it out."),
        ('"skills"', '"skill"', "requirements.0.dimension: Input should be"),
        ("60.0", "59.95", "python.possible: has more than one decimal. Round it."),
        ("60.0", "61.0", "they add up to 101.0, not to 100.0. Raise or lower"),
        ('["python"]', '["pyhton"]', "data-engineer.python.skills: Rolefit knows no 'pyhton'. Did you mean 'python'"),
        ('["prepare-data"]', '["prepares-data"]', "Did you mean 'prepare-data'"),
        ('skills = ["python"]\n', "", "python: asks for nothing. Name skills or duties"),
        ('"pipelines"', '"python"', "the id 'python' is used 2 times. Give each its own."),
        ("Wrote Python", "Wrote nothing", "python.example: shows nothing that is asked for. Write a line that does."),
    ],
)
def test_an_error_names_file_and_key_and_says_what_to_do(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(ROLE.replace(old, new))
    with pytest.raises(KnowledgeError, match=rf"\Amine.toml: .*{sentence}"):
        check_own_role(path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(ROLE.replace("Moves", "Führt").encode("latin-1"))
    with pytest.raises(KnowledgeError, match=r"\Amine.toml: cannot be read as UTF-8 text"):
        check_own_role(path)


def test_a_role_that_asks_for_an_age_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(ROLE.replace("Programming in Python", "Python, under 30 years of age"))
    sentence = r"mine.toml: python.title: asks for a protected criterion \(age\). A role may ask for experience"
    with pytest.raises(ProtectedCriterionError, match=sentence):
        check_own_role(path)


def test_a_role_may_not_take_the_name_of_a_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ROLE.replace('"data-engineer"', '"machine-learning-engineer"'))
    with pytest.raises(KnowledgeError, match=r"a.toml: id: 'machine-learning-engineer' is a built-in role\."):
        check_own_role(tmp_path / "a.toml")


def test_two_roles_of_ones_own_may_not_have_one_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(ROLE)
    with pytest.raises(KnowledgeError, match="'data-engineer' is used 2 times"):
        load_profiles(tmp_path)


def test_every_byte_of_a_role_counts_in_the_version(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(ROLE)
    before = profiles_version(tmp_path)
    path.write_text(ROLE.replace("Use Python.", "Use Python!"))
    profiles_version.cache_clear()
    assert len({before, profiles_version(tmp_path), profiles_version()}) == 3


def test_the_versions_told_without_loading_are_those_of_the_report(roles: Path, reports: tuple[Report, Report]) -> None:
    for own, report in zip((None, roles), reports, strict=True):
        assert list_versions(own) == {key: text for key, text in as_json(report)["versions"].items() if key != "reader"}


def test_a_report_under_other_profiles_is_not_known_again(
    settings: Settings, roles: Path, reports: tuple[Report, Report]
) -> None:
    stores = {own: open_store(settings.model_copy(update={"profiles": own})) for own in (None, roles)}

    def submit(own: Path | None) -> Job:
        return stores[own].submit(b"fictional bytes", name="cv", copy_earlier_report=True)

    jobs = [submit(None)]
    stores[None].open_attempts().finish(jobs[0].id, StoredResult(encode_result(reports[0]).encode()))
    jobs += [submit(None), submit(roles)]
    stores[None].delete(*(job.id for job in jobs))
    assert [job.has_ended for job in jobs] == [False, True, False]


def test_the_api_lists_a_third_role(settings: Settings, roles: Path) -> None:
    client = create_app(settings.model_copy(update={"profiles": roles})).test_client()
    assert [role["id"] for role in client.get("/v1/roles").get_json()["roles"]][2:] == ["data-engineer"]
    assert client.get("/v1/roles/data-engineer").get_json()["title"] == "Data Engineer"
    assert "Data Engineer" in client.get("/").text


@pytest.mark.process
def test_workers_of_a_batch_score_a_third_role(tmp_path: Path, roles: Path) -> None:
    resume = tmp_path / "a.txt"
    resume.write_text(RESUME_TEXT)
    chosen = Settings(data=tmp_path / "data", profiles=roles)
    (outcome,) = run_batch({"a.txt": resume}, settings=chosen, workers=1)
    assert [role["id"] for role in orjson.loads(outcome.line)["roles"]][2:] == ["data-engineer"]


def test_a_batch_has_a_column_for_a_third_role(roles: Path, reports: tuple[Report, Report]) -> None:
    form = make_csv(load_profiles(roles))
    assert form.header().split(",")[3] == "data-engineer"
    assert form.write(Outcome.of(reports[1])).split(",")[3] == "100.0"


def test_rows_of_other_profiles_are_not_continued(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    roles: Path,
    reports: tuple[Report, Report],
) -> None:
    monkeypatch.setenv("ROLEFIT_PROFILES", str(roles))
    (tmp_path / "empty").mkdir()
    out = tmp_path / "rows.jsonl"
    old, new = (encode_result(report) + "\n" for report in reports)
    out.write_text(old)
    with pytest.raises(ForeignRowsError, match="scored under other versions"):
        score_folder(tmp_path / "empty", out=out, format_name="jsonl", workers=1, resume=True)
    assert out.read_text() == old
    out.write_text(new)
    (row,) = score_folder(tmp_path / "empty", out=out, format_name="jsonl", workers=1, resume=True)
    assert row.scores["data-engineer"] == 100


def test_a_table_cannot_tell_its_profiles_and_is_not_continued_with_roles_of_ones_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, roles: Path
) -> None:
    monkeypatch.setenv("ROLEFIT_PROFILES", str(roles))
    with pytest.raises(ForeignRowsError, match="Continue a jsonl file"):
        score_folder(tmp_path, out=tmp_path / "rows.csv", format_name="csv", workers=1, resume=True)


def test_a_role_is_drafted_and_checked_on_the_command_line(tmp_path: Path) -> None:
    posting, drafted = tmp_path / "posting.txt", tmp_path / "drafted.toml"
    posting.write_text(
        "Data Engineer\n\nRequirements\n- Strong Python and SQL, and experience with Docker\n- Aged 30\n"
    )
    drafted.write_text(CliRunner().invoke(main, ["roles", "--from-posting", str(posting)]).stdout)
    assert "“Aged 30” No role may ask for it (age)." in drafted.read_text()
    done = CliRunner().invoke(main, ["roles", "--check", str(drafted)])
    assert (done.exit_code, done.stdout) == (0, "drafted.toml: Data Engineer, 2 requirements, nothing wrong\n")
    drafted.write_text("id = 1")
    done = CliRunner().invoke(main, ["roles", "--check", str(drafted)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("rolefit: drafted.toml: ")
