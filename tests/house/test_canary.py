"""A word that only members may read, looked for by everybody else wherever it might slip out."""

import pytest
from django.test import Client

from aapm_site.core.cache import revisions
from tests.house import world
from tests.house.observe import ask
from tests.house.pages import Page

# What holds the word, and the forms in which somebody might ask a cache or a careless view for it.
HOLDERS = (
    "/member-notes/",
    "/group-notes/",
    "/news/member-news/",
    "/journal/article/a-trial/",
    "/journal/article/a-trial/figures/fig1/",
)
FORMS = ("{}", "{}?utm=1", "{}?format=json", "{}?preview=1", "{}x.css", "{};x.js", "{}feed/", "{}pdf/")
# What might show a piece of it: lists, archives, search, what machines read.
AROUND = (
    "/",
    "/news/",
    "/{at:%Y}/",
    "/{at:%Y}/{at:%m}/",
    "/{at:%Y}/{at:%m}/{at:%d}/",
    "/journal/",
    "/journal/issues/",
    "{issue}",
    "/journal/doi/10.5555/pm.1",
    f"/search/?q={world.CLUE}",
    f"/search/?q={world.CLUE}&kind=page",
    f"/search/?q={world.CLUE}&kind=article",
    "/search/?q=member",
    "/search/?q=trial",
    "/sitemap.xml",
    "/sitemap-pages.xml",
    "/sitemap-news.xml",
    "/sitemap-journal.xml",
)
TO_SEARCH = [place for place in AROUND if world.CLUE in place]


def places(here: world.World) -> list[str]:
    around = [place.format(at=here.members_news.published_at, issue=here.issue.get_absolute_url()) for place in AROUND]
    return [form.format(holder) for holder in HOLDERS for form in FORMS] + around


def everything_told(client: Client, method: str, place: str, **headers: str) -> str:
    """Headers and body of one answer, as text."""
    response = ask(client, method, place, **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return f"{dict(response.headers)} {body.decode(errors='replace')}"


def where_it_sings(client: Client, here: world.World) -> list[str]:
    asked = [("GET", place, {}) for place in places(here)]
    asked += [("HEAD", holder, {}) for holder in HOLDERS]
    asked += [("GET", holder, {"Range": "bytes=0-99999"}) for holder in HOLDERS]
    asked += [
        ("GET", holder, {"X-Original-URL": "/member-notes/", "X-Forwarded-Host": "a.example"}) for holder in HOLDERS
    ]
    return [
        f"{method} {place}" for method, place, headers in asked
        if world.CANARY in everything_told(client, method, place, **headers)
    ]  # fmt: skip


def test_a_member_hears_it(here):
    """The seeds are in place, so that silence below means something."""
    heard = set(where_it_sings(here.client(world.MEMBER), here))
    assert {f"GET {holder}" for holder in HOLDERS} - heard == {"GET /group-notes/"}


@pytest.mark.parametrize(
    ("actor", "cached"),
    [
        (world.VISITOR, False),
        (world.VISITOR, True),
        (world.UNVERIFIED, True),
        (world.LAPSED, True),
        (world.SEEKER, True),
        (world.EMPLOYER, True),
        ("Finance", True),
    ],
)
def test_nobody_else_hears_it_not_even_after_a_member_was_there(here, settings, actor, cached):
    settings.PAGE_CACHE = cached
    revisions.touch()
    member = here.client(world.MEMBER)
    for place in places(here):
        everything_told(member, "GET", place)

    assert where_it_sings(here.client(actor), here) == []


@pytest.mark.parametrize("actor", [world.VISITOR, world.LAPSED])
@pytest.mark.parametrize("search", TO_SEARCH)
def test_a_word_of_the_hidden_text_finds_nothing(here, actor, search):
    """Even a bare title among the hits would tell that the word is in the text."""
    page = Page(everything_told(here.client(actor), "GET", search), search)
    assert page.inner_links & set(HOLDERS) == set()
