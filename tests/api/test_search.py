"""A question to a batch over HTTP: who answers it, by which words, a page at a time."""

from io import BytesIO
from typing import Any, Literal
from unicodedata import normalize

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service.results.batch_table import BatchRowAnswer
from service.results.rows import extend_row, make_unscored_row
from service.search.questions import Question, SearchedDocument, search, split_words
from tests.described import assert_described
from tests.resumes import LONG_RESUME_TEXT, RESUME_TEXT, vary_resume
from tests.waiting import wait_until
from tests.web import assert_problem

pytestmark = pytest.mark.usefixtures("running_workers")
MLE, MLSE = "machine-learning-engineer", "machine-learning-software-engineer"
JOSE = "José Ångström\n" + RESUME_TEXT.partition("\n")[2].replace("Java, ", "").replace("Docker, Kubernetes, ", "")
DOCUMENTS = {
    "quilla.txt": RESUME_TEXT,
    "ottoline.txt": LONG_RESUME_TEXT,
    "jose.txt": JOSE.replace("Docker and Kubernetes", "containers"),
    **{f"person-{number}.txt": vary_resume(number) for number in range(0, 64, 7)},
    "empty.txt": "",
}


@pytest.fixture(scope="module")
def address(client: FlaskClient) -> str:
    files = [(BytesIO(text.encode()), name) for name, text in DOCUMENTS.items()]
    address: str = client.post("/v1/batches", data={"file": files}).headers["Location"]
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    return address


def ask(client: FlaskClient, address: str, **query: Any) -> dict[str, Any]:  # noqa: ANN401 - what a client may ask
    answer: dict[str, Any] = client.get(address, query_string=query).get_json()
    assert_described(answer, "BatchAnswer")
    return answer


def names(client: FlaskClient, address: str, **query: Any) -> set[str]:  # noqa: ANN401
    answer = ask(client, address, **query)
    assert answer["found"] == len(answer["rows"])
    return {row["name"] for row in answer["rows"]}


def having(*words: str) -> set[str]:
    """Return the documents whose text has all of these words."""
    return {name for name, text in DOCUMENTS.items() if all(word in text for word in words)}


def test_without_a_question_every_document_is_a_row(client: FlaskClient, address: str) -> None:
    answer = ask(client, address)
    assert {row["name"] for row in answer["rows"]} == DOCUMENTS.keys()
    assert (answer["found"], answer["next"]) == (len(DOCUMENTS), None)
    assert all(row["quotes"] == [] for row in answer["rows"])


@pytest.mark.parametrize("spelling", ["k8s", "K8S", "kubernetes", "Kubernetes"])
def test_a_skill_is_found_by_each_of_its_spellings(client: FlaskClient, address: str, spelling: str) -> None:
    expected = having("Kubernetes")
    assert 0 < len(expected) < len(DOCUMENTS)
    assert names(client, address, skill=spelling) == expected
    assert names(client, address, q=spelling) == expected


@pytest.mark.parametrize("spelling", ["scikit-learn", "Scikit learn", "scikitlearn"])
def test_a_skill_is_found_whatever_parts_its_words(client: FlaskClient, address: str, spelling: str) -> None:
    assert names(client, address, skill=spelling) == having("scikit-learn")


def test_a_skill_that_is_unknown_is_nobodys(client: FlaskClient, address: str) -> None:
    assert names(client, address, skill="net") == names(client, address, skill="no such skill") == set()


def test_skills_and_words_together_ask_for_all_of_them(client: FlaskClient, address: str) -> None:
    assert names(client, address, skill=["python", "k8s"]) == having("Python", "Kubernetes")
    assert names(client, address, skill="python", q="recommendation retail") == having(
        "Python", "Retail", "recommendation"
    )
    assert names(client, address, q="python zebrafish") == set()


def test_a_row_quotes_the_words_that_answer(client: FlaskClient, address: str) -> None:
    rows = {row["name"]: row for row in ask(client, address, q="discharge")["rows"]}
    (quote,) = rows["ottoline.txt"]["quotes"]
    assert quote["where"] == "text"
    assert "named entity recognition in discharge notes." in quote["text"]
    assert quote["text"].replace("…", "") in LONG_RESUME_TEXT
    (row,) = [row for row in ask(client, address, q="k8s")["rows"] if row["name"] == "quilla.txt"]
    assert row["quotes"] == [{"where": "skill", "text": "Kubernetes"}]


def test_a_word_stands_where_a_word_begins(client: FlaskClient, address: str) -> None:
    assert names(client, address, q="ottol") == {"ottoline.txt"}
    assert names(client, address, q="toline") == set()
    assert names(client, address, q="c++") == having("C++")


