"""A list of the staff with nothing in it says so, and what to do next; a filter that finds none says it otherwise."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from tests.factories import staff_client

pytestmark = pytest.mark.django_db

# Lists of one row lead to it.
LISTS = sorted(
    {model._meta.label_lower for model in admin.site._registry}
    - {"billing.letterhead", "content.answerpromise", "core.association"}
    - {"careers.job"}  # which opens on what waits
)
MIGRATED = {  # what migrations have written, and the person who looks
    *("accounts.profession", "accounts.specialty", "accounts.user", "auth.group"),
    *("content.resourcetopic", "content.topic", "content.urgency"),
    *("membership.articletype", "membership.careerstage", "membership.consenttext", "membership.practicesetting"),
    *("membership.reminder", "membership.seatreminder"),
}


@pytest.mark.parametrize("label", LISTS)
def test_an_empty_list_says_what_to_do(label):
    boss = staff_client()
    model = apps.get_model(label)
    answer = boss.get(reverse("admin:{}_{}_changelist".format(*label.split("."))))
    page = answer.content.decode()
    words = " ".join(page.split())
    if answer.context["cl"].result_count:
        assert "empty" not in answer.context_data
        assert label in MIGRATED | {"account.emailaddress", "mfa.authenticator", "usersessions.usersession"}
        return
    empty = answer.context["empty"]
    assert empty.words.startswith(("There are no ", "There is no "))
    assert empty.words in words.replace("&#x27;", "'")
    may_add = admin.site._registry[model].has_add_permission(answer.wsgi_request)
    assert bool(empty.url) == may_add, model
    assert ("They come by themselves" in empty.words) <= (not may_add)
    if may_add:
        adds = reverse("admin:{}_{}_add".format(*label.split(".")))
        assert f'href="{adds}"' in page


def test_a_list_that_is_narrowed_to_nothing_says_so_in_other_words():
    editor = staff_client("Content editor")
    plain = editor.get("/admin/content/contributor/").text
    assert "There are no contributors yet. Authors and reviewers of pages, with the name that stands there" in plain
    assert "Add the first contributor" in plain

    sought = editor.get("/admin/content/contributor/?q=zebra").text
    assert "There are no contributors with the words “zebra”." in sought
    assert "Show the whole list" in sought
    narrowed = editor.get("/admin/content/contributor/?is_person__exact=1").text
    assert "There are no contributors under the filters that are chosen." in narrowed
    assert "Add the first" not in narrowed

    assert "No pictures lie in the trash." in editor.get("/admin/content/picture/?where=trash").text
    assert "There are no contributors yet." in editor.get("/admin/content/contributor/?o=1").text


def test_the_list_of_positions_opens_on_what_waits_and_leads_to_the_whole():
    desk = staff_client("Careers staff")
    opened = desk.get("/admin/careers/job/").text
    assert "No position waits to be read. Employers write their positions on their own board" in opened
    assert 'href="/admin/careers/job/?stage=all"' in opened
    assert "There are no positions with the words “zebra”." in desk.get("/admin/careers/job/?stage=all&q=zebra").text
