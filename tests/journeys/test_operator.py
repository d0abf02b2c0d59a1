"""An operator's first day, by docs/operations.md alone: an ordinary PostgreSQL over TCP, Redis, a mail server and Caddy
from the system's packages, the site in production, and everything up to the first invoice in a customer's mailbox.
"""

import json
import os
import pty
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests import machine

from .conftest import ROOT
from .test_buying import OFFICE, bill_to, choose, file_of, register
from .tools import PASSWORD, PATIENCE, App, Reader, Site, code_in, open_reader, text_of

FIRST = "dana@academy.example"
COLLEAGUE = "ravi@academy.example"
BUYER = "maren@lantern.example"
DATABASE_PASSWORD = "s3/cret:with@signs"
READY_SECONDS = 240  # a whole database is made meanwhile


@dataclass
class Production(Site):
    """The site as an operator has it: its settings, its mail and its Redis."""

    settings: dict[str, str]
    mailbox: machine.Mailbox
    redis: subprocess.Popen

    def letters_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.mailbox.taken if address in str(letter["To"])]

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def type_into(self, command: str, *answers: str) -> str:
        """Run a command in a terminal and answer each question; what was to be read there."""
        ours, theirs = pty.openpty()
        program = subprocess.Popen(
            [sys.executable, "manage.py", command], cwd=ROOT, env=self.settings,
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        read = ""
        with os.fdopen(ours, "r+b", buffering=0) as terminal:
            for answer in answers:
                while not read.endswith(": "):
                    read += terminal.read(1000).decode()
                read += "\n"
                terminal.write(f"{answer}\n".encode())
            try:
                while more := terminal.read(1000):
                    read += more.decode()
            except OSError:
                pass  # the program has ended, and its terminal with it
        assert program.wait(PATIENCE) == 0, read
        return read


@pytest.fixture(scope="module")
def production() -> Iterator[Production]:
    home = Path(tempfile.mkdtemp(prefix="operator-", dir="/tmp"))
    home.chmod(0o755)  # PostgreSQL passes, which does not run as root
    port, proxied = machine.free_port(), machine.free_port()
    with (
        machine.postgres(home / "postgres", DATABASE_PASSWORD) as database,
        machine.redis(home / "redis", "of-redis") as (cache, redis),
        machine.mail_server() as (mail, mailbox),
        machine.proxy(port, home, port=proxied),
    ):
        settings = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"postgresql://site:{quote(DATABASE_PASSWORD, safe='')}@127.0.0.1:{database}/site",
            "REDIS_URL": f"redis://:of-redis@127.0.0.1:{cache}/0",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "FACTOR_KEYS": secrets.token_urlsafe(32),
            "SITE_ORIGIN": f"http://localhost:{proxied}",
            "TRUSTED_PROXY_COUNT": "1",
            "PORT": str(port),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail),
            "EMAIL_SECURITY": "none",
            "DEFAULT_FROM_EMAIL": "Academy <office@academy.example>",
            "STAFF_EMAIL": "office@academy.example",
            "LINK_CHECKS": "off",
            "VAR_DIR": str(home / "var"),
            "STATIC_ROOT": str(home / "static"),
        }
        with served(settings, home):
            yield Production(settings["SITE_ORIGIN"], home, settings, mailbox, redis)
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def served(settings: dict[str, str], home: Path) -> Iterator[None]:
    """`manage.py serve`, as a service manager keeps it running, until /readyz answers 200 through the proxy."""
    command = [sys.executable, "manage.py", "serve", "--stop-with-parent"]
    with (home / "serve.log").open("wb") as log:
        site = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready(settings["SITE_ORIGIN"]):
            assert site.poll() is None and time.monotonic() < deadline, (home / "serve.log").read_text()[-4000:]  # noqa: PT018
            time.sleep(0.3)
        yield
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(60)


def is_ready(origin: str) -> bool:
    try:
        with urllib.request.urlopen(f"{origin}/readyz", timeout=5) as answer:
            return json.load(answer) == {"status": "ready"}
    except OSError:
        return False


