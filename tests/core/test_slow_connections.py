"""Slow connections: behind the proxy of compose.yaml visitors do not notice them; the web server alone they stop."""

import os
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.journeys.conftest import running_site

MANY = 40
PATIENCE = 30  # seconds that a visitor waits before the test gives up
GIVES_UP = "2s"  # the proxy's patience with a header in this test; compose.yaml has more
HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
BODY = b"POST /ask/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\nhalf"


@pytest.fixture(scope="module")
def site():
    with running_site() as running:
        yield running


def caddyfile(site_port: int, port: int) -> str:
    """The proxy's configuration as compose.yaml has it, for these ports, without certificates."""
    shipped = re.search(r"content: \|\n(.*?)\n\nvolumes:", (ROOT / "compose.yaml").read_text(), re.S)[1]
    here = {
        "{$$SITE_ORIGIN} {": f"http://localhost:{port} {{",
        "web:8000": f"127.0.0.1:{site_port}",
        "read_header 10s": f"read_header {GIVES_UP}",
        "      {\n          servers": "      {\n          admin off\n          servers",
    }
    for theirs, ours in here.items():
        assert theirs in shipped
        shipped = shipped.replace(theirs, ours, 1)
    return shipped


def as_older(configuration: str) -> str:
    """In the words of Caddy 2.6, which Debian 12 has."""
    sizes = re.compile(r"request_buffers (\S+)\n(\s+)response_buffers \S+")
    return sizes.sub(r"buffer_requests\n\2buffer_responses\n\2max_buffer_size \1", configuration)


@contextmanager
def proxy(site_port: int, home: Path) -> Iterator[int]:
    program = os.environ.get("CADDY", "caddy")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    older = tuple(map(int, re.findall(r"\d+", version)[:2])) < (2, 7)
    configuration = caddyfile(site_port, port)
    (home / "Caddyfile").write_text(as_older(configuration) if older else configuration)
    command = [program, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]
    with (home / "caddy.log").open("wb") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(home)})
    try:
        _until_it_listens(port, running, home / "caddy.log")
        yield port
    finally:
        running.terminate()
        running.wait(30)


def _until_it_listens(port: int, running: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and running.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The proxy did not start:\n{log.read_text()[-2000:]}")


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
    with proxy(site.port, tmp_path) as port, slow(port, HEADER, BODY, b"") as connections:
        took = []
        for number in range(20):
            begun = time.perf_counter()
            assert visit(port, number) == 200
            took.append(time.perf_counter() - begun)
        print(f"{len(connections)} slow connections: {min(took):.2f} to {max(took):.2f} s an answer")  # noqa: T201 - a measure


def test_the_proxy_ends_a_header_that_never_ends(site, tmp_path):
    with proxy(site.port, tmp_path) as port, slow(port, HEADER) as connections:
        for connection in connections:
            connection.settimeout(PATIENCE)
            answer = connection.recv(1000)
            assert answer == b"" or answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))


def test_control_the_web_server_alone_is_stopped(site):
    with slow(site.port, BODY), pytest.raises((TimeoutError, urllib.error.URLError), match="timed out"):
        visit_until_stopped(site.port)
    assert visit(site.port, 100) == 200
