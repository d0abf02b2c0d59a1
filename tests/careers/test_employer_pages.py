"""An employer's own pages: who may enter, and the way from the form to the staff."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.models import UnknownPlace
from aapm_site.accounts.place_field import NO_STATE, SEVERAL, UNKNOWN, UNKNOWN_ZIP
from careers import run_dates
from careers.choices import MemberRole
from careers.credit_types import CreditType
from careers.domain import credit_ledger
from careers.forms.job import WANTED
from careers.forms.rich_words import words_as_text
from careers.models import Employer, Job, JobLocation
from careers.states import JobStatus

from .factories import (
    credits_for,
    live_job,
    make_employer,
    make_job,
    make_member,
    make_package,
    make_user,
    profession,
    specialty,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "You would see about fourteen patients a day, and new patients get an hour.\n\n"
    "## You bring\n- Board certification\n- A **license** for Maine\n\n"
    "Every plan is talked over on Wednesdays, at a table, with lunch."
)

COUNTS = {"places-TOTAL_FORMS": "6", "places-INITIAL_FORMS": "0"}


def typed(**changes) -> dict:
    """The whole form as a browser sends it."""
    data = {
        "title": "Pain physician",
        "profession": profession().pk,
        "specialties": [specialty().pk],
        "setting": "hospital",
        "employment_type": "full-time",
        "remote": "no",
        "pay_min": "$365,000",
        "pay_max": "420,000",
        "pay_period": "year",
        "pay_note": "",
        "pay_exemption": "",
        "benefits": "Health and dental",
        "summary": "Join three physicians.",
        "body": TEXT,
        "apply_url": "",
        "apply_email": "jobs@harborlane.example",
        "public_employer_name": "",
        "wished_start_on": "",
        "closes_on": "",
        "is_open_vacancy": "on",
        "software_screens": "no",
        "places-TOTAL_FORMS": "6",
        "places-INITIAL_FORMS": "0",
        "places-MIN_NUM_FORMS": "0",
        "places-MAX_NUM_FORMS": "6",
        "places-0-place": "Portland, ME 04101",
        "places-1-place": "Bangor, Maine",
    }
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def new_url(employer: Employer) -> str:
    return reverse("careers:job-new", args=[employer.public_id])


def pages(employer: Employer, job: Job) -> dict[str, str]:
    return {
        "board": reverse("careers:employer-board", args=[employer.public_id]),
        "details": reverse("careers:employer-edit", args=[employer.public_id]),
        "team": reverse("careers:employer-team", args=[employer.public_id]),
        "new": new_url(employer),
        "edit": reverse("careers:job-edit", args=[job.public_id]),
        "preview": reverse("careers:job-preview", args=[job.public_id]),
        "submit": reverse("careers:job-submit", args=[job.public_id]),
        "step": reverse("careers:job-step", args=[job.public_id, "await-payment"]),
        "postings": reverse("careers:employer-credits", args=[employer.public_id]),
        "buy": reverse("careers:package-buy", args=["single"]),
    }


ALL = ["board", "details", "team", "new", "edit", "preview", "submit", "step", "postings", "buy"]
# The board by its postings; who may buy for no organization is asked to register one.
WHO = {
    "owner": dict.fromkeys(ALL, 200),
    "poster": dict.fromkeys(ALL, 200) | {"details": 404},
    "viewer": dict.fromkeys(ALL, 404) | {"board": 200, "team": 200, "preview": 200, "postings": 200, "buy": 302},
    "stranger": dict.fromkeys(ALL, 404) | {"buy": 302},
    "other employer": dict.fromkeys(ALL, 404) | {"buy": 200},
    "unconfirmed": dict.fromkeys(ALL, 302),
    "visitor": dict.fromkeys(ALL, 302),
}


@pytest.mark.parametrize("who", WHO)
def test_each_page_opens_for_whom_it_should(client, employer, who):
    job = make_job(employer)
    make_package("single")
    if who in MemberRole.values:
        client.force_login(make_member(employer, who))
    elif who == "other employer":
        client.force_login(make_member(make_employer("Another")))
    elif who != "visitor":
        client.force_login(make_user(confirmed=who != "unconfirmed"))

    found = {name: client.get(url).status_code for name, url in pages(employer, job).items()}

    assert found == WHO[who]


@pytest.mark.parametrize("verb", ["submit", "withdraw", "fill", "pause", "resume", "take-back"])
@pytest.mark.parametrize("who", ["viewer", "stranger", "other employer", "unconfirmed", "visitor"])
def test_nobody_else_takes_a_step(client, employer, who, verb):
    job = live_job(employer)
    if who == "viewer":
        client.force_login(make_member(employer, MemberRole.VIEWER))
    elif who == "other employer":
        client.force_login(make_member(make_employer("Another")))
    elif who != "visitor":
        client.force_login(make_user(confirmed=who != "unconfirmed"))

    response = client.post(reverse("careers:job-step", args=[job.public_id, verb]))

    assert response.status_code in {302, 404}
    assert Job.objects.get(pk=job.pk).status == JobStatus.APPROVED
    assert job.status_changes.count() == 0


def test_from_the_form_over_the_preview_to_review(client, owner, employer):
    response = client.post(new_url(employer), typed())

    job = Job.objects.get()
    assert response["Location"] == reverse("careers:job-preview", args=[job.public_id])
    assert (job.status, job.employer) == (JobStatus.DRAFT, employer)
    assert (job.pay_min, job.pay_max) == (365000, 420000)
    assert job.places_text == "Portland, Maine; Bangor, Maine"
    assert job.public_employer_name == employer.name
    assert "<h2>You bring</h2>" in job.body
    assert "<li>A <strong>license</strong> for Maine</li>" in job.body
    assert list(job.specialties.all()) == [specialty()]

    preview = client.get(response["Location"]).content.decode()
    assert "This is a preview." in preview
    assert "Send to review" in preview
    assert "JobPosting" not in preview
    assert 'content="noindex"' in preview

    credits_for(employer, runs_days=60)
    done = client.post(reverse("careers:job-submit", args=[job.public_id]), follow=True)
    job.refresh_from_db()
    assert job.runs_days == 60
    assert Job.objects.get().status == JobStatus.IN_REVIEW
    assert "It is with our staff now" in done.content.decode().replace("it is with", "It is with")
    assert client.get(job.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Write the title"),
        ({"pay_max": "42,000"}, "pay_max", "lower than the lowest. Is a zero missing?"),
        ({"pay_max": ""}, "pay_max", "Give both ends"),
        ({"pay_min": "a lot", "pay_max": ""}, "pay_max", "Give both ends"),
        ({"pay_max": "4,200,000"}, "pay_max", "too wide"),
        ({"pay_min": "", "pay_max": ""}, "pay_min", "attest below"),
        ({"pay_min": "", "pay_max": "", "pay_exempt": "on"}, "pay_exemption", "Say why"),
        ({"pay_min": "180", "pay_max": "220"}, "pay_period", "another length of time"),
        ({"pay_min": "180,000", "pay_max": "220,000", "pay_period": "hour"}, "pay_period", "another length of time"),
        ({"body": "Short."}, "body", "it has 6 of at least 120 characters"),
        ({"apply_email": ""}, "apply_url", "Say where to apply"),
        ({"confidential": "on"}, "public_employer_name", "in place of your name"),
        (
            {
                "confidential": "on",
                "public_employer_name": "A clinic",
                "summary": "HARBOR LANE Pain & Spine needs you.",
            },
            "summary",
            "the position is confidential",
        ),
        (
            {
                "confidential": "on",
                "public_employer_name": "A clinic",
                "pay_min": "",
                "pay_max": "",
                "pay_exempt": "on",
                "pay_exemption": "Harbor-Lane Pain &amp; Spine pays by rank.",
            },
            "pay_exemption",
            "the position is confidential",
        ),
        ({"confidential": "on", "public_employer_name": "A clinic"}, "apply_email", "on this site only"),
        ({"wished_start_on": "2020-01-01"}, "wished_start_on", "This day is over"),
        ({"wished_start_on": "9999-12-31"}, "wished_start_on", "That is not a day we can use"),
        ({"apply_url": "javascript:alert(1)"}, "apply_url", "Give the whole address, starting with https://."),
        ({"title": "Two\r\nlines"}, "title", "on one line"),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(client, owner, employer, changes, field, sentence):
    response = client.post(new_url(employer), typed(**changes))

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors[field])
    assert 'role="alert"' in html
    assert "A **license** for Maine" in html or "body" in changes
    assert "Bangor" in html
    assert Job.objects.count() == 0


def test_a_confidential_position_takes_applications_here_without_being_asked(client, owner, employer):
    withheld = {"confidential": "on", "public_employer_name": "A clinic", "apply_email": ""}
    assert client.post(new_url(employer), typed(**withheld)).status_code == 302
    job = Job.objects.get()
    assert (job.takes_applications, job.apply_url, job.apply_email) == (True, "", "")


def test_applications_on_the_site_are_way_enough(client, owner, employer):
    assert client.post(new_url(employer), typed(apply_email="", takes_applications="on")).status_code == 302
    assert Job.objects.get().takes_applications


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"places-0-place": "", "places-1-place": "Bangor"}, "Write it with its state"),
        ({"places-1-place": "portland, maine"}, "This place is named twice."),
        ({"places-0-place": "00000"}, "We do not know this ZIP code"),
        ({"places-0-place": "", "places-1-place": ""}, "Name at least one place"),
    ],
)
def test_a_slip_in_a_place_stands_in_the_summary(client, owner, employer, changes, sentence):
    response = client.post(new_url(employer), typed(**changes))
    assert response.status_code == 422
    assert response.context["error_count"] == 1
    assert response.content.decode().count(sentence) == 2
    assert Job.objects.count() == 0


NO_PLACE = {"places-0-place": "", "places-1-place": ""}


def slips(response) -> list[str]:
    """What the summary above the form lists."""
    return [unescape(found) for found in re.findall(r'<li><a href="#id_[^"]+">(.+?)</a></li>', response.text)]


def test_an_empty_form_names_everything_at_once(client, owner, employer):
    empty = dict.fromkeys(typed(), "") | {name: value for name, value in typed().items() if "_FORMS" in name}
    response = client.post(new_url(employer), empty)
    place = "Place 1, Town or ZIP code: Name at least one place, or choose fully remote work."
    assert place in slips(response)
    assert response.context["error_count"] == len(slips(response))

    named = {name for name in response.context["form"].errors if name in WANTED}
    assert named == {*WANTED}

    others_mended = client.post(new_url(employer), typed(**NO_PLACE))
    assert slips(others_mended) == [place]


@pytest.mark.parametrize("typed_place", ["04101", "041", "Portland", "Portland, XX"])
def test_a_place_that_nobody_knows_needs_its_state(client, owner, employer, typed_place):
    response = client.post(new_url(employer), typed(**NO_PLACE | {"places-0-place": typed_place}))
    sentence = UNKNOWN_ZIP if typed_place == "04101" else NO_STATE
    assert slips(response) == [f"Place 1, Town or ZIP code: {sentence}"]
    assert f'value="{typed_place}"' in response.text
    assert [row.typed for row in UnknownPlace.objects.all()] == [typed_place]


def test_a_town_that_the_gazetteer_lacks_is_taken_with_its_state_and_told_to_staff(client, owner, employer):
    hollow = {"places-0-place": "Tiny Hollow, VT 05001-1234"}
    assert client.post(new_url(employer), typed(**NO_PLACE | hollow)).status_code == 302
    place = JobLocation.objects.get()
    assert (place.city, place.state_code, place.postal_code, place.place) == ("Tiny Hollow", "VT", "05001-1234", None)
    assert UnknownPlace.objects.get().typed == "Tiny Hollow, VT 05001-1234"


def choices(response) -> list[str]:
    return re.findall(r'<input type="radio" name="places-0-place-choice" value="([^"]+)">', response.text)


def test_one_of_several_places_is_chosen_without_scripts(client, owner, employer):
    load_gazetteer()
    oakland = {"places-0-place": "oakland, PA"}
    asked = client.post(new_url(employer), typed(**NO_PLACE | oakland))

    offered = [f"Oakland, {county} County, Pennsylvania" for county in ("Cambria", "Lawrence", "Susquehanna")]
    assert choices(asked) == offered
    assert slips(asked) == [f"Place 1, Town or ZIP code: {SEVERAL}"]
    chosen = NO_PLACE | oakland | {"places-0-place-asked": "oakland, PA", "places-0-place-choice": offered[1]}
    # A choice was made for the text that stood there; whoever changes that asks for something else.
    other = client.post(new_url(employer), typed(**chosen | {"places-0-place": "Portland"}))
    assert choices(other) == ["Portland, Oregon", "Portland, Maine", "Portland, Texas"]

    assert client.post(new_url(employer), typed(**chosen)).status_code == 302
    job = Job.objects.get()
    assert (job.places_text, job.locations.get().place.number) == (offered[1], 5204168)
    edited = client.get(reverse("careers:job-edit", args=[job.public_id]))
    assert f'value="{offered[1]}"' in edited.text


def test_a_zip_code_offers_the_towns_near_it(client, owner, employer):
    load_gazetteer()
    asked = client.post(new_url(employer), typed(**NO_PLACE | {"places-0-place": "04101"}))
    assert choices(asked)[0] == "Portland, Maine 04101"
    client.post(new_url(employer), typed(**NO_PLACE | {"places-0-place": choices(asked)[0]}))
    place = JobLocation.objects.get()
    assert (str(place), place.postal_code, place.place.name) == ("Portland, ME", "04101", "Portland")
    assert not UnknownPlace.objects.exists()


def test_two_towns_of_one_name_are_two_places(client, owner, employer):
    load_gazetteer()
    both = {f"places-{row}-place": f"Oakland, {county}, PA" for row, county in enumerate(("Cambria", "Lawrence"))}
    assert client.post(new_url(employer), typed(**both)).status_code == 302
    assert JobLocation.objects.filter(city="Oakland").count() == 2
    named_twice = client.post(new_url(employer), typed(**both | {"places-1-place": both["places-0-place"]}))
    assert slips(named_twice) == ["Place 2, Town or ZIP code: This place is named twice."]


def folded(html: str) -> tuple[list[str], list[str]]:
    """The places that are seen, and those under “More places”, which is closed."""
    seen, summary, more = html.partition('<details class="more-places"><summary>More places')
    return tuple(re.findall(r'<legend class="vh">(Place \d)</legend>', part) for part in (seen, more))


def test_only_places_that_hold_something_are_unfolded(client, owner, employer):
    assert folded(client.get(new_url(employer)).text) == (["Place 1"], [f"Place {row}" for row in range(2, 7)])

    gap = {"places-1-place": "", "places-3-place": "Bath"}
    after_an_error = client.post(new_url(employer), typed(**gap))
    assert folded(after_an_error.text) == (["Place 1", "Place 4"], ["Place 2", "Place 3", "Place 5", "Place 6"])

    two = make_job(employer, places=[{"city": "Portland", "state_code": "ME"}, {"city": "Bangor", "state_code": "ME"}])
    edited = client.get(reverse("careers:job-edit", args=[two.public_id]))
    assert folded(edited.text) == (["Place 1", "Place 2"], ["Place 3", "Place 4", "Place 5", "Place 6"])

    full = {f"places-{row}-place": f"Town {row}, ME" for row in range(6)}
    all_used = client.post(new_url(employer), typed(title="", **full)).text
    assert folded(all_used) == ([f"Place {row}" for row in range(1, 7)], [])
    assert "More places" not in all_used


@pytest.mark.parametrize("total", [None, "0", "x"])
def test_the_form_has_its_places_whatever_number_comes_back(client, owner, employer, total):
    response = client.post(new_url(employer), typed(**{"title": "", "places-TOTAL_FORMS": total}))
    assert response.status_code == 422
    assert len(response.context["location_forms"]) == 6
    assert 'value="Bangor, Maine"' in response.text


def test_the_least_length_of_a_description_is_said_before_and_counts_what_readers_see(client, owner, employer):
    assert "at least 120 characters, about two sentences" in client.get(new_url(employer)).text

    marked = "## Team\n- **One** nurse\n\n" + "x" * 104
    short = client.post(new_url(employer), typed(body=marked))
    (error,) = short.context["form"].errors["body"]
    assert error == (
        "This is a little short: it has 119 of at least 120 characters. Say more, so that people can tell whether it "
        "is for them."
    )
    assert client.post(new_url(employer), typed(body=f"{marked}x")).status_code == 302


def test_a_draft_may_have_gaps_and_is_not_sent(client, owner, employer):
    gaps = dict.fromkeys(
        ("summary", "body", "pay_min", "pay_max", "apply_email", "places-0-place", "places-1-place"), ""
    )
    client.post(new_url(employer), typed(draft="yes", **gaps))
    job = Job.objects.get()
    assert (job.status, job.title) == (JobStatus.DRAFT, "Pain physician")

    client.post(reverse("careers:job-step", args=[job.public_id, "submit"]))
    assert Job.objects.get().status == JobStatus.DRAFT
    assert "Before you can send it" in client.get(reverse("careers:job-preview", args=[job.public_id])).content.decode()


def test_no_field_is_written_that_the_form_does_not_show(client, owner, employer):
    stranger = make_employer("Another")
    client.post(
        new_url(employer),
        typed(
            status="approved",
            employer=stranger.pk,
            featured="on",
            starts_at="2020-01-01",
            ends_at="2040-01-01",
            is_sample="on",
            approved_at="2020-01-01",
            public_id="aaaaaaaaaaaaaaaa",
            slug="x",
        ),
    )
    job = Job.objects.get()
    assert (job.status, job.employer, job.featured, job.starts_at, job.is_sample, job.approved_at) == (
        "draft", employer, False, None, False, None,
    )  # fmt: skip
    assert (job.slug, job.public_id) != ("x", "aaaaaaaaaaaaaaaa")


def test_a_returned_position_shows_the_reason_and_is_corrected(client, owner, employer):
    job = make_job(employer, status=JobStatus.RETURNED)
    job.status_changes.create(from_status="in_review", to_status="returned", reason="Which pay is it?")
    url = reverse("careers:job-edit", args=[job.public_id])
    assert "Which pay is it?" in client.get(url).content.decode()

    client.post(url, typed(title="Corrected"))

    job.refresh_from_db()
    assert (job.title, job.slug, job.status) == ("Corrected", "corrected", JobStatus.RETURNED)


def test_a_text_laid_out_by_staff_is_kept_when_the_employer_leaves_it(client, owner, employer):
    table = "<p>Before the table there is a sentence that is long enough to be accepted by the form.</p>"
    table += (
        "<table><tbody><tr><td>A cell of the table that staff have made for this posting.</td></tr></tbody></table>"
    )
    job = live_job(employer, body=table)
    url = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(url).context
    form = page["form"]
    shown = words_as_text(form.main["body"].value())
    sent = {name: values for name, values in form.typed().items() if name != "body-as"}

    client.post(url, sent | COUNTS | {"seen": page["seen"], "summary": "New.", "body": shown.replace("\n", "\r\n")})

    job.refresh_from_db()
    assert (job.summary, job.body) == ("New.", table)


def test_what_is_in_review_cannot_be_edited_until_it_is_taken_back(client, owner, employer):
    job = make_job(employer, status=JobStatus.IN_REVIEW)
    url = reverse("careers:job-edit", args=[job.public_id])
    assert client.get(url).status_code == 302
    assert client.post(url, typed(title="Sneaked in")).status_code == 302
    assert Job.objects.get().title == job.title

    client.post(reverse("careers:job-step", args=[job.public_id, "take-back"]))
    assert Job.objects.get().status == JobStatus.DRAFT


@pytest.mark.parametrize(("verb", "status"), [("pause", "paused"), ("fill", "filled"), ("withdraw", "withdrawn")])
def test_a_step_is_confirmed_by_get_and_taken_by_post(client, owner, employer, verb, status):
    job = live_job(employer)
    url = reverse("careers:job-step", args=[job.public_id, verb])

    page = client.get(url)
    assert page.status_code == 200
    assert Job.objects.get().status == JobStatus.APPROVED

    client.post(url)
    assert Job.objects.get().status == status
    # A second press, or an old page: a sentence, and nothing changes.
    again = client.post(url, follow=True)
    assert again.status_code == 200
    assert job.status_changes.count() == 1


def left_of(job) -> int:
    """The days that a made position has left today; those of its pause are added."""
    first, last, today = (timezone.localdate(moment) for moment in (job.starts_at, job.ends_at, None))
    paused = (today - timezone.localdate(job.taken_down_at)).days if job.taken_down_at else 0
    return run_dates.unused(first, last + timedelta(days=paused), today)


@pytest.mark.parametrize(
    ("status", "moments", "words"),
    [
        ("draft", {}, "It ends for good: you can no longer change it or send it. Readers have never seen it."),
        ("in_review", {}, "It ends for good: you can no longer change it or send it. Readers have never seen it."),
        ("approved", {}, "It ends for good, and its page says that it is gone."),
        ("approved", {"days_ago": -3}, "It ends for good, and never goes live."),
        ("paused", {}, "It ends for good, and its page says that it is gone."),
    ],
)
@pytest.mark.parametrize("uses_a_posting", [False, True])
def test_withdrawing_says_what_it_means_now(client, owner, employer, status, moments, words, uses_a_posting):
    job = make_job(employer, status=status, **moments)
    posting = ""
    if uses_a_posting:
        credits_for(employer)
        credit_ledger.spend_credit(job, CreditType(30, False), by=owner)
        if job.approved_at is None:
            posting = " The posting that it uses is yours again."
    if job.approved_at is not None:
        posting = f" {left_of(job)} days come back to your account."
    page = client.get(reverse("careers:job-step", args=[job.public_id, "withdraw"]))
    assert page.context["explained"] == f"{words}{posting} This cannot be undone."
    assert page.context["explained"] in page.text

    client.post(reverse("careers:job-step", args=[job.public_id, "withdraw"]))

    job.refresh_from_db()
    assert job.status == JobStatus.WITHDRAWN
    assert client.get(job.get_absolute_url()).status_code == (410 if "its page" in words else 404)
    assert credit_ledger.credits_left(employer, CreditType(30, False)) == int(
        uses_a_posting and job.approved_at is None
    )


# What is bought and used, which alone is called a posting.
BOUGHT = re.compile(
    "No postings left|Postings you own|1 posting left|uses one posting|used a posting|Renew with a posting"
)


@pytest.mark.parametrize("has_positions", [False, True])
def test_a_position_is_called_so_and_a_posting_is_what_is_bought(client, owner, employer, has_positions):
    addresses = [employer.get_absolute_url(), new_url(employer), "/account/"]
    addresses += [reverse(f"careers:employer-{name}", args=[employer.public_id]) for name in ("edit", "team")]
    if has_positions:
        credits_for(employer)
        for job in (make_job(employer), live_job(employer, confidential=True, public_employer_name="A clinic")):
            addresses += [reverse(f"careers:job-{name}", args=[job.public_id]) for name in ("edit", "preview")]
            addresses.append(reverse("careers:job-step", args=[job.public_id, "withdraw"]))
    for address in addresses:
        main = client.get(address).text.partition("<main")[2].partition("</main>")[0]
        words = BOUGHT.sub("", " ".join(re.sub(r"<[^>]+>", " ", main).split()))
        assert ("<h1" in main, re.findall(r".{,30}[Pp]osting.{,30}", words)) == (True, []), address


def test_the_preview_leads_back_by_the_name_of_the_page(client, owner, employer):
    job = make_job(employer)
    page = client.get(reverse("careers:job-preview", args=[job.public_id])).text
    address, name = re.search(r'<a class="more" href="(\S+)#job-\d+">To (.+?) <svg', page).groups()
    assert f"<h1>{name}</h1>" in client.get(address).text


@pytest.mark.parametrize("verb", ["approve", "return", "delete", "x"])
def test_the_staffs_steps_are_not_the_employers(client, owner, employer, verb):
    job = make_job(employer, status=JobStatus.IN_REVIEW)
    assert client.post(reverse("careers:job-step", args=[job.public_id, verb])).status_code == 404
    assert Job.objects.get().status == JobStatus.IN_REVIEW


def test_registering_makes_the_person_owner(client):
    user = make_user()
    client.force_login(user)
    load_gazetteer()
    data = {"name": "Cedar Fork", "kind": "health-system", "town": "Boise, ID", "website": "", "about": ""}

    response = client.post(reverse("careers:employer-register"), {**data, "verified": "on", "is_sample": "on"})

    employer = Employer.objects.get()
    assert response["Location"] == employer.get_absolute_url()
    assert (employer.slug, employer.verified, employer.is_sample) == ("cedar-fork", False, False)
    assert str(employer.place) == "Boise, ID"
    assert [(member.user, member.role) for member in employer.members.all()] == [(user, "owner")]

    client.force_login(make_user("somebody.else@example.org"))
    client.post(reverse("careers:employer-register"), data)
    assert sorted(Employer.objects.values_list("slug", flat=True)) == ["cedar-fork", "cedar-fork-2"]


def test_a_bad_registration_keeps_what_was_typed(client):
    client.force_login(make_user())
    response = client.post(
        reverse("careers:employer-register"), {"name": "Cedar Fork", "kind": "castle", "town": "Tiny Hollow, VT"}
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"kind", "town"}
    assert response.context["form"].errors["town"] == [UNKNOWN]
    assert UnknownPlace.objects.get().typed == "Tiny Hollow, VT"
    assert 'value="Cedar Fork"' in response.content.decode()
    assert Employer.objects.count() == 0


def test_the_way_in_leads_each_person_on(client, employer):
    home = reverse("careers:employer-home")
    assert "Make an account" in client.get(home).content.decode()
    client.force_login(make_user(confirmed=False))
    assert "Confirm my address" in client.get(home).content.decode()
    client.force_login(make_user())
    assert "Register my organization" in client.get(home).content.decode()
    client.force_login(make_member(employer))
    assert client.get(home)["Location"] == employer.get_absolute_url()


def test_a_form_without_anything_in_it_is_asked_about(client, employer, owner):
    page = client.post(reverse("careers:job-new", args=[employer.public_id]), {})
    assert (page.status_code, Job.objects.count()) == (422, 0)