def test_a_phrase_stands_as_it_is(client: FlaskClient, address: str) -> None:
    assert names(client, address, q='"claims fraudulent"') == set()
    assert names(client, address, q='"fraudulent claims"') == {"ottoline.txt"}
    assert names(client, address, q="claims fraudulent") == {"ottoline.txt"}


@pytest.mark.parametrize("word", ["jose", "José", "angstrom", "ÅNGSTRÖM"])
def test_accents_and_capitals_do_not_matter(client: FlaskClient, address: str, word: str) -> None:
    assert names(client, address, q=word) == {"jose.txt"}


@pytest.mark.parametrize("accent", ["NFC", "NFD"])
def test_a_name_is_found_whether_its_accents_are_apart_or_not(accent: Literal["NFC", "NFD"]) -> None:
    """Files that come from macOS have them apart, and keyboards write them composed."""
    row = make_unscored_row(normalize(accent, "Zoë Example.pdf"))
    answer = extend_row(BatchRowAnswer, row, state="queued", details=None, number=1, job=None, ranks={})
    for typed in ("zoë example", "ZOE EXAMPLE", normalize("NFD", "Zoë Example")):
        assert search([SearchedDocument(answer)], Question(words=split_words(f'"{typed}"')), {})


def test_a_parameter_without_words_asks_for_nothing(client: FlaskClient, address: str) -> None:
    for field in ("q", "skill", "title", "degree"):
        assert names(client, address, **{field: " "}) == DOCUMENTS.keys()


def test_a_document_that_failed_is_found_by_its_name_and_its_error(client: FlaskClient, address: str) -> None:
    assert names(client, address, q="empty") == {"empty.txt"}
    assert names(client, address, state="failed") == {"empty.txt"}


def test_a_requirement_finds_those_who_earned_points_for_it(client: FlaskClient, address: str) -> None:
    rows = ask(client, address)["rows"]
    points = [row["details"]["points"] for row in rows if row["details"]]
    counts = {key: sum(key in each for each in points) for each in points for key in each}
    requirement = min(counts, key=lambda key: abs(counts[key] - len(points) / 2))
    expected = {row["name"] for row in rows if row["details"] and requirement in row["details"]["points"]}
    assert 0 < len(expected) < len(points)
    assert names(client, address, requirement=requirement) == expected


