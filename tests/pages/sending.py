"""Sends documents to a running site and reads its answers, with a client that is not ours."""

import json
import urllib.request
from collections.abc import Sequence
from typing import Any


def _post(site: str, path: str, contents: Sequence[tuple[str, bytes]]) -> str:
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n' % (name.encode(), content)
        for name, content in contents
    ]
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    request = urllib.request.Request(f"{site}{path}", b"".join(parts) + b"--x--\r\n", headers)  # noqa: S310 - ours
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return str(answer.headers["Location"])


def send(site: str, contents: Sequence[tuple[str, bytes]]) -> str:
    """Send documents and return the path of their batch in the API."""
    return _post(site, "/v1/batches", contents)


def send_one(site: str, name: str, content: bytes) -> str:
    """Send a document and return the path of its job in the API."""
    return _post(site, "/v1/matches", [(name, content)])


def fetch(site: str, path: str) -> bytes:
    """Return the body at a path."""
    with urllib.request.urlopen(f"{site}{path}") as answer:  # noqa: S310 - ours
        body: bytes = answer.read()
        return body


def read_batch(site: str, path: str) -> dict[str, Any]:
    """Return the JSON at a path."""
    batch: dict[str, Any] = json.loads(fetch(site, path))
    return batch
