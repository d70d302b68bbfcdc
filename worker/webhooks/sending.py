"""Signs a webhook and sends it. It uses neither the queue nor the store."""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from standardwebhooks import Webhook
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import Url

from worker.deadline import deadline
from worker.errors.webhooks import UnreachableCallbackError
from worker.webhooks.addresses import resolve, split_url

SIGNATURE = "X-Rolefit-Signature"
STANDARD_PREFIX = "whsec_"  # of a secret in the specification's own form, base64
# A server that sends its answer byte by byte stays within each wait, so the whole call is limited as well.
WAIT_SECONDS = 3.0
CALL_SECONDS = 6.0


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the signature's header: the time in seconds, and the HMAC-SHA256 of time, dot and body in hex."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={digest}"


def _sign_standard(body: bytes, *, ref: str, secret: str, at: datetime) -> dict[str, str]:
    """Return the headers of the Standard Webhooks specification; the id of a message is the same when it is resent."""
    message_id = f"msg_{sha256(ref.encode() + body).hexdigest()[:32]}"
    key = secret if secret.startswith(STANDARD_PREFIX) else secret.encode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(key).sign(message_id, at, body.decode()),
    }


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


def send(url: str, body: bytes, *, ref: str, secret: str, allow_private: bool) -> int:
    """Send a JSON body on a job or batch, signed, and return the status of the answer.

    The body of the answer is not read, and no redirect is followed.

    Only for a process's main thread.

    Raises:
        InvalidCallbackError: the address may not be called; another attempt is of no use.
        UnreachableCallbackError, TimedOutError: another attempt may succeed.
    """
    at = datetime.now(UTC)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "rolefit",
        SIGNATURE: sign(body, secret=secret, at=int(at.timestamp())),
        **_sign_standard(body, ref=ref, secret=secret, at=at),
    }
    try:
        with deadline(CALL_SECONDS):
            return _post(url, body, headers, allow_private=allow_private)
    except (HTTPError, OSError) as error:
        raise UnreachableCallbackError from error
