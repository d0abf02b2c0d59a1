"""Every text that somebody could have typed is an attack: no page runs it. The browser is the judge."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from .conftest import ROOT, environment, running_site
from .people import STAFF
from .tools import Reader, open_reader

MANAGE = [sys.executable, "manage.py", "shell", "--no-imports", "-c"]
# An address of each kind is enough where pages are many.
OF_EACH = 3
LISTS = (
    "/", "/news/", "/2018/12/14/", "/ask/", "/search/?q=pain", "/search/?q=%3Cscript%3E", "/career-center/",
    "/career-center/jobs/", "/career-center/rates/", "/career-center/specialties/", "/membership/", "/membership/join/",
    "/journal/", "/journal/issues/", "/patient-resources/", "/answers/", "/glossary/", "/site-map/", "/nothing-here/",
)  # fmt: skip
INDEED = "/career-center/jobs/feed/indeed.xml"
FEEDS = ("/feeds/news/", "/feeds/answers/", "/sitemap.xml", "/sitemap-pages.xml", INDEED)


@pytest.fixture(scope="module")
def spoiled(play, browser):
    """A site of its own, whose every text has been replaced; staff enter it by password."""
    with running_site(STAFF_MFA_REQUIRED="0") as site:
        done = subprocess.run(
            [*MANAGE, Path(__file__).with_name("spoil.py").read_text()],
            cwd=ROOT, env=environment(site.home, site.port), capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        yield site, browser, json.loads(done.stdout)


def reader_of(spoiled, **options) -> Reader:
    site, browser, _ = spoiled
    reader = open_reader(site, browser, **options)

    def answer(dialog) -> None:
        """The browser's own question, whether a form may be left, is no attack; whatever else asks is."""
        if dialog.type != "beforeunload":
            reader.faults.append(f"{reader.page.url}: {dialog.message}")
        dialog.accept()

    reader.page.on("dialog", answer)
    return reader


# Within the site: an address of mail or a telephone has a path, too.
LINKS = "() => [...document.links].filter(link => link.origin === location.origin).map(link => link.pathname)"


def look(reader: Reader, paths: list[str]) -> set[str]:
    """Open each page; whatever an attack has left stands among the faults. Returns the links that were seen."""
    seen: set[str] = set()
    for path in paths:
        answer = reader.page.goto(reader.site.origin + path)
        if answer.status >= 500:
            reader.faults.append(f"{path}: {answer.status}")
        left = reader.page.evaluate(
            "() => [window.attacked ?? 0, document.querySelectorAll('[data-attack]').length,"
            " document.querySelectorAll('[href^=\"javascript:\" i]').length]"
        )
        if left != [0, 0, 0]:
            reader.faults.append(f"{path}: {left}")
        seen |= set(reader.page.evaluate(LINKS))
    return seen


def a_few_of_each(paths: set[str]) -> list[str]:
    """At most three addresses below each place, and nothing that leaves the session."""
    kept, chosen = {}, []
    for path in sorted(paths):
        kind = path.strip("/").rpartition("/")[0]
        kept[kind] = kept.get(kind, 0) + 1
        if kept[kind] <= OF_EACH and "logout" not in path:
            chosen.append(path)
    return chosen


def test_the_attack_stands_in_every_room(spoiled):
    told = spoiled[2]

    assert {label.partition(".")[0] for label in told} == {"content", "careers", "membership", "accounts"}
    assert {"title", "summary", "body"} <= set(told["content.Page"])
    assert sum(len(columns) for columns in told.values()) >= 100


def test_no_page_of_a_visitor_runs_it(spoiled):
    reader = reader_of(spoiled)

    found = look(reader, list(LISTS))
    further = a_few_of_each(found - {*LISTS, INDEED})  # the browser's own view of XML brings styles
    look(reader, further)

    assert len(further) >= 40
    assert reader.faults == []
    reader.context.close()


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_stay_well_formed(spoiled, path):
    status, text = spoiled[0].look(path)

    assert status == 200
    for element in ET.fromstring(text).iter():
        assert "data-attack" not in element.attrib


def test_no_page_of_the_staff_runs_it(spoiled):
    reader = reader_of(spoiled)
    reader.sign_in(STAFF)

    rooms = ("content", "careers", "membership", "accounts", "mail")
    lists = sorted(path for path in look(reader, ["/admin/"]) if path.startswith("/admin/") and path.count("/") == 4)
    lists = [path for path in lists if path.split("/")[2] in rooms]
    rows = look(reader, lists)
    forms = a_few_of_each({path for path in rows if path.endswith("/change/")})
    first = {path.split("/")[3]: path for path in reversed(forms)}
    look(reader, sorted(first.values()))

    assert len(lists) >= 20
    assert len(first) >= 15
    assert reader.faults == []
    reader.context.close()


def test_the_judge_would_see_it(spoiled):
    """The control: a page that does hold the attack is found out."""
    reader = reader_of(spoiled)
    reader.page.goto(spoiled[0].origin + "/")
    reader.page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<b data-attack>x</b>')")

    assert reader.page.evaluate("() => document.querySelectorAll('[data-attack]').length") == 1
    reader.context.close()
