"""The demonstration site from its home page on: every link answers, every page is one that can be read and found."""

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import Resolver404, resolve

from aapm_site.core.demo import SIGN_INS
from aapm_site.core.search import engine, spelling
from tests import factories
from tests.house.observe import ask
from tests.house.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

# A visitor reads everything; signed-in people read so many pages of each kind.
EVERYTHING, A_FEW = 2_000, 4
# Leaving, and files made for one person.
NOT_FOLLOWED = ("/accounts/logout/", "/account/data/export/")

# A letter as it was sent, or will be, in a frame: no page of the site.
LETTERS = {"admin/mail/outgoingemail/<int:pk>/html/", "admin/content/newsletter/<int:object_id>/preview/html/"}


@dataclass
class Crawl:
    """What a browser met on its way from the home page."""

    pages: dict[str, Page] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)


def kind_of(address: str) -> str:
    """The route of an address, so that of eighty jobs a few are read."""
    try:
        return resolve(address.partition("?")[0]).route
    except Resolver404:
        return address


def crawl(client: Client, of_each: int, start: str = "/") -> Crawl:
    done, seen, kinds = Crawl(), {start}, Counter()
    waiting = deque([start])
    while waiting:
        address = waiting.popleft()
        if address.startswith(settings.STATIC_URL):
            done.codes[address] = 200 if finders.find(address.removeprefix(settings.STATIC_URL)) else 404
            continue
        response = ask(client, "GET", address)
        done.codes[address] = response.status_code
        if response.status_code in {301, 302}:
            found = {response["Location"].partition("#")[0]}
        elif response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            page = done.pages[address] = Page(response.content.decode(), address)
            found = page.inner_links
        else:
            for close in response._resource_closers:
                close()
            continue
        for link in sorted(found - seen):
            kind = kind_of(link)
            kinds[kind] += 1
            if link.startswith("/") and not link.startswith(NOT_FOLLOWED) and kinds[kind] <= of_each:
                seen.add(link)
                done.found_on[link] = address
                waiting.append(link)
    return done


def browser(kind: str) -> Client:
    if kind == "visitor":
        return Client()
    email = next(sign_in.email for sign_in in SIGN_INS if sign_in.kind == kind)
    person = get_user_model().objects.get(email=email)
    return factories.staff_client(person=person) if kind == "staff" else factories.client_of(person)


@cache
def crawl_of(kind: str, of_each: int) -> Crawl:
    """The way of one person from the home page on, gone once for all tests here: none of them writes anything."""
    return crawl(browser(kind), of_each)


@pytest.mark.parametrize(
    ("kind", "of_each", "least"),
    [("visitor", EVERYTHING, 250), ("member", A_FEW, 60), ("lapsed member", A_FEW, 60), ("employer", A_FEW, 60)],
)
def test_no_link_is_dead_and_every_page_is_whole(demo, kind, of_each, least):
    met = crawl_of(kind, of_each)
    dead = [f"{code} {at}, linked on {met.found_on.get(at)}" for at, code in met.codes.items() if code >= 400]
    faults = [f"{at}: {fault}" for at, page in met.pages.items() for fault in page.faults()]
    assert not dead, "\n".join(dead)
    assert not faults, "\n".join(faults)
    assert len(met.pages) >= least


def a_few_of_each_kind(addresses: Iterable[str]) -> list[str]:
    kinds, few = Counter(), []
    for address in addresses:
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] <= A_FEW:
            few.append(address)
    return few


def test_every_page_has_a_title_of_its_own(demo):
    pages = crawl_of("visitor", EVERYTHING).pages
    titles = Counter(pages[at].title for at in a_few_of_each_kind(at for at in pages if "?" not in at))
    assert [title for title, times in titles.items() if times > 1] == []


def test_the_staffs_own_pages_are_whole(demo):
    met = crawl(browser("staff"), 3, start="/styleguide/")
    whole = {at: page for at, page in met.pages.items() if kind_of(at) not in LETTERS}
    faults = [f"{at}: {fault}" for at, page in whole.items() for fault in page.faults()]
    dead = [f"{code} {at}, linked on {met.found_on.get(at)}" for at, code in met.codes.items() if code >= 400]
    assert not dead, "\n".join(dead)
    assert not faults, "\n".join(faults)


def test_its_search_knows_its_own_words(demo):
    assert spelling.correct("pain medecine")[0] == "pain medicine"
    assert engine.suggest("what is pain medicin", 3)[0].url == "/what-is-pain-medicine/"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<main><h1>One</h1><h1>Two</h1></main>", "2 h1"),
        ("<main><h1>One</h1><p id=a></p><p id=a></p></main>", "id 'a' twice"),
        ("<main><h1>One</h1><a href='#gone'>x</a></main>", "link to #gone"),
        ("<main><h1>One</h1><p style='color:red'>x</p></main>", "inline <p style=…>"),
        ("<main><h1>One</h1><script>x()</script></main>", "inline <script>"),
        ("<main><h1>One</h1><h3>Three</h3></main>", "h3 “Three” after h1"),
        ("<main><h1>One</h1><label for=x>X</label></main>", "for points to 'x'"),
        ("<h1>One</h1>", "0 main landmarks"),
    ],
)
def test_a_planted_fault_is_noticed(body, fault):
    page = Page(f"<html lang=en><title>A page</title>{body}</html>")
    assert any(found.startswith(fault) for found in page.faults()), page.faults()
