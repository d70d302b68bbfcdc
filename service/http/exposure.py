"""Exposure: whether other machines can reach the service. Known without the web framework, before it is loaded."""

import ipaddress

from skills.errors import RolefitError
from worker.settings import Settings


class OpenToAllError(RolefitError):
    """The service would be open to other machines without asking for tokens."""

    code = "open-to-all"

    def __init__(self, host: str) -> None:
        super().__init__(f"Others can reach {host}: set ROLEFIT_TOKENS first; `rolefit token OWNER` makes a token.")


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the host; names other than localhost count as reachable by others."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_exposure(host: str, settings: Settings) -> None:
    """Raise OpenToAllError if other machines could use the service without a token."""
    if not settings.tokens and not is_loopback(host):
        raise OpenToAllError(host)
