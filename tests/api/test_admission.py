"""A request is judged by its head; what is refused is not read, and no connection keeps others out."""

import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest

from service.http import admission, connections
from service.http.access import make_token
from service.http.admission import BytesInFlight, UploadsBusyError
from tests.resumes import RESUME_TEXT, build_pdf
from tests.waiting import wait_until
from tests.web_server import connect, exchange, running_server
from worker.logs import set_up_logging
from worker.settings import Settings

ANNA, ANNAS_ENTRY = make_token("anna")
MEGABYTE = 1_000_000
ANSWERS = 60  # more than the buffers of a connection hold


@pytest.fixture(scope="module")
def limited(settings: Settings) -> Settings:
    """Settings with a token, and limits that a test reaches."""
    return settings.model_copy(
        update={
            "redis_url": f"{settings.redis_url}?db=9",
            "tokens": ANNAS_ENTRY,
            "head_seconds": 1,
            "max_connections": 40,
            "max_connections_per_address": 30,
            "max_upload_bytes": MEGABYTE,
            "max_bytes_in_flight": 6 * MEGABYTE,
        }
    )


@pytest.fixture(scope="module")
def port(limited: Settings) -> Iterator[int]:
    with running_server(limited) as number:
        yield number


def write_head(method: str, path: str, *fields: str, token: str = "") -> bytes:
    authorization = [f"Authorization: Bearer {token}"] if token else []
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *authorization, *fields, "", ""]).encode()


def count_taken_in(connection: socket.socket, head: bytes, length: int, piece: bytes = bytes(65_536)) -> int:
    """Send a head and a body of equal pieces; return how many bytes found their way before the server closed."""
    connection.sendall(head)
    sent = 0
    try:
        while sent < length:
            sent += connection.send(piece)
    except OSError:
        pass
    return sent


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (write_head("POST", "/v1/batches", "Content-Length: 60000000"), b"401"),
        (write_head("POST", "/v1/batches", "Transfer-Encoding: chunked"), b"401"),
        (write_head("POST", "/nowhere", "Content-Length: 60000000", token=ANNA), b"404"),
        (write_head("POST", "//v1/batches", "Content-Length: 60000000", token=ANNA), b"404"),
        (write_head("PUT", "/v1/matches", "Content-Length: 60000000", token=ANNA), b"405"),
        (write_head("POST", "/v1/matches", "Content-Length: 60000000", token=ANNA), b"413"),
        (write_head("POST", "/v1/batches", "Content-Length: 300000000", token=ANNA), b"413"),
    ],
)
def test_what_the_head_shows_to_be_refused_is_answered_before_the_body_is_sent(
    port: int, head: bytes, status: bytes
) -> None:
    with connect(port) as connection:
        answer = exchange(connection, head)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert b"application/problem+json" in answer


def test_a_request_that_needs_no_body_does_not_wait_for_one(port: int) -> None:
    with connect(port) as connection:
        answer = exchange(connection, write_head("OPTIONS", "/v1/batches", "Content-Length: 60000000", token=ANNA))
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_body_without_a_token_is_not_taken_in(port: int) -> None:
    """Beside what the system's own buffers hold, a refused body stays with its sender."""
    head = write_head("POST", "/v1/batches", f"Content-Length: {60 * MEGABYTE}")
    with connect(port) as connection:
        assert count_taken_in(connection, head, 60 * MEGABYTE) < 12 * MEGABYTE


