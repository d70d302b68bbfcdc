"""Builds the image, starts it as docker-compose.yml does, and scores a document in it: `make image`.

Where there is no container engine it says so, and that is no failure. `BUILD_OPTIONS` are passed to the build.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.waiting import wait_until
from worker.files import ROOT

IMAGE = "rolefit"
REGISTRY = {"PYTHON_TAG": "docker.io/library/python:", "REDIS_IMAGE": "docker.io/"}  # what `images.env` leaves out
BASE = "docker.io/library/python:3.11-slim"
# As in docker-compose.yml, but with a private Redis and workers beside the web process.
START = shlex.split(
    "run --detach --rm --read-only --tmpfs /tmp:size=512m --cap-drop ALL --security-opt no-new-privileges"
    " --env ROLEFIT_DATA=/tmp/data rolefit rolefit serve --workers 1"
)
UPLOAD = """
import http.client, sys
body = b'--x\\r\\nContent-Disposition: form-data; name="file"; filename="cv.txt"\\r\\n\\r\\n' + sys.stdin.buffer.read()
connection = http.client.HTTPConnection("127.0.0.1", 8000)
form = {"Content-Type": "multipart/form-data; boundary=x"}
connection.request("POST", "/v1/matches", body + b"\\r\\n--x--\\r\\n", form)
accepted = connection.getresponse()
accepted.read()
connection.request("GET", accepted.headers["Location"], headers={"Prefer": "wait=20"})
print(connection.getresponse().read().decode())
"""
ASK_READY = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz')"
RESUME = b"""Ada Example
Summary
Machine learning engineer with six years of experience in deep learning.
Experience
Machine Learning Engineer, Example Ltd, 2019 - present
Trained and deployed deep learning models with PyTorch, Docker and Kubernetes.
Skills
Python, PyTorch, SQL
"""


class Engine:
    """A container engine, called by its command."""

    def __init__(self, program: str) -> None:
        self._program = program

    def run(self, *words: str, given: bytes = b"") -> str:
        """Run a command of the engine and return what it writes; raise CalledProcessError if it fails."""
        command = [self._program, *words]
        return subprocess.run(command, input=given, check=True, stdout=subprocess.PIPE).stdout.decode()

    def succeeds(self, *words: str) -> bool:
        """Return whether a command of the engine succeeds, without a word."""
        return subprocess.run([self._program, *words], check=False, capture_output=True).returncode == 0

    @contextmanager
    def start(self) -> Iterator[str]:
        """Run the service in a container while the block runs; yield the container's id."""
        container = self.run(*START).strip()
        try:
            yield container
        finally:
            self.run("stop", container)


def find_engine() -> Engine | None:
    """Return the container engine that works on this machine, or None; a program may be there without its daemon."""
    engines = [Engine(program) for program in ("docker", "podman") if shutil.which(program)]
    return next((engine for engine in engines if engine.succeeds("info")), None)


def check_image(engine: Engine) -> None:
    """Build the image and have the service in it score a document; raise if anything fails."""
    engine.run("build", *shlex.split(os.environ.get("BUILD_OPTIONS", "")), "--tag", IMAGE, ".")
    with engine.start() as container:
        wait_until(lambda: engine.succeeds("exec", container, "python", "-c", ASK_READY), 120)
        answer = engine.run("exec", "--interactive", container, "python", "-c", UPLOAD, given=RESUME)
        assert '"state":"done"' in answer, answer
    size = int(engine.run("image", "inspect", "--format", "{{.Size}}", IMAGE))
    sys.stdout.write(f"image: builds, starts and scores; {size / 1e6:,.0f} MB\n")


def check_pins(engine: Engine) -> None:
    """Ask the registry for the images of `images.env` by their digests; raise if it has one of them not."""
    lines = (ROOT / "images.env").read_text(encoding="utf-8").splitlines()
    pins = [REGISTRY[name] + image for name, sign, image in (line.partition("=") for line in lines) if sign]
    if not engine.succeeds("manifest", "inspect", BASE):
        sys.stdout.write("image: digests not looked up, for the registry does not answer\n")
        return
    unknown = [pin for pin in pins if not engine.succeeds("manifest", "inspect", pin)]
    assert not unknown, unknown


if __name__ == "__main__":
    found = find_engine()
    if found:
        check_pins(found)
        check_image(found)
    else:
        sys.stdout.write("image: skipped, for neither docker nor podman works here\n")
