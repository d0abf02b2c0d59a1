"""What the journeys are made of: the running site with its mail, a person's browser, an authenticator app."""

import base64
import hmac
import re
import struct
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PASSWORD = "quiet-line-1983"
# Generous, since the machine may be busy with other things; a sound site needs a fraction of it.
PATIENCE = 60
PROMISED = 2.0  # seconds after which an edit shows everywhere
SEPARATOR = re.compile(rb"\n-{70,}\n")

expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Site:
    """The running site: its address and the mail that it has sent."""

    origin: str
    home: Path

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def letters_to(self, address: str) -> list[EmailMessage]:
        """What was delivered to an address, oldest first."""
        found = []
        for path in (self.home / "mail").glob("*.log"):
            for number, raw in enumerate(SEPARATOR.split(path.read_bytes())):
                if raw.strip():
                    letter = message_from_bytes(raw.strip() + b"\n", policy=policy.default)
                    if address in str(letter["To"]):
                        found.append((path.stat().st_mtime_ns, path.name, number, letter))
        return [one[-1] for one in sorted(found, key=lambda one: one[:3])]

    def letter(self, address: str, subject: str, *, after: int = 0, reply_to: str | None = None) -> EmailMessage:
        """The newest letter to an address whose subject has these words; waits for the worker.

        Leaves out the first `after` letters to that address, and those whose answer goes elsewhere than `reply_to`.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            letters = self.letters_to(address)
            for letter in reversed(letters[after:]):
                if subject.lower() in letter["Subject"].lower() and reply_to in (None, letter["Reply-To"]):
                    return letter
            if time.monotonic() > deadline:
                raise AssertionError(f"No letter “{subject}” to {address}: {[one['Subject'] for one in letters]}")
            time.sleep(0.1)

    def look(self, path: str) -> tuple[int, str]:
        """Status and text of a page as a visitor gets it, over a connection of its own."""
        asked = urllib.request.Request(self.origin + path, headers={"User-Agent": "Mozilla/5.0 (journey)"})
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def shows_soon(self, path: str, fits: Callable[[int, str], bool]) -> None:
        """A change that was just made is seen by visitors as promised, whichever process answers.

        A question that is put before the promised moment may still get the old answer; none after it may. So the
        test does not depend on how fast the machine answers.
        """
        since = time.monotonic()
        while True:
            asked_after = time.monotonic() - since
            status, text = self.look(path)
            if not fits(status, text):
                assert asked_after <= PROMISED, f"{path}: still the old answer ({status}) after {asked_after:.1f} s"
            elif asked_after > PROMISED:
                return
            time.sleep(0.1)


def text_of(letter: EmailMessage) -> str:
    return letter.get_body(preferencelist=("plain",)).get_content()


def code_in(letter: EmailMessage) -> str:
    """The code that stands in a line of its own."""
    return re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", text_of(letter), re.MULTILINE)[1]


@dataclass
class App:
    """An authenticator app (RFC 6238). A code works once, so none is given out twice."""

    secret: str
    given: set[int] = field(default_factory=set)

    def code(self) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            now = int(time.time()) // 30
            for counter in (now, now + 1):  # the site allows for a clock that is half a minute fast
                if counter not in self.given:
                    self.given.add(counter)
                    return self._at(counter)
            time.sleep(0.2)
        raise AssertionError("No unused code within a minute")

    def _at(self, counter: int) -> str:
        key = base64.b32decode(self.secret + "=" * (-len(self.secret) % 8))
        digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"


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

    def press(self, name: str, role: str = "button") -> None:
        """Click the one visible button (or link) of this name."""
        self.click(self.page.get_by_role(role, name=name, exact=True))

    def click(self, place: Locator) -> None:
        """Click, and if that opens another page wait until it is there to its end: half of one answers wrongly."""
        place.click()
        self.page.wait_for_load_state("domcontentloaded")

    def fill(self, **fields: str) -> None:
        """Fill fields by the words of their labels; underscores stand for spaces."""
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(value)

    def arrives(self, path: str) -> Page:
        """The next page is the one at this path, whatever its query."""
        self.page.wait_for_url(lambda url: url.removeprefix(self.site.origin).split("?")[0].split("#")[0] == path)
        return self.page

    def sees(self, words: str) -> None:
        """These words stand in the text of the page or in a message above it."""
        expect(self.page.locator("body")).to_contain_text(words)

    def heading(self, words: str) -> None:
        """The page's one heading says this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def focused(self) -> str:
        """What has the focus, as people would call it."""
        return self.page.evaluate(
            "() => { const on = document.activeElement; return on === document.body ? '' :"
            " (on.getAttribute('aria-label') || on.innerText || on.textContent || on.name || '').trim(); }"
        )

    def tab_to(self, words: str, most: int = 60) -> None:
        """Step with the Tab key until this has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.focused() == words:
                return
        raise AssertionError(f"“{words}” is not reached by {most} steps")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/accounts/login/")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def show_it_is_me(self, password: str = PASSWORD) -> None:
        """What the site asks for before an important step."""
        self.heading("Is it you?")
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Go on")

    def sign_up(
        self,
        email: str,
        first_name: str,
        last_name: str,
        *,
        password: str = PASSWORD,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Make an account, as far as the page after the code from the mail; `meanwhile` is done before it is typed."""
        self.page.get_by_label("First name").fill(first_name)
        self.page.get_by_label("Last name").fill(last_name)
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Create my account")
        self.heading("Confirm your address")
        if meanwhile is not None:
            meanwhile()
        self.page.get_by_role("textbox", name="Code").fill(
            code_in(self.site.letter(email, "confirm your e-mail address"))
        )
        self.press("Confirm")
        self.page.wait_for_url(lambda url: "/accounts/" not in url)


def open_reader(site: Site, browser: Browser, **options) -> Reader:
    """A browser of one's own that notes policy violations, script errors, missing files and requests to other hosts."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    reader = Reader(site, context, page)

    def said(message) -> None:
        if "Content Security Policy" in message.text:
            reader.faults.append(f"{page.url}: {message.text}")

    def asked(request) -> None:
        if not request.url.startswith((site.origin, "data:", "blob:", "about:")):
            reader.strangers.add(request.url)

    def answered(response) -> None:
        if response.status >= 400 and response.request.resource_type not in {"document", "fetch"}:
            reader.faults.append(f"{response.status} for {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: reader.faults.append(f"{page.url}: {error}"))
    page.on("request", asked)
    page.on("response", answered)
    return reader
