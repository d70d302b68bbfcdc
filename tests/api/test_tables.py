"""Tables to take away: CSV and XLSX hold the same, what the API answers, and no formula."""

import csv
import io
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from service.results.columns import list_columns, list_further_columns
from service.results.tables import name_table
from skills.roles.profiles import load_profiles
from tests.resumes import RESUME_TEXT, vary_resume
from tests.waiting import wait_until

pytestmark = pytest.mark.usefixtures("running_workers")
ROLES = [profile.id for profile in load_profiles()]
TITLES = [column.title for column in (*list_columns(ROLES), *list_further_columns(ROLES))]
FORMULA = '=HYPERLINK("http://evil.example","Quilla")'
HOSTILE = "=cmd.txt"


@pytest.fixture(scope="module")
def address(client: FlaskClient) -> str:
    """A batch of four documents, one of which cannot be scored and one of which is marked."""
    named = {HOSTILE: RESUME_TEXT, "b.txt": vary_resume(27), "c.txt": vary_resume(36), "bad.pdf": "%PDF-1.4 damaged"}
    files = [(BytesIO(text.encode()), name) for name, text in named.items()]
    address: str = client.post("/v1/batches", data={"file": files}).headers["Location"]
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    (first, *_) = [row for row in client.get(address).get_json()["rows"] if row["name"] == HOSTILE]
    client.patch(f"/v1/matches/{first['job']}", json={"star": True, "status": "to-call", "note": FORMULA})
    return address


def read_csv(client: FlaskClient, address: str) -> list[dict[str, str]]:
    data = client.get(address).data
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def open_sheet(client: FlaskClient, address: str) -> Worksheet:
    answer = client.get(address)
    assert re.fullmatch(r"attachment; filename=rolefit-[\d-]{10}\.xlsx", answer.headers["Content-Disposition"])
    sheet = load_workbook(BytesIO(answer.data)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def read_xlsx(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    head, *lines = open_sheet(client, address).iter_rows(values_only=True)
    return [dict(zip(map(str, head), line, strict=True)) for line in lines]


def test_both_tables_have_the_listed_columns_those_of_the_command_line_first(client: FlaskClient, address: str) -> None:
    assert list(read_csv(client, f"{address}.csv")[0]) == TITLES
    assert list(read_xlsx(client, f"{address}.xlsx")[0]) == TITLES


def test_both_tables_hold_what_the_rows_of_the_api_say(client: FlaskClient, address: str) -> None:
    rows = client.get(address).get_json()["rows"]
    titles = {asked.id: asked.title for profile in load_profiles() for asked in profile.requirements}
    for row, written, cells in zip(
        rows, read_csv(client, f"{address}.csv"), read_xlsx(client, f"{address}.xlsx"), strict=True
    ):
        assert cells["name"] == row["name"]
        assert {role: cells[role] for role in ROLES} == {role: row["scores"].get(role) for role in ROLES}
        assert {role: cells[f"{role}_rank"] for role in ROLES} == {role: row["ranks"].get(role) for role in ROLES}
        assert (cells["fit"], cells["state"], cells["number"]) == (row["fit"], row["state"], row["number"])
        assert (cells["star"], cells["status"], cells["note"] or "") == tuple(
            row["mark"][key] for key in ("star", "status", "note")
        )
        reasons = row["details"]["reasons"] if row["details"] else []
        assert (cells["reasons"] or "") == "; ".join(
            f"{titles[reason['requirement']]} (+{reason['points']:.1f})" for reason in reasons
        )
        if row["error"]:
            assert (cells["error"], cells["message"]) == (row["error"]["code"], row["error"]["message"])
        for title in ("fit", "state", "reasons", "skills", "error"):
            assert written[title] == (cells[title] or "")
        assert [written[role] for role in ROLES] == [str(row["scores"].get(role, "")) for role in ROLES]


def test_skills_stand_by_their_labels(client: FlaskClient, address: str) -> None:
    rows = {row["name"]: row for row in read_xlsx(client, f"{address}.xlsx")}
    assert {"Kubernetes", "PyTorch", "MLflow"} <= set(rows[HOSTILE]["skills"].split(", "))


def test_no_cell_is_a_formula(client: FlaskClient, address: str) -> None:
    sheet = open_sheet(client, f"{address}.xlsx")
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "b"}
    assert FORMULA in {cell.value for line in sheet.iter_rows() for cell in line}
    (row,) = [row for row in read_csv(client, f"{address}.csv") if row["star"] == "true"]
    assert (row["name"], row["note"]) == (f"'{HOSTILE}", f"'{FORMULA}")


def test_the_head_of_the_workbook_stays_in_sight_and_filters_and_rows_lead_to_reports(
    client: FlaskClient, address: str
) -> None:
    sheet = open_sheet(client, f"{address}.xlsx")
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    place = TITLES.index("report")
    links = [line[place].hyperlink for line in sheet.iter_rows(min_row=2)]
    targets = [link.target for link in links if link]
    jobs = [row["job"] for row in client.get(address).get_json()["rows"]]
    assert targets == [f"http://localhost/matches/{job}" for job in jobs]


def test_tables_hold_what_answers_a_question_in_its_order(client: FlaskClient, address: str) -> None:
    query = f"state=done&order={ROLES[1]}"
    rows = client.get(f"{address}?{query}").get_json()["rows"]
    assert [row["name"] for row in read_xlsx(client, f"{address}.xlsx?{query}")] == [row["name"] for row in rows]
    assert len(read_csv(client, f"{address}.csv?q=zebrafish")) == 0
    assert len(read_xlsx(client, f"{address}.xlsx?q=zebrafish")) == 0


def test_a_blind_table_says_of_nobody_who_it_is(client: FlaskClient, address: str) -> None:
    for suffix in ("csv", "xlsx"):
        cells = read_csv if suffix == "csv" else read_xlsx
        for row in cells(client, f"{address}.{suffix}?blind=1"):
            assert row["name"] == f"Résumé {row['number']}"
            assert not row["person_name"]
            assert not row["note"]
            assert not row["report"]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("", "rolefit-2026-12-02"),
        ("Berlin, round one", "rolefit-Berlin-round-one-2026-12-02"),
        ('../Zürich"\r\n: x', "rolefit-Zurich-x-2026-12-02"),
    ],
)
def test_a_file_is_called_by_the_name_and_the_date_of_its_batch(name: str, file: str) -> None:
    assert name_table(name, datetime(2026, 12, 2, tzinfo=UTC)) == file
