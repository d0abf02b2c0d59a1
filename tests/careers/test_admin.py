"""The staff's side: the queue, the decisions by buttons, and who may press them."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.roles import ADMINISTRATOR, CAREERS_STAFF, CONTENT_EDITOR, FINANCE
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.domain import employers, jobs, verifications
from careers.models import CreditEntry, Employer, Job, Package
from careers.presenters.review_hints import warnings_for
from careers.states import JobStatus
from tests.house.pages import Page

from .factories import credits_for, live_job, make_employer, make_job, make_member, make_package, make_user
from .test_board import room_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=CAREERS_STAFF))
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client, staff):
    """May delete employers, too."""
    staff.groups.add(Group.objects.get(name=ADMINISTRATOR))


def form_of(client, address: str) -> dict[str, str]:
    """What a browser would send of a form in the admin, as it stands."""
    page = Page(client.get(address).text, address)
    return next(form.fields for form in page.forms if form.id.endswith("_form"))


def decide(client, job: Job, verb: str, **data: str):
    return client.post(reverse("admin:careers_job_decide", args=[job.pk, verb]), data)


def test_staff_approve_by_a_button_after_a_confirmation(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    member = make_member(job.employer)
    change = client.get(reverse("admin:careers_job_change", args=[job.pk])).content.decode()
    confirm = reverse("admin:careers_job_decide", args=[job.pk, "approve"])
    assert confirm in change
    assert client.get(confirm).status_code == 200
    assert Job.objects.get().status == JobStatus.IN_REVIEW

    response = decide(client, job, "approve")

    assert response.status_code == 302
    assert Job.objects.get().is_live()
    assert OutgoingEmail.objects.get().to == member.email
    assert client.get(job.get_absolute_url()).status_code == 200
    assert job.status_changes.get().by == staff


def test_a_first_day_at_the_calendars_end_is_refused_in_words(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW, wished_start_on=date(9999, 12, 31))

    refused = decide(client, job, "approve")

    assert refused.status_code == 422
    assert "Its first day, December 31, 9999, cannot be right." in refused.text
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_sending_back_asks_for_the_reason(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    assert decide(client, job, "return", reason=" ").status_code == 422
    assert Job.objects.get().status == JobStatus.IN_REVIEW

    decide(client, job, "return", reason="Which pay is it?")

    assert Job.objects.get().status == JobStatus.RETURNED
    assert "Which pay is it?" in OutgoingEmail.objects.get().text


@pytest.mark.parametrize(("verb", "status"), [("withdraw", "withdrawn"), ("pause", "paused")])
def test_taking_down_asks_for_the_reason(client, staff, verb, status):
    job = live_job()
    assert decide(client, job, verb).status_code == 422
    decide(client, job, verb, reason="It is not medicine.")
    assert Job.objects.get().status == status


def test_the_second_decision_is_told_that_the_first_was_made(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    decide(client, job, "approve")
    response = client.post(reverse("admin:careers_job_decide", args=[job.pk, "return"]), {"reason": "x"}, follow=True)
    assert "Somebody has decided already" in response.content.decode()
    assert ">\nx</textarea>" in response.content.decode()  # the reason that was typed is not lost
    assert "Send back" not in response.content.decode()
    nothing_typed = client.post(reverse("admin:careers_job_decide", args=[job.pk, "return"]), {"reason": ""})
    assert nothing_typed.status_code == 302
    assert Job.objects.get().status == JobStatus.APPROVED


@pytest.mark.parametrize("verb", ["approve", "return", "withdraw"])
def test_who_has_no_such_right_presses_in_vain(client, settings, verb):
    settings.STAFF_MFA_REQUIRED = False
    job = make_job(status=JobStatus.IN_REVIEW)
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=CONTENT_EDITOR))
    client.force_login(user)
    assert decide(client, job, verb, reason="x").status_code == 403
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_the_queue_is_oldest_first_with_its_age(client, staff):
    employer = make_employer()
    now = timezone.now()
    for title, days in (("Second", 2), ("First", 5), ("Third", 1)):
        make_job(employer, title=title, status=JobStatus.IN_REVIEW, submitted_at=now - timedelta(days=days))
    live_job(employer, title="Live")

    response = client.get(reverse("admin:careers_job_changelist") + "?stage=review")

    assert [job.title for job in response.context["cl"].result_list] == ["First", "Second", "Third"]
    assert "5\xa0days" in response.content.decode()


def test_a_correction_is_written_and_nothing_else(client, staff):
    job = live_job()
    url = reverse("admin:careers_job_change", args=[job.pk])
    data = {"title": "Pain physician", "summary": job.summary, "body": job.body, "benefits": "", "pay_note": ""}
    client.post(url, {**data, "status": "filled", "pay_min": "1", "employer": "99"})
    job.refresh_from_db()
    assert (job.title, job.slug, job.status, job.pay_min) == ("Pain physician", "pain-physician", "approved", 365000)


def test_every_page_of_the_room_opens(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    make_member(job.employer)
    package = Package.objects.create(slug="one", name="One", price=99)
    for name, row in (("job", job), ("employer", job.employer), ("package", package)):
        for view, arguments in (("changelist", []), ("change", [row.pk]), ("history", [row.pk])):
            url = reverse(f"admin:careers_{name}_{view}", args=arguments)
            assert client.get(url).status_code == 200, url
    entry = credits_for(job.employer)
    for view, arguments in (("changelist", []), ("change", [entry.pk])):
        assert client.get(reverse(f"admin:careers_creditentry_{view}", args=arguments)).status_code == 200
    for name in ("employer", "package"):
        assert client.get(reverse(f"admin:careers_{name}_add")).status_code == 200
    assert client.get(reverse("careers:job-preview", args=[job.public_id])).status_code == 200
    for group in ("live", "waiting", "review", "back", "draft", "paused", "scheduled", "ended"):
        assert client.get(reverse("admin:careers_job_changelist") + f"?stage={group}").status_code == 200


def test_a_renamed_employer_is_renamed_on_its_positions(client, staff):
    job = live_job()
    employer = job.employer
    data = {"name": "New Name", "slug": employer.slug, "kind": employer.kind, "website": "", "about": ""}
    prefixes = ("members", "invitations")
    data |= {f"{prefix}-{form}": "0" for prefix in prefixes for form in ("TOTAL_FORMS", "INITIAL_FORMS")}
    client.post(reverse("admin:careers_employer_change", args=[employer.pk]), data)
    job.refresh_from_db()
    assert job.public_employer_name == "New Name"


def package_form(**more) -> dict[str, str]:
    return {"slug": "one", "name": "One", "postings": "1", "runs_days": "30", "price": "99", "tax_rate": "0", **more}


def test_a_packages_currency_is_chosen_and_its_size_has_bounds(client, staff):
    add = reverse("admin:careers_package_add")
    html = client.get(add).content.decode()
    assert '<select name="currency"' in html
    refused = {
        ("currency", "usd"): "Please choose from the list; “usd” is not in it.",
        ("currency", "JPY"): "Please choose from the list; “JPY” is not in it.",
        ("postings", "0"): "A package has at least one posting.",
        ("postings", "101"): "A package has at most 100 postings. Who wants more buys it several times.",
    }
    for (field, value), sentence in refused.items():
        answer = client.post(add, package_form(**{"currency": "USD", "order": "1", field: value}))
        assert answer.context["adminform"].form.errors[field] == [sentence]
    assert Package.objects.count() == 0

    client.post(add, package_form(currency="EUR", order="1"))

    assert Package.objects.get().currency == "EUR"


def test_no_employer_is_deleted(client, administrator):
    kept = make_employer("Kept")
    change, delete = (reverse(f"admin:careers_employer_{view}", args=[kept.pk]) for view in ("change", "delete"))
    assert delete not in client.get(change).content.decode()
    assert client.post(delete, {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [kept.pk], "post": "yes"}

    client.post(reverse("admin:careers_employer_changelist"), data)

    assert list(Employer.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"summary": "For a young and energetic physician."}, "age"),
        ({"summary": "Native speaker wanted."}, "national origin"),
        ({"title": "PAIN PHYSICIAN"}, "capitals"),
    ],
)
def test_the_reader_is_told_what_to_look_at_twice(words, sentence):
    employer = make_employer(verified=True)
    plain = make_job(employer, title="Another title")
    assert warnings_for(plain) == []
    (warning,) = warnings_for(make_job(employer, **words))
    assert sentence in warning


def test_a_near_twin_and_an_unknown_employer_are_named():
    employer = make_employer()
    first = live_job(employer)
    warnings = warnings_for(make_job(employer))
    assert "Nobody has verified this employer yet." in warnings
    assert any(f"position {first.number}" in warning for warning in warnings)


def give_url(employer) -> str:
    return reverse("admin:careers_employer_give", args=[employer.pk])


def test_staff_give_credits_by_a_button_with_a_reason(client, staff):
    employer = make_employer()
    change = reverse("admin:careers_employer_change", args=[employer.pk])
    assert give_url(employer) in client.get(change).content.decode()
    assert client.get(give_url(employer)).status_code == 200
    for slip in ({"reason": " "}, {"count": "0"}, {"count": "101"}, {"count": "-1"}, {"kind": "45"}):
        data = {"count": "2", "kind": "30", "reason": "A gift.", **slip}
        assert client.post(give_url(employer), data).status_code == 422
    assert CreditEntry.objects.count() == 0

    answer = client.post(give_url(employer), {"count": "2", "kind": "30", "reason": "A gift."}, follow=True)

    assert answer.redirect_chain == [(change, 302)]
    assert "2 postings of 30 days each" in answer.content.decode()
    entry = CreditEntry.objects.get()
    assert (entry.employer, entry.kind, entry.change, entry.by, entry.reason) == (
        employer,
        "given",
        2,
        staff,
        "A gift.",
    )

    client.post(give_url(employer), {"count": "-1", "kind": "30", "reason": "Given twice."})
    assert CreditEntry.objects.first().change == -1


def test_the_kinds_that_staff_give_are_those_on_offer_and_owned(client, staff):
    employer = make_employer()
    make_package("long", runs_days=90, featured=True)
    credits_for(employer, runs_days=45)
    kinds = client.get(give_url(employer)).context["form"].fields["kind"].choices
    assert kinds == [("45", "45 days"), ("90-featured", "90 days, featured")]


def test_who_may_not_give_presses_in_vain(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    employer = make_employer()
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=FINANCE))
    client.force_login(user)
    change = reverse("admin:careers_employer_change", args=[employer.pk])
    assert give_url(employer) not in client.get(change).content.decode()
    assert client.post(give_url(employer), {"count": "2", "kind": "30", "reason": "x"}).status_code == 403
    assert CreditEntry.objects.count() == 0
    assert client.get(reverse("admin:careers_creditentry_changelist")).status_code == 200


def test_of_what_waits_for_a_posting_staff_may_withdraw_only(client, staff):
    job = make_job(status=JobStatus.AWAITING_PAYMENT)
    change = client.get(reverse("admin:careers_job_change", args=[job.pk])).content.decode()
    offered = [verb for verb in ("approve", "return", "pause", "withdraw") if f"/decide/{verb}/" in change]
    assert offered == ["withdraw"]
    decide(client, job, "withdraw", reason="It is not medicine.")
    assert Job.objects.get().status == JobStatus.WITHDRAWN


def test_staff_who_withdraw_before_approval_give_the_posting_back(client, staff):
    job = make_job()
    credits_for(job.employer)
    jobs.submit_job(job, by=make_member(job.employer))
    decide(client, job, "withdraw", reason="It is not medicine.")
    assert [entry.kind for entry in CreditEntry.objects.order_by("pk")] == ["given", "spent", "returned"]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_ledger_takes_three_queries_however_long_it_is(client, staff, rows):
    for number in range(rows):
        employer = make_employer(f"Employer {number}")
        credits_for(employer)
        jobs.submit_job(make_job(employer), by=make_member(employer))
    # How many, the entries, the filter's lengths.
    assert room_queries(client, reverse("admin:careers_creditentry_changelist")) == 3


def test_postings_are_given_once_however_often_the_button_is_pressed(client, staff):
    employer = make_employer()
    form = client.get(give_url(employer)).context["form"]
    data = {"count": "2", "kind": "30", "reason": "A gift.", "seen": form.initial["seen"]}
    assert client.post(give_url(employer), data).status_code == 302
    again = client.post(give_url(employer), data)
    assert (again.status_code, "Not done: postings came or went since you opened this page." in again.text) == (
        422,
        True,
    )
    assert CreditEntry.objects.count() == 1


def test_a_text_that_was_changed_since_is_not_approved(client, staff):
    job = make_job(status=JobStatus.IN_REVIEW)
    owner = make_member(job.employer)
    confirm = reverse("admin:careers_job_decide", args=[job.pk, "approve"])
    seen = client.get(confirm).context["form"].initial["seen"]
    jobs.take_job_back(job, by=owner)
    credits_for(job.employer)
    jobs.submit_job(Job.objects.get(), by=owner)
    assert decide(client, job, "approve", seen=seen).status_code == 422
    assert Job.objects.get().status == JobStatus.IN_REVIEW
    assert decide(client, job, "approve", seen=client.get(confirm).context["form"].initial["seen"]).status_code == 302


def test_a_form_that_was_read_before_a_decision_does_not_take_it_back(client, administrator):
    """As when somebody closes an organization, and somebody else saves its form in that moment."""
    employer = make_employer("Ended Clinic")
    address = reverse("admin:careers_employer_change", args=[employer.pk])
    fields = form_of(client, address) | {"website": "https://ended.example/"}
    verifications.verify_employer(employer, by=None, how="They wrote.")
    employers.close_employer(employer)

    assert client.post(address, fields).status_code == 302

    saved = Employer.objects.get()
    assert (saved.website, saved.verified, saved.closed_at is None) == ("https://ended.example/", True, False)


def test_an_employer_is_closed_with_a_reason_and_keeps_what_it_has(client, administrator):
    employer = make_employer("Ended Clinic")
    owner = make_member(employer)
    job = make_job(employer=employer, status=JobStatus.IN_REVIEW)
    close, again = (reverse(f"admin:careers_employer_{verb}", args=[employer.pk]) for verb in ("close", "reopen"))
    assert client.post(close, {"reason": ""}).status_code == 422
    assert "1 position is still open" in client.post(close, {"reason": "It has moved."}).content.decode()
    Job.objects.filter(pk=job.pk).update(status=JobStatus.DRAFT)

    assert client.post(close, {"reason": "It has moved."}).status_code == 302

    employer.refresh_from_db()
    assert employer.closed_at is not None
    assert "It has moved." in LogEntry.objects.get().change_message
    assert list(Employer.objects.bought_for_by(owner)) == []
    assert list(Employer.objects.for_user(owner)) == [employer]
    for refused in (
        lambda: jobs.create_job(employer, by=owner, fields={"title": "A post"}),
        lambda: jobs.submit_job(job, by=owner),
        lambda: employers.invite_member(employer, by=owner, email="x@example.org", role="owner"),
    ):
        with pytest.raises(NotAllowed, match="closed on our site"):
            refused()
    assert client.post(again, {"reason": "It is back."}).status_code == 302
    assert list(Employer.objects.bought_for_by(owner)) == [employer]
