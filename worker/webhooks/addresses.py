"""Decides where a webhook may go: a public address, checked again each time its name is looked up."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import inet_aton, inet_ntoa

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from worker.errors.webhooks import InvalidCallbackError, UnreachableCallbackError

MAX_URL_CHARACTERS = 2_000
PORTS = {"http": 80, "https": 443}
# IPv6 addresses that stand for an IPv4 address, which is in their last 32 bits (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")
UNICAST = IPv6Network("2000::/3")  # all that the public internet uses (RFC 4291, 2.4, and what IANA has given out)


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to."""
    if address in TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def is_public(text: str) -> bool:
    """Return whether an IP address is on the public internet: not private, loopback, link-local or the like."""
    address, inner = ip_address(text), None
    if isinstance(address, IPv6Address):
        inner = _find_inner(address)
        if address not in UNICAST and address not in TRANSLATED and not address.ipv4_mapped:
            return False
    return all(one.is_global and not one.is_multicast for one in (address, inner) if one is not None)


def split_url(url: str) -> tuple[Url, str, int]:
    """Return a URL's parts, its host without brackets and its port; raise InvalidCallbackError."""
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise InvalidCallbackError from error
    if parts.scheme not in PORTS or not parts.host or parts.auth or len(url) > MAX_URL_CHARACTERS:
        raise InvalidCallbackError
    return parts, parts.host.strip("[]"), parts.port or PORTS[parts.scheme]


def _is_odd(host: str) -> bool:
    """Return whether a host is an IPv4 address in a form such as 127.1, 2130706433 or 0x7f.0.0.1.

    Such a form is only written to get past a check.
    """
    try:
        return inet_ntoa(inet_aton(host.rstrip("."))) != host
    except OSError:
        return False


def check_url(url: str, *, allow_private: bool) -> None:
    """Raise InvalidCallbackError for a URL that may not be called, as far as one knows before the name is looked up."""
    _, host, _ = split_url(url)
    if _is_odd(host):
        raise InvalidCallbackError
    try:
        public = is_public(host)
    except ValueError:
        public = not f".{host.lower()}".rstrip(".").endswith(".localhost")
    if not (public or allow_private):
        raise InvalidCallbackError


def resolve(host: str, port: int, *, allow_private: bool) -> str:
    """Return the address to connect to; raise InvalidCallbackError if any address of the name may not be called."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableCallbackError from error
    addresses = [str(place[0]).partition("%")[0] for *_, place in found]
    if not allow_private and not all(map(is_public, addresses)):
        raise InvalidCallbackError
    return addresses[0]
