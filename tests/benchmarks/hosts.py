"""What a second host of workers brings: hosts as network namespaces of this machine, with one Redis on a third."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from tests.benchmarks.batch import MIN_SPEED_UP, run_batch
from tests.benchmarks.figures import Figure
from tests.benchmarks.plan import Plan
from tests.waiting import wait_until
from worker.processes.child_process import end_child, start_child
from worker.processes.private_redis import find_server

BRIDGE = "rolefit-bench"
ADDRESSES = {"here": "10.77.0.1", "store": "10.77.0.2", "one": "10.77.0.3", "two": "10.77.0.4"}
START_SECONDS = 60
STOP_SECONDS = 20
REDIS = ["--bind", ADDRESSES["store"], "--appendonly", "yes", "--appendfsync", "always", "--save", ""]
WORKERS = [
    "-A",
    "worker",
    "worker",
    "--queues",
    "rolefit,rolefit-ping,rolefit-roles",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
]


def _ip(command: str, *, check: bool = True) -> bool:
    return not subprocess.run(["ip", *command.split()], check=check).returncode  # noqa: S607 - wherever the system has it


@contextmanager
def _open_network() -> Iterator[bool]:
    """Make a network for hosts, which goes with the block; yield whether that was possible."""
    if not shutil.which("ip") or not _ip(f"link add {BRIDGE} type bridge", check=False):
        yield False
        return
    try:
        _ip(f"addr add {ADDRESSES['here']}/24 dev {BRIDGE}")
        _ip(f"link set {BRIDGE} up")
        yield True
    finally:
        _ip(f"link del {BRIDGE}")


@contextmanager
def _run_on_host(name: str, command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Make a host and run a program on it for as long as the block runs."""
    space = f"{BRIDGE}-{name}"
    _ip(f"netns add {space}")
    with ExitStack() as stack:
        stack.callback(_ip, f"netns del {space}")
        _ip(f"link add bench-{name} type veth peer name eth0 netns {space}")
        _ip(f"link set bench-{name} master {BRIDGE} up")
        _ip(f"-n {space} addr add {ADDRESSES[name]}/24 dev eth0")
        _ip(f"-n {space} link set eth0 up")
        child = start_child(["ip", "netns", "exec", space, *command], environment=environment)
        stack.callback(end_child, child, seconds=STOP_SECONDS)
        yield


def _is_listened_to(redis: Redis, host: str) -> bool:
    """Return whether workers of a host wait for messages."""
    try:
        clients = redis.client_list()
    except RedisConnectionError:  # not up yet
        return False
    return any(client["addr"].startswith(f"{ADDRESSES[host]}:") and client["cmd"] == "brpop" for client in clients)


def _time_batch(plan: Plan, hosts: list[str], environment: dict[str, str]) -> float:
    """Return the seconds in which the workers of these hosts, each with one process, score the documents."""
    with ExitStack() as stack, Redis.from_url(environment["ROLEFIT_REDIS_URL"]) as redis:
        for host in hosts:
            command = [sys.executable, "-m", "celery", *WORKERS, "--concurrency", "1", "--hostname", host]
            stack.enter_context(_run_on_host(host, command, environment))
        wait_until(lambda: all(_is_listened_to(redis, host) for host in hosts), START_SECONDS)
        start, whole = (
            run_batch(folder, workers=len(hosts), environment=environment).wall_seconds
            for folder in (plan.one, plan.documents)
        )
        return whole - start


def _measure_speed_up(plan: Plan) -> Figure:
    """Return the speed-up by a second host, the start of the command taken off."""
    password = secrets.token_hex()
    url = f"redis://:{password}@{ADDRESSES['store']}:6379/0"
    environment = {**os.environ, "ROLEFIT_REDIS_URL": url, "PYTHONWARNINGS": "ignore"}  # of Celery being run as root
    folder = Path(mkdtemp(dir=plan.scratch))
    server = [find_server(), *REDIS, "--dir", str(folder), "--requirepass", password]
    with _run_on_host("store", server, environment):
        first, second = (_time_batch(plan, hosts, environment) for hosts in (["one"], ["one", "two"]))
    beside = {"one host, s": first, "two hosts, s": second}
    return Figure("batch by two hosts over one", first / second, "×", MIN_SPEED_UP, at_least=True, beside=beside)


def measure(plan: Plan) -> Iterator[Figure]:
    """Yield what a second host brings; nothing where hosts cannot be made."""
    with _open_network() as opened:
        if opened:
            yield _measure_speed_up(plan)
