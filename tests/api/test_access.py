"""Who gets in, and whose documents they see."""

import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from service import create_app
from service.http.access import make_token
from tests.resumes import RESUME_TEXT, build_pdf
from tests.web import assert_problem, upload
from worker.settings import Settings

ANNA, ANNAS_ENTRY = make_token("anna")
BEN, BENS_ENTRY = make_token("ben")
CV = build_pdf(RESUME_TEXT)
OPEN_ROUTES = {"/healthz", "/readyz", "/openapi.json", "/static/{filename}"}


@pytest.fixture
def database(redis_url: str) -> str:
    """A database of the session's Redis where no worker looks, emptied."""
    url = f"{redis_url}?db=3"
    with Redis.from_url(url) as redis:
        redis.flushdb()
    return url


@pytest.fixture
def guarded(settings: Settings, database: str) -> Settings:
    """Settings with tokens of two owners."""
    return settings.model_copy(update={"redis_url": database, "tokens": f"{ANNAS_ENTRY},{BENS_ENTRY}"})


def enter(settings: Settings, token: str = "", **headers: str) -> FlaskClient:
    """Return a client that sends a token, if any, and other headers with each request."""
    client = create_app(settings).test_client()
    client.environ_base |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    if token:
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def list_calls(settings: Settings) -> list[tuple[str, str]]:
    """Return method and path of everything that the application answers to."""
    rules = create_app(settings).url_map.iter_rules()
    return [
        (method, path)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if (path := re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)) not in OPEN_ROUTES
    ]


def test_nothing_but_probes_static_files_and_the_description_answers_without_a_token(guarded: Settings) -> None:
    client, calls = enter(guarded), list_calls(guarded)
    assert len(calls) > 8
    for method, path in calls:
        answer = client.open(path, method=method)
        assert_problem(answer, 401, "unauthorized")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/healthz").status_code == client.get("/openapi.json").status_code == 200
    assert_problem(client.get("/nothing/here"), 401, "unauthorized")


@pytest.mark.parametrize(
    "header",
    ["Bearer wrong", "Bearer ", pytest.param(f"Bearer {ANNAS_ENTRY}", id="entry"), "Digest x", "nonsense", "é"],
)
def test_a_wrong_token_is_refused(guarded: Settings, header: str) -> None:
    assert_problem(enter(guarded, authorization=header).get("/v1/roles"), 401, "unauthorized")


def test_the_hash_in_the_settings_is_no_token(guarded: Settings) -> None:
    assert_problem(enter(guarded, ANNAS_ENTRY.partition(":")[2]).get("/v1/roles"), 401, "unauthorized")


def test_a_browser_is_asked_for_a_password_which_is_the_token(guarded: Settings) -> None:
    asked = enter(guarded).get("/").headers.getlist("WWW-Authenticate")
    assert asked[0] == 'Bearer realm="Rolefit service"'
    assert asked[1].startswith('Basic realm="Rolefit service"')
    secret = b64encode(f"anyone:{ANNA}".encode()).decode()
    assert enter(guarded, authorization=f"Basic {secret}").get("/").status_code == 200


def test_everybody_finds_their_own_jobs_alone(guarded: Settings) -> None:
    anna, ben = enter(guarded, ANNA), enter(guarded, BEN)
    address = upload(anna, CV).headers["Location"]
    page = address.removeprefix("/v1")
    for refused in (
        ben.get(address),
        ben.delete(address),
        enter(guarded.model_copy(update={"tokens": None})).get(address),
    ):
        assert_problem(refused, 404, "unknown-job")
    assert ben.get(page).status_code == 404
    assert anna.get(page).status_code == 200
    assert anna.delete(address).status_code == 204


