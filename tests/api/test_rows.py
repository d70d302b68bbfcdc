"""The rows of a batch: ranked, named by their verdict, and the same after they are written and read as CSV."""

import pytest

from service.results.row_formats import make_csv
from service.results.rows import Row, find_ranks, summarize_result
from skills.roles.profiles import load_profiles
from tests.reports import ROLE, as_json, make_report, rename
from worker.outcomes.failure import Failure, JobError
from worker.outcomes.results import Outcome

OTHER = "machine-learning-software-engineer"


def test_ranks_count_equal_scores_in_the_order_of_names_and_pass_over_rows_without_a_score() -> None:
    rows = [Row("b", {ROLE: 5.0}), Row("failed", error=JobError("no-text", "…")), Row("a", {ROLE: 5.0, OTHER: 1.0})]
    assert find_ranks(rows, [ROLE, OTHER]) == [{ROLE: 2}, {}, {ROLE: 1, OTHER: 1}]


@pytest.mark.parametrize(
    ("row", "fit"),
    [
        (Row("a", best_fit=ROLE, close=False), ROLE),
        (Row("a", close=True), "close"),
        (Row("a", close=False), "neither"),
        (Row("a"), None),
    ],
)
def test_a_verdict_comes_to_a_role_close_or_neither(row: Row, fit: str | None) -> None:
    assert row.fit == fit


@pytest.mark.parametrize("name", ["cv.pdf", 'a "quoted", name.pdf'])
def test_a_row_of_a_table_is_read_back_as_it_was_written(name: str) -> None:
    form = make_csv(load_profiles())
    assert form.read
    for result in (rename(make_report("Python"), name), Failure({"name": name}, JobError("no-text", "Send text."))):
        outcome = Outcome.of(result)
        assert form.read(form.write(outcome)) == summarize_result(outcome.outline), as_json(result)
