"""A link for a colleague: the page as saved, for a while, for whoever has it, kept by nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.accounts.models import User
from aapm_site.core.roles import CONTENT_EDITOR
from content.domain import pages, previews
from content.models import PreviewLink
from tests.content.makers import page
from tests.factories import staff_client, staff_user

pytestmark = pytest.mark.django_db


def test_a_link_shows_a_draft_as_it_was_saved_last(client):
    made = page("plan", status="draft", published_at=None, body="<p>First words</p>")
    link = previews.make_preview_link(made, by=None)
    made.body = "<p>Better words</p>"
    pages.save_page(made)

    response = client.get(link.get_absolute_url())

    assert "Better words" in response.text
    assert "Please do not pass it on" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_it_is_never_cached(client, settings):
    settings.PAGE_CACHE = True
    link = previews.make_preview_link(page("plan", status="draft", body="<p>Words</p>"), by=None)
    client.get(link.get_absolute_url())

    previews.end_preview_link(link)

    assert client.get(link.get_absolute_url()).status_code == 410


def test_a_members_page_is_shown_by_the_editors_own_act(client):
    link = previews.make_preview_link(page("inner", audience="members", body="<p>For members</p>"), by=None)

    assert "For members" in client.get(link.get_absolute_url()).text
    assert "<p>For members</p>" not in client.get("/inner/").text


@pytest.mark.parametrize("loss", ["role", "staff", "sign-in", "erased"])
def test_who_edits_no_more_keeps_no_way_to_what_is_not_public(client, loss):
    editor = staff_user(CONTENT_EDITOR)
    made = page("secret-plan", status="draft", body="<p>SECRET</p>")
    link = previews.make_preview_link(made, by=editor)
    assert "SECRET" in client.get(link.get_absolute_url()).text

    {
        "role": lambda: editor.groups.clear(),
        "staff": lambda: User.objects.filter(pk=editor.pk).update(is_staff=False),
        "sign-in": lambda: User.objects.filter(pk=editor.pk).update(is_active=False),
        "erased": lambda: (User.objects.filter(pk=editor.pk).update(is_staff=False), privacy.erase_person(editor)),
    }[loss]()

    response = client.get(link.get_absolute_url())
    assert (response.status_code, "SECRET" in response.text) == (410, False)
    listed = staff_client(CONTENT_EDITOR).get(reverse("admin:content_page_links", args=[made.pk]))
    assert [row.state for row in listed.context["links"]] == ["ended"]


def test_an_expired_link_says_what_to_do_and_tells_nothing(client):
    link = previews.make_preview_link(page("secret-plan", status="draft", body="<p>SECRET</p>"), by=None)
    now = timezone.now()
    PreviewLink.objects.update(made_at=now - timedelta(days=8), expires_at=now - timedelta(seconds=1))

    response = client.get(link.get_absolute_url())

    assert response.status_code == 410
    assert "Ask the person who sent it to you" in response.text
    assert "SECRET" not in response.text
    assert "secret-plan" not in response.text.lower()


@pytest.mark.parametrize("token", ["forged", "x" * 2_000, "%00", "%27%20OR%201=1", "‮"])
def test_a_forged_token_is_not_found(client, token):
    assert client.get(f"/preview/{token}/").status_code == 404


def test_a_link_lasts_seven_days_unless_told_and_goes_with_its_page():
    made = page("plan", status="draft")
    link = previews.make_preview_link(made, by=None)

    assert link.expires_at - link.made_at == timedelta(days=7)
    assert len(link.token) == 32
    for days in (0, -1, 61):
        with pytest.raises(ValidationError):
            previews.make_preview_link(made, by=None, days=days)
    made.delete()
    assert not PreviewLink.objects.exists()


def test_there_is_an_end_to_the_number_of_links():
    made = page("plan", status="draft")
    for _ in range(previews.MOST_OPEN):
        last = previews.make_preview_link(made, by=None)
    with pytest.raises(ValidationError):
        previews.make_preview_link(made, by=None)

    previews.end_preview_link(last)

    assert previews.make_preview_link(made, by=None)


def test_the_page_costs_a_constant_number_of_queries(client, django_assert_max_num_queries):
    link = previews.make_preview_link(page("plan", status="draft", body="<p>Words</p>"), by=None)
    client.get(link.get_absolute_url())

    with django_assert_max_num_queries(6):
        client.get(link.get_absolute_url())


def links(made):
    return f"/admin/content/page/{made.pk}/links/"


def test_an_editor_makes_a_link_sends_it_and_ends_it(client):
    editor, made = staff_client("Content editor"), page("plan", status="draft", body="<p>Words</p>")

    editor.post(links(made), {"days": "30"})
    link = PreviewLink.objects.get()
    assert link.by == editor.user
    assert link.get_absolute_url() in editor.get(links(made)).text
    assert client.get(link.get_absolute_url()).status_code == 200

    editor.post(links(made), {"end": link.pk})
    assert client.get(link.get_absolute_url()).status_code == 410
    assert link.get_absolute_url() not in editor.get(links(made)).text


def test_a_members_page_says_what_a_link_does():
    editor = staff_client("Content editor")

    assert "This page is for members." in editor.get(links(page("inner", audience="members"))).text
    assert "This page is for members." not in editor.get(links(page("open"))).text


@pytest.mark.parametrize("fields", [{}, {"days": "365"}, {"days": "x"}, {"days": "-1"}, {"days": "\x00"}])
def test_an_odd_choice_makes_no_link(fields):
    made = page("plan", status="draft")

    assert staff_client("Content editor").post(links(made), fields).status_code == 422
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("number", ["0", "x", "9" * 60, ""])
def test_a_link_that_is_not_there_is_not_ended(number):
    made, other = page("plan", status="draft"), previews.make_preview_link(page("other"), by=None)
    editor = staff_client("Content editor")

    assert editor.post(links(made), {"end": number}).status_code == 404
    assert editor.post(links(made), {"end": other.pk}).status_code == 404  # of another page
    other.refresh_from_db()
    assert other.ended_at is None


def test_others_make_no_links():
    made = page("plan", status="draft")

    assert staff_client("Careers staff").post(links(made), {"days": "7"}).status_code == 403
    assert not PreviewLink.objects.exists()
