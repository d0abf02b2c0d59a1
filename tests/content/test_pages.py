"""Pages at their addresses: the tree, publication by dates, what stands around the text."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed, move, moves_from
from content.domain import pages
from content.models import Menu, MenuItem, Page, RelatedPage
from content.states import PAGE_LIFECYCLE, PageStatus
from tests.content.makers import news, page
from tests.factories import staff_user

pytestmark = pytest.mark.django_db


def test_a_page_stands_below_its_parent():
    parent = page("pain-awareness")

    child = page("unity-circle", parent=parent)

    assert child.path == "/pain-awareness/unity-circle/"


def test_a_move_takes_everything_below_along():
    old, new = page("old"), page("new")
    child = page("child", parent=old)
    grandchild = page("grandchild", parent=child)
    child.parent, child.slug = new, "moved"

    pages.save_page(child)

    grandchild.refresh_from_db()
    assert (child.path, grandchild.path) == ("/new/moved/", "/new/moved/grandchild/")


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("ask", "another part of the site answers there"),
        ("news", "another part of the site answers there"),
        ("admin", "another part of the site answers there"),
        ("2018", "cannot begin with four digits"),
        ("2018-in-review", "cannot begin with four digits"),
        ("static", "The site itself uses addresses below /static/"),
    ],
)
def test_a_taken_address_is_refused_with_its_reason(slug, why):
    with pytest.raises(ValidationError) as refused:
        page(slug)

    assert why in refused.value.message_dict["slug"][0]
    assert not Page.objects.exists()


def test_an_address_is_given_once():
    page("about")

    with pytest.raises(ValidationError) as refused:
        page("about")

    assert refused.value.message_dict == {"slug": ["There is a page at /about/ already."]}


def test_a_page_cannot_stand_below_itself():
    top = page("top")
    below = page("below", parent=top)
    top.parent = below

    with pytest.raises(ValidationError) as refused:
        pages.save_page(top)

    assert refused.value.message_dict == {"parent": ["A page cannot stand below itself."]}


def test_news_have_no_page_below_them():
    with pytest.raises(ValidationError) as refused:
        page("below", parent=news("entry"))

    assert "have no page above them and none below" in refused.value.message_dict["parent"][0]


def test_saving_never_writes_the_status():
    stale = page("about")
    pages.withdraw_page(stale, by=None)
    stale.title = "Corrected"

    pages.save_page(stale)

    assert list(Page.objects.values_list("title", "status")) == [("Corrected", "draft")]


@pytest.mark.parametrize(
    ("status", "starts", "ends", "shown"),
    [
        ("draft", -1, None, False),
        ("draft", None, None, False),
        ("scheduled", -1, None, True),
        ("scheduled", 1, None, False),
        ("published", -1, None, True),
        ("published", 0, None, True),
        ("published", 1, None, False),
        ("published", -2, 1, True),
        ("published", -2, 0, False),
        ("published", -2, -1, False),
    ],
)
def test_publication_follows_from_status_and_dates(status, starts, ends, shown):
    now = timezone.now()
    made = page(
        status=status,
        published_at=None if starts is None else now + timedelta(hours=starts),
        unpublish_at=None if ends is None else now + timedelta(hours=ends),
    )

    assert (made.is_published(now), Page.objects.published(now).exists()) == (shown, shown)


PAGE_STATUSES = [status for status in PageStatus.values if status != PageStatus.PREPARED]  # which is no page's


@pytest.mark.parametrize("start", PAGE_STATUSES)
@pytest.mark.parametrize("to", PageStatus.values)
def test_the_whole_lifecycle(start, to):
    allowed = {("draft", "published"), ("draft", "scheduled"), ("scheduled", "published")}
    allowed |= {("scheduled", "draft"), ("published", "draft"), ("trashed", "draft")}
    allowed |= {(status, "trashed") for status in ("draft", "scheduled", "published")}
    is_trashed = start == "trashed"
    made = page(status=start, trashed_at=timezone.now() if is_trashed else None)

    if (start, to) in allowed:
        assert move(made, to, by=None, **({"trashed_at": None} if is_trashed else {})).status == to
    else:
        with pytest.raises(NotAllowed):
            move(made, to, by=None)
        made.refresh_from_db()
        assert made.status == start
    assert {(status, step.to) for status in PAGE_LIFECYCLE for step in PAGE_LIFECYCLE[status]} == allowed


def test_publishing_keeps_a_date_that_has_passed():
    then = timezone.now() - timedelta(days=900)
    draft = page(status="draft", published_at=then)

    assert pages.publish_page(draft, by=None).published_at == then


@pytest.mark.parametrize("ahead", [None, timedelta(days=3)])
def test_publishing_now_makes_the_date_now(ahead):
    before = timezone.now()
    draft = page(status="draft", published_at=ahead and before + ahead)

    published = pages.publish_page(draft, by=None)

    assert before <= published.published_at <= timezone.now()


def test_publishing_after_the_end_is_refused():
    over = timezone.now() - timedelta(hours=1)
    draft = page(status="draft", published_at=over - timedelta(days=1), unpublish_at=over)

    with pytest.raises(NotAllowed, match="end of publication has passed"):
        pages.publish_page(draft, by=None)

    assert not draft.status_changes.exists()


@pytest.mark.parametrize("when", [None, timedelta(minutes=-1)])
def test_scheduling_needs_a_date_ahead(when):
    draft = page(status="draft", published_at=when and timezone.now() + when)

    with pytest.raises(NotAllowed, match="lies ahead"):
        pages.schedule_page(draft, by=None)


def test_a_scheduled_page_appears_by_itself(client):
    draft = page("soon", status="draft", published_at=timezone.now() + timedelta(hours=1))
    editor = staff_user()

    pages.schedule_page(draft, by=editor)

    assert client.get("/soon/").status_code == 404
    change = draft.status_changes.get()
    assert (change.from_status, change.to_status, change.by) == ("draft", "scheduled", editor)
    Page.objects.update(published_at=timezone.now())
    assert client.get("/soon/").status_code == 200
    assert [step.verb for step in moves_from(Page.objects.get())] == ["publish", "withdraw", "trash"]


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "published", "published_at": None},
        {"status": "gone"},
        {"kind": "poem"},
        {"audience": "friends"},
        {"audience": "group:"},
        {"unpublish_at": timezone.now() - timedelta(days=400)},
        {"starts_on": "2026-09-30", "ends_on": "2026-09-01"},
        {"path": "no-slash"},
    ],
)
def test_the_database_refuses_nonsense(broken):
    page()

    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.update(**broken)


def test_breadcrumbs_and_section_menu(client):
    top = page("pain-awareness", title="Pain awareness initiatives", menu_title="Initiatives")
    page("month", parent=top, title="Pain Awareness Month", order=10)
    page("circle", parent=top, title="The Unity Circle", order=20)
    page("hidden", parent=top, status="draft")

    response = client.get("/pain-awareness/circle/")

    assert response.context["crumbs"] == [
        ("Home", "/"),
        ("Initiatives", "/pain-awareness/"),
        ("The Unity Circle", None),
    ]
    assert [(link.title, link.current) for link in response.context["section"]] == [
        ("Initiatives", False),
        ("Pain Awareness Month", False),
        ("The Unity Circle", True),
    ]


def test_the_section_menu_takes_its_part_of_the_main_menu_first(client):
    top = page("career-center", title="Career Center")
    page("hints", title="Hints", parent=top)
    entry = MenuItem.objects.create(menu=Menu.objects.create(name="main", label="Main"), title="Careers", page=top)
    MenuItem.objects.create(menu=entry.menu, parent=entry, title="Find a job", url="/career-center/jobs/")
    MenuItem.objects.create(menu=entry.menu, parent=entry, title="Overview", page=top)

    links = client.get("/career-center/hints/").context["section"]

    assert [(link.title, link.url, link.current) for link in links] == [
        ("Find a job", "/career-center/jobs/", False),
        ("Overview", "/career-center/", False),
        ("Hints", "/career-center/hints/", True),
    ]


def test_a_page_alone_has_no_section_menu(client):
    page("about")

    assert client.get("/about/").context["section"] == []


def test_headings_get_addresses_and_a_table_of_contents(client):
    body = "<h2>Care</h2><p>One.</p><h2>Care</h2><h2 id='given'>A <em>plan</em></h2>"
    page("long", body=body, show_toc=True)

    response = client.get("/long/")

    assert [(heading.title, heading.url) for heading in response.context["headings"]] == [
        ("Care", "#care"),
        ("Care", "#care-2"),
        ("A plan", "#given"),
    ]
    for wanted in ('<h2 id="care">Care</h2>', '<h2 id="care-2">Care</h2>', '<h2 id="given">'):
        assert wanted in response.text


def test_a_short_page_has_no_table_of_contents(client):
    page("short", body="<h2>One</h2><h2>Two</h2>", show_toc=True)

    assert client.get("/short/").context["headings"] == []


def test_related_pages_in_the_editors_order(client):
    made = page("about")
    for slug, order in (("third", 30), ("first", 10), ("second", 20)):
        RelatedPage.objects.create(page=made, to=page(slug), order=order)
    RelatedPage.objects.create(page=made, to=page("draft", status="draft"), order=5)

    assert [other.path for other in client.get("/about/").context["related"]] == ["/first/", "/second/", "/third/"]


def test_a_position_in_a_body_becomes_its_block(client):
    page("emblem", body="<p>Before</p><p>{loadposition unity-circle}</p><p>{loadposition no-such-thing}</p>")

    text = client.get("/emblem/").text

    assert 'class="emblem"' in text
    assert "loadposition" not in text
    assert "no-such-thing" not in text


def test_what_a_page_says_to_search_engines(client):
    page("about", description="Who we are.", body="<p>Body</p>")

    meta = client.get("/about/").context["meta"]

    assert (meta.title, meta.description, meta.path) == ("About", "Who we are.", "/about/")
    assert [block["@type"] for block in meta.jsonld] == ["WebPage", "BreadcrumbList"]


def test_hostile_words_are_harmless(client):
    page(
        "hostile",
        title="</script><script>x()</script>",
        summary="<b onclick=x()>",
        body="<p onclick='x()'>A</p><script>x()</script>",
    )

    text = client.get("/hostile/").text

    assert "<script>x()" not in text
    assert "onclick='x" not in text
    assert "<b onclick" not in text


@pytest.mark.parametrize("address", ["/x.css", "/About/", "/about/x.css", "/about;x/", "/no-such-page/", "/about//"])
def test_other_addresses_do_not_answer(client, address):
    page("about")

    assert client.get(address).status_code == 404


def test_a_page_costs_the_same_queries_however_much_stands_around_it(client, django_assert_num_queries):
    top = page("top")
    made = page("one", parent=top, body="<h2>A</h2>" * 5, show_toc=True)
    RelatedPage.objects.create(page=made, to=top)
    with django_assert_num_queries(4):
        client.get("/top/one/")

    for number in range(20):
        other = page(f"other-{number}", parent=top)
        RelatedPage.objects.create(page=made, to=other)

    with django_assert_num_queries(4):
        client.get("/top/one/")
