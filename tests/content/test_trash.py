"""The trash: what lies there is nobody's to read, comes back as it was, and goes after the days that staff set."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from aapm_site.core import roles
from aapm_site.core.models import Retention
from aapm_site.core.retention import forget_old
from aapm_site.core.transitions import NotAllowed
from content.domain import media, pages, previews, trash
from content.models import Document, Menu, MenuItem, Page, PageLink, PageVersion, Picture, Redirect, RelatedPage
from content.queries.media import find_pages, find_pictures
from tests.content.makers import news, page
from tests.content.pictures import document, picture
from tests.factories import staff_client
from tests.house.observe import let_go
from tests.racing import at_once

EDITOR = roles.CONTENT_EDITOR
LIST = "/admin/content/page/"


def old(*rows):
    """They went into the trash a hundred days ago."""
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(trashed_at=timezone.now() - timedelta(days=100))


def said(row):
    """Everything that stands in a page's row but its search words."""
    return (
        Page.objects.defer("search")
        .filter(pk=row.pk)
        .values(*(field.name for field in Page._meta.concrete_fields if field.name != "search"))[0]
    )


@pytest.mark.django_db
def test_a_page_in_the_trash_is_found_nowhere(client):
    gone = news("zyzzyva-day", title="Zyzzyva day")
    other = page("other", title="Another")
    RelatedPage.objects.create(page=other, to=gone)
    MenuItem.objects.create(menu=Menu.objects.create(name="main", label="Main"), title="Zyzzyva", page=gone)
    link = previews.make_preview_link(gone, by=None)
    day = timezone.localdate(gone.published_at)
    places = [
        *(gone.path, "/", "/other/", "/news/", "/feeds/news/", "/sitemap.xml", "/sitemap-news.xml", "/site-map/"),
        *("/search/?q=zyzzyva", f"/{day:%Y/%m/%d}/", f"/feeds/{day:%Y}/", link.get_absolute_url()),
    ]
    shown = [place for place in places if "yzzyva" in client.get(place, follow=True).text.replace("q=zyzzyva", "")]
    assert gone.path in shown
    assert len(shown) >= 8

    trash.trash_page(gone, by=None)

    assert [client.get(place).status_code for place in (gone.path, link.get_absolute_url())] == [404, 410]
    assert [place for place in shown if "Zyzzyva day" in client.get(place, follow=True).text] == []
    assert find_pages("zyzzyva").object_list.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["draft", "scheduled", "published"])
def test_it_comes_back_as_it_was_with_what_stood_below(client, status):
    editor = staff_client(EDITOR)
    ahead = timezone.now() + timedelta(days=3)
    top = page(
        "top",
        status=status,
        body='<p><a href="/below/">x</a></p>',
        published_at=ahead if status == "scheduled" else timezone.now(),
    )
    below = page("below", parent=top)
    alone = page("alone", parent=top)
    Redirect.objects.create(old_path="/old/", page=below)
    item = MenuItem.objects.create(menu=Menu.objects.create(name="x", label="X"), title="Below", page=below)
    trash.trash_page(alone, by=None)
    rows = [said(top), said(below)]
    versions = list(PageVersion.objects.order_by("pk").values())

    assert "“Below”" in editor.get(f"{LIST}{top.pk}/trash/").text
    answer = editor.post(f"{LIST}{top.pk}/trash/", follow=True)

    assert set(Page.objects.trashed()) == {top, below, alone}
    assert PageLink.objects.filter(page=top).count() == 0
    assert f'formaction="{LIST}undo/" name="keys" value="{top.pk}"' in answer.text
    assert client.get("/old/").status_code == 404
    with pytest.raises(NotAllowed, match="the page above it, is in the trash"):
        trash.put_back_page(below, by=None)

    editor.post(f"{LIST}undo/", {"keys": f"{top.pk}"})

    assert [said(top), said(below)] == rows
    assert list(PageVersion.objects.order_by("pk").values()) == versions
    assert list(Page.objects.trashed()) == [alone]
    assert PageLink.objects.filter(page=top).count() == 1
    assert MenuItem.objects.filter(pk=item.pk, page=below).exists()
    assert client.get("/old/")["Location"] == below.path
    change = top.status_changes.filter(to_status="trashed").get()
    assert (change.from_status, change.by.is_staff) == (status, True)