def test_a_small_refused_body_does_not_hide_the_answer(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/v1/matches", body=bytes(300_000))
    assert connection.getresponse().status == 401


def test_a_body_of_unknown_length_is_read_up_to_the_limit(port: int) -> None:
    head = write_head("POST", "/v1/matches", "Transfer-Encoding: chunked", token=ANNA)
    chunk = b"%x\r\n" % 65_536 + bytes(65_536) + b"\r\n"
    with connect(port) as connection:
        connection.sendall(head)
        for _ in range(2 * MEGABYTE // 65_536):
            try:
                connection.sendall(chunk)
            except OSError:
                break
        assert connection.recv(20).startswith(b"HTTP/1.1 413")


def test_an_upload_in_small_pieces_arrives_whole(port: int) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    body += build_pdf(RESUME_TEXT) + b"\r\n--x--\r\n"
    fields = "Content-Type: multipart/form-data; boundary=x", f"Content-Length: {len(body)}", "Connection: close"
    head = write_head("POST", "/v1/matches", *fields, token=ANNA)
    pieces = [body[start : start + 1_000] for start in range(0, len(body), 1_000)]
    with connect(port) as connection:
        assert exchange(connection, head, *pieces).startswith(b"HTTP/1.1 202")


def test_a_body_that_stops_is_refused(limited: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "FIRST_SECONDS", 0.3)
    head = write_head("POST", "/v1/matches", "Content-Length: 5000", token=ANNA)
    with running_server(limited) as port, connect(port) as connection:
        answer = exchange(connection, head, b"some")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"request-timeout"' in answer


def test_half_a_head_ends_the_connection(port: int) -> None:
    begun = time.monotonic()
    with connect(port) as connection:
        connection.sendall(b"GET /healthz HT")
        assert connection.recv(1) == b""
    assert time.monotonic() - begun >= 0.9


def test_a_head_without_end_ends_the_connection(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\n" + b"X: y\r\n" * 20_000)
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b'"invalid-request"' in answer


def test_what_is_no_http_is_refused_in_the_form_of_every_error_and_its_id_is_in_the_log(
    port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = logging.getLogger().handlers[:]
    set_up_logging()
    try:
        with connect(port) as connection:
            head, _, body = exchange(connection, b"garbage\r\n\r\n").decode().partition("\r\n\r\n")
    finally:
        logging.getLogger().handlers[:] = kept
    [identity] = re.findall(r"^X-Request-Id: (\S+)", head, re.MULTILINE)
    assert '"invalid-request"' in body
    assert f"request={identity}" in capsys.readouterr().err


def test_what_follows_a_body_without_end_ends_the_connection(port: int) -> None:
    head = write_head("POST", "/v1/matches", "Transfer-Encoding: chunked", token=ANNA)
    with connect(port) as connection:
        connection.sendall(head + b"1\r\nx\r\n0\r\n")
        assert count_taken_in(connection, b"", 20 * MEGABYTE, b"X: y\r\n" * 10_000) < 12 * MEGABYTE


def test_requests_that_are_sent_ahead_without_end_end_the_connection(port: int) -> None:
    requests = write_head("GET", "/healthz")
    with connect(port) as connection:
        assert exchange(connection, requests * (connections.MAX_REQUESTS_AHEAD + 1)).count(b"HTTP/1.1 200") < 2


def test_hundreds_of_idle_connections_keep_nobody_out(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(connect(port)).sendall(b"GET /healthz HT")
        with connect(port) as connection:
            assert exchange(connection, write_head("GET", "/healthz", "Connection: close")).startswith(b"HTTP/1.1 200")


def connect_deaf(port: int, stack: ExitStack) -> socket.socket:
    """Ask for more than the system's buffers hold, and take none of it."""
    connection = stack.enter_context(socket.socket())
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", port))
    connection.sendall(write_head("GET", "/openapi.json") * ANSWERS)
    return connection


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once the server has dropped a connection."""
    event = threading.Event()
    drop = connections.Connection.drop

    def drop_and_say(connection: connections.Connection) -> None:
        drop(connection)
        event.set()

    monkeypatch.setattr(connections.Connection, "drop", drop_and_say)
    return event


def test_who_does_not_take_an_answer_loses_the_connection(
    port: int, monkeypatch: pytest.MonkeyPatch, dropped: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "TAKE_SECONDS", 0.1)
    with ExitStack() as stack:
        deaf = connect_deaf(port, stack)
        assert dropped.wait(30)
        assert exchange(deaf).count(b"HTTP/1.1 200") < ANSWERS
    assert not caplog.records


def test_those_who_do_not_take_their_answers_keep_nobody_out(limited: Settings, dropped: threading.Event) -> None:
    few = limited.model_copy(update={"max_connections": 2, "head_seconds": 60})
    with running_server(few) as port, ExitStack() as stack:
        for _ in range(2):
            connect_deaf(port, stack)

        def is_answered() -> bool:
            with connect(port) as connection:
                try:
                    return exchange(connection, write_head("GET", "/healthz", "Connection: close")) != b""
                except ConnectionError:
                    return False

        wait_until(is_answered)
        assert dropped.is_set()


def test_many_clients_at_once_are_all_answered(port: int) -> None:
    def ask(_: int) -> bytes:
        with connect(port) as connection:
            return exchange(connection, write_head("GET", "/healthz", "Connection: close"))[9:12]

    with ThreadPoolExecutor(20) as clients:
        assert set(clients.map(ask, range(100))) == {b"200"}


def test_bytes_in_flight_are_bounded_in_all_and_for_each_sender() -> None:
    budget = BytesInFlight(10)
    with budget.hold("anna", 5), budget.hold("ben", 4):
        for sender in ("anna", "ben"):
            with pytest.raises(UploadsBusyError), budget.hold(sender, 2):
                pass
    with budget.hold("anna", 20):
        pass  # alone


def test_bytes_are_given_back_whatever_happens() -> None:
    budget = BytesInFlight(10)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), budget.hold("anna", 5):
            raise ZeroDivisionError
    with budget.hold("ben", 5), budget.hold("anna", 5):
        pass
