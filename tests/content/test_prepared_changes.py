"""Changes that wait for a public page: readers go on reading the old text until one press, or the clock."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from aapm_site.core.background import due
from aapm_site.core.models import Hold
from aapm_site.core.transitions import NotAllowed
from content.domain import pages, prepared, previews, trash, versions
from content.models import Category, Event, Page, PageVersion, Partner, PreviewLink
from content.staff_alerts import changes_kept_back
from tests.content.makers import news, page
from tests.content.test_admin import fields
from tests.factories import staff_client, staff_user
from tests.racing import at_once

pytestmark = pytest.mark.django_db

OLD, NEW = "<p>Ten minutes are enough.</p>", "<p>Fifteen marmots are enough.</p>"
LIST = "/admin/content/page/"


@pytest.fixture
def editor():
    return staff_client("Content editor", person=staff_user("Content editor", first_name="Ida", last_name="Vale"))


@pytest.fixture
def made():
    return page("warmth", body=OLD)


def form_of(row):
    return f"{LIST}{row.pk}/change/"


def asked(row, verb):
    return f"{LIST}{row.pk}/{verb}/"


def typed(row, **given):
    at = timezone.localtime(row.published_at)
    dates = {"published_at_0": f"{at:%Y-%m-%d}", "published_at_1": f"{at:%H:%M:%S}"}
    own = {"slug": row.slug, "title": row.title, "summary": row.summary, "read_version": str(row.version)}
    return fields(**{**own, **dates, **given})


def change_of(made, body=NEW, by=None, **said):
    return prepared.prepare_change(made, by=by, said={"body": body, **said})


def test_what_is_typed_waits_beside_the_public_page(editor, client, made):
    assert "Keep as a prepared change" in editor.get(form_of(made)).text

    response = editor.post(form_of(made), typed(made, body=NEW, _prepare="1"), follow=True)

    change = Page.objects.prepared().get()
    assert response.redirect_chain[0][0] == form_of(change)
    assert "Readers go on reading the page as it was." in response.text
    assert "This is a prepared change." in response.text
    assert (change.body, change.prepares, change.prepared_from) == (NEW, made, 1)
    assert [one.note for one in change.versions.all()] == ["Prepared from version 1"]
    assert change.versions.get().by == editor.user
    made.refresh_from_db()
    assert (made.body, made.version) == (OLD, 1)
    assert "Ten minutes" in client.get("/warmth/").text


def test_what_cannot_be_kept_comes_back_with_its_words(editor, made):
    response = editor.post(form_of(made), typed(made, title="", body=NEW, _prepare="1"))

    assert response.status_code == 200
    assert response.context["adminform"].form["body"].value() == NEW
    assert not Page.objects.prepared().exists()


def test_a_second_change_is_refused_and_its_words_come_back(editor, made):
    change_of(made)

    response = editor.post(form_of(made), typed(made, body="<p>Another</p>", _prepare="1"))

    assert response.context["adminform"].form.non_field_errors() == [prepared.WAITS]
    assert response.context["adminform"].form["body"].value() == "<p>Another</p>"
    assert Page.objects.prepared().count() == 1
    made.refresh_from_db()
    assert made.body == OLD
    with pytest.raises(NotAllowed, match="waits already"):
        change_of(made)


@pytest.mark.parametrize("status", ["draft", "scheduled"])
def test_only_what_readers_read_has_changes_beside_it(editor, status):
    ahead = page("ahead", status=status, published_at=timezone.now() + timedelta(days=1))

    assert "Keep as a prepared change" not in editor.get(form_of(ahead)).text
    with pytest.raises(NotAllowed, match="Readers do not read this page"):
        change_of(ahead)


def test_the_list_and_the_form_say_that_one_waits(editor, made):
    page("other")
    change = change_of(made)

    listed = editor.get(LIST).text
    assert listed.count("A change waits") == 1
    assert form_of(change) not in listed
    assert form_of(change) in editor.get(f"{LIST}?status__exact=prepared").text
    form = editor.get(form_of(made)).text
    assert "A prepared change of this page waits" in form
    assert f'<a href="{form_of(change)}">Open the change</a>' in form
    assert "Keep as a prepared change" not in form


def test_the_change_is_written_in_the_same_form_without_place_and_dates(editor, made):
    change = change_of(made)
    form = editor.get(form_of(change))

    assert 'name="body"' in form.text
    for name in ("slug", "kind", "parent", "order", "published_at_0", "unpublish_at_0"):
        assert f'name="{name}"' not in form.text
    assert "Move to the trash" not in form.text
    assert "Publish the change…" in form.text
    response = editor.post(form_of(change), typed(made, body="<p>Better</p>", read_version="1", slug="x", kind="news"))
    change.refresh_from_db()
    assert response.status_code == 302
    assert (change.body, change.version, change.slug, change.kind) == ("<p>Better</p>", 2, "warmth", "page")


def test_it_is_seen_by_staff_and_by_link_where_it_will_stand(editor, client, made):
    page("child", parent=made)
    change = change_of(made)
    link = previews.make_preview_link(change, by=editor.user)

    for shown in (editor.get(asked(change, "preview")).text, client.get(link.get_absolute_url()).text):
        assert "Fifteen marmots" in shown
        assert "noindex" in shown
        assert "/child/" in shown  # the section's menu of the page
        assert ".prepared" not in shown
    assert "Ten minutes" in client.get("/warmth/").text


def test_it_is_compared_with_what_readers_read(editor, made):
    change = change_of(made, title="Warmth and cold")

    shown = editor.get(asked(change, "prepared")).text

    assert "Fifteen" in shown
    assert "Ten" in shown
    assert "Title" in shown
    assert "Address word" not in shown
    assert editor.get(asked(made, "prepared")).status_code == 302


def test_publishing_is_one_version_and_the_change_is_gone(editor, client, made):
    change = change_of(made, by=editor.user)
    link = previews.make_preview_link(change, by=None)
    question = editor.get(asked(change, "publish-change")).text
    assert "Readers see it at once." in question
    assert "Fifteen" in question

    told = editor.post(asked(change, "publish-change"), {"read": "1"}, follow=True).text

    made.refresh_from_db()
    assert "Readers see it now." in told
    assert (made.body, made.version, made.path) == (NEW, 2, "/warmth/")
    last = made.versions.first()
    assert (last.by, last.note, last.changed) == (editor.user, "Prepared change of version 1 published", ["body"])
    assert last.public_from is not None
    assert not Page.objects.prepared().exists()
    assert "Fifteen marmots" in client.get("/warmth/").text
    assert client.get(link.get_absolute_url()).status_code == 410
    assert PreviewLink.objects.get().page == made


def test_the_clock_publishes_it_exactly_once_in_the_name_of_its_writer(editor, client, made):
    change = change_of(made, by=editor.user)
    given = {"day": "2031-05-01", "hour": "09:00"}
    given["seen"] = editor.get(asked(change, "schedule-change")).context["form"].initial["seen"]
    pages.say(change, {"summary": "Words that nobody else has read."}, by=editor.user)
    assert editor.post(asked(change, "schedule-change"), given).status_code == 422
    change.refresh_from_db()
    assert change.comes_at is None

    given["seen"] = editor.get(asked(change, "schedule-change")).context["form"].initial["seen"]
    told = editor.post(asked(change, "schedule-change"), given, follow=True).text
    assert "published by itself on May 1, 2031, 9 a.m. (CDT)" in told
    assert "Change the day or hour…" in told
    Page.objects.filter(pk=change.pk).update(comes_at=timezone.now() - timedelta(seconds=1))

    due.run_due(timezone.now())
    due.run_due(timezone.now())

    made.refresh_from_db()
    assert (made.body, made.version) == (NEW, 2)
    assert made.versions.first().by == editor.user
    assert not Page.objects.prepared().exists()
    prepared.publish_due_change(str(change.pk))  # a run that comes late finds nothing


def test_what_is_held_waits_and_what_lies_ahead_too(made):
    change = change_of(made)
    prepared.schedule_change(change, timezone.now() + timedelta(hours=1), by=None)
    assert [row.key for _, row in due.upcoming(timezone.now() + timedelta(days=1))] == [str(change.pk)]

    due.run_due(timezone.now())
    assert Page.objects.prepared().exists()
    Page.objects.filter(pk=change.pk).update(comes_at=timezone.now() - timedelta(minutes=1))
    Hold.objects.create(work="prepared-changes", key=str(change.pk))
    due.run_due(timezone.now())
    assert Page.objects.prepared().exists()
    Hold.objects.all().delete()
    due.run_due(timezone.now())
    assert not Page.objects.prepared().exists()


def test_its_moment_can_be_taken_back(editor, made):
    change = change_of(made)
    prepared.schedule_change(change, timezone.now() + timedelta(days=1), by=None)

    editor.post(asked(change, "unschedule-change"))

    change.refresh_from_db()
    assert change.comes_at is None
    with pytest.raises(NotAllowed):
        prepared.unschedule_change(change)
    with pytest.raises(NotAllowed, match="has passed"):
        prepared.schedule_change(change, timezone.now() - timedelta(minutes=1), by=None)


def test_discarding_asks_and_ends_its_links(editor, client, made):
    change = change_of(made)
    link = previews.make_preview_link(change, by=None)
    assert "gone for good" in editor.get(asked(change, "discard-change")).text
    assert Page.objects.prepared().exists()

    editor.post(asked(change, "discard-change"))

    assert not Page.objects.prepared().exists()
    assert client.get(link.get_absolute_url()).status_code == 410
    made.refresh_from_db()
    assert (made.body, made.version) == (OLD, 1)


def test_what_was_saved_on_the_page_meanwhile_stays_where_it_is_another_field(made):
    change = change_of(made)
    made.summary = "Corrected at noon."
    pages.save_page(made)

    done = prepared.publish_change(change, by=None)

    assert (done.summary, done.body) == ("Corrected at noon.", NEW)


def test_two_texts_in_one_place_are_refused_until_somebody_has_seen_both(editor, made):
    change = change_of(made)
    made.body = "<p>Twelve minutes are enough.</p>"
    pages.save_page(made, by=editor.user)

    with pytest.raises(NotAllowed, match="Ida Vale has saved version 2"):
        prepared.publish_change(change, by=None)
    form = editor.get(form_of(change)).text
    assert "says something else in the same place" in form
    assert "Publish the change…" not in form
    both = editor.get(asked(change, "bring-up")).text
    assert "Changed on both sides" in both
    assert "Twelve" in both
    editor.post(asked(change, "bring-up"), {"read": "2"})

    change.refresh_from_db()
    assert (change.prepared_from, change.body) == (2, NEW)
    assert prepared.publish_change(change, by=None).body == NEW


def test_a_look_at_an_older_public_text_does_not_count(editor, made):
    change = change_of(made)
    for words in ("Eleven", "Twelve"):
        made.body = f"<p>{words}</p>"
        pages.save_page(made)

    response = editor.post(asked(change, "bring-up"), {"read": "2"})

    assert response.status_code == 422
    assert "saved once more meanwhile" in response.text
    change.refresh_from_db()
    assert change.prepared_from == 1


def test_the_clock_leaves_what_has_parted_and_staff_are_told(editor, made):
    change = change_of(made)
    made.body = "<p>Twelve</p>"
    pages.save_page(made)
    Page.objects.filter(pk=change.pk).update(comes_at=timezone.now() - timedelta(hours=1))

    due.run_due(timezone.now())

    made.refresh_from_db()
    assert (made.body, made.version) == ("<p>Twelve</p>", 2)
    assert Page.objects.prepared().get() == change
    person = editor.get("/admin/").context["user"]
    words, _, address = changes_kept_back(person)
    assert words == "A prepared change of a page could not be published at its hour."
    assert form_of(change) in editor.get(address).text


@pytest.mark.parametrize("put_away", [pages.withdraw_page, trash.trash_page])
def test_a_page_that_is_not_public_takes_no_change(made, put_away):
    change = change_of(made)
    Page.objects.filter(pk=change.pk).update(comes_at=timezone.now() - timedelta(minutes=1))
    put_away(made, by=None)

    due.run_due(timezone.now())

    with pytest.raises(NotAllowed, match="not public any more"):
        prepared.publish_change(change, by=None)
    assert Page.objects.prepared().get() == change


def test_a_change_goes_for_good_with_its_page(made):
    change_of(made)
    trash.trash_page(made, by=None)

    assert trash.delete_trashed_page(made) == 1

    assert not Page.objects.exists()


def test_a_change_that_readers_could_not_read_is_refused(editor, made):
    change = change_of(made, title="")
    response = editor.post(asked(change, "publish-change"), {"read": "1"})

    assert response.status_code == 422
    assert "It has no title yet." in response.text
    clinical = change_of(page("blocks"), clinical=True)
    with pytest.raises(NotAllowed, match="explains treatment"):
        prepared.publish_change(clinical, by=None)


def test_readers_never_see_a_byte_of_it(client, made):
    entry = news("bulletin", body=OLD)
    for one in (made, entry):
        change_of(one, title="Quokka", summary="A quokka.", body="<p>Quokka words</p>")

    addresses = [
        *("/", "/warmth/", "/news/", "/news/bulletin/", "/news/feed/", "/sitemap.xml", "/search/?q=quokka"),
        f"/{entry.published_at:%Y}/",
        f"/.prepared/{made.pk}/",
    ]
    for address in addresses:
        answer = client.get(address)
        words = answer.text.replace("?q=quokka", "").replace('value="quokka"', "")
        assert "Quokka words" not in words, address
        assert "A quokka." not in words, address
    assert client.get(f"/.prepared/{made.pk}/").status_code == 404


# Partners and events --------------------------------------------------------------------------------------------------
@pytest.fixture
def initiative():
    row = page("week", kind="initiative", starts_on=date(2031, 5, 1), ends_on=date(2031, 5, 7))
    Partner.objects.create(page=row, name="Old friends", url="https://old.example/")
    Event.objects.create(page=row, title="Walk", starts_on=date(2031, 5, 2), hours="6 p.m. Central", place="Chicago")
    versions.record_version(row)
    return row


def test_partners_and_events_belong_to_versions(initiative):
    before = initiative.versions.first()
    assert before.fields["partners"] == [{"name": "Old friends", "url": "https://old.example/", "order": 100}]
    assert before.fields["events"][0]["starts_on"] == "2031-05-02"
    initiative.partners.all().delete()
    initiative.events.update(title="Long walk")
    after = versions.record_version(initiative)
    assert after.changed == ["partners", "events"]

    pages.restore_version(initiative, before, by=None)

    assert [(one.name, one.url) for one in initiative.partners.all()] == [("Old friends", "https://old.example/")]
    event = initiative.events.get()
    assert (event.title, event.starts_on, event.hours, event.place) == (
        *("Walk", date(2031, 5, 2)),
        *("6 p.m. Central", "Chicago"),
    )


def test_a_version_from_before_tells_nothing_of_them_and_takes_nothing_away(initiative):
    old = initiative.versions.order_by("number").first()
    kept = {name: value for name, value in old.fields.items() if name not in versions.SINCE}
    PageVersion.objects.filter(pk=old.pk).update(fields=kept)
    old.refresh_from_db()

    pages.restore_version(initiative, old, by=None)

    assert initiative.partners.count() == 1


def test_a_page_without_any_gets_no_version_for_their_sake(made):
    last = made.versions.first()
    PageVersion.objects.filter(pk=last.pk).update(
        fields={name: value for name, value in last.fields.items() if name not in versions.SINCE}
    )

    versions.keep_present(made)

    assert made.versions.count() == 1


def test_a_change_carries_partners_events_and_categories(editor, client, initiative):
    said = {
        "partners": [{"name": "New friends", "url": "https://new.example/", "order": 10}],
        "events": [],
    }
    change = change_of(initiative, **said)
    assert "Old friends" in client.get("/week/").text
    assert "New friends" in editor.get(asked(change, "preview")).text
    compared = editor.get(asked(change, "prepared")).text
    assert "new.example" in re.sub("<[^>]*>", "", compared)
    assert "Walk, May 2, 2031, 6 p.m. Central, Chicago" in compared

    prepared.publish_change(change, by=None)

    assert [one.name for one in initiative.partners.all()] == ["New friends"]
    assert not initiative.events.exists()
    entry = news("bulletin")
    Category.objects.create(name="Research", slug="research")
    done = prepared.publish_change(change_of(entry, categories=["research"], related=["/week/"]), by=None)
    assert [one.slug for one in done.categories.all()] == ["research"]
    assert [one.to for one in done.related_links.all()] == [initiative]


# Two at once ----------------------------------------------------------------------------------------------------------
def tried(act):
    try:
        act()
    except NotAllowed as refused:
        return str(refused)
    return "done"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "second",
    [prepared.publish_change, lambda change, by: prepared.discard_change(change)],
    ids=["two publish", "one discards"],
)
def test_of_two_who_decide_at_once_one_wins(second):
    made = page("warmth", body=OLD)
    change = change_of(made)

    answers = at_once(
        lambda: tried(lambda: prepared.publish_change(change, by=None)), lambda: tried(lambda: second(change, by=None))
    )

    assert sorted(answers) == sorted(["done", prepared.GONE])
    made.refresh_from_db()
    assert not Page.objects.prepared().exists()
    assert made.version == (2 if made.body == NEW else 1)
    assert made.versions.count() == made.version


@pytest.mark.django_db(transaction=True)
def test_of_the_clock_and_an_editor_one_publishes():
    made = page("warmth", body=OLD)
    change = change_of(made)
    Page.objects.filter(pk=change.pk).update(comes_at=timezone.now() - timedelta(seconds=1))

    at_once(
        lambda: prepared.publish_due_change(str(change.pk)),
        lambda: tried(lambda: prepared.publish_change(change, by=None)),
    )

    made.refresh_from_db()
    assert (made.body, made.version, made.versions.count()) == (NEW, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_a_save_of_the_page_and_its_change_at_once_no_text_is_lost():
    made = page("warmth", body=OLD)
    change = change_of(made)
    mine = Page.objects.get(pk=made.pk)
    mine.body = "<p>Twelve</p>"

    published, saved = at_once(
        lambda: tried(lambda: prepared.publish_change(change, by=None)),
        lambda: pages.save_page(mine, read_version=1),
    )

    made.refresh_from_db()
    if published == "done":  # the change came first, and whoever saved after it was told
        assert isinstance(saved, pages.Overtaken)
        assert (made.body, Page.objects.prepared().count()) == (NEW, 0)
    else:
        assert "Bring the change up to date first" in published
        assert (made.body, Page.objects.prepared().get().body) == ("<p>Twelve</p>", NEW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_begins():
    made = page("warmth", body=OLD)

    answers = at_once(*[lambda: tried(lambda: change_of(made)) for _ in range(2)])

    assert sorted(answers) == sorted(["done", prepared.WAITS])
    assert Page.objects.prepared().count() == 1
