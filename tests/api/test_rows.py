"""The rows of a batch: ranked, named by their verdict, and the same after they are written and read as CSV."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from service.results.columns import Column
from service.results.row_formats import make_csv
from service.results.rows import Row, find_ranks, make_unscored_row, name_fit, summarize_result
from skills.roles.profiles import load_profiles
from tests.reports import ROLE, as_json, make_report, rename
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.results import Outcome

OTHER = "machine-learning-software-engineer"


def score_row(name: str, scores: Mapping[str, float]) -> Row:
    return replace(make_unscored_row(name), scores=scores)


def test_ranks_count_equal_scores_in_the_order_of_names_and_pass_over_rows_without_a_score() -> None:
    rows = [
        score_row("b", {ROLE: 5.0}),
        make_unscored_row("failed", JobError("no-text", "…")),
        score_row("a", {ROLE: 5.0, OTHER: 1.0}),
    ]
    assert find_ranks(rows, [ROLE, OTHER]) == [{ROLE: 2}, {}, {ROLE: 1, OTHER: 1}]


@pytest.mark.parametrize(
    ("best_fit", "close", "fit"),
    [(ROLE, False, ROLE), (None, True, "close"), (None, False, "neither"), (None, None, None)],
)
def test_a_verdict_comes_to_a_role_close_or_neither(
    best_fit: str | None,
    close: bool | None,  # noqa: FBT001 - a case
    fit: str | None,
) -> None:
    assert name_fit(best_fit, close=close) == fit


@pytest.mark.parametrize("path", [("nmae",), ("error", "cod")])
def test_a_column_that_a_row_does_not_have_is_an_error(path: tuple[str, ...]) -> None:
    with pytest.raises(AttributeError):
        Column("misspelt", path).read(make_unscored_row("a", JobError("no-text", "…")))


def test_a_column_of_what_no_cell_can_hold_is_an_error() -> None:
    with pytest.raises(TypeError):
        Column("scores", ("scores",)).read(score_row("a", {ROLE: 5.0}))


@pytest.mark.parametrize("name", ["cv.pdf", 'a "quoted", name.pdf'])
def test_a_row_of_a_table_is_read_back_as_it_was_written(name: str) -> None:
    form = make_csv(load_profiles())
    assert form.read
    for result in (rename(make_report("Python"), name), Failure({"name": name}, JobError("no-text", "Send text."))):
        outcome = Outcome.of(result)
        assert form.read(form.write(outcome)) == summarize_result(outcome.outline), as_json(result)
