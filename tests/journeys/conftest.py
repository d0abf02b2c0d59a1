"""A real browser on a real site: `manage.py serve` in a directory of its own, web server, worker, database and all.

The content is a copy of the prepared demonstration; how a site begins from nothing is told by tests/core/test_serve.py.
At most two processes of the suite start a site for them (tests/scheduling.py). Staff need their second factor.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests import prepared

from .people import SignIns
from .tools import Reader, Site, open_reader

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 300
Open = Callable[..., Reader]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_site(home: Path | None = None, **more: str) -> Iterator[Site]:
    """The site of `home`, or one with the demonstration in a directory of its own; `more` are further settings."""
    if home is None:
        # Root's database runs as nobody, who must be able to pass: not in pytest's private directory.
        home = Path(tempfile.mkdtemp(prefix="journeys-", dir="/tmp"))
        home.chmod(0o755)
        prepared.copy_demonstration(home)
    port = _free_port()
    with (home / "serve.log").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--stop-with-parent"],
            cwd=ROOT, env=environment(home, port) | more, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait_until_ready(port, server, home / "serve.log")
        yield Site(f"http://localhost:{port}", home)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        shutil.rmtree(home, ignore_errors=True)  # the database may still be writing its last words


def environment(home: Path, port: int) -> dict[str, str]:
    """What the site's processes get of ours, and what is their own."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG", "DB_POOL"}}
    return kept | {
        "PORT": str(port),
        "SITE_ORIGIN": f"http://localhost:{port}",
        "VAR_DIR": str(home),
        "STATIC_ROOT": str(home / "static"),
        "STAFF_MFA_REQUIRED": "1",
    }


@pytest.fixture(scope="package")
def site() -> Iterator[Site]:
    """One site for all journeys of a process."""
    with running_site() as running:
        yield running


def _wait_until_ready(port: int, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5) as answer:
                if json.load(answer)["status"] == "ready":
                    return
        except OSError:
            pass
        if server.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"The site did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.3)


@pytest.fixture(scope="package")
def play() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would take it for asynchronous code, and would give it a
    # database connection of its own. So it ends with the journeys: the tests after them need the one they had.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def browser(play: Playwright) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield chromium
    chromium.close()


@pytest.fixture(scope="package")
def sign_ins(site: Site, browser: Browser) -> SignIns:
    """Who has signed in already: the door is gone through once for each person, not once for each test."""
    return SignIns(site, browser)


@pytest.fixture
def open_for(site: Site, browser: Browser, sign_ins: SignIns) -> Iterator[Open]:
    """Browsers of as many people as a test needs: `open_for()` a visitor, `open_for("member@demo.example")`.

    The test fails if a page broke the policy, threw, missed a file, or asked another host for anything.
    """
    opened: list[Reader] = []

    def open_one(email: str = "", **options: Any) -> Reader:
        if email:
            options["storage_state"] = sign_ins.state_of(email)
        opened.append(open_reader(site, browser, **options))
        return opened[-1]

    yield open_one
    for reader in opened:
        reader.context.close()
    assert [fault for reader in opened for fault in reader.faults] == []
    assert {stranger for reader in opened for stranger in reader.strangers} == set()


@pytest.fixture
def reader(open_for: Open) -> Reader:
    """A visitor."""
    return open_for()
