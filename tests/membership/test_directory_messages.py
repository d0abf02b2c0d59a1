"""Messages through the directories: to whom, from whom, how many, and what becomes of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.domain.merging import merge_people
from aapm_site.accounts.models import User
from aapm_site.core.models import LimitCount
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.directory_parts import DirectoryAudience, DirectoryPart
from membership.domain import directory_messages as messages
from membership.models import DirectoryEntry, DirectoryMessage
from membership.privacy import erase, export
from membership.retention import _messages, _unsent
from tests import racing
from tests.factories import client_of

from .factories import make_member
from .listed import ALL, YEAR, doctor, listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns(db):
    load_gazetteer()


PUBLIC, AMONG = DirectoryAudience.PUBLIC, DirectoryAudience.MEMBERS
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
WORDS = messages.MessageWords("Ada Reyes", "Do you see people with migraine?")


def written(entry: DirectoryEntry, email: str = "ada@example.net", **more) -> DirectoryMessage:
    messages.ask_to_write(entry, PUBLIC, WORDS, email=email, **more)
    return DirectoryMessage.objects.filter(email=email).first()


def link_in(letter: OutgoingEmail) -> str:
    return (
        next(word for word in letter.text.split() if "/find-a-clinician/send/" in word)
        .partition("//")[2]
        .partition("/")[2]
    )


def form(entry: DirectoryEntry, **more) -> dict[str, str]:
    """As a browser sends it, some time after it was shown."""
    page = Client().get(f"/find-a-clinician/{entry.public_id}/write/").text
    shown_at = page.split('name="shown_at" value="', 1)[1].split('"')[0]
    return {"name": "Ada Reyes", "email": "ada@example.net", "text": WORDS.text, "shown_at": shown_at, **more}


def test_the_page_promises_what_the_letter_keeps(client):
    entry = listed()
    page = " ".join(client.get(f"/find-a-clinician/{entry.public_id}/write/").text.split())
    messages.confirm_message(written(entry))
    letter = OutgoingEmail.objects.get(template="membership/directory_message")
    assert ("ada@example.net" in letter.text, "by mail, with your e-mail address" in page) == (True, True)
    assert (entry.membership.user.email in letter.text, "We do not show you theirs" in page) == (False, True)


def test_a_stranger_confirms_first_and_the_letter_repeats_nothing(client, monkeypatch):
    monkeypatch.setattr("aapm_site.core.forms.LEAST_SECONDS", -1)
    entry = listed()
    sent = client.post(f"/find-a-clinician/{entry.public_id}/write/", form(entry), **HERE)
    assert sent["Location"] == "/find-a-clinician/asked/"
    asked = OutgoingEmail.objects.get()
    assert (asked.to, asked.kind) == ("ada@example.net", "directory.confirm")
    assert not any(word in asked.text + asked.html for word in ("Ada", "Reyes", "migraine", "Beltrán", "Harbor"))

    page = f"/{link_in(asked)}"
    assert "migraine" in client.get(page).text
    assert OutgoingEmail.objects.count() == 1  # to look sends nothing
    assert client.post(page).status_code == 403  # from elsewhere neither
    assert client.post(page, **HERE)["Location"] == "/find-a-clinician/sent/"
    letter = OutgoingEmail.objects.get(kind="directory.message")
    assert (letter.to, letter.reply_to, letter.secret) == (entry.membership.user.email, "ada@example.net", True)
    assert "migraine" in letter.text
    assert client.get(page).status_code == 404
    assert client.post(page, **HERE).status_code == 404
    assert OutgoingEmail.objects.count() == 2


def test_a_member_writes_at_once_to_a_member():
    entry, reader = listed(), make_member(YEAR, user=doctor())
    page = f"/membership/directory/{entry.public_id}/write/"
    browser = client_of(reader)
    assert browser.post(page, {"name": "Ines", "text": "A case for you."}, **HERE).status_code == 302
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.reply_to) == (entry.membership.user.email, reader.email)
    assert "as a member" not in letter.subject
    assert DirectoryMessage.objects.get().audience == AMONG


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Please write a message."),
        ({"text": " \u202e \u2066"}, "Please write a message."),
        ({"text": "x" * 10_000}, "Please shorten this to 2000 characters"),
        ({"email": "ada"}, "Please write one e-mail address."),
        ({"email": "ada@example.net, eve@example.net"}, "Please write one e-mail address."),
        ({"email": "ada@example.net\nBcc: eve@example.net"}, "Please write one e-mail address."),
        ({"name": "Call 800-555-0199"}, "Please leave out telephone numbers here."),
        ({"name": "Ada\r\nReyes"}, "Please write this on one line."),
    ],
)
def test_a_wrong_message_is_refused_and_its_words_are_kept(client, change, said):
    entry = listed()
    answer = client.post(f"/find-a-clinician/{entry.public_id}/write/", form(entry, **change), **HERE)
    assert answer.status_code == 422
    assert said in answer.text
    if "text" not in change:
        assert "migraine" in answer.text
    assert not DirectoryMessage.objects.exists()
    assert not OutgoingEmail.objects.exists()


def test_nothing_is_taken_from_another_site(client):
    entry = listed()
    answer = client.post(f"/find-a-clinician/{entry.public_id}/write/", form(entry), HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert "migraine" in answer.text
    assert not DirectoryMessage.objects.exists()


def test_words_of_an_emergency_meet_help_first(client, monkeypatch):
    monkeypatch.setattr(
        "membership.views.directory_messages.help_for", lambda text: ["help"] if "end it" in text else []
    )
    entry = listed()
    page, words = f"/find-a-clinician/{entry.public_id}/write/", form(entry, text="I want to end it")
    first = client.post(page, words, **HERE)
    assert first.status_code == 200
    assert "Your words are below" in first.text
    assert not DirectoryMessage.objects.exists()
    assert 'name="help_seen" value="yes"' in first.text
    assert client.post(page, {**words, "help_seen": "yes"}, **HERE).status_code == 302


def _untick(entry):
    entry.public_parts = [part for part in entry.public_parts if part != DirectoryPart.CONTACT]
    entry.save()


def _leave(entry):
    entry.for_public = False
    entry.save()


def _lapse(entry):
    entry.membership.terms.update(ends_on=timezone.localdate() - timedelta(days=1), grace_days=0)


@pytest.mark.parametrize("end", [_untick, _leave, _lapse])
def test_what_waits_goes_to_nobody_who_takes_none_any_more(client, end):
    entry = listed()
    message = written(entry)
    page = f"/{link_in(OutgoingEmail.objects.get())}"
    end(entry)
    refused = client.post(page, **HERE)
    assert refused.status_code == 422
    assert messages.NOT_TAKEN in refused.text
    with pytest.raises(NotAllowed):
        messages.confirm_message(message)
    assert client.get(f"/find-a-clinician/{entry.public_id}/write/").status_code == 404
    assert OutgoingEmail.objects.filter(kind="directory.message").count() == 0


def test_a_sender_writes_five_a_day_and_two_to_one():
    entries = [listed() for _ in range(4)]
    for entry in (entries[0], entries[0], entries[1], entries[1], entries[2]):
        messages.write_at_once(entry, PUBLIC, WORDS, by=doctor_ada())
    for entry, said in ((entries[0], messages.TO_ONE_FULL), (entries[3], messages.SENDER_FULL)):
        with pytest.raises(NotAllowed, match=said[:30]):
            messages.write_at_once(entry, PUBLIC, WORDS, by=doctor_ada())
    assert DirectoryMessage.objects.exclude(sent_at=None).count() == 5
    # A tag or capitals make no other person of a mailbox.
    message = written(entries[3], "ADA+2@example.net")
    with pytest.raises(NotAllowed):
        messages.confirm_message(message or DirectoryMessage.objects.get(email="ada+2@example.net"))


def doctor_ada():
    return User.objects.filter(email="ada@example.net").first() or doctor(email="ada@example.net")


def test_a_member_gets_twenty_a_day(monkeypatch):
    monkeypatch.setattr(messages, "MOST_FOR_A_MEMBER", 2)
    entry = listed()
    for name in ("one", "two"):
        messages.write_at_once(entry, PUBLIC, WORDS, by=doctor(email=f"{name}@example.net"))
    with pytest.raises(NotAllowed, match="many messages today"):
        messages.write_at_once(entry, PUBLIC, WORDS, by=doctor(email="three@example.net"))
    assert OutgoingEmail.objects.count() == 2


def test_a_stranger_does_not_fill_a_mailbox_with_links():
    entry = listed()
    for number in range(messages.MOST_WAITING + 3):
        written(entry, f"ada+{number}@example.net")  # which all come to one mailbox
        written(entry)
    assert OutgoingEmail.objects.filter(to__startswith="ada").count() == messages.MOST_WAITING


def test_spam_is_kept_apart_until_staff_let_it_go(desk):
    entry = listed()
    message = written(entry, spam_reason="It holds 3 links.")
    assert not OutgoingEmail.objects.exists()
    assert list(DirectoryMessage.objects.waiting()) == [message]
    assert desk.post(f"/admin/membership/directorymessage/{message.pk}/let-be/", {}).status_code == 302
    assert OutgoingEmail.objects.get().kind == "directory.confirm"
    assert not DirectoryMessage.objects.waiting().exists()


def test_a_reported_message_is_read_by_staff_and_its_sender_barred(desk):
    entry, other = listed(), listed()
    message = messages.confirm_message(written(entry))
    quiet = messages.confirm_message(written(other, "quiet@example.net"))
    waiting = written(other)
    page = f"/membership/directory/messages/{message.public_id}/"
    assert client_of(other.membership.user).get(page).status_code == 404
    assert client_of(other.membership.user).post(page, {"reason": "abuse"}).status_code == 404
    assert desk.get(f"/admin/membership/directorymessage/{quiet.pk}/change/").status_code in {302, 404}

    mine = client_of(entry.membership.user)
    assert mine.post(page, {"reason": "nonsense"}).status_code == 422
    assert mine.post(page, {"reason": "abuse", "note": "He threatens me."}).status_code == 302
    read = desk.get(f"/admin/membership/directorymessage/{message.pk}/change/").text
    assert "migraine" in read
    assert "He threatens me." in read
    assert desk.post(f"/admin/membership/directorymessage/{message.pk}/bar/", {}).status_code == 302
    for late in (waiting, written(other), written(other, "ada+anew@example.net")):
        with pytest.raises(NotAllowed, match="do not pass on"):
            messages.confirm_message(late)
    with pytest.raises(NotAllowed, match="decided already"):
        messages.let_message_be(message, by=None)


def test_words_are_kept_for_thirty_days_and_a_bar_for_ever():
    entry = listed()
    made = {
        name: messages.confirm_message(written(entry, f"{name}@example.net")) for name in ("old", "reported", "barred")
    }
    messages.report_message(made["reported"], reason="abuse")
    messages.bar_sender(made["barred"], by=None)
    unsent, spam = written(entry, "unsent@example.net"), written(entry, "spam@example.net", spam_reason="Links.")
    DirectoryMessage.objects.update(created_at=timezone.now() - timedelta(days=31))
    before = timezone.now() - timedelta(days=30)

    assert _unsent(before) == 1
    assert _messages(before) == 2
    assert _messages(before) == 0
    left = {row.email: row.text for row in DirectoryMessage.objects.all()}
    assert left == {"reported@example.net": WORDS.text, "barred@example.net": "", "spam@example.net": WORDS.text}
    assert {unsent.pk, made["old"].pk}.isdisjoint(DirectoryMessage.objects.values_list("pk", flat=True))
    assert DirectoryMessage.objects.filter(pk=spam.pk).exists()


def test_what_a_person_wrote_and_got_is_theirs_to_have_and_to_erase():
    entry, writer = listed(), doctor(email="ada@example.net")
    message = messages.write_at_once(entry, PUBLIC, WORDS, by=writer)
    owner = entry.membership.user
    got, said = export(owner)["directory"], export(writer)["directory"]
    assert got["entry"]["telephone"] == "207-555-0134"
    assert [one["text"] for one in got["messages_to_you"]] == [WORDS.text]
    assert [one["text"] for one in said["messages_by_you"]] == [WORDS.text]

    erase(writer)
    assert not DirectoryMessage.objects.filter(pk=message.pk).exists()
    assert not OutgoingEmail.objects.filter(reply_to="ada@example.net").exists()
    assert DirectoryEntry.objects.filter(pk=entry.pk).exists()
    erase(owner)
    assert not DirectoryEntry.objects.exists()


def test_of_two_records_of_a_person_one_entry_stays():
    kept, gone = listed(), listed(terms=((-900, -500),))
    message = messages.confirm_message(written(kept))
    DirectoryMessage.objects.filter(pk=message.pk).update(entry=gone)
    merge_people(kept.membership.user, gone.membership.user)
    assert list(DirectoryEntry.objects.all()) == [kept]
    message.refresh_from_db()
    assert message.entry == kept

    moved, alone = listed(terms=((-900, -500),)), make_member(YEAR, user=doctor())
    merge_people(alone, moved.membership.user)
    moved.refresh_from_db()
    assert moved.membership.user == alone
    assert moved.public_parts == list(ALL)


@pytest.mark.django_db(transaction=True)
def test_presses_that_meet_send_it_once():
    message = written(listed())
    racing.at_once(*[lambda: messages.confirm_message(message)] * 6)
    assert OutgoingEmail.objects.filter(kind="directory.message").count() == 1
    assert LimitCount.objects.filter(name="directory-sender").values_list("times", flat=True).get() == 1
