"""A real browser on a real site: `manage.py serve` in a directory of its own, web server, worker, database and all.

Every test here belongs to one group, so that one process of the suite starts one site. Staff need their second factor.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 180
MAIL_SECONDS = 30
PASSWORD = "quiet-line-1983"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Site:
    """The running site: its address and the mail that it has sent."""

    origin: str
    home: Path

    def letters_to(self, address: str) -> list[EmailMessage]:
        """What was delivered to an address, oldest first."""
        found = []
        for path in sorted((self.home / "mail").glob("*.log")):
            for raw in re.split(rb"\n-{70,}\n", path.read_bytes()):
                if raw.strip():
                    letter = message_from_bytes(raw.strip() + b"\n", policy=policy.default)
                    if address in str(letter["To"]):
                        found.append((path.stat().st_mtime_ns, path.name, letter))
        return [letter for _, _, letter in sorted(found, key=lambda one: one[:2])]

    def letter(self, address: str, subject: str) -> EmailMessage:
        """The newest letter to an address whose subject has these words; waits for the worker."""
        deadline = time.monotonic() + MAIL_SECONDS
        while True:
            for letter in reversed(self.letters_to(address)):
                if subject.lower() in letter["Subject"].lower():
                    return letter
            if time.monotonic() > deadline:
                raise AssertionError(f"No letter “{subject}” to {address}; sent: {self.subjects()}")
            time.sleep(0.2)

    def subjects(self) -> list[str]:
        return [path.name for path in (self.home / "mail").glob("*.log")]


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(preferencelist=("plain",)).get_content()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all journeys, started from nothing as a newcomer would."""
    home = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG", "DB_POOL"}
    }
    environment |= {
        "PORT": str(port),
        "SITE_ORIGIN": f"http://localhost:{port}",
        "VAR_DIR": str(home),
        "STATIC_ROOT": str(home / "static"),
        "STAFF_MFA_REQUIRED": "1",
    }
    log = home / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--stop-with-parent"],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _wait_until_ready(port, server, log)
        yield Site(f"http://localhost:{port}", home)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


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


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would take it for asynchronous code.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(play: Playwright) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    chromium = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield chromium
    chromium.close()


@dataclass
class Reader:
    """One person's browser, and everything in it that ought not to happen."""

    site: Site
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    def go(self, path: str, *, status: int = 200) -> Page:
        answer = self.page.goto(path if path.startswith("http") else self.site.origin + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail").first.fill(email)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()


def open_reader(site: Site, browser: Browser, **options) -> Reader:
    """A browser of one's own that notes policy violations, script errors and requests to other hosts."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    page.set_default_timeout(15_000)
    reader = Reader(site, context, page)
    page.on("console", lambda said: reader.faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: reader.faults.append(str(error)))

    def asked(request) -> None:
        if not request.url.startswith((site.origin, "data:", "blob:", "about:")):
            reader.strangers.add(request.url)

    page.on("request", asked)
    return reader


@pytest.fixture
def reader(site: Site, browser: Browser) -> Iterator[Reader]:
    """A visitor; the test fails if a page broke the policy, threw, or asked another host for anything."""
    reader = open_reader(site, browser)
    yield reader
    reader.context.close()
    assert reader.faults == []
    assert reader.strangers == set()


@pytest.fixture
def second_reader(site: Site, browser: Browser) -> Iterator[Reader]:
    """Another person at the same time."""
    reader = open_reader(site, browser)
    yield reader
    reader.context.close()
    assert reader.faults == []
