"""Mail to an address that nobody has confirmed: a few letters a day, and nothing in them that people typed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aapm_site.core.http.limits import digest
from aapm_site.core.models import LimitCount
from aapm_site.core.roles import CAREERS_STAFF, MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.domain import delivery, subscriptions
from aapm_site.mail.domain.daily_share import NAME
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.domain.readers import KnownReader, look_up_readers
from aapm_site.mail.models import OutgoingEmail, Subscription
from aapm_site.mail.registry import OpenLetter, is_confirmed
from aapm_site.mail.states import EmailState, WhyNotSent
from aapm_site.mail.strangers import TYPED_WORDS_MAY_GO, reader_of
from content.models import Topic
from tests.factories import staff_client, user
from tests.house.source import ROOT
from tests.racing import at_once

pytestmark = pytest.mark.django_db

STRANGER = "stranger@people.example"
TYPED = "evil-zip"
# Whatever a template may read of what people typed, and what its addresses need.
READ = """
name full_name question employer by customer po_number email follow_up title subject words what places buyers_reason
"""
CONTEXT = dict.fromkeys(READ.split(), TYPED) | {"token": "x", "answer": "The staff's answer"}

# Beginnings of those that go to strangers, without what was typed; and every other one.
OPEN = (
    "accounts/",
    "billing/",
    "careers/alert_confirm",
    "careers/application_confirm",
    "careers/domain_proof",
    "careers/team_invitation",
    "content/newsletter_confirm",
    "content/question_answer",
    "content/question_receipt",
    "mail/",
    "membership/bundle_administrator",
    "membership/directory_confirm",
    "membership/office_confirm",
    "membership/seat_offered",
)
CONFIRMED_ONLY = """
careers/alert careers/alert_still_wanted
careers/application_address_offered careers/application_address_shown
careers/application_agreed careers/application_changed careers/application_ended careers/application_named
careers/application_message careers/application_message_reported careers/application_reply
careers/application_new careers/application_receipt careers/application_withdrawn
careers/contact_answered careers/contact_asked
careers/credits_given careers/days_given careers/fellowship_approved careers/fellowship_returned
careers/fellowship_submitted
careers/fellowship_withdrawn careers/job_approved careers/job_ended careers/job_ending
careers/job_hidden careers/job_pause_ends careers/job_still_open careers/job_unanswered careers/job_kept
careers/job_paused careers/job_released careers/job_report_waits careers/job_reported careers/job_shown_again
careers/job_change_approved careers/job_change_asked careers/job_change_returned
careers/job_question careers/job_returned careers/job_sent careers/job_submitted careers/job_withdrawn
careers/owner_asked careers/owner_named careers/owner_stopped careers/profile_rests careers/profile_still_looking
careers/profiles_found
careers/team_changed
content/links_broken
content/newsletter
content/question_consent_withdrawn
content/question_follow_up content/question_staff membership/application_answered_staff membership/application_approved
membership/application_declined membership/application_info_asked membership/application_received
membership/application_approved_dues membership/application_submitted_staff membership/closed
membership/application_draft membership/application_draft_waits
membership/automatic_announced membership/automatic_begun membership/automatic_failed membership/automatic_stopped
membership/directory_hidden membership/directory_message membership/directory_shown_again
membership/group_accepted membership/group_asked membership/group_chair membership/group_declined
membership/group_letter membership/journal_contents membership/journal_subject
membership/member_letter membership/office_receipt
membership/pause_asked membership/pause_declined membership/pause_ended membership/pause_granted
membership/reminder membership/reopened membership/resignation_taken_back membership/resigned
membership/seat_ended membership/seat_taken membership/seat_paid membership/seat_not_renewed
membership/bundle_agreed membership/bundle_left membership/bundle_reminder
"""
KIND_OF = {
    "accounts": "account", "content": "question", "mail": "subscription", "careers": "careers", "billing": "billing",
    "membership": "membership-application",
}  # fmt: skip
APPLICATION_LETTERS = ["agreed", "changed", "confirm", "ended", "named", "new", "receipt", "withdrawn"]
SEAT_LETTERS = [
    *("bundle_administrator", "bundle_agreed", "bundle_left", "bundle_reminder"),
    *("seat_ended", "seat_not_renewed", "seat_offered", "seat_paid", "seat_taken"),
]
EXCEPTIONS = {
    "mail/test_letter": "test",
    "content/newsletter_confirm": "newsletter",
    "content/newsletter": "newsletter",
    **dict.fromkeys(("careers/alert", "careers/alert_confirm", "careers/alert_still_wanted"), "alerts"),
    **dict.fromkeys(("careers/profile_rests", "careers/profile_still_looking"), "profiles"),
    "careers/profiles_found": "profile-searches",
    "membership/directory_confirm": "directory",
    "membership/office_confirm": "membership-office",
    **{f"membership/{name}": "membership-seats" for name in SEAT_LETTERS},
    **{f"careers/application_{name}": "applications" for name in APPLICATION_LETTERS},
}


def every_letter() -> list[str]:
    folder = ROOT / "templates" / "emails"
    found = folder.rglob("*.subject.txt")
    return sorted(str(path.relative_to(folder)).removesuffix(".subject.txt") for path in found)


def write(template: str, to: str = STRANGER, **more) -> OutgoingEmail:
    context = CONTEXT | {"title": "News"} if template == "mail/confirm" else CONTEXT
    kind = EXCEPTIONS.get(template, KIND_OF[template.split("/")[0]])
    return queue_email(to, template, {**context, **more.pop("context", {})}, kind=kind, **more)


def receipt(to: str = STRANGER) -> OutgoingEmail:
    return write("content/question_receipt", to)


def code(to: str = STRANGER) -> OutgoingEmail:
    return write("accounts/login_code", to, secret=True)


def counts():
    return LimitCount.objects.filter(name=NAME)


def states(*emails: OutgoingEmail) -> list[str]:
    return [email.state for email in emails]


@pytest.mark.parametrize("template", every_letter())
def test_no_letter_carries_typed_words_to_a_stranger(template):
    email = write(template, user=user(first_name=TYPED, last_name=TYPED))
    words = email.subject + email.text + email.html

    is_open = template.startswith(OPEN)
    assert email.state == (EmailState.QUEUED if is_open else EmailState.SUPPRESSED)
    assert email.why_not_sent == ("" if is_open else WhyNotSent.UNCONFIRMED)
    assert not is_open or TYPED not in words
    assert is_open or template in CONFIRMED_ONLY.split()


def test_the_exceptions_are_these_and_each_has_its_reason():
    assert set(TYPED_WORDS_MAY_GO) == {"careers/team_invitation", "billing/"}
    assert all(len(reason) > 40 for reason in TYPED_WORDS_MAY_GO.values())
    with pytest.raises(ImproperlyConfigured, match="No exception"):
        OpenLetter("content/question_receipt", typed=("name",))


def test_an_exception_needs_somebody_who_vouches():
    vouched, not_vouched = (write("billing/order_placed", vouched=word) for word in (True, False))
    assert (TYPED in vouched.text, TYPED in not_vouched.text) == (True, False)


def test_a_tag_of_the_address_is_not_repeated():
    email = write("accounts/unknown_account", "stranger+your-account-is-suspended@people.example")
    assert email.to == "stranger+your-account-is-suspended@people.example"
    assert "suspended" not in email.text + email.html
    assert "the address stranger@people.example" in email.text


def test_a_confirmed_reader_is_greeted_and_gets_what_comes():
    person = user("amara@stranger.example")
    written = [write("content/question_receipt", person.email) for _ in range(12)]
    assert set(states(*written)) == {EmailState.QUEUED}
    assert written[0].text.startswith(f"Dear {TYPED},")
    assert counts().count() == 0


def test_two_readers_are_asked_about_and_one_counted_by_one_statement(django_assert_num_queries):
    person = user("amara@stranger.example")
    with django_assert_num_queries(1):
        found, also = look_up_readers(STRANGER, person.email, also=Topic.objects.none())
    assert (found, also) == ([KnownReader(STRANGER, False, True), KnownReader(person.email, True)], False)
    assert look_up_readers(person.email, STRANGER, also=LimitCount.objects.all()) == (
        [KnownReader(person.email, True), KnownReader(STRANGER, False)],
        True,
    )
    assert counts().get().times == 1


def test_a_letter_that_was_counted_already_counts_once_and_keeps_to_the_share():
    for _ in range(7):
        (reader,), _ = look_up_readers(STRANGER)
        email = write("billing/order_placed", reader=reader)
    assert (counts().get().times, reader.has_share, email.why_not_sent) == (6, False, WhyNotSent.MANY)


@pytest.mark.parametrize(
    ("made", "known"),
    [
        ({"verified": True}, True),
        ({"verified": False}, False),
        ({"verified": False, "password": None}, True),  # staff made it
        ({"verified": False, "last_login": timezone.now()}, True),  # staff changed the address
    ],
)
def test_whose_address_is_known(made, known):
    person = user("amara@stranger.example", **made)
    assert (is_confirmed(person.email), is_confirmed("Amara@Stranger.example")) == (known, known)


def test_the_staffs_addresses_and_confirmed_list_mail_are_known(settings):
    settings.STAFF_EMAIL = "Staff <office@stranger.example>"
    Topic.objects.create(name="A topic", slug="a-topic", email="topic@stranger.example")
    subscriptions.ask_to_confirm("reader@stranger.example", "news", "News")
    assert not is_confirmed("reader@stranger.example")
    subscriptions.confirm_subscription(Subscription.objects.get())
    for known in ("office@stranger.example", "topic@stranger.example", "reader@stranger.example"):
        assert is_confirmed(known)
    assert not is_confirmed(STRANGER)


def test_a_day_holds_six_letters_and_some_codes_over_all_kinds():
    letters = [receipt(), write("billing/reminder"), write("mail/confirm"), write("careers/team_invitation")]
    letters += [receipt() for _ in range(4)]
    codes = [code() for _ in range(6)]

    assert states(*letters) == [EmailState.QUEUED] * 6 + [EmailState.SUPPRESSED] * 2
    assert states(*codes) == [EmailState.QUEUED] * 4 + [EmailState.SUPPRESSED] * 2
    assert letters[-1].why_not_sent == WhyNotSent.MANY
    assert ProcrastinateJob.objects.count() == 10
    assert receipt("other-stranger@people.example").state == EmailState.QUEUED


def test_a_letter_over_the_share_is_kept_and_its_code_is_not(settings):
    settings.DEMO = False
    tomorrow = timezone.now() + timedelta(days=1)
    LimitCount.objects.create(name=NAME, subject=digest(reader_of(STRANGER)), times=10, ends_at=tomorrow)
    assert "Follow your question here" in receipt().text
    assert (code().text, code().html) == ("", "")


def test_a_new_day_begins_anew():
    assert states(*(receipt() for _ in range(7)))[-1] == EmailState.SUPPRESSED
    assert counts().get().subject == digest(STRANGER)  # no address can be read there
    counts().update(ends_at=timezone.now())
    assert receipt().state == EmailState.QUEUED
    assert counts().get().times == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("stranger@people.example", "Stranger+a.b@People.example", True),
        ("s.tranger+x@gmail.com", "stranger@googlemail.com", True),
        ("s.tranger@people.example", "stranger@people.example", False),
        ("stranger@people.example", "stranger@other.example", False),
    ],
)
def test_one_mailbox_is_one_reader(one, other, same):
    assert (reader_of(one) == reader_of(other)) is same


def test_an_answer_that_staff_send_comes_whatever_others_did():
    for _ in range(7):
        receipt()
    assert write("content/question_answer").state == EmailState.QUEUED


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_does_not_count():
    with transaction.atomic():
        receipt()
        transaction.set_rollback(True)
    assert counts().count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_share_go_out():
    outcomes = at_once(*[receipt] * 12)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sorted(states(*outcomes)) == [EmailState.QUEUED] * 6 + [EmailState.SUPPRESSED] * 6
    assert counts().get().times == 6


def test_staff_are_told_see_why_and_send_what_is_wanted():
    for _ in range(6):
        write("careers/team_invitation")
    kept = write("careers/team_invitation")
    staff, others = staff_client(CAREERS_STAFF), staff_client(MEMBERSHIP_STAFF)

    assert "One letter was kept back from an address that nobody has confirmed." in staff.get("/admin/").text
    assert "kept back" not in others.get("/admin/").text
    page = staff.get(f"/admin/mail/outgoingemail/{kept.pk}/change/").text
    assert "the daily limit for an address that nobody has confirmed" in page
    staff.post(f"/admin/mail/outgoingemail/{kept.pk}/resend/")

    kept.refresh_from_db()
    assert (kept.state, kept.why_not_sent) == (EmailState.QUEUED, "")
    assert "kept back" not in staff.get("/admin/").text


def test_typed_words_wait_until_the_address_is_confirmed():
    kept = write("careers/job_paused", context={"reason": "A word."})
    with pytest.raises(NotAllowed, match="nobody has confirmed this address"):
        delivery.resend_email(kept)
    user(STRANGER)
    assert delivery.resend_email(kept).state == EmailState.QUEUED


def test_paused_mail_is_not_sent_again():
    subscription = subscriptions.subscribe(user(), "news", "News")
    subscriptions.pause_subscription(subscription)
    subscription.refresh_from_db()
    kept = write("content/question_receipt", "amara@example.org", subscription=subscription)
    assert kept.why_not_sent == WhyNotSent.PAUSED
    with pytest.raises(NotAllowed, match="paused"):
        delivery.resend_email(kept)
