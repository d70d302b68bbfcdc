"""The interfaces of Rolefit: HTTP API, web pages and command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from worker.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the web application, on the Redis server that the settings name (by default those of the environment)."""
    from service.app import build_app  # noqa: PLC0415 - `rolefit --help` imports this package and needs no Flask

    return build_app(settings)