def test_two_tokens_of_one_owner_see_the_same(guarded: Settings) -> None:
    second, entry = make_token("anna")
    both = guarded.model_copy(update={"tokens": f"{guarded.tokens},{entry}"})
    address = upload(enter(both, ANNA), CV).headers["Location"]
    assert enter(both, second).get(address).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
    ],
)
@pytest.mark.parametrize("token", ["", ANNA], ids=["open", "token"])
def test_a_page_of_another_site_cannot_send_or_delete(guarded: Settings, token: str, headers: dict[str, str]) -> None:
    client = enter(guarded if token else guarded.model_copy(update={"tokens": None}), token, **headers)
    assert_problem(upload(client, CV), 403, "cross-site")
    assert_problem(client.delete("/v1/matches/any"), 403, "cross-site")
    assert client.get("/v1/roles").status_code == 200


@pytest.mark.parametrize("headers", [{"sec_fetch_site": "same-origin"}, {"origin": "http://localhost"}, {}])
def test_our_own_page_and_programs_can_send(guarded: Settings, headers: dict[str, str]) -> None:
    assert upload(enter(guarded, ANNA, **headers), CV).status_code == 202


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.5", "["])
def test_open_access_answers_at_no_foreign_name(settings: Settings, host: str) -> None:
    assert_problem(enter(settings).get("/", headers={"Host": host}), 421, "wrong-host")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_open_access_answers_on_loopback(settings: Settings, host: str) -> None:
    assert enter(settings).get("/", headers={"Host": host}).status_code == 200


def test_with_tokens_any_name_will_do(guarded: Settings) -> None:
    assert enter(guarded, ANNA).get("/", headers={"Host": "cv.example"}).status_code == 200


def test_who_asks_too_often_is_told_to_wait_and_nobody_else_is(guarded: Settings) -> None:
    few = guarded.model_copy(update={"requests_per_minute": 3})
    anna = enter(few, ANNA)
    assert [anna.get("/v1/roles").status_code for _ in range(3)] == [200, 200, 200]
    answer = anna.get("/v1/roles")
    assert_problem(answer, 429, "too-many-requests")
    assert int(answer.headers["Retry-After"]) == 60
    assert enter(few, BEN).get("/v1/roles").status_code == 200


def test_uploads_have_a_limit_of_their_own(guarded: Settings) -> None:
    anna = enter(guarded.model_copy(update={"uploads_per_minute": 1}), ANNA)
    assert upload(anna, CV).status_code == 202
    assert_problem(upload(anna, CV), 429, "too-many-requests")
    assert anna.get("/v1/roles").status_code == 200


def test_wrong_tokens_are_counted_by_address(guarded: Settings) -> None:
    few = guarded.model_copy(update={"requests_per_minute": 2})
    client = enter(few, "wrong")
    codes = [client.get("/v1/roles").status_code for _ in range(3)]
    assert codes == [401, 401, 429]
    assert enter(few, ANNA).get("/v1/roles").status_code == 200


def test_what_is_counted_is_forgotten_within_a_minute(guarded: Settings, database: str) -> None:
    enter(guarded, "wrong").get("/v1/roles")
    with Redis.from_url(database) as redis:
        keys: Any = redis.keys("rolefit:rate*")
        assert keys
        assert all(0 < int(str(redis.ttl(key))) <= 60 for key in keys)


def test_open_access_has_no_rate(settings: Settings) -> None:
    client = enter(settings.model_copy(update={"requests_per_minute": 1, "uploads_per_minute": 1}))
    assert [client.get("/v1/roles").status_code for _ in range(5)] == [200] * 5


def test_a_full_queue_takes_no_more(settings: Settings, database: str) -> None:
    client = enter(settings.model_copy(update={"redis_url": database, "max_pending": 2}))
    first = upload(client, CV)
    assert [first.status_code, upload(client, CV).status_code] == [202, 202]
    answer = upload(client, CV)
    assert_problem(answer, 503, "queue-full")
    assert int(answer.headers["Retry-After"]) > 0
    client.delete(first.headers["Location"])
    assert upload(client, CV).status_code == 202


def test_every_operation_but_the_probes_is_described_as_guarded(settings: Settings) -> None:
    description = enter(settings).get("/openapi.json").get_json()
    assert set(description["components"]["securitySchemes"]) == {"bearer", "basic"}
    for path, item in description["paths"].items():
        for operation in item.values():
            assert bool(operation.get("security")) == (path not in OPEN_ROUTES), path
            assert ("401" in operation["responses"]) == ("429" in operation["responses"]) == (path not in OPEN_ROUTES)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


def test_the_command_makes_a_token_and_the_setting_for_it() -> None:
    said = run("token", "anna@example.org").stdout
    secret, entry = re.findall(r"\Atoken: (\S+)\nROLEFIT_TOKENS=(\S+)\n\Z", said)[0]
    assert entry == f"anna@example.org:{sha256(secret.encode()).hexdigest()}"
    assert Settings(tokens=entry).tokens == entry


def test_an_owner_that_the_setting_could_not_hold_is_refused() -> None:
    assert run("token", "a:b").returncode == 2


def test_serving_others_without_tokens_is_refused() -> None:
    done = run("serve", "--host", "0.0.0.0")  # noqa: S104 - that is the point
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "ROLEFIT_TOKENS" in done.stderr


LISTED = "https://ats.example"


def list_site(guarded: Settings) -> Settings:
    return guarded.model_copy(update={"cors_origins": f"https://else.example,{LISTED}"})


def test_a_page_of_a_listed_site_uses_the_api_with_a_token(guarded: Settings) -> None:
    client = enter(list_site(guarded), ANNA, origin=LISTED, sec_fetch_site="cross-site")
    accepted = upload(client, CV)
    assert accepted.status_code == 202
    assert accepted.headers["Access-Control-Allow-Origin"] == LISTED
    assert "Location" in accepted.headers["Access-Control-Expose-Headers"]
    assert "Origin" in accepted.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in accepted.headers


def test_a_browser_may_ask_what_a_listed_site_may_send_without_a_token(guarded: Settings) -> None:
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "authorization"}
    allowed = enter(list_site(guarded), origin=LISTED, **asked).options("/v1/matches")
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == LISTED
    assert "Authorization" in allowed.headers["Access-Control-Allow-Headers"]
    assert "PATCH" in allowed.headers["Access-Control-Allow-Methods"]
    for origin in ("https://evil.example", "https://ats.example.evil", "http://ats.example", "null", ""):
        refused = enter(list_site(guarded), origin=origin, **asked).options("/v1/matches")
        assert_problem(refused, 401, "unauthorized")
        assert "Access-Control-Allow-Origin" not in refused.headers


