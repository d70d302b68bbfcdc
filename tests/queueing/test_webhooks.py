"""Webhooks: signed, sent again until they are taken, logged, and never to where they must not go."""

import hmac
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug.test import TestResponse

from service import create_app
from tests.described import assert_described
from tests.resumes import build_unseen_pdf
from tests.waiting import wait_until
from tests.web import assert_problem, wait_for_end
from worker.errors.documents import TimedOutError
from worker.errors.webhooks import InvalidCallbackError, UnreachableCallbackError
from worker.processes.celery_workers import run_webhook_workers
from worker.settings import Settings
from worker.store.delivery_store import DeliveryStore, make_delivery
from worker.store.jobs.job_store import JobStore
from worker.store.retention import WEBHOOK_SLOT_SECONDS, Retention
from worker.webhooks.addresses import check_url, is_public
from worker.webhooks.sending import CALL_SECONDS, SIGNATURE, WAIT_SECONDS, send, sign

MAX_RESOLVERS = 3  # resolv.conf(5)
SECRET = "not a real secret"  # noqa: S105 - fictional


@dataclass
class Receiver:
    """A client's own server: answers with the statuses in turn, the last one for ever, and keeps what it got."""

    url: str
    statuses: list[int]
    location: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        self.got.append((headers, body))
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@contextmanager
def receiving(*statuses: int, location: str = "") -> Iterator[Receiver]:
    receiver = Receiver("", list(statuses), location)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(receiver.take(dict(self.headers), body))
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep still."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook?a=b"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def calling(settings: Settings, running_workers: None) -> Iterator[Settings]:  # noqa: ARG001 - both kinds of workers
    chosen = settings.model_copy(update={"webhook_secret": SECRET, "webhook_allow_private": True})
    with run_webhook_workers(chosen):
        yield chosen


@pytest.fixture(scope="module")
def client(calling: Settings) -> Iterator[FlaskClient]:
    with create_app(calling).test_client() as client:
        yield client


def submit(client: FlaskClient, url: str, *contents: bytes, kind: str = "matches") -> TestResponse:
    files = [(BytesIO(content), "cv.pdf") for content in contents]
    return client.post(f"/v1/{kind}", data={"file": files, "callback_url": url})


def wait_for_deliveries(client: FlaskClient, address: str, number: int) -> list[dict[str, Any]]:
    def find() -> list[dict[str, Any]]:
        answer = client.get(f"{address}/deliveries").get_json()
        assert_described(answer, "DeliveryList")
        found: list[dict[str, Any]] = answer["deliveries"]
        return found if len(found) >= number else []

    return wait_until(find)