@pytest.mark.django_db
def test_what_waited_for_a_date_that_passed_in_the_trash_comes_back_as_a_draft():
    waiting = page("waiting", status="scheduled", published_at=timezone.now() + timedelta(days=1))
    trash.trash_page(waiting, by=None)
    waiting.status_changes.filter(to_status="trashed").update(at=timezone.now() - timedelta(hours=2))
    Page.objects.filter(pk=waiting.pk).update(published_at=timezone.now() - timedelta(hours=1))
    assert trash.put_back_page(waiting, by=None).status == "draft"


@pytest.mark.django_db
def test_what_had_come_out_by_its_date_is_public_again(client):
    out = page("out", status="scheduled", published_at=timezone.now() - timedelta(minutes=5))
    assert client.get(out.path).status_code == 200
    trash.trash_page(out, by=None)
    assert client.get(out.path).status_code == 404
    back = trash.put_back_page(out, by=None)
    assert (back.published_at, client.get(out.path).status_code) == (out.published_at, 200)


@pytest.mark.django_db
def test_a_page_in_the_trash_keeps_its_address_and_takes_no_change():
    gone = page("gone", title="Gone")
    trash.trash_page(gone, by=None)
    with pytest.raises(ValidationError, match="A page in the trash has the address /gone/"):
        page("gone")
    with pytest.raises(ValidationError, match="“Gone” is in the trash"):
        page("child", parent=gone)
    for decide in (pages.publish_page, pages.schedule_page, pages.withdraw_page):
        with pytest.raises(NotAllowed):
            decide(gone, by=None)
    with pytest.raises(ValidationError, match="in the trash"):
        pages.save_page(Page.objects.get(pk=gone.pk))
    with pytest.raises(ValidationError, match="in the trash"):
        previews.make_preview_link(gone, by=None)


@pytest.mark.django_db
def test_a_save_that_meets_it_in_the_trash_keeps_what_was_typed():
    editor, gone = staff_client(EDITOR), page("gone")
    form = editor.get(f"{LIST}{gone.pk}/change/").context["adminform"].form
    typed = {name: "" if value is None else value for name, value in form.initial.items() if name != "categories"}
    tables = {
        f"{name}-{count}_FORMS": 0 for name in ("partners", "events", "related_links") for count in ("TOTAL", "INITIAL")
    }
    trash.trash_page(gone, by=None)

    answer = editor.post(
        f"{LIST}{gone.pk}/change/", {**typed, **tables, "body": "<p>An hour of work</p>", "read_version": 1}
    )

    assert pages.TRASHED in answer.text
    assert "An hour of work" in answer.text
    assert 'name="title"' not in editor.get(f"{LIST}{gone.pk}/change/").text
    assert editor.get(f"{LIST}{gone.pk}/preview/").status_code == 404


@pytest.mark.django_db
def test_the_list_keeps_the_trash_apart_and_undoes_a_choice():
    editor = staff_client(EDITOR)
    top = page("top")
    below = page("below", parent=top)
    rows = {"action": "trash", "_selected_action": [top.pk, below.pk], "confirmed": "1"}
    answer = editor.post(LIST, rows, follow=True)
    assert "2 pages moved to the trash." in answer.text
    assert f'value="{top.pk},{below.pk}"' in answer.text
    assert list(editor.get(LIST).context["cl"].result_list) == []
    there = editor.get(f"{LIST}?where=trash")
    assert there.context["title"] == "Pages in the trash"
    assert [row.pk for row in there.context["cl"].result_list] == [top.pk, below.pk]
    offered = {name for name, _ in there.context["action_form"].fields["action"].choices}
    assert offered == {"", "put_back", "delete_for_good"}
    assert not {"put_back", "delete_selected"} & {
        name for name, _ in answer.context["action_form"].fields["action"].choices
    }

    assert "2 pages put back" in editor.post(f"{LIST}undo/", {"keys": f"{top.pk},{below.pk}"}, follow=True).text

    assert Page.objects.kept().count() == 2
    assert editor.get(f"{LIST}undo/").status_code == 405
    assert staff_client(roles.FINANCE).post(f"{LIST}undo/", {"keys": f"{top.pk}"}).status_code == 403
    chooser = reverse("admin:autocomplete")
    asked = {"app_label": "content", "model_name": "page", "field_name": "parent", "term": "below"}
    trash.trash_page(below, by=None)
    assert editor.get(chooser, asked).json()["results"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "told"), [("put_back", "3 pages put back, as before."), ("delete_for_good", "3 pages deleted for good.")]
)
def test_what_was_done_to_a_choice_is_said_of_all_that_went_along(verb, told):
    editor = staff_client(EDITOR)
    top = page("top")
    below, _ = page("below", parent=top), page("other", parent=top)
    trash.trash_page(top, by=None)
    rows = {"action": verb, "_selected_action": [top.pk, below.pk], "confirmed": "1"}

    assert told in editor.post(f"{LIST}?where=trash", rows, follow=True).text


