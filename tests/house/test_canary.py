"""A word that only members may read, looked for by everybody else wherever it might slip out."""

import pytest
from django.test import Client
from django.utils import timezone

from aapm_site.core.cache import revisions
from content.models import PUBLIC, Page
from content.states import PageKind
from membership.models import Article
from tests.house import pages, world
from tests.house.observe import ask

# What holds the word, and the forms in which somebody might ask a cache or a careless view for it.
HOLDERS = (
    "/member-notes/",
    "/group-notes/",
    "/news/member-news/",
    "/journal/article/a-trial/",
    "/journal/article/a-trial/figures/fig1/",
    "/journal/article/a-trial/files/a-trial-csv/",
    "/journal/article/a-trial/journal-club/",
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
    "/journal/advance/",
    "/journal/collections/",
    "/journal/collections/what-helps/",
    "/journal/subjects/",
    "/journal/subjects/trials/",
    "/journal/authors/ruth-adler/",
    f"/journal/search/?q={world.CLUE}",
    f"/journal/search/?q={world.CLUE}&part=results",
    "/journal/search/?q=trial",
    "/journal/article/a-trial/cite.ris",
    "/membership/groups/headache/",
    "/journal/article/a-trial/cite.bib",
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
    "/sitemap-issues.xml",
    "/sitemap-articles.xml",
)
TO_SEARCH = [place for place in AROUND if world.CLUE in place]


def around(here: world.World) -> list[str]:
    at = timezone.localtime(here.members_news.published_at)  # archives go by the association's calendar
    return [place.format(at=at, issue=here.issue.get_absolute_url()) for place in AROUND]


def places(here: world.World) -> list[str]:
    return [form.format(holder) for holder in HOLDERS for form in FORMS] + around(here)


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


def test_the_walk_hears_what_is_open_to_everybody(here):
    """The control of the silence: as soon as the holders are public, a visitor hears each of them."""
    Page.objects.filter(body__contains=world.CANARY).update(audience=PUBLIC)
    Article.objects.filter(pk=here.article.pk).update(free_to_read=True)

    heard = set(where_it_sings(here.client(world.VISITOR), here))
    assert {f"GET {holder}" for holder in HOLDERS} <= heard


# These name no single page and no article.
NAME_NOTHING = {"GET /journal/issues/", "GET /sitemap.xml", "GET /sitemap-issues.xml"}
# These hold no title of that article: it is not ahead of its issue, its address is another then, its text is closed.
NAME_NOTHING |= {"GET /journal/advance/", f"GET /journal/search/?q={world.CLUE}&part=results"}
NAME_NOTHING |= {"GET /journal/collections/", "GET /journal/subjects/", "GET /membership/groups/headache/"}
NAME_NOTHING |= {f"GET /journal/article/a-trial/cite.{ending}" for ending in ("ris", "bib")}


def test_the_walk_hears_a_word_that_has_slipped_into_titles_and_addresses(here):
    """The control of the places around: each of them would tell."""
    title = f"A trial for a member, {world.CLUE} {world.CANARY}"
    world.page(f"{world.CANARY}-page", title=title)
    world.page(f"{world.CANARY}-news", title=title, kind=PageKind.NEWS, published_at=here.members_news.published_at)
    Article.objects.filter(pk=here.article.pk).update(title=title, slug=world.CANARY)

    heard = set(where_it_sings(here.client(world.VISITOR), here))
    assert {f"GET {place}" for place in around(here)} - heard == NAME_NOTHING


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
    page = pages.Page(everything_told(here.client(actor), "GET", search), search)
    assert page.inner_links & set(HOLDERS) == set()