def test_a_listed_site_gets_nothing_by_a_password_that_the_browser_adds(guarded: Settings) -> None:
    client = enter(list_site(guarded), origin=LISTED, sec_fetch_site="cross-site")
    client.environ_base["HTTP_AUTHORIZATION"] = "Basic " + b64encode(f"anna:{ANNA}".encode()).decode()
    assert_problem(upload(client, CV), 403, "cross-site")


def test_a_site_that_is_not_listed_is_refused_as_before(guarded: Settings) -> None:
    client = enter(list_site(guarded), ANNA, origin="https://evil.example", sec_fetch_site="cross-site")
    assert_problem(upload(client, CV), 403, "cross-site")
    pages = enter(list_site(guarded), ANNA, origin=LISTED).get("/uploads")
    assert "Access-Control-Allow-Origin" not in pages.headers


def test_an_answer_says_how_many_requests_are_left(guarded: Settings) -> None:
    few = guarded.model_copy(update={"requests_per_minute": 3, "uploads_per_minute": 2})
    client = enter(few, ANNA)
    first = upload(client, CV)
    assert first.headers["RateLimit-Policy"] == '"requests";q=3;w=60, "uploads";q=2;w=60'
    left = re.fullmatch(r'"requests";r=2;t=(\d+), "uploads";r=1;t=(\d+)', first.headers["RateLimit"])
    assert left
    assert all(0 < int(seconds) <= 60 for seconds in left.groups())
    assert client.get("/v1/matches").headers["RateLimit"].startswith('"requests";r=1;')
    assert client.get("/v1/matches").headers["RateLimit"].startswith('"requests";r=0;')
    refused = client.get("/v1/matches")
    assert_problem(refused, 429, "too-many-requests")
    assert refused.headers["RateLimit"].startswith('"requests";r=0;')
    assert "RateLimit" not in enter(few).get("/healthz").headers
