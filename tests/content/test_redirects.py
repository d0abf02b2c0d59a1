"""Old addresses go on working, in one step, and never hide a page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone

from aapm_site.core.cache import page_cache
from content.domain import pages, redirects
from content.models import Redirect
from tests.content.makers import news, page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


def leads(client, address):
    """Where an address leads, in one step; the status where it does not."""
    response = client.get(address)
    return response.headers["Location"] if response.status_code == 301 else response.status_code


def moved(slug="old", to="new", **fields):
    made = page(slug, **fields)
    made.slug = to
    return pages.save_page(made)


def test_a_page_that_moved_is_found_at_its_old_address(client):
    moved()

    response = client.get("/old/")

    assert (response.status_code, response["Location"]) == (301, "/new/")
    assert response["Cache-Control"] == "private, no-store"
    assert client.head("/old/").status_code == 301
    assert client.post("/old/").status_code in {404, 405}


def test_everything_below_that_was_ever_public_is_found_too(client):
    top = page("old")
    page("child", parent=top)
    page("draft", parent=top, status="draft", published_at=None)
    pages.withdraw_page(page("once", parent=top), by=None)
    top.slug = "new"

    pages.save_page(top)

    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == ["/old/", "/old/child/", "/old/once/"]
    assert leads(client, "/old/child/") == "/new/child/"
    assert leads(client, "/old/draft/") == 404
    assert leads(client, "/old/once/") == 404  # nobody may learn where a withdrawn page stands


def test_a_second_move_keeps_one_step_and_the_way_back_frees_the_address(client):
    made = moved()
    made.slug = "newest"
    pages.save_page(made)
    assert (leads(client, "/old/"), leads(client, "/new/")) == ("/newest/", "/newest/")

    made.slug = "old"
    pages.save_page(made)

    assert client.get("/old/").status_code == 200
    assert (leads(client, "/newest/"), leads(client, "/new/")) == ("/old/", "/old/")
    assert not Redirect.objects.filter(old_path="/old/").exists()


def test_a_new_page_takes_an_old_address(client):
    moved()

    page("old", body="<p>Another page</p>")

    assert client.get("/old/").status_code == 200
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/Old-Page/", "/old-page", "/OLD-PAGE", "/old%2Dpage/", "/old-page/?utm_source=x"],
)
def test_spelling_does_not_matter(client, address):
    redirects.add_redirect("/Old-Page/", page=page("new"))

    response = client.get(address, follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/new/"


def test_letters_of_other_languages_are_decoded(client):
    redirects.add_redirect("/caf%C3%A9-%E2%80%93-pain/", page=page("new"))

    assert leads(client, "/caf%c3%a9-%e2%80%93-pain/") == "/new/"
    assert leads(client, "/CAF%C3%89-–-pain/") == "/new/"


def test_files_of_the_former_site_keep_their_names(client):
    redirects.add_redirect("/wp-content/uploads/2018/12/Report.PDF", url="/news/")

    assert leads(client, "/wp-content/uploads/2018/12/report.pdf") == "/news/"


@pytest.mark.parametrize("query", ["p=123", "page_id=123", "P=1&p=123", "utm=x&p=0123", "p=123&preview=true"])
def test_numbers_of_the_former_site_lead_on_even_when_the_home_page_is_cached(client, settings, query):
    settings.PAGE_CACHE = True
    client.get("/")
    redirects.add_redirect("/?p=123", page=page("new"))
    page_cache.pages.clear()
    client.get("/")

    assert leads(client, f"/?{query}") == "/new/"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("p=124", 404),
        ("cat=123", 404),
        ("author=123", 404),
        ("p=" + "9" * 400, 404),
        ("p=x", 200),
        ("p=-1", 200),
        ("p=%00", 200),
        ("page=123", 200),
    ],
)
def test_a_number_that_nobody_knows_is_not_found_and_no_number_is_the_home_page(client, query, status):
    redirects.add_redirect("/?p=123", page=page("new"))

    assert client.get(f"/?{query}").status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "/2019/05/Old-Name/amp/",
        "/2019/05/old-name/2/",
        "/2019/05/old-name/comment-page-12/",
        "/2019/05/old-name/embed/",
        "/index.php?p=123",
        "/index.php/2019/05/old-name/",
    ],
)
def test_ways_in_which_the_former_site_showed_an_entry_lead_to_it(client, address):
    new = page("new")
    for old in ("/2019/05/old-name/", "/?p=123"):
        redirects.add_redirect(old, page=new)

    assert leads(client, address) == "/new/"


def test_a_page_that_is_still_here_is_found_in_these_ways_too(client):
    page("about")

    assert [leads(client, f"/about/{way}/") for way in ("amp", "3", "comment-page-1")] == ["/about/"] * 3
    assert client.get("/nothing/amp/").status_code == 404


def test_sizes_of_a_picture_lead_to_it_and_words_to_the_search(client):
    redirects.add_redirect("/wp-content/uploads/2019/05/Clinic.png", url="/media/pictures/clinic.jpg")

    assert leads(client, "/wp-content/uploads/2019/05/Clinic-300x200.png") == "/media/pictures/clinic.jpg"
    assert leads(client, "/?s=back+pain") == "/search/?q=back+pain"
    assert leads(client, "/index.php") == "/"


def test_what_an_old_address_asks_tells_it_from_another(client):
    for number, target in ((7, "/news/"), (8, "/ask/")):
        redirects.add_redirect(f"/events.aspx?id={number}", url=target)
    redirects.add_redirect("/events.aspx", url="/news/archive/")

    assert leads(client, "/events.aspx?id=7&utm_source=x") == "/news/"
    assert leads(client, "/Events.aspx?id=8") == "/ask/"
    assert leads(client, "/events.aspx?id=9") == "/news/archive/"
    assert redirects.normal("/events.aspx?id=A+b&fbclid=1") == "/events.aspx?id=A+b"


def test_a_category_number_is_not_a_page_number(client):
    redirects.add_redirect("/?cat=5", url="/news/category/advocacy/")

    assert leads(client, "/?cat=5") == "/news/category/advocacy/"
    assert client.get("/?p=5").status_code == 404


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/feed/", "/feeds/news/"),
        ("/feed", "/feeds/news/"),
        ("/feed/atom/", "/feeds/news/"),
        ("/comments/feed/", "/feeds/news/"),
        ("/?feed=rss2", "/feeds/news/"),
        ("/category/advocacy/", "/news/category/advocacy/"),
        ("/Category/Advocacy/", 404),
        ("/category/advocacy/page/2/", "/news/category/advocacy/page/2/"),
        ("/category/news/advocacy/feed/", "/feeds/category/advocacy/"),
        ("/category/advocacy/feed/atom/", "/feeds/category/advocacy/"),
        ("/category//evil.example/", 404),
        ("/category/%2F%2Fevil.example/", 404),
    ],
)
def test_feeds_and_categories_of_the_former_site(client, address, target):
    assert leads(client, address) == target


def test_the_import_may_say_where_a_category_stands_now(client):
    redirects.add_redirect("/category/old-name/", url="/news/category/advocacy/")

    assert leads(client, "/category/old-name/") == "/news/category/advocacy/"


def test_a_feed_of_a_page_leads_to_the_page(client):
    page("about")
    redirects.add_redirect("/2018/12/14/old-post/", page=news("new-post"))

    assert leads(client, "/about/feed/") == "/about/"
    assert leads(client, "/2018/12/14/old-post/feed/") == "/news/new-post/"
    assert leads(client, "/nothing/feed/") == 404


def test_a_redirect_never_hides_a_page(client):
    made = page("about")

    assert redirects.add_redirect("/about/", url="/news/") is None
    Redirect.objects.create(old_path="/about/", url="/news/")  # by hand, in the database

    assert client.get("/about/").status_code == 200
    assert redirects.add_redirect("/elsewhere/", page=made).page == made


def test_a_target_that_is_not_public_is_not_told(client):
    ahead = timezone.now() + timedelta(days=1)
    redirects.add_redirect("/old/", page=page("secret-plan", status="scheduled", published_at=ahead))

    response = client.get("/old/")

    assert response.status_code == 404
    assert "secret-plan" not in response.text


def test_adding_again_changes_nothing_but_the_target():
    first = redirects.add_redirect("/old/", page=page("one"), origin="import")
    again = redirects.add_redirect("/OLD", page=page("two"), origin="import")

    assert (first.pk, again.page.slug, Redirect.objects.count()) == (again.pk, "two", 1)


def test_steps_are_never_chained():
    one, two = page("one"), page("two")
    redirects.add_redirect("/b/", url="/elsewhere/")
    redirects.add_redirect("/a/", url="/b/")
    assert Redirect.objects.get(old_path="/a/").url == "/elsewhere/"

    redirects.add_redirect("/elsewhere/", page=two)
    assert set(Redirect.objects.values_list("page", "url")) == {(two.pk, "")}
    redirects.add_redirect("/c/", url="/one")
    assert Redirect.objects.get(old_path="/c/").page == one
    assert redirects.add_redirect("/d/", url="/D") is None


def test_an_address_that_became_a_page_is_followed_when_that_moves(client):
    redirects.add_redirect("/a/", url="/later/")
    made = page("later")
    made.slug = "last"
    pages.save_page(made)

    assert leads(client, "/a/") == "/last/"


@pytest.mark.parametrize(
    ("old", "url"),
    [
        ("", "/news/"),
        ("no-slash", "/news/"),
        ("https://[evil/", "/news/"),
        ("/x\x00y/", "/news/"),
        ("/x\r\ny/", "/news/"),
        ("/x\u202ey/", "/news/"),
        ("/" + "x" * 600, "/news/"),
        ("/", "/news/"),
        ("/?q=pain", "/news/"),
        ("/old/", ""),
        ("/old/", "//evil.example/"),
        ("/old/", "/\\evil.example/"),
        ("/old/", "http://plain.example/"),
        ("/old/", "javascript:x()"),
        ("/old/", "https://a b/"),
    ],
)
def test_what_is_no_address_is_refused(old, url):
    with pytest.raises(ValidationError):
        redirects.add_redirect(old, url=url)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/x%00y/",
        "/%0d%0aLocation:%20x/",
        "/" + "x" * 4_000 + "/",
        "/%ff%fe/",
        "/%E2%80%AE/",
        "/%252e%252e/",
        "/a/../../b/",
    ],
)
def test_hostile_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_other_requests_ask_nothing_and_a_miss_asks_once(client, django_assert_num_queries, kept_pages):
    page("about")
    client.get("/about/")
    with django_assert_num_queries(0):
        client.get("/about/?utm=1")
    with django_assert_num_queries(1) as asked:
        redirects.redirect_target("/nothing/", timezone.now())
    assert "content_redirect" in asked[0]["sql"]
    # the page, the redirect, urgent wording, near titles, and the menus of the page that says "not found"
    with django_assert_num_queries(5) as asked:
        client.get("/nothing/")
    assert sum("content_redirect" in query["sql"] for query in asked) == 1


def test_while_the_database_is_away_nothing_is_made_worse(client, monkeypatch):
    def away(*_):
        raise OperationalError("away")

    monkeypatch.setattr(redirects, "numbered_target", away)

    assert client.get("/?p=1").status_code == 200


def test_no_page_may_stand_where_the_former_site_had_its_forms():
    for slug in ("feed", "category"):
        with pytest.raises(ValidationError):
            page(slug)


ADD = "/admin/content/redirect/add/"


def test_staff_add_and_change_one(client):
    editor, made = staff_client("Content editor"), page("new")

    editor.post(ADD, {"old_path": " /Old-Page ", "page": made.pk, "url": ""})
    row = Redirect.objects.get()
    assert (row.old_path, row.page, row.origin) == ("/old-page/", made, "hand")

    editor.post(f"/admin/content/redirect/{row.pk}/change/", {"old_path": "/older/", "url": "https://example.org/"})
    assert [(row.old_path, row.page, row.url) for row in Redirect.objects.all()] == [
        ("/older/", None, "https://example.org/")
    ]
    assert leads(client, "/older/") == "https://example.org/"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"old_path": "/about/", "url": "/news/"}, "old_path", "The page “About” stands at /about/."),
        ({"old_path": "nonsense", "url": "/news/"}, "old_path", "Write the old address as it stood"),
        ({"old_path": "/old/", "url": "/old"}, "url", "It would lead to itself."),
        ({"old_path": "/old/", "url": "/older/"}, "url", "It would lead to itself."),
        ({"old_path": "/old/", "url": "//evil.example"}, "url", "Write an address that begins with"),
        ({"old_path": "/old/"}, "__all__", "Choose a page or write an address"),
    ],
)
def test_what_cannot_work_is_told_beside_the_field(fields, field, said):
    page("about")
    Redirect.objects.create(old_path="/older/", url="/old/")

    response = staff_client("Content editor").post(ADD, fields)

    assert response.status_code == 200
    assert said in str(response.context["adminform"].form.errors[field])


def test_others_may_not():
    assert staff_client("Careers staff").get(ADD).status_code == 403