def test_scores_bound_the_role_that_is_named_or_else_the_better_one(client: FlaskClient, address: str) -> None:
    rows = [row for row in ask(client, address)["rows"] if row["scores"]]
    for role in (MLE, MLSE):
        middle = sorted(row["scores"][role] for row in rows)[len(rows) // 2]
        above = {row["name"] for row in rows if row["scores"][role] >= middle}
        below = {row["name"] for row in rows if row["scores"][role] <= middle}
        assert names(client, address, role=role, min_score=middle) == above
        assert names(client, address, role=role, max_score=middle) == below
    best = {row["name"] for row in rows if max(row["scores"].values()) >= 60}
    assert names(client, address, min_score=60) == best


def test_verdicts_are_told_apart(client: FlaskClient, address: str) -> None:
    rows = ask(client, address)["rows"]
    for fit in {row["fit"] for row in rows if row["fit"]}:
        assert names(client, address, fit=fit) == {row["name"] for row in rows if row["fit"] == fit}


def test_title_degree_and_years_are_those_of_the_entries(client: FlaskClient, address: str) -> None:
    assert names(client, address, title="data analyst") == {"ottoline.txt"}
    assert names(client, address, title="analyst machine") == set()  # words of two titles
    masters = names(client, address, degree="master")
    assert masters >= {"ottoline.txt", "quilla.txt"}
    assert masters.isdisjoint(having("Person Number"))
    senior = names(client, address, min_years=8)
    assert "ottoline.txt" in senior
    assert names(client, address, max_years=7.9).isdisjoint(senior)


def test_pages_follow_each_other_in_every_order(client: FlaskClient, address: str) -> None:
    for order in ("best", "name", "lead", MLE, MLSE):
        whole = [row["number"] for row in ask(client, address, order=order)["rows"]]
        assert sorted(whole) == list(range(1, len(DOCUMENTS) + 1))
        seen: list[int] = []
        cursor: str | None = ""
        while cursor is not None:
            page = ask(client, address, order=order, limit=5, cursor=cursor)
            assert page["found"] == len(DOCUMENTS)
            seen += [row["number"] for row in page["rows"]]
            cursor = page["next"]
        assert seen == whole
    scores = [row["scores"].get(MLSE, -1) for row in ask(client, address, order=MLSE)["rows"]]
    assert scores == sorted(scores, reverse=True)


def test_an_order_the_other_way_round_leaves_what_is_not_scored_at_the_end(client: FlaskClient, address: str) -> None:
    for order in ("best", "lead", MLE, MLSE):
        values = [list_values(row, order) for row in ask(client, address, order=order)["rows"]]
        turned = [list_values(row, order) for row in ask(client, address, order=order, reversed=1)["rows"]]
        assert (values[-1], turned[-1]) == ([], [])
        assert turned[:-1] == values[-2::-1] == sorted(turned[:-1])


def list_values(row: dict[str, Any], order: str) -> list[float]:
    """Return the figure by which a row is ordered, none if it is not scored."""
    scores = row["scores"]
    figures = {"best": max(scores.values()), "lead": scores[MLE] - scores[MLSE], **scores} if scores else {}
    return [figures[order]] if scores else []


def test_names_with_numbers_are_ordered_as_people_count(client: FlaskClient, address: str) -> None:
    listed = [row["name"] for row in ask(client, address, order="name")["rows"]]
    assert [name for name in listed if "person" in name] == [f"person-{number}.txt" for number in range(0, 64, 7)]
    assert [row["name"] for row in ask(client, address, order="name", reversed=1)["rows"]] == listed[::-1]


def test_ranks_are_those_of_the_whole_batch(client: FlaskClient, address: str) -> None:
    ranks = {row["number"]: row["ranks"] for row in ask(client, address)["rows"]}
    assert all(row["ranks"] == ranks[row["number"]] for row in ask(client, address, q="python")["rows"])


def test_what_is_found_is_told_by_number_too(client: FlaskClient, address: str) -> None:
    answer = client.get(f"{address}/found", query_string={"q": "kubernetes"})
    assert_described(answer.get_json(), "FoundDocuments")
    rows = ask(client, address, q="kubernetes")["rows"]
    assert answer.get_json()["documents"] == [{"number": row["number"], "quotes": row["quotes"]} for row in rows]
    again = client.get(
        f"{address}/found", query_string={"q": "kubernetes"}, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("role=x", MLE),
        ("requirement=x", "/v1/roles"),
        ("order=x", "lead"),
        ("fit=x", "neither"),
        ("status=x", "to-call"),
        ("state=x", "waiting"),
        ("cursor=x", "next"),
        ("limit=0", "1"),
        ("min_score=101", "100"),
        ("min_years=-1", "0"),
        ("starred=x", "boolean"),
        ("skil=python", "skill"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_and_says_what_does(
    client: FlaskClient, address: str, query: str, allowed: str
) -> None:
    for place in (address, f"{address}.csv"):
        answer = client.get(f"{place}?{query}")
        assert_problem(answer, 400, "invalid-request")
        detail = answer.get_json()["detail"]
        assert detail.startswith(query.partition("=")[0])
        assert allowed in detail


@pytest.mark.parametrize("place", ["/v1/matches", "/v1/batches"])
def test_a_list_refuses_a_parameter_that_it_does_not_have(client: FlaskClient, place: str) -> None:
    assert_problem(client.get(f"{place}?state=done"), 400, "invalid-request")
    assert_problem(client.delete(f"{place}?id=x&olderthan=7"), 400, "invalid-request")


def test_a_deleted_document_is_found_no_more_and_nothing_of_it_is_kept(client: FlaskClient, redis_url: str) -> None:
    files = [(BytesIO(f"{RESUME_TEXT}\nZebrafish {number}".encode()), f"{number}.txt") for number in range(2)]
    address = client.post("/v1/batches", data={"file": files}).headers["Location"]
    wait_until(lambda: client.get(address).get_json()["state"] == "done")
    first, second = ask(client, address, q="zebrafish")["rows"]
    client.delete(f"/v1/matches/{first['job']}")
    assert [row["job"] for row in ask(client, address, q="zebrafish")["rows"]] == [second["job"]]
    with Redis.from_url(redis_url) as redis:
        assert redis.keys(f"*{first['job']}*") == []
        client.delete(address)
        assert redis.keys(f"*{second['job']}*") == []
    assert_problem(client.get(f"{address}?q=zebrafish"), 404, "unknown-batch")


def test_a_document_that_was_scored_before_is_found_at_once(client: FlaskClient, address: str) -> None:
    assert address
    again = client.post("/v1/batches", data={"file": [(BytesIO(LONG_RESUME_TEXT.encode()), "again.txt")]})
    found = names(client, again.headers["Location"], q="discharge", title="data analyst")
    assert found == {"again.txt"}
