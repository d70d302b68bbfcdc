"""A Celery worker that does not outlive the program that started it.

Its standard input is a pipe that the program holds open; when the program dies, however it dies, the pipe ends.
"""

import gc
import os
import signal
import sys
import threading
import warnings

from celery.platforms import SecurityWarning

from worker.queue.app import create_celery, create_webhook_celery
from worker.store.keys import PING_QUEUE, QUEUE, WEBHOOK_QUEUE

GRACE_SECONDS = 5.0


def _follow_to_the_end() -> None:
    os.read(0, 1)  # not sys.stdin, whose lock the forked children would inherit held
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main(concurrency: str, level: str, niceness: str, *, calls: bool) -> None:
    """Run a worker with that many children, which score or make calls, and that logs from that level on.

    `niceness` is how far it stands back behind others, as in nice(1). The process must lead a group of its own.
    """
    os.nice(int(niceness))
    threading.Thread(target=_follow_to_the_end, daemon=True).start()
    if not calls:
        gc.disable()  # until all that scoring needs is loaded (worker/queue/upkeep.py)
    celery, queues = (create_webhook_celery(), WEBHOOK_QUEUE) if calls else (create_celery(), f"{QUEUE},{PING_QUEUE}")
    warnings.simplefilter("ignore", SecurityWarning)  # of running as root with pickle; ours takes JSON alone
    # Not `worker_main`, whose command line brings an interactive shell along: 0.2 s.
    worker = celery.Worker(
        hostname=f"rolefit-{os.getpid()}",
        concurrency=int(concurrency),
        queues=queues,
        loglevel=level,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    sys.exit(worker.exitcode)


if __name__ == "__main__":
    main(*sys.argv[1:4], calls="calls" in sys.argv)
