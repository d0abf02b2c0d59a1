"""A small load generator: a few processes of threads that ask, read to the end, and ask again.

Python's own, so that nothing must be installed; it takes part of the same cores, for every row of the table alike.
"""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

PROCESSES, THREADS = 2, 8
PATIENCE = 20.0
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nUser-Agent: Mozilla/5.0 (benchmark)\r\n"
    "{more}Connection: close\r\n\r\n"
)


def visit(path: str, cookie: str = "") -> bytes:
    """The request for a path, of a visitor or of who has this cookie."""
    return REQUEST.format(path=path, more=f"Cookie: {cookie}\r\n" if cookie else "").encode()


def ask(port: int, request: bytes) -> bool:
    """One visit on a connection of its own, as gunicorn's sync workers have it. True when it was answered with 200."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        first = connection.recv(65536)
        while connection.recv(65536):
            pass
    return first.startswith(b"HTTP/1.1 200")


def _visits(port: int, requests: list[bytes], seconds: float) -> tuple[int, int]:
    """How many of one process's visits went well, and how many did not."""
    ends = time.monotonic() + seconds
    well, badly = [0] * THREADS, [0] * THREADS

    def keep_asking(number: int) -> None:
        turn = number
        while time.monotonic() < ends:
            try:
                answered = ask(port, requests[turn % len(requests)])
            except OSError:
                answered = False
            (well if answered else badly)[number] += 1
            turn += 1

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(well), sum(badly)


@dataclass(frozen=True)
class Load:
    """The processes that ask; they are started once, so that their start disturbs no figure."""

    pool: ProcessPoolExecutor

    def visits(self, port: int, requests: list[bytes], seconds: float) -> int:
        """How many requests 16 visitors at once got answered. RuntimeError when one of a hundred was not."""
        given = ([value] * PROCESSES for value in (port, requests, seconds))
        well, badly = (sum(column) for column in zip(*self.pool.map(_visits, *given), strict=True))
        if badly * 100 > well:
            first = requests[0].splitlines()[0].decode()
            raise RuntimeError(f"{badly} of {well + badly} requests ({first} …) were not answered with 200.")
        return well


@contextmanager
def load() -> Iterator[Load]:
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        yield Load(pool)
