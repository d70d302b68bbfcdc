"""A network of its own for one process, in which everything that leaves the machine is seen: `unshare` starts it.

Run as `python -m tests.silent_network FOLDER`, it uses every path through Rolefit on the documents of the folder and
prints, as JSON, how many packets left before that, at a look-up of its own, and how many at all that followed.
"""

import json
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from click.testing import CliRunner
from pyroute2 import IPRoute

from service.cli import main as rolefit
from tests.service_process import send, serving, wait_for_report

ADDRESS, RESOLVER = "10.111.0.1", "10.111.0.53"
NEIGHBOUR = "02:00:00:00:00:01"
OUTSIDE, BEYOND = "outside", "beyond"  # the two ends of the way out
ALL_PROTOCOLS = 3
MAX_BYTES = 2_048
COMMANDS = "commands"  # given behind the folder: uses the commands alone, in whatever network there is


class Watch:
    """Counts the packets on the way out, from its start on."""

    def __init__(self) -> None:
        self.packets = 0
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS))
        self._socket.bind((OUTSIDE, 0))
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while self._socket.recv(MAX_BYTES):
            self.packets += 1

    def take(self) -> int:
        """Return how many packets came since the last call."""
        packets, self.packets = self.packets, 0
        return packets


def make_network(folder: Path) -> None:
    """Bring the loopback up, and a way out that leads nowhere, with a resolver behind it."""
    for setting in ("all", "default"):  # neighbours of the sixth version are asked for without any program's doing
        Path(f"/proc/sys/net/ipv6/conf/{setting}/disable_ipv6").write_text("1", encoding="ascii")
    with IPRoute() as ip:
        ip.link("set", index=ip.link_lookup(ifname="lo")[0], state="up")
        ip.link("add", ifname=OUTSIDE, kind="veth", peer=BEYOND)
        (index,), (beyond,) = ip.link_lookup(ifname=OUTSIDE), ip.link_lookup(ifname=BEYOND)
        ip.addr("add", index=index, address=ADDRESS, prefixlen=24)
        for end in (index, beyond):
            ip.link("set", index=end, state="up")
        ip.neigh(
            "add", dst=RESOLVER, lladdr=NEIGHBOUR, ifindex=index, state="permanent"
        )  # so that nobody asks who it is
        ip.route("add", dst="0.0.0.0/0", gateway=RESOLVER)
    resolver = folder / "resolv.conf"
    resolver.write_text(f"nameserver {RESOLVER}\noptions timeout:1 attempts:1\n", encoding="ascii")
    subprocess.run(["mount", "--bind", str(resolver), "/etc/resolv.conf"], check=True)  # noqa: S607


def use_commands(folder: Path) -> None:
    """Use the command line, a batch, an audit and the checks, in one process: most of a command is its start."""
    documents, results, groups = folder / "documents", folder / "results.jsonl", folder / "groups.csv"
    groups.write_text("document,sex,race_ethnicity\n", encoding="utf-8")
    papers = {form: ["--format", form, "--out", str(folder / f"cv.{form}")] for form in ("html", "pdf")}
    for words in (
        ["score", *map(str, sorted(documents.iterdir()))],
        ["batch", str(documents), "--out", str(results)],
        ["audit", str(results), "--groups", str(groups), "--out", str(folder / "audit")],
        *(["score", str(documents / "cv.docx"), *options] for options in papers.values()),
        ["doctor"],
        ["roles"],
    ):
        done = CliRunner().invoke(rolefit, words, env={"ROLEFIT_DATA": str(folder / "d")}, catch_exceptions=False)
        assert done.exit_code == 0, (words, done.output)


def use_everything(folder: Path) -> None:
    """Use the command line in a process that ends, and the service with each document."""
    command = [sys.executable, "-m", "tests.silent_network", str(folder), COMMANDS]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with serving("--workers", "1", ROLEFIT_DATA=str(folder / "served")) as (_, port):
        for document in sorted((folder / "documents").iterdir()):
            wait_for_report(port, send(port, document.read_bytes()))


def main(folder: Path) -> None:
    """Print how many packets a look-up of ours sent, and how many everything that Rolefit did."""
    make_network(folder)
    watch = Watch()
    with suppress(OSError):
        socket.getaddrinfo("example.org", 80)
    seen = watch.take()
    use_everything(folder)
    print(json.dumps({"own look-up": seen, "Rolefit": watch.take()}))  # noqa: T201 - the answer


if __name__ == "__main__":
    (use_commands if COMMANDS in sys.argv else main)(Path(sys.argv[1]))
