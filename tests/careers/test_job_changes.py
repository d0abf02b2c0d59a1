"""Changes of a position that readers see: its words at once, the rest once staff have read it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Place
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.criteria import JobCriteria
from careers.domain import alert_letters, alert_matching, job_changes, jobs, reviews
from careers.forms.whole_job import COUNTS
from careers.models import AlertMatch, Employer, Job, JobChange, ReviewNote
from careers.queries.review import queue_keys
from careers.states import JobStatus
from tests import racing
from tests.factories import staff_client

from .factories import live_job, make_employer, make_job, make_member, make_user, specialty
from .test_alerts import MAINE, alert
from .test_board import room_queries
from .test_desk import DESK, page_of, press

pytestmark = pytest.mark.django_db
BANGOR = [{"city": "Bangor", "state_code": "ME"}]


def edit(job: Job, by: Any = None, *, places: Any = None, specialties: Any = None, terms: Any = None, **fields: Any):
    """An edit by the form, which sends everything; what is not given stays."""
    job = Job.objects.get(pk=job.pk)
    names = ("title", "summary", "body", "benefits", "pay_min", "pay_max", "apply_url", "apply_email", "profession")
    return job_changes.edit_live_job(
        job,
        by=by,
        fields={name: getattr(job, name) for name in names} | fields,
        specialties=list(job.specialties.all()) if specialties is None else specialties,
        places=list(job.locations.values("city", "state_code", "postal_code", "place_id"))
        if places is None
        else places,
        terms={"call_one_in": job.stated_terms.call_one_in} if terms is None else terms,
    )


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def letters() -> list[str]:
    return [mail.template for mail in OutgoingEmail.objects.order_by("pk")]


def test_words_change_at_once_and_the_rest_waits_while_the_old_stays_live(owner, employer):
    job = live_job(employer)
    done = edit(job, owner, summary="New words.", title="Pain doctor", pay_max=Decimal(450_000), places=BANGOR)
    now = Job.objects.get()
    assert (now.summary, now.title, now.pay_max, now.places_text) == (
        "New words.",
        job.title,
        job.pay_max,
        job.places_text,
    )
    assert done.at_once == ("summary",)
    assert done.change.wanted == {
        "title": "Pain doctor",
        "pay_max": "450000.00",
        "places": [{"city": "Bangor", "state_code": "ME", "postal_code": "", "place": None}],
    }
    assert (done.change.asked_by, now.is_live()) == (owner, True)
    assert letters() == ["careers/job_change_asked"]


def test_what_is_approved_is_applied_at_once_with_its_address(owner, employer):
    job = live_job(employer, terms={"call_one_in": 5})
    chosen = specialty("neurology")
    edit(job, owner, title="Pain doctor", pay_max=Decimal(450_000), places=BANGOR, specialties=[chosen],
         terms={"call_one_in": 6}, apply_url="https://harborlane.example/apply", apply_email="")  # fmt: skip
    staff = make_user()

    job_changes.approve_change(job, by=staff)

    now = Job.objects.get()
    assert (now.title, now.slug, now.pay_max, now.places_text) == (
        "Pain doctor",
        "pain-doctor",
        450_000,
        "Bangor, Maine",
    )
    assert (list(now.specialties.all()), now.stated_terms.call_one_in) == ([chosen], 6)
    assert (now.apply_url, now.apply_email) == ("https://harborlane.example/apply", "")
    assert (now.status, now.starts_at, now.ends_at) == (job.status, job.starts_at, job.ends_at)
    change = JobChange.objects.get()
    assert (change.outcome, change.decided_by) == ("approved", staff)
    assert letters() == ["careers/job_change_asked", "careers/job_change_approved"]


def test_what_goes_back_leaves_everything_as_it_was_and_is_asked_for_again(owner, employer):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    with pytest.raises(NotAllowed, match="Please give a reason"):
        job_changes.return_change(job, by=None, text=" ")
    job_changes.return_change(job, by=None, text="Which title is it?", codes=["thin"])
    assert Job.objects.get().title == job.title
    assert "Which title is it?" in OutgoingEmail.objects.latest("pk").text
    edit(job, owner, title="Pain physician")
    assert list(JobChange.objects.order_by("pk").values_list("outcome", flat=True)) == ["returned", "open"]


def test_an_edit_of_what_waits_keeps_its_place_and_one_back_to_the_old_takes_it_back(owner, employer):
    job = live_job(employer)
    first = edit(job, owner, title="Pain doctor").change
    second = edit(job, owner, title="Pain physician").change
    assert (second.pk, second.asked_at, second.wanted) == (first.pk, first.asked_at, {"title": "Pain physician"})
    assert letters() == ["careers/job_change_asked"]
    assert edit(job, owner).change is None
    assert JobChange.objects.get().outcome == "taken-back"
    with pytest.raises(NotAllowed, match="No change of this position waits"):
        job_changes.take_change_back(job, by=owner)


def test_one_waits_for_each_position_at_most(owner, employer):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        JobChange.objects.create(job=job, wanted={"title": "Another"})


@pytest.mark.parametrize("end", ["fill", "withdraw", "past"])
def test_what_is_asked_ends_with_the_position(owner, employer, end):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    if end == "past":
        Job.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    else:
        getattr(jobs, f"{end}_job")(job, by=owner)
        assert JobChange.objects.get().outcome == "ended"
    assert queue_keys() == []
    with pytest.raises(NotAllowed):
        job_changes.approve_change(job, by=None)
    with pytest.raises(NotAllowed):
        edit(job, owner, title="Another")
    assert Job.objects.get().title == job.title


def test_a_paused_position_is_changed_the_same_way(owner, employer):
    job = make_job(employer, status=JobStatus.PAUSED)
    edit(job, owner, title="Pain doctor")
    job_changes.approve_change(job, by=None)
    assert (Job.objects.get().title, Job.objects.get().status) == ("Pain doctor", JobStatus.PAUSED)


def test_approval_asks_no_old_alert_again_but_a_new_place_adds_its_own():
    Place.objects.create(name="Duluth", state_code="MN", state="Minnesota", latitude=46.8, longitude=-92.1)
    found_before = alert(criteria=MAINE)
    job = live_job()
    alert_matching.announce_job(str(job.pk))
    late, minnesota = alert(criteria=JobCriteria()), alert(criteria=JobCriteria(states=("MN",)))

    edit(job, title="Pain doctor")
    job_changes.approve_change(job, by=None)
    assert set(AlertMatch.objects.values_list("alert", flat=True)) == {found_before.pk}

    places = [{"city": "Portland", "state_code": "ME"}, {"city": "Duluth", "state_code": "MN"}]
    edit(job, places=places)
    job_changes.approve_change(job, by=None)
    assert set(AlertMatch.objects.values_list("alert", flat=True)) == {found_before.pk, minnesota.pk}
    assert not late.matches.exists()
    assert AlertMatch.objects.count() == 2


def test_a_place_that_a_paused_position_gets_is_told_once_it_is_back(owner, employer):
    Place.objects.create(name="Duluth", state_code="MN", state="Minnesota", latitude=46.8, longitude=-92.1)
    job = live_job(employer)
    alert_matching.announce_job(str(job.pk))
    known, minnesota = alert(criteria=MAINE), alert(criteria=JobCriteria(states=("MN",)))
    jobs.pause_job(job, by=owner)
    edit(job, places=[{"city": "Portland", "state_code": "ME"}, {"city": "Duluth", "state_code": "MN"}])
    job_changes.approve_change(job, by=None)

    assert list(alert_letters.due_matches(timezone.now())) == []
    jobs.resume_job(Job.objects.get(), by=owner)
    assert [find.alert_id for find in alert_letters.due_matches(timezone.now())] == [minnesota.pk]
    assert not known.matches.exists()


def test_the_form_says_what_goes_at_once_and_what_waits(client, owner, employer):
    job = live_job(employer)
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    assert page.text.index("Readers see this at once") < page.text.index("Our staff read this first")
    data = COUNTS | page.context["form"].typed() | {"seen": page.context["seen"]}

    answer = client.post(url, data | {"summary": "New words.", "title": "Pain doctor"}, follow=True)

    assert "Readers see the summary of “Interventional pain physician” now." in answer.text
    assert "A change waits for our staff" in answer.text
    preview = client.get(reverse("careers:job-preview", args=[job.public_id])).text
    assert '<ins><span class="vh">added: </span>doctor</ins>' in preview
    assert "It is the only one that our staff are to read." in preview
    again = client.get(url)
    assert again.context["form"].main["title"].value() == "Pain doctor"
    assert "Pain doctor" not in client.get(job.get_absolute_url()).text

    client.post(reverse("careers:job-change-back", args=[job.public_id]))
    assert JobChange.objects.get().outcome == "taken-back"
    assert client.get(url).context["form"].main["title"].value() == job.title


def test_places_and_terms_that_were_asked_for_stand_in_the_form_again(client, owner, employer):
    job = live_job(employer, terms={"call_one_in": 5})
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    data = COUNTS | page.context["form"].typed() | {"seen": page.context["seen"]}
    sent = data | {"places-0-place": "Bangor, Maine", "call_one_in": "1 in 6", "specialties": [specialty().pk]}
    assert client.post(url, sent).status_code == 302
    assert set(JobChange.objects.get().wanted) == {"places", "specialties", "terms"}
    form = client.get(url).context["form"]
    assert (form.locations[0]["place"].value(), form.terms["call_one_in"].value()) == ("Bangor, Maine", "1 in 6")
    assert form.main["specialties"].value() == [specialty().pk]


def test_nothing_changed_asks_for_nothing(client, owner, employer):
    job = live_job(employer, terms={"call_one_in": 5})
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    answer = client.post(url, COUNTS | page.context["form"].typed() | {"seen": page.context["seen"]}, follow=True)
    assert "stays as it is." in answer.text
    assert JobChange.objects.count() == 0


def test_two_recruiters_on_one_position_lose_nothing(client, owner, employer):
    job = live_job(employer)
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    edit(job, make_member(employer), summary="A colleague's words.", title="A colleague's title")
    data = COUNTS | page.context["form"].typed() | {"seen": page.context["seen"], "title": "Mine"}

    refused = client.post(url, data)

    assert refused.status_code == 422
    assert "A colleague of yours, or our staff, have changed this position" in refused.text
    assert refused.context["form"].main["title"].value() == "Mine"
    assert JobChange.objects.get().wanted == {"title": "A colleague's title"}
    assert client.post(url, data | {"seen": refused.context["seen"]}).status_code == 302
    assert JobChange.objects.get().wanted["title"] == "Mine"


@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        ({"apply_url": "//evil.example"}, "Write the whole address, beginning with https://."),
        ({"apply_url": "javascript:alert(1)"}, "address"),
        ({"title": ""}, "Write the title of the position."),
        ({"pay_min": "1", "pay_max": "2"}, "is that for another length of time?"),
        ({"places-0-place": ""}, "Name at least one place"),
        ({"title": "x\x00y"}, ""),
        ({"title": "x" * 10_000}, ""),
        ({"apply_email": "", "apply_url": ""}, "Say where to apply"),
    ],
)
def test_slips_are_told_and_change_nothing(client, owner, employer, slip, sentence):
    job = live_job(employer)
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    refused = client.post(
        url, COUNTS | page.context["form"].typed() | {"seen": page.context["seen"], "summary": "New."} | slip
    )
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "New." in refused.text
    assert Job.objects.get().summary == job.summary
    assert JobChange.objects.count() == 0


def test_a_name_that_is_withheld_stays_so_and_is_kept_out_of_a_change(client, owner, employer):
    job = live_job(employer, confidential=True, public_employer_name="A clinic")
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url)
    data = (
        COUNTS
        | page.context["form"].typed()
        | {
            "seen": page.context["seen"],
            "confidential": "",
            "public_employer_name": "X",
        }
    )
    assert client.post(url, data | {"title": f"Nurse at {employer.name}"}).status_code == 422
    assert client.post(url, data | {"title": "Nurse", "apply_email": "hr@a.example"}).status_code == 422
    assert client.post(url, data | {"title": "Nurse"}).status_code == 302
    assert JobChange.objects.get().wanted == {"title": "Nurse"}


def test_another_employer_reaches_no_change(client, owner):
    job = live_job(make_employer("Juniper Pain"))
    edit(job, title="Pain doctor")
    assert client.get(reverse("careers:job-edit", args=[job.public_id])).status_code == 404
    assert client.post(reverse("careers:job-change-back", args=[job.public_id])).status_code == 404
    assert JobChange.objects.get().is_open


def test_the_desk_shows_changes_among_what_waits_old_and_new(owner, employer):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    JobChange.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    other = make_job(employer, title="Nurse", status=JobStatus.IN_REVIEW, submitted_at=timezone.now())
    browser = staff_client(CAREERS_STAFF)
    page = browser.get(DESK, follow=True)
    assert (page.context["job"], page.context["total"]) == (job, 2)
    assert [change.label for change in page.context["asked"]] == ["Title"]
    seen = page.context["forms"]["approve"]["seen"].value()
    edit(job, owner, title="Pain physician")
    assert press(browser, job, "approve", seen=seen).status_code == 422

    seen = page_of(browser, job).context["forms"]["approve"]["seen"].value()
    assert press(browser, job, "approve", seen=seen)["Location"] == f"{DESK}{other.pk}/"

    assert Job.objects.get(pk=job.pk).title == "Pain physician"
    again = browser.post(reverse("admin:careers_job_desk_approve", args=[job.pk]), follow=True)
    assert "no change waits any more" in again.text


def test_words_that_the_employer_changes_while_staff_read_are_read_first(owner, employer):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    browser = staff_client(CAREERS_STAFF)
    seen = page_of(browser, job).context["forms"]["approve"]["seen"].value()
    edit(job, owner, title="Pain doctor", summary="Ring 555-0100 and ask for Bob.")

    answer = press(browser, job, "approve", seen=seen)

    assert answer.status_code == 422
    assert "Please read it again." in answer.text
    assert JobChange.objects.get().is_open
    press(browser, job, "approve", seen=answer.context["forms"]["approve"]["seen"].value())
    assert Job.objects.get().title == "Pain doctor"


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ("A quiet clinic by the sea.", False),
        ("Two days, 4 weeks, $450,000 in 2027.", False),
        ("Ring 207-555-0100 today.", True),
        ("Write to bob@work.example.", True),
        ("See www.work.example first.", True),
    ],
)
def test_words_that_bring_a_way_to_be_reached_wait_for_staff(owner, employer, words, waits):
    job = live_job(employer)
    done = edit(job, owner, summary=words)
    assert (done.at_once == (), done.change is not None) == (waits, waits)
    assert (Job.objects.get().summary == words) is not waits
    if waits:
        assert done.change.wanted == {"summary": words}
        edit(job, owner, summary=words, benefits="A bicycle.")  # what waits goes on waiting, the rest goes at once
        assert (Job.objects.get().benefits, JobChange.objects.get().wanted) == ("A bicycle.", {"summary": words})
        job_changes.approve_change(job, by=None)
    assert Job.objects.get().summary == words


def test_a_link_waits_even_without_words_of_its_own_and_an_old_one_does_not(owner, employer):
    job = live_job(employer)
    linked = f'{job.body}<p>See <a href="https://work.example/apply" rel="noopener">here</a>.</p>'
    assert edit(job, owner, body=linked).change.wanted == {"body": linked}
    job_changes.approve_change(job, by=None)
    assert edit(job, owner, body=linked.replace("See", "Look")).at_once == ("body",)


def test_staff_see_whose_words_changed_and_say_that_they_have_read_them(owner, employer):
    job, other = live_job(employer), live_job(employer)
    Job.objects.update(updated_at=timezone.now() - timedelta(days=9), approved_at=timezone.now() - timedelta(days=8))
    edit(job, owner, summary="Another summary.")
    browser = staff_client(CAREERS_STAFF)
    listed = "/admin/careers/job/?stage=all&unread=1"
    assert list(browser.get(listed).context["cl"].result_list) == [job]
    assert [one.has_unread_words for one in Job.objects.order_by("pk")] == [True, False]

    browser.post(reverse("admin:careers_job_mark_read", args=[job.pk]))
    assert list(browser.get(listed).context["cl"].result_list) == []
    for one in (job, other):
        with pytest.raises(NotAllowed, match="Nothing of it is unread"):
            reviews.mark_read(one, by=None)


def test_a_change_is_sent_back_from_the_desk(owner, employer):
    job = live_job(employer)
    edit(job, owner, title="Pain doctor")
    press(staff_client(CAREERS_STAFF), job, "return", text="Which title is it?", codes=["thin"])
    change = JobChange.objects.get()
    assert (change.outcome, change.words, change.codes) == ("returned", "Which title is it?", ["thin"])
    assert ReviewNote.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 40])
def test_the_board_asks_once_for_all_changes(client, owner, employer, rows):
    for number in range(rows):
        edit(live_job(employer, title=f"Position {number}"), title="Pain doctor")
    counted = room_queries(client, employer.get_absolute_url())
    live_job(employer)
    assert room_queries(client, employer.get_absolute_url()) == counted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trial", range(3))
def test_approving_while_it_is_edited_leaves_one_truth(trial):
    job = live_job()
    edit(job, title="First")
    said = racing.at_once(
        lambda: job_changes.approve_change(job, by=None), lambda: edit(job, title="Second", summary="New words.")
    )
    assert [one for one in said if isinstance(one, Exception)] == []
    now, changes = Job.objects.get(), list(JobChange.objects.order_by("pk").values_list("outcome", "wanted"))
    assert now.summary == "New words."
    if now.title == "First":
        assert changes == [("approved", {"title": "First"}), ("open", {"title": "Second"})]
    else:
        assert (now.title, changes) == ("Second", [("approved", {"title": "Second"})])


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_decide_on_a_change_at_once():
    job = live_job()
    edit(job, title="First")
    said = racing.at_once(
        lambda: job_changes.approve_change(job, by=None), lambda: job_changes.return_change(job, by=None, text="No.")
    )
    assert sorted(isinstance(one, NotAllowed) for one in said) == [False, True]
    assert (JobChange.objects.get().outcome == "approved") == (Job.objects.get().title == "First")


@pytest.mark.django_db(transaction=True)
def test_filling_while_a_change_is_approved_leaves_no_open_one():
    job = live_job()
    edit(job, title="First")
    racing.at_once(lambda: job_changes.approve_change(job, by=None), lambda: jobs.fill_job(job, by=None))
    assert Job.objects.get().status == JobStatus.FILLED
    assert JobChange.objects.get().outcome in {"approved", "ended"}