def sign_in_for_the_first_time(admin: Reader) -> None:
    """From /admin/ to the staff's front page, doing what the site asks for."""
    page = admin.go("/admin/")
    page.get_by_label("E-mail address").fill(FIRST)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    admin.press("Sign in")
    admin.heading("Confirm your address")
    page.get_by_role("textbox", name="Code").fill(code_in(admin.site.letter(FIRST, "confirm your e-mail address")))
    admin.press("Confirm")
    admin.press("Set up an app", "link")
    admin.press("Send me a code")
    page.get_by_role("textbox", name="Code").fill(code_in(admin.site.letter(FIRST, "set up a second step")))
    admin.press("Go on")
    admin.show_it_is_me()
    app = App(page.locator("#authenticator_secret").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(app.code())
    admin.press("Switch it on")
    admin.heading("Recovery codes")
    admin.go("/admin/")
    admin.heading("What would you like to do?")


def follow(admin: Reader, step: str, press: str, role: str = "link") -> Page:
    """From the list of the first day, where this step is open, to where it is done."""
    page = admin.go("/admin/first-day/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=step, exact=True))
    expect(row).to_contain_text("Open")
    row.get_by_role(role, name=press, exact=True).click()
    return page


def write_the_details(admin: Reader) -> None:
    page = follow(admin, "The association’s details", "Write the details")
    page.get_by_label("Street:").fill("1 Long Street")
    page.get_by_label("City:").fill("Chicago")
    page.get_by_label("State:").fill("IL")
    page.get_by_label("ZIP code:").fill("60601")
    page.get_by_label("E-mail:").fill("office@academy.example")
    admin.press("Save")
    admin.sees("was changed successfully")


def write_the_letterhead(admin: Reader) -> None:
    page = follow(admin, "Letterhead", "Write the letterhead")
    page.get_by_label("E-mail for questions about invoices:").fill("office@academy.example")
    page.locator("#id_check_to").fill("American Academy of Pain Medicine\n1 Long Street\nChicago, IL 60601")
    admin.press("Save")
    admin.sees("was added successfully")


def confirm_all(admin: Reader, step: str, press: str, action: str, choice: str = "") -> None:
    """All rows of the list that a step leads to."""
    page = follow(admin, step, press)
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Go", exact=True).click()
    if choice:
        page.get_by_role("radio", name=choice).check()
    page.get_by_role("button", name=re.compile("^Confirm, and")).click()
    admin.sees("changed.")


def try_the_mail(admin: Reader) -> None:
    follow(admin, "Mail", "Send a test letter", "button")
    assert "If you can read it" in text_of(admin.site.letter(FIRST, "A test letter"))


def invite_a_colleague(admin: Reader) -> None:
    page = follow(admin, "Colleagues", "Invite a colleague")
    page.get_by_label("E-mail").fill(COLLEAGUE)
    page.get_by_role("checkbox", name=re.compile("^Administrator")).check()
    admin.press("Send the invitation")
    admin.sees(f"The invitation goes to {COLLEAGUE}.")
    assert "/accounts/login/code/?next=/admin/" in text_of(admin.site.letter(COLLEAGUE, "You are invited"))


def publish_the_first_page(admin: Reader) -> None:
    page = admin.go("/admin/content/page/add/")
    page.get_by_role("textbox", name=re.compile("^Title")).press_sequentially("Our office in winter")
    page.get_by_role("textbox", name=re.compile("^Summary")).fill("When you reach us between the years.")
    page.get_by_role("textbox", name=re.compile("^Text")).click()
    page.keyboard.type("We answer the telephone until noon.")
    admin.press("Save")
    admin.press("Publish now…")
    admin.press("Publish now")
    admin.site.shows_soon("/our-office-in-winter/", lambda status, text: status == 200 and "until noon" in text)


def order_three_postings(buyer: Reader) -> str:
    """The letter with the invoice, as the finance office gets it."""
    register(buyer, BUYER, "Lantern Street Pain")
    choose(buyer, "Three-pack")
    bill_to(buyer, "Lantern Street Pain")
    buyer.page.get_by_role("button", name=re.compile("^Place the order for")).click()
    buyer.heading(re.compile(r"^Order\s+INV-\d{4}-00001$"))
    return text_of(buyer.site.letter(OFFICE, "Invoice INV-")).replace("\r\n", "\n")


def test_the_first_day(production, browser):
    assert "Superuser created successfully." in production.type_into("createsuperuser", FIRST, PASSWORD, PASSWORD)
    said = production.manage("load_starter_content")
    assert re.search(r"^Pages and news: [1-9]\d added, 0 brought up to date, 0 as they were loaded\.$", said, re.M)
    assert "left out" not in said
    assert production.look("/what-is-pain-medicine/")[0] == 200

    admin = open_reader(production, browser)
    sign_in_for_the_first_time(admin)
    admin.sees("The first day")
    write_the_details(admin)
    write_the_letterhead(admin)
    confirm_all(admin, "Prices of postings", "Confirm the prices", "Confirm the price…")
    confirm_all(
        admin, "Membership dues", "Confirm the dues", "Confirm the dues…", "People apply for it on the join page"
    )
    try_the_mail(admin)
    invite_a_colleague(admin)
    publish_the_first_page(admin)
    admin.go("/admin/")
    expect(admin.page.get_by_text("The first day")).to_have_count(0)

    buyer = open_reader(production, browser)
    letter = order_three_postings(buyer)
    assert "Total: $222.75" in letter
    assert "1 Long Street\nChicago, IL 60601" in letter
    link = re.search(r"http://\S+/pay/\S+/", letter)[0]
    assert file_of(buyer, f"{link}invoice.pdf").startswith(b"%PDF-")

    # Redis is lost, and nobody notices: who was signed in still is, and somebody can sign in anew.
    production.redis.terminate()
    production.redis.wait(PATIENCE)
    admin.go("/admin/billing/order/")
    admin.sees("Lantern Street Pain")
    assert production.look("/search/?q=winter+office")[0] == 200
    again = open_reader(production, browser)
    again.sign_in(BUYER)
    again.arrives("/account/")
    assert "cache.away" in (production.home / "serve.log").read_text()
    assert admin.faults + buyer.faults + again.faults == []