def test_the_end_of_a_job_is_told_signed_and_without_a_word_of_the_resume(client: FlaskClient) -> None:
    with receiving(204) as receiver:
        address = submit(client, receiver.url, build_unseen_pdf()).headers["Location"]
        (delivery,) = wait_for_deliveries(client, address, 1)
    assert (delivery["attempt"], delivery["status"], delivery["error"], delivery["final"]) == (1, 204, None, True)
    ((headers, body),) = receiver.got
    job_id = address.rpartition("/")[2]
    counts = {"queued": 0, "running": 0, "done": 1, "failed": 0}
    assert json.loads(body) == {"kind": "match", "id": job_id, "state": "done", "counts": counts}
    at, digest = (part.partition("=")[2] for part in headers[SIGNATURE].split(","))
    assert digest == hmac.new(SECRET.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    assert Webhook(SECRET.encode()).verify(body, headers) == json.loads(body)


def test_a_refused_webhook_is_sent_again(client: FlaskClient) -> None:
    with receiving(500, 302, 200, location="http://127.0.0.1:9/elsewhere") as receiver:
        address = submit(client, receiver.url, build_unseen_pdf()).headers["Location"]
        deliveries = wait_for_deliveries(client, address, 3)
    assert [(item["status"], item["error"], item["final"]) for item in deliveries] == [
        (500, "refused", False),
        (302, "refused", False),
        (200, None, True),
    ]
    assert len(receiver.got) == 3


def test_a_message_that_is_sent_again_has_the_same_id_and_a_secret_may_have_the_form_of_the_specification() -> None:
    with receiving(500) as receiver:
        for _ in range(2):
            send(receiver.url, b"{}", ref="job:x", secret="whsec_c2VjcmV0IG9mIHNvbWUgbGVuZ3Ro", allow_private=True)  # noqa: S106
        send(receiver.url, b"{}", ref="job:y", secret=SECRET, allow_private=True)
    (first, body), (second, _), (other, _) = receiver.got
    assert first["webhook-id"] == second["webhook-id"] != other["webhook-id"]
    Webhook(b"secret of some length").verify(body, first)
    with pytest.raises(WebhookVerificationError):
        Webhook(b"another secret of some length").verify(body, first)


def test_a_slow_receiver_holds_up_nobody_else(client: FlaskClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, receiving(204) as receiver:
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        contents = [build_unseen_pdf() for _ in range(10)]
        held = [submit(client, slow, content).headers["Location"] for content in contents]
        address = submit(client, receiver.url, build_unseen_pdf()).headers["Location"]
        [delivery, *_] = wait_for_deliveries(client, address, 1)
        over = wait_for_end(client, address)["finished_at"]
        waited = datetime.fromisoformat(delivery["at"]) - datetime.fromisoformat(over)
        assert waited.total_seconds() < len(held) * WAIT_SECONDS / 2  # half of what they take one after the other
        for location in held:
            client.delete(location)


def test_at_most_two_are_sent_to_a_host_and_three_for_an_owner_and_the_next_follows(redis_url: str) -> None:
    with Redis.from_url(f"{redis_url}?db=2") as redis:
        deliveries = DeliveryStore(redis, retention=Retention(100, 100))
        for number, host in enumerate(("a", "a", "A", "b", "c")):
            record = {"callback_url": f"https://{host}.example/{number}", "owner": "anna"}
            redis.hset(f"rolefit:job:{number}", mapping=record)
            redis.zadd("rolefit:due", {f"job:{number}": 1})
        refs = [f"job:{number}" for number in range(5)]
        assert [deliveries.claim(ref) for ref in refs] == [1, 1, 0, 1, 0]
        done = make_delivery(1, status=200, error=None, final=True)
        assert deliveries.note("job:0", done, again_seconds=0) == ["job:2", "job:4"]
        assert [deliveries.claim(ref) for ref in ("job:2", "job:4")] == [1, 0]
        assert deliveries.note("job:3", done, again_seconds=0) == ["job:4"]
        assert deliveries.claim("job:4") == 1
        redis.flushdb()


def test_where_access_is_open_only_hosts_bound_how_many_are_sent(redis_url: str) -> None:
    with Redis.from_url(f"{redis_url}?db=2") as redis:
        deliveries = DeliveryStore(redis, retention=Retention(100, 100))
        for number in range(4):
            redis.hset(f"rolefit:job:{number}", mapping={"callback_url": f"https://{number}.example/", "owner": ""})
            redis.zadd("rolefit:due", {f"job:{number}": 1})
        assert [deliveries.claim(f"job:{number}") for number in range(4)] == [1, 1, 1, 1]
        redis.flushdb()


def test_a_look_up_of_a_name_ends_before_the_slot_of_its_sender_lapses(settings: Settings) -> None:
    """Else one owner's names, whose servers do not answer, would take every sender."""
    program = "import os\nfrom worker.queue.app import *\ncreate_webhook_celery()\nprint(os.environ['RES_OPTIONS'])"
    environment = settings.environment()
    environment.pop("RES_OPTIONS", None)
    said = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    options = {name: int(number) for name, number in re.findall(r"(\w+):(\d+)", said.stdout)}
    look_up = MAX_RESOLVERS * options["timeout"] * options["attempts"]
    assert look_up + CALL_SECONDS < WEBHOOK_SLOT_SECONDS


def test_the_end_of_a_batch_is_told_once_it_is_over(client: FlaskClient) -> None:
    with receiving(200) as receiver:
        contents = [build_unseen_pdf(), build_unseen_pdf(), b"%PDF-1.4 damaged", b""]
        address = submit(client, receiver.url, *contents, kind="batches").headers["Location"]
        wait_for_deliveries(client, address, 1)
    (event,) = receiver.read()
    assert (event["kind"], event["state"]) == ("batch", "done")
    assert event["counts"] == {"queued": 0, "running": 0, "done": 2, "failed": 2}


def test_what_is_over_at_once_is_told_as_well(client: FlaskClient) -> None:
    content = build_unseen_pdf()
    with receiving(200) as receiver:
        wait_for_deliveries(client, submit(client, receiver.url, content).headers["Location"], 1)
        again = submit(client, receiver.url, content)
        assert again.get_json()["state"] == "done"
        wait_for_deliveries(client, again.headers["Location"], 1)
        bad = submit(client, receiver.url, b"", kind="batches")
        wait_for_deliveries(client, bad.headers["Location"], 1)
    assert [event["kind"] for event in receiver.read()] == ["match", "match", "batch"]


def test_a_lost_message_is_sent_again(client: FlaskClient, redis_url: str) -> None:
    with receiving(200) as receiver:
        address = submit(client, receiver.url, build_unseen_pdf()).headers["Location"]
        wait_for_deliveries(client, address, 1)
        with Redis.from_url(redis_url) as redis:
            redis.zadd("rolefit:due", {f"job:{address.rpartition('/')[2]}": 0})  # due, and no message stands for it
        wait_for_deliveries(client, address, 2)
    assert len(receiver.got) == 2


def test_a_deleted_job_calls_nobody_and_leaves_no_log(client: FlaskClient, redis_url: str) -> None:
    with receiving(500) as receiver:
        address = submit(client, receiver.url, build_unseen_pdf()).headers["Location"]
        wait_for_deliveries(client, address, 1)
        client.delete(address)
        with Redis.from_url(redis_url) as redis:
            job_id = address.rpartition("/")[2]
            assert redis.keys(f"*{job_id}*") == []
            assert redis.zscore("rolefit:due", f"job:{job_id}") is None


def test_a_batch_tells_of_its_end_also_when_the_last_document_is_deleted(store: JobStore, client: FlaskClient) -> None:
    with receiving(200) as receiver:
        address = submit(client, receiver.url, build_unseen_pdf(), kind="batches").headers["Location"]
        store.delete(client.get(address).get_json()["rows"][0]["job"])
        wait_for_deliveries(client, address, 1)
    assert {event["state"] for event in receiver.read()} == {"done"}


REFUSED = [
    "ftp://example.org/",
    "example.org",
    "http://",
    "https://user:word@example.org/",
    "http://127.0.0.1/",
    "http://localhost:8000/",
    "http://10.1.2.3/",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://127.1/",
    "http://0x7f.0.0.1/",
    "http://134744072/",
    "http://localhost./",
    "http://my.localhost/",
    "https://example.org/" + "a" * 2000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_may_not_be_called_is_refused_at_once(settings: Settings, url: str) -> None:
    strict = settings.model_copy(update={"webhook_secret": SECRET})
    code = "invalid-request" if len(url) > 2000 else "invalid-callback"
    for kind in ("matches", "batches"):
        assert_problem(submit(create_app(strict).test_client(), url, b"x", kind=kind), 400, code)


def test_a_callback_without_a_secret_to_sign_with_is_refused(settings: Settings) -> None:
    answer = submit(create_app(settings).test_client(), "https://example.org/", b"x")
    assert_problem(answer, 400, "webhooks-off")
    assert "ROLEFIT_WEBHOOK_SECRET" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.0.0.1", "localhost"])
def test_a_name_that_means_a_private_address_is_not_called(host: str) -> None:
    with receiving(200) as receiver:
        url = receiver.url.replace("127.0.0.1", host)
        with pytest.raises(InvalidCallbackError):
            send(url, b"{}", ref="job:x", secret=SECRET, allow_private=False)
    assert receiver.got == []


def test_the_address_that_was_checked_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means another address when it is asked for again: it is never asked for again."""
    asked = []

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        if host != "rebound.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        address = "127.0.0.1" if asked.count(host) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with receiving(200) as receiver:
        url = receiver.url.replace("127.0.0.1", "rebound.example")
        assert send(url, b"{}", ref="job:x", secret=SECRET, allow_private=True) == 200
    assert asked.count("rebound.example") == 1
    assert receiver.got[0][0]["Host"].startswith("rebound.example:")


def test_a_name_with_one_private_address_among_public_ones_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(2, 1, 6, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: places)
    with pytest.raises(InvalidCallbackError):
        send("http://mixed.example/", b"{}", ref="job:x", secret=SECRET, allow_private=False)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for host in (f"127.0.0.1:{port}", "no-such-name.invalid"):
        with pytest.raises(UnreachableCallbackError):
            send(f"http://{host}/", b"{}", ref="job:x", secret=SECRET, allow_private=True)


def test_a_server_that_does_not_answer_is_left_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.webhooks.sending.CALL_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(TimedOutError):
        send(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", ref="job:x", secret=SECRET, allow_private=True)


@pytest.mark.parametrize(
    "address", ["fec0::1", "64:ff9b:1::7f00:1", "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1"]
)
def test_an_address_that_may_lead_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_a_public_address_may_be_called(address: str) -> None:
    assert is_public(address)
    check_url(f"https://{f'[{address}]' if ':' in address else address}/", allow_private=False)


def test_a_signature_covers_time_and_body() -> None:
    signatures = {sign(body, secret=secret, at=at) for body in (b"a", b"b") for secret in ("x", "y") for at in (1, 2)}
    assert len(signatures) == 8
    assert all(text.startswith(("t=1,v1=", "t=2,v1=")) for text in signatures)


def test_what_is_due_is_taken_up_by_one_and_given_up_for_good(redis_url: str) -> None:
    with Redis.from_url(f"{redis_url}?db=2") as redis:
        deliveries = DeliveryStore(redis, retention=Retention(100, 100))
        redis.hset("rolefit:job:x", "state", "done")
        redis.zadd("rolefit:due", {"job:x": 1})
        assert [deliveries.claim("job:x"), deliveries.claim("job:x")] == [1, 0]
        deliveries.note("job:x", make_delivery(1, status=500, error="refused", final=False), again_seconds=0)
        assert deliveries.list_due() == ["job:x"]
        assert deliveries.claim("job:x") == 2
        deliveries.note("job:x", make_delivery(2, status=500, error="refused", final=True), again_seconds=0)
        assert deliveries.claim("job:x") == 0
        assert deliveries.list_due() == []
        assert 0 < redis.ttl("rolefit:deliveries:job:x") <= 100
        redis.flushdb()


def test_what_is_due_of_something_that_has_expired_is_forgotten(redis_url: str) -> None:
    with Redis.from_url(f"{redis_url}?db=2") as redis:
        redis.zadd("rolefit:due", {"job:gone": 1})
        assert DeliveryStore(redis, retention=Retention(100, 100)).claim("job:gone") == 0
        assert redis.keys("*") == []
