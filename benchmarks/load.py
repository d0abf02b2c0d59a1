"""A small load generator: a few processes of threads that ask, read to the end, and ask again.

Python's own, so that nothing must be installed; it takes part of the same cores, for every row of the table alike.
"""

import socket
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

PROCESSES, THREADS = 2, 8
PATIENCE = 20.0
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nUser-Agent: Mozilla/5.0 (benchmark)\r\n"
    "Connection: close\r\n\r\n"
)


def ask(port: int, request: bytes) -> bool:
    """One visit on a connection of its own, as gunicorn's sync workers have it. True when it was answered with 200."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        first = connection.recv(65536)
        while connection.recv(65536):
            pass
    return first.startswith(b"HTTP/1.1 200")


def _visits(port: int, paths: list[str], seconds: float) -> tuple[int, int]:
    """How many of one process's visits went well, and how many did not."""
    requests = [REQUEST.format(path=path).encode() for path in paths]
    ends = time.monotonic() + seconds
    well, badly = [0] * THREADS, [0] * THREADS

    def visit(number: int) -> None:
        turn = number
        while time.monotonic() < ends:
            try:
                answered = ask(port, requests[turn % len(requests)])
            except OSError:
                answered = False
            (well if answered else badly)[number] += 1
            turn += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(well), sum(badly)


def rate(port: int, paths: list[str], seconds: float) -> float:
    """Requests a second, from 16 visitors at once. Raises RuntimeError when one of a hundred is not answered well."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        numbers = list(pool.map(_visits, [port] * PROCESSES, [paths] * PROCESSES, [seconds] * PROCESSES))
    well, badly = (sum(column) for column in zip(*numbers, strict=True))
    if badly * 100 > well:
        raise RuntimeError(f"{badly} of {well + badly} requests for {paths[0]} were not answered with 200.")
    return well / seconds
