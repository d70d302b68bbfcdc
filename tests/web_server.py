"""The web server itself, in a thread: what happens to a connection before the application sees a request."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from service.server import create_server, listen
from tests.waiting import wait_until
from worker.settings import Settings


@contextmanager
def running_server(settings: Settings) -> Iterator[int]:
    """Serve the application for as long as the block runs; yield the port."""
    server = create_server(settings)
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def connect(port: int) -> socket.socket:
    """Return a connection that gives up after ten seconds of silence."""
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def exchange(connection: socket.socket, *parts: bytes) -> bytes:
    """Send something and return all that comes back until the server closes the connection."""
    for part in parts:
        connection.sendall(part)
    answer = b""
    while piece := connection.recv(65_536):
        answer += piece
    return answer