@pytest.mark.django_db
def test_in_the_trash_a_text_and_its_readers_are_shown_as_people_read_them():
    gone = page("gone", body="<h2>For <em>families</em></h2>", audience="members")
    trash.trash_page(gone, by=None)

    shown = staff_client(EDITOR).get(f"{LIST}{gone.pk}/change/").text

    assert '<div class="text-read"><h2>For <em>families</em></h2></div>' in shown
    assert "&lt;h2&gt;" not in shown
    assert '<div class="readonly">Members</div>' in shown


@pytest.mark.django_db
def test_lists_are_narrowed_to_readers_in_words():
    editor = staff_client(EDITOR)
    page("about", audience="group:board"), page("all"), document(audience="members"), document(b"Words.", "words.txt")

    pages_, papers = (editor.get(f"/admin/content/{name}/").text for name in ("page", "document"))

    assert 'href="?audience=group%3Aboard">The group “board”</a>' in re.sub(r"\s*\n\s*", "", pages_)
    assert ">Members</a>" in re.sub(r"\s*\n\s*", "", papers)
    assert '<td class="field-readers">Members</td>' in papers


@pytest.mark.django_db
def test_media_in_the_trash_are_handed_to_nobody_and_come_back_with_the_text_that_shows_them(client):
    shown, paper = picture(), document()
    trash.trash_media(shown, by=None)
    trash.trash_media(paper, by=None)

    assert [client.get(one.get_absolute_url()).status_code for one in (shown, paper)] == [404, 404]
    for_staff = staff_client(EDITOR).get(shown.get_absolute_url())
    let_go(for_staff)
    assert (for_staff.status_code, for_staff["Cache-Control"]) == (200, "private, no-store")
    assert find_pictures("quiet").object_list.count() == 0
    assert picture() == shown  # uploaded again, it is wanted
    trash.trash_media(Picture.objects.get(), by=None)

    page("about", body=f"{shown.tag()}{paper.tag()}")

    assert (Picture.objects.kept().count(), Document.objects.kept().count()) == (1, 1)
    back = client.get(shown.get_absolute_url())
    let_go(back)
    assert back.status_code == 200
    with pytest.raises(media.InUse):
        trash.trash_media(shown, by=None)


@pytest.mark.django_db(transaction=True)
def test_it_is_emptied_after_the_days_that_staff_set():
    shown = picture()
    top = page("top", body=shown.tag())
    below = page("below", parent=top)
    trash.trash_page(top, by=None)
    trash.trash_media(shown, by=None)  # only what lies in the trash shows it
    old(shown)
    Retention.objects.update_or_create(name="trash", defaults={"days": 90})
    assert (forget_old(timezone.now())["trash"], Picture.objects.count()) == (0, 1)

    old(top, below)
    Retention.objects.filter(name="trash").update(days=120)
    assert forget_old(timezone.now())["trash"] == 0
    Retention.objects.filter(name="trash").update(days=90)
    files = list(shown.files)

    assert forget_old(timezone.now())["trash"] == 3

    assert (Page.objects.count(), Picture.objects.count()) == (0, 0)
    assert [default_storage.exists(name) for name in files] == [False, False]
    page("top")  # its address is free again


@pytest.mark.django_db
def test_what_is_deleted_for_good_was_in_the_trash():
    editor, kept = staff_client(EDITOR), page("kept")
    address = f"{LIST}{kept.pk}/delete-for-good/"
    assert editor.post(address).status_code == 422
    assert editor.get(f"{LIST}{kept.pk}/delete/").status_code == 403
    trash.trash_page(kept, by=None)
    assert editor.post(address).status_code == 302
    assert Page.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_a_page_that_goes_and_one_that_is_put_below_it_neither_is_lost():
    top = page("top")

    at_once(partial(trash.trash_page, top, by=None), partial(page, "below", parent=top))

    below = Page.objects.filter(slug="below").first()
    assert Page.objects.get(pk=top.pk).is_trashed
    assert below is None or below.is_trashed


@pytest.mark.django_db(transaction=True)
def test_no_picture_goes_while_a_page_is_being_given_it():
    shown = picture()

    at_once(partial(trash.trash_media, shown, by=None), partial(page, "about", body=shown.tag()))

    assert not Picture.objects.get().is_trashed
