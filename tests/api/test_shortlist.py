"""A shortlist: the résumés that somebody has chosen, on paper."""

import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.resumes import RESUME_TEXT
from tests.waiting import wait_until
from tests.web import assert_problem

pytestmark = pytest.mark.usefixtures("running_workers")
NAMES = ("Quilla Brandvold", "Ottoline Marsh", "Wilma Oakfield")
NOTE = "Speaks Finnish"


@pytest.fixture(scope="module")
def address(client: FlaskClient) -> str:
    texts = [
        RESUME_TEXT.replace(NAMES[0], name).replace("Java, ", "" if name == NAMES[1] else "Java, ") for name in NAMES
    ]
    files = [
        *((BytesIO(text.encode()), f"{number}.txt") for number, text in enumerate(texts)),
        (BytesIO(b""), "no.txt"),
    ]
    address: str = client.post("/v1/batches", data={"file": files, "name": "Helsinki"}).headers["Location"]
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    job = client.get(f"{address}?number=2").get_json()["rows"][0]["job"]
    client.patch(f"/v1/matches/{job}", json={"star": True, "status": "to-call", "note": NOTE})
    return address


def read_pages(client: FlaskClient, address: str, question: str) -> list[str]:
    answer = client.get(f"{address}.pdf?{question}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert re.fullmatch(r"attachment; filename=rolefit[\w-]*-[\d-]{10}\.pdf", answer.headers["Content-Disposition"])
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.data)).pages]


def test_a_shortlist_has_an_overview_and_a_page_for_each_who_is_chosen(client: FlaskClient, address: str) -> None:
    overview, *pages = read_pages(client, address, "number=1&number=2&order=name")
    assert "Helsinki" in overview
    assert (overview.index(NAMES[0]) < overview.index(NAMES[1]), NAMES[2] in overview) == (True, False)
    assert [name for page, name in zip(pages, NAMES, strict=False) if name not in page] == []
    assert len(pages) == 2
    scores = {row["number"]: row["scores"] for row in client.get(address).get_json()["rows"]}
    for number, page in enumerate(pages, start=1):
        for score in scores[number].values():
            assert f"{score:.1f}" in overview
            assert f"{score:.1f}" in page


def test_what_is_kept_and_how_to_reach_people_stands_on_it(client: FlaskClient, address: str) -> None:
    overview, page = read_pages(client, address, "starred=1")
    assert "To call, starred" in overview
    report = client.get(f"{address}?starred=1").get_json()["rows"][0]
    person = client.get(f"/v1/matches/{report['job']}").get_json()["report"]["person"]
    for words in (NOTE, "To call, starred", person["email"]):
        assert words in page


def test_a_blind_shortlist_says_of_nobody_who_it_is(client: FlaskClient, address: str) -> None:
    text = "".join(read_pages(client, address, "blind=1"))
    assert [word for word in (*NAMES, NOTE, "@", ".txt") if word in text] == []
    assert "Résumé 2" in text


@pytest.mark.parametrize("question", ["q=unheard-of", "number=4"], ids=["nobody", "not scored"])
def test_a_shortlist_of_nobody_is_refused(client: FlaskClient, address: str, question: str) -> None:
    assert_problem(client.get(f"{address}.pdf?{question}"), 400, "invalid-request")


def test_a_shortlist_of_too_many_is_refused(client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.api.batch_results.MAX_ON_A_LIST", 2)
    assert_problem(client.get(f"{address}.pdf"), 400, "invalid-request")
    assert client.get(f"{address}.pdf?limit=2").status_code == 200


def test_a_shortlist_as_a_page_says_what_the_pdf_says_and_asks_for_nothing_from_elsewhere(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(f"{address}.html?number=1&number=2&order=name")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert re.fullmatch(r"attachment; filename=rolefit[\w-]*-[\d-]{10}\.html", answer.headers["Content-Disposition"])
    assert "default-src 'none'" in answer.text
    assert re.findall(r"""(?:src|href)=["'](?!#)""", answer.text.partition("<body")[2]) == []
    for row in client.get(f"{address}?number=1&number=2").get_json()["rows"]:
        for words in (row["person_name"], *(f"{score:.1f}" for score in row["scores"].values())):
            assert answer.text.count(words) >= 2  # in the overview and in the summary
    assert all(words in answer.text for words in ("Helsinki", NOTE, "To call, starred"))
    assert NAMES[2] not in answer.text


def test_a_blind_page_of_a_shortlist_says_of_nobody_who_it_is(client: FlaskClient, address: str) -> None:
    text = client.get(f"{address}.html?blind=1").text.partition("<body")[2]
    assert [word for word in (*NAMES, NOTE, "@", ".txt") if word in text] == []
    assert "Résumé 2" in text


def test_a_name_is_no_markup_in_the_page_of_a_shortlist(client: FlaskClient) -> None:
    files = [(BytesIO(RESUME_TEXT.encode()), "cv.txt")]
    sent = client.post("/v1/batches", data={"file": files, "name": "<b>x"}, headers={"Prefer": "wait=20"})
    job = sent.get_json()["rows"][0]["job"]
    client.patch(f"/v1/matches/{job}", json={"note": "<script>alert(1)</script>"})
    text = client.get(f"{sent.headers['Location']}.html").text
    assert "<b>x" not in text
    assert "<script>alert" not in text
