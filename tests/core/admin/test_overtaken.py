"""Two who have one form of the admin open: what the first has saved is not written over unseen by the second."""

import re
from functools import partial

import pytest

from aapm_site.core.models import Association
from content.models import Meeting, Menu, MenuItem, Newsletter, NewsletterEntry
from tests.content.makers import meeting, news
from tests.factories import staff_client
from tests.racing import at_once

pytestmark = pytest.mark.django_db
TOLD = "A colleague has saved something else since you opened this page"
ROWS = "A colleague has changed these rows"


@pytest.fixture
def editor():
    return staff_client("Content editor")


def as_shown(client, address):
    """What a browser would send of the page, if nothing were typed."""
    page = client.get(address)
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for table in page.context["inline_admin_formsets"]:
        data |= {field.html_name: field.value() for field in table.formset.management_form}
        data[f"{table.formset.prefix}-TOTAL_FORMS"] = table.formset.initial_form_count()
        for row in table.formset.initial_forms:
            data |= {field.html_name: field.value() for field in row}
    marks = dict(re.findall(r'<input type="hidden" name="(_read[^"]*)" value="([^"]*)">', page.text))
    assert marks
    return {name: "" if value is None else value for name, value in (data | marks).items() if value is not False}


def marks_of(answer):
    return dict(re.findall(r'<input type="hidden" name="(_read[^"]*)" value="([^"]*)">', answer.text))


def test_a_save_over_a_colleagues_is_told_once_and_then_taken(editor):
    made = meeting("a-course", price="Free.")
    address = f"/admin/content/meeting/{made.pk}/change/"
    mine = as_shown(editor, address) | {"title": "My title"}
    Meeting.objects.update(price="Members $450.")

    late = editor.post(address, mine)
    assert late.status_code == 200
    assert TOLD in late.text
    assert "in: What it costs." in late.text
    assert 'value="My title"' in late.text
    assert Meeting.objects.get().price == "Members $450."

    assert editor.post(address, mine | marks_of(late)).status_code == 302
    assert (Meeting.objects.get().title, Meeting.objects.get().price) == ("My title", "Free.")


def test_what_nobody_else_has_changed_is_saved_at_once(editor):
    made = meeting("a-course")
    address = f"/admin/content/meeting/{made.pk}/change/"
    assert editor.post(address, as_shown(editor, address) | {"title": "My title"}).status_code == 302
    assert Meeting.objects.get().title == "My title"


def test_a_button_that_decides_saves_no_older_words_first(editor):
    letter = Newsletter.objects.create(subject="The winter letter", opening="<p>Old.</p>")
    address = f"/admin/content/newsletter/{letter.pk}/change/"
    mine = as_shown(editor, address) | {"_then": f"/admin/content/newsletter/{letter.pk}/send/"}
    Newsletter.objects.update(opening="<p>New.</p>")
    assert TOLD in editor.post(address, mine).text
    assert Newsletter.objects.get().opening == "<p>New.</p>"


def test_rows_that_nobody_else_has_changed_are_saved_at_once(editor):
    menu = Menu.objects.create(name="side", label="Side")
    for title in ("One", "Two"):
        MenuItem.objects.create(menu=menu, title=title, url="/news/", order=10)
    address = f"/admin/content/menu/{menu.pk}/change/"
    assert editor.post(address, as_shown(editor, address) | {"items-1-title": "Second"}).status_code == 302
    assert set(menu.items.values_list("title", flat=True)) == {"One", "Second"}


def test_the_rows_below_are_not_written_over_either(editor):
    letter = Newsletter.objects.create(subject="The winter letter")
    entry = NewsletterEntry.objects.create(newsletter=letter, page=news("told"), order=10)
    address = f"/admin/content/newsletter/{letter.pk}/change/"
    mine = as_shown(editor, address)
    NewsletterEntry.objects.update(order=30)
    late = editor.post(address, mine)
    assert ROWS in late.text
    entry.refresh_from_db()
    assert entry.order == 30
    assert editor.post(address, mine | marks_of(late)).status_code == 302


def test_a_menu_that_a_colleague_has_put_in_order_stays_so(editor):
    menu = Menu.objects.create(name="side", label="Side")
    rows = [MenuItem.objects.create(menu=menu, title=title, url="/news/", order=10) for title in ("One", "Two")]
    address = f"/admin/content/menu/{menu.pk}/change/"
    mine = as_shown(editor, address) | {"items-1-title": "Second"}
    MenuItem.objects.filter(pk=rows[0].pk).update(title="First")
    assert ROWS in editor.post(address, mine).text
    assert set(menu.items.values_list("title", flat=True)) == {"First", "Two"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told():
    Association.objects.update_or_create(pk=Association.ONLY, defaults={"city": "Chicago"})
    address = f"/admin/core/association/{Association.ONLY}/change/"
    people = [staff_client("Administrator") for _ in range(2)]
    typed = [
        as_shown(person, address) | {"city": city} for person, city in zip(people, ("Austin", "Boston"), strict=True)
    ]
    answers = at_once(*[partial(person.post, address, data) for person, data in zip(people, typed, strict=True)])
    assert sorted(answer.status_code for answer in answers) == [200, 302]
