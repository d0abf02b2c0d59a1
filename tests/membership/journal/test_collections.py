"""What belongs together: collections, subjects and the articles of an author; their pages, and where they are found."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from lxml import html
from PIL import Image

from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed
from membership.journal.domain import collections as domain
from membership.journal.models import CollectedArticle, Collection, Subject
from membership.journal.models.article import author_key
from membership.journal.models.subject import words_of
from membership.journal.search import COLLECTIONS
from tests.core.finding import found
from tests.factories import staff_client

from ..factories import BODY_CANARY, day, make_article, make_issue, make_member
from .test_pages import queries_on_membership

pytestmark = pytest.mark.django_db


def titles(client, address: str) -> list[str]:
    return re.findall(r"<h[23][^>]*>\s*<a [^>]*>([^<]+)</a>", client.get(address).content.decode())


def collected(*articles, **fields) -> Collection:
    made = Collection.objects.create(**{"title": "What helps", "slug": "what-helps", "is_published": True, **fields})
    CollectedArticle.objects.bulk_create(
        CollectedArticle(collection=made, article=article, order=place) for place, article in enumerate(articles)
    )
    return made


# Collections ----------------------------------------------------------------------------------------------------------
def test_a_collection_shows_what_is_out_in_the_editors_order_with_why_one_reads_it(client):
    issue = make_issue()
    later = make_article(title="Not out", published_on=day(3))
    second, first = make_article(issue, title="Second"), make_article(issue, title="First")
    page = collected(first, later, second, introduction="Two articles.").get_absolute_url()

    assert titles(client, page) == ["First", "Second"]
    visitor = client.get(page).content.decode()
    client.force_login(make_member((-10, 100)))
    member = client.get(page).content.decode()

    assert visitor.count("Abstract for all, full text for members") == 2
    assert member.count("Open to you as a member until") == 2
    assert [word for word in (BODY_CANARY, "Not out") if word in visitor + member] == []


def test_it_stands_on_the_journals_page_its_articles_the_sitemap_and_in_the_search(client):
    article = make_article()
    page = collected(article, introduction="About gentle mornings.").get_absolute_url()
    surfaces = ("/journal/", "/journal/collections/", article.get_absolute_url(), "/sitemap-collections.xml")

    def seen() -> list[bool]:
        return [page in client.get(address).content.decode() for address in surfaces]

    assert seen() == [True] * 4
    assert [hit.url for hit in found("gentle mornings", client.get("/").wsgi_request.user, COLLECTIONS)] == [page]
    Collection.objects.update(is_published=False)
    assert seen() == [False] * 4
    assert found("gentle mornings", client.get("/").wsgi_request.user, COLLECTIONS) == []
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_what_they_cost_does_not_grow(client, number):
    issue = make_issue()
    articles = [make_article(issue, title=f"Paper {place}", keywords="sleep") for place in range(number)]
    page = collected(*articles).get_absolute_url()
    Subject.objects.create(name="Sleep", slug="sleep")

    assert queries_on_membership(client, page) == 3  # itself, the next boundary, its articles
    assert queries_on_membership(client, "/journal/subjects/sleep/") == 4  # subjects, boundary, how many, the lines
    assert (
        queries_on_membership(client, "/journal/authors/lena-okafor/") == 4
    )  # the name, boundary, how many, the lines


# Subjects -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("keywords", "is_in"),
    [
        ("Sleep, pain", True),
        ("pain,sleep", True),
        (" restless  legs ", False),
        ("pain, Insomnia ", True),
        ("sleeping", False),
        ("good sleep", False),
        ("", False),
    ],
)
def test_an_article_is_in_a_subject_by_a_whole_keyword(client, keywords, is_in):
    article = make_article(title="The paper", keywords=keywords)
    subject = Subject.objects.create(name="Sleep", slug="sleep", keywords=" Insomnia \n\ninsomnia\n")

    assert (words_of(subject.name, subject.keywords), subject.keywords) == (("sleep", "insomnia"), "insomnia")
    assert titles(client, "/journal/subjects/sleep/") == (["The paper"] if is_in else [])
    assert ('href="/journal/subjects/sleep/"' in client.get(article.get_absolute_url()).content.decode()) is is_in
    assert "/journal/subjects/sleep/" in client.get("/sitemap-subjects.xml").content.decode()


# Authors --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "family", "key"),
    [
        ("Lena", "Okafor", "lena-okafor"),
        ("Jean-Luc M.", "O’Neill", "jean-luc-m-o-neill"),
        ("Åsa", "van der Berg, Jr.", "Åsa-van-der-berg-jr"),
        ("小明", "李", "小明-李"),
        ("", "The Sleep / Rest Group", "the-sleep-rest-group"),
    ],
)
def test_a_name_has_a_page_with_what_it_wrote(client, given, family, key):
    authors = [{"given_name": given, "family_name": family}, {"given_name": "Rosa", "family_name": "Lindqvist"}]
    article = make_article(authors=authors, title="Theirs")
    make_article(authors=[{"given_name": "Ida", "family_name": "Holm"}], title="Another’s")
    make_article(authors=authors, title="Not out", published_on=day(3))
    author = article.authors.first()

    assert author_key(author.name) == key
    page = author.get_absolute_url()
    assert titles(client, page) == ["Theirs"]
    assert f'href="{page}"' in client.get(article.get_absolute_url()).content.decode()
    assert BODY_CANARY not in client.get(page).content.decode()


def test_a_name_that_several_have_says_so_and_one_without_letters_has_no_page(client):
    for orcid, place in (("0000-0002-1825-0097", "Clinic A"), ("0000-0002-1694-233X", "Clinic B")):
        make_article(authors=[{"given_name": "Lena", "family_name": "Okafor", "orcid": orcid, "affiliation": place}])
    (dots,) = make_article(authors=[{"given_name": "", "family_name": "?#"}]).authors.all()

    page = client.get("/journal/authors/LENA-okafor/").content.decode()

    assert "several people have this name" in page
    assert [one in page for one in ("0000-0002-1825-0097", "0000-0002-1694-233X", "Clinic A", "Clinic B")] == [True] * 4
    assert dots.get_absolute_url() == ""
    for odd in ("nobody", "%00", "%25", "x" * 500):
        assert client.get(f"/journal/authors/{odd}/").status_code == 404


# The picture of a collection ------------------------------------------------------------------------------------------
WORDS = "A nurse at a telephone, a calendar behind her."


def picture(width: int = 1_200, height: int = 800) -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, "PNG")
    written.seek(0)
    written.name = "picture.png"
    return written


def test_an_editor_gives_a_collection_its_picture_and_everybody_sees_it(client, django_capture_on_commit_callbacks):
    made = collected(make_article())
    editor, address = staff_client("Journal editor"), reverse("admin:membership_collection_picture", args=[made.pk])
    pages = (made.get_absolute_url(), "/journal/", "/journal/collections/")
    for page in pages:
        assert "collection-drawn" in client.get(page).text

    assert editor.post(address, {"picture": picture(), "words": f"  {WORDS} "}).status_code == 302
    made.refresh_from_db()
    shown, first = made.picture_url, made.picture
    for page in pages:
        (image,) = html.fromstring(client.get(page).text).xpath("//img[contains(@class, 'collection-picture')]")
        assert (image.get("src"), image.get("alt")) == (shown, WORDS)
    assert f'content="{absolute(shown)}"' in client.get(pages[0]).text
    answer = client.get(shown)
    assert (answer["Content-Type"], answer.getvalue()[:4]) == ("image/webp", b"RIFF")
    assert f'alt="{WORDS}"' in editor.get(address).text

    with django_capture_on_commit_callbacks(execute=True):
        editor.post(address, {"picture": picture(900, 600), "words": "Another one."})
    assert not default_storage.exists(first)
    assert client.get(shown).status_code == 404
    made.refresh_from_db()
    assert editor.post(reverse("admin:membership_collection_remove_picture", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert (made.picture, made.picture_words) == ("", "")
    with pytest.raises(NotAllowed, match="no picture of its own"):
        domain.remove_picture(made)


def test_the_picture_of_a_collection_that_is_not_published_is_the_editors(client):
    made = collected(is_published=False)
    editor = staff_client("Journal editor")
    editor.post(reverse("admin:membership_collection_picture", args=[made.pk]), {"picture": picture(), "words": WORDS})
    made.refresh_from_db()

    assert Client().get(made.picture_url).status_code == 404
    assert editor.get(made.picture_url).getvalue()[:4] == b"RIFF"


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        (picture(500, 333), WORDS, "only 500 pixels wide"),
        (picture(800, 1_000), WORDS, "wider than high"),
        (io.BytesIO(b"no picture"), WORDS, "not a picture that can be read"),
        (picture(), "  ", "Say in one sentence what can be seen on it."),
    ],
)
def test_what_is_no_picture_of_a_collection_is_said(file, words, said):
    made = collected()
    file.name = "picture.png"
    address = reverse("admin:membership_collection_picture", args=[made.pk])

    answer = staff_client("Journal editor").post(address, {"picture": file, "words": words})

    assert answer.status_code == 422
    assert said in answer.text
    assert Collection.objects.get().picture == ""


def test_the_database_asks_for_words_with_a_picture():
    made = collected()

    with pytest.raises(IntegrityError, match="picture_in_words"), transaction.atomic():
        Collection.objects.filter(pk=made.pk).update(picture="journal-collections/a.webp")
