"""Slow connections: behind the proxy of compose.yaml visitors do not notice them; the web server alone they stop."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.journeys.conftest import running_site
from tests.machine import proxy

MANY = 40
PATIENCE = 30  # seconds that a visitor waits before the test gives up
GIVES_UP = "2s"  # the proxy's patience with a header in this test; compose.yaml has more
HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
# A form, for whose end the site itself waits: what it does not read, the web server throws away in a few seconds.
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nhalf"
BODY = b"POST /ask/ HTTP/1.1\r\nHost: localhost\r\n" + FORM


@pytest.fixture(scope="module")
def site():
    with running_site() as running:
        yield running


@contextmanager
def slow(port: int, *kinds: bytes) -> Iterator[list[socket.socket]]:
    """Forty connections of each kind, to which a byte is added from time to time."""
    with ExitStack() as stack:
        held = [
            (kind, stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE)))
            for kind in kinds
            for _ in range(MANY)
        ]
        for kind, connection in held:
            connection.sendall(kind)
        ended = threading.Event()
        dripping = threading.Thread(target=_drip, args=(held, ended))
        dripping.start()
        try:
            yield [connection for _, connection in held]
        finally:
            ended.set()
            dripping.join()


def _drip(held: list[tuple[bytes, socket.socket]], ended: threading.Event) -> None:
    while not ended.wait(0.5):
        for kind, connection in held:
            try:
                if kind:
                    connection.sendall(b"x")
            except OSError:
                continue  # the other side has given up


def visit(port: int, number: int, patience: float = PATIENCE) -> int:
    # Words that nobody has searched for before: the answer is in no cache.
    address = f"http://localhost:{port}/search/?q=pain+{number}"
    asked = urllib.request.Request(address, headers={"X-Forwarded-Proto": "http"})
    with urllib.request.urlopen(asked, timeout=patience) as answer:
        return answer.status


def visit_until_stopped(port: int) -> None:
    """The first visits may still come in between two of the slow ones."""
    for number in range(200, 220):
        visit(port, number, patience=3)


def test_behind_the_proxy_nobody_waits_for_slow_connections(site, tmp_path):
    with proxy(site.port, tmp_path, gives_up=GIVES_UP) as port, slow(port, HEADER, BODY, b"") as connections:
        took = []
        for number in range(20):
            begun = time.perf_counter()
            assert visit(port, number) == 200
            took.append(time.perf_counter() - begun)
        print(f"{len(connections)} slow connections: {min(took):.2f} to {max(took):.2f} s an answer")  # noqa: T201 - a measure


def test_the_proxy_ends_a_header_that_never_ends(site, tmp_path):
    with proxy(site.port, tmp_path, gives_up=GIVES_UP) as port, slow(port, HEADER) as connections:
        for connection in connections:
            connection.settimeout(PATIENCE)
            answer = connection.recv(1000)
            assert answer == b"" or answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))


def test_control_the_web_server_alone_is_stopped(site):
    with slow(site.port, BODY), pytest.raises((TimeoutError, urllib.error.URLError), match="timed out"):
        visit_until_stopped(site.port)
    assert visit(site.port, 100) == 200
