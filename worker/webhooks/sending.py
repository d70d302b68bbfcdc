"""Webhooks: where they may go, how they are signed and how one is sent; knows neither queue nor store."""

import hmac
import socket
import time
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from worker.deadline import deadline
from worker.errors import InvalidCallbackError, UnreachableCallbackError

SIGNATURE = "X-Rolefit-Signature"
MAX_URL_CHARACTERS = 2_000
PORTS = {"http": 80, "https": 443}
# A server that sends its answer byte by byte keeps every single wait short, so the whole is bound, too.
WAIT_SECONDS = 5.0
CALL_SECONDS = 15.0
# IPv6 addresses that stand for an IPv4 address, which is in their last 32 bits (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")
UNICAST = IPv6Network("2000::/3")  # all that the public internet uses (RFC 4291, 2.4, and what IANA has given out)


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the signature's header: the time in seconds, and the HMAC-SHA256 of time, dot and body in hex."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={digest}"


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to."""
    if address in TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def is_public(text: str) -> bool:
    """Tell whether an IP address is one of the public internet, and no private, loopback, link-local or other one."""
    address, inner = ip_address(text), None
    if isinstance(address, IPv6Address):
        inner = _find_inner(address)
        if address not in UNICAST and address not in TRANSLATED and not address.ipv4_mapped:
            return False
    return all(one.is_global and not one.is_multicast for one in (address, inner) if one is not None)


def _split(url: str) -> tuple[Url, str, int]:
    """Return a URL's parts, its host without brackets and its port; raise InvalidCallbackError."""
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise InvalidCallbackError from error
    if parts.scheme not in PORTS or not parts.host or parts.auth or len(url) > MAX_URL_CHARACTERS:
        raise InvalidCallbackError
    return parts, parts.host.strip("[]"), parts.port or PORTS[parts.scheme]


def check_url(url: str, *, allow_private: bool) -> None:
    """Refuse with InvalidCallbackError what can be told to be wrong without asking the network for names."""
    _, host, _ = _split(url)
    try:
        public = is_public(host)
    except ValueError:
        public = host != "localhost"
    if not (public or allow_private):
        raise InvalidCallbackError


def _resolve(host: str, port: int, *, allow_private: bool) -> str:
    """Return the address to connect to; raise InvalidCallbackError if the name has any that may not be called."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableCallbackError from error
    addresses = [str(place[0]).partition("%")[0] for *_, place in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise InvalidCallbackError
    return addresses[0]


def _open_pool(parts: Url, host: str, port: int, address: str) -> HTTPConnectionPool:
    """Return connections to the address that was checked, so that the name cannot mean another one by then."""
    timeout = Timeout(connect=WAIT_SECONDS, read=WAIT_SECONDS)
    if parts.scheme == "https":
        return HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    return HTTPConnectionPool(address, port, timeout=timeout)


def _post(url: str, body: bytes, headers: dict[str, str], *, allow_private: bool) -> int:
    parts, host, port = _split(url)
    with _open_pool(parts, host, port, _resolve(host, port, allow_private=allow_private)) as pool:
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
