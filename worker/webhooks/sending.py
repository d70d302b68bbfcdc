"""Signs a webhook and sends it. It uses neither the queue nor the store."""

import hmac
import time
from hashlib import sha256
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import Url

from worker.deadline import deadline
from worker.errors import UnreachableCallbackError
from worker.webhooks.addresses import resolve, split_url

SIGNATURE = "X-Rolefit-Signature"
# A server that sends its answer byte by byte stays within each wait, so there is a limit on the whole, too.
WAIT_SECONDS = 5.0
CALL_SECONDS = 15.0


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the signature's header: the time in seconds, and the HMAC-SHA256 of time, dot and body in hex."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={digest}"


def _open_pool(parts: Url, host: str, port: int, address: str) -> HTTPConnectionPool:
    """Return connections to the address that was checked: looked up again, the name could mean another one."""
    timeout = Timeout(connect=WAIT_SECONDS, read=WAIT_SECONDS)
    if parts.scheme == "https":
        return HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    return HTTPConnectionPool(address, port, timeout=timeout)


def _post(url: str, body: bytes, headers: dict[str, str], *, allow_private: bool) -> int:
    parts, host, port = split_url(url)
    with _open_pool(parts, host, port, resolve(host, port, allow_private=allow_private)) as pool:
        answer: Any = pool.urlopen(
            "POST",
            parts.request_uri,
            body,
            {**headers, "Host": parts.netloc or host},
            retries=False,
            redirect=False,
            preload_content=False,
        )
        answer.close()
        return int(answer.status)


def send(url: str, body: bytes, *, secret: str, allow_private: bool) -> int:
    """Send a JSON body, signed, and return the status of the answer, whose body is not read; follow no redirect.

    Only for a process's main thread.

    Raises:
        InvalidCallbackError: the address may not be called; it will not do to try again.
        UnreachableCallbackError, TimedOutError: it may do to try again.
    """
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "rolefit",
        SIGNATURE: sign(body, secret=secret, at=int(time.time())),
    }
    try:
        with deadline(CALL_SECONDS):
            return _post(url, body, headers, allow_private=allow_private)
    except (HTTPError, OSError) as error:
        raise UnreachableCallbackError from error
