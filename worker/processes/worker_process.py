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
from worker.store.keys import PING_QUEUE, QUEUE, ROLE_QUEUE, WEBHOOK_QUEUE

GRACE_SECONDS = 5.0


def _end_with_program() -> None:
    os.read(0, 1)  # not sys.stdin, whose lock the forked children would inherit held
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def main(concurrency: str, level: str, niceness: str, *, webhooks: bool) -> None:
    """Run a worker whose processes score or send webhooks; it logs messages of a level and above.

    `niceness` is how far it gives way to others, as in nice(1). The process must lead its own process group.
    """
    threading.Thread(target=_end_with_program, daemon=True).start()
    if not webhooks:
        gc.disable()  # until worker/queue/upkeep.py has loaded what scoring needs
    celery = create_webhook_celery() if webhooks else create_celery()
    warnings.simplefilter("ignore", SecurityWarning)  # it warns of pickle read as root, and we accept only JSON
    # Not `worker_main`, whose command line loads an interactive shell: 0.2 s.
    worker = celery.Worker(
        hostname=f"rolefit-{os.getpid()}",
        concurrency=int(concurrency),
        queues=WEBHOOK_QUEUE if webhooks else f"{QUEUE},{PING_QUEUE},{ROLE_QUEUE}",
        loglevel=level,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    os.nice(int(niceness))  # now that all is loaded: as long as the service starts, nobody waits for the others
    worker.start()
    sys.exit(worker.exitcode)


if __name__ == "__main__":
    main(*sys.argv[1:4], webhooks="webhooks" in sys.argv)
