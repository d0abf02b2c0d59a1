"""Saved positions: one press, a hundred at most, a list of one's own in which what is gone stays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.core.cache import page_cache
from aapm_site.core.transitions import NotAllowed
from careers.choices import SavedStage
from careers.domain import saved_jobs
from careers.models import Job, SavedJob
from careers.states import JobStatus
from tests.factories import client_of

from .factories import live_job, make_job, make_user

pytestmark = pytest.mark.django_db
LIST = "/career-center/saved/"
# Session, person and when they were here, the menu, whether they buy for somebody: and one for all that is saved.
QUERIES_OF_THE_LIST = 6
# One of these is for what is saved; the lists of choices, the next change, the count and the page are remembered.
QUERIES_OF_THE_JOBS = 10


@pytest.fixture
def person():
    return make_user("seeker@example.org")


@pytest.fixture
def browser(person):
    return client_of(person)


def save(job: Job) -> str:
    return reverse("careers:job-save", args=[job.pk])


def many_jobs(count: int, **fields) -> list[Job]:
    """Live positions, written quickly."""
    first = live_job(**fields)
    copies = [Job(**{**_columns(first), "title": f"Position {number}"}) for number in range(count - 1)]
    return [first, *Job.objects.bulk_create(copies)]


def _columns(job: Job) -> dict:
    left_out = {"id", "public_id", "search"}
    return {field.attname: getattr(job, field.attname) for field in Job._meta.fields if field.name not in left_out}


def test_one_press_saves_and_leads_back_to_where_it_was_made(browser, person):
    job = live_job()
    page = browser.get("/career-center/jobs/?state=ME")
    assert f'action="{save(job)}"' in page.text

    answer = browser.post(save(job), {"next": "/career-center/jobs/?state=ME"})

    assert answer["Location"] == f"/career-center/jobs/?state=ME#job-{job.pk}"
    assert [one.job for one in SavedJob.objects.for_user(person)] == [job]
    page = browser.get(answer["Location"])
    assert "is saved: 1 of 100." in page.text
    assert f'action="{save(job)}"' not in page.text
    assert f'href="/career-center/saved/{job.pk}/"' in page.text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_press_leads_to_no_other_site(browser, elsewhere):
    job = live_job()
    assert browser.post(save(job), {"next": elsewhere})["Location"] == job.get_absolute_url()


def test_a_visitors_press_is_completed_after_the_sign_in(client, person):
    job = live_job()
    assert f'href="{save(job)}"' in client.get(job.get_absolute_url()).text

    to_sign_in = client.get(save(job))
    assert to_sign_in["Location"] == f"/accounts/login/?next={save(job)}"
    client.post(to_sign_in["Location"], {"login": person.email, "password": "correct horse battery"})

    assert client.get(save(job))["Location"] == job.get_absolute_url()
    assert SavedJob.objects.get().user == person


def test_all_that_a_visitor_pressed_is_saved_after_the_sign_in(client, person):
    first, closed, last = live_job(title="Nurse"), live_job(), live_job(title="Psychologist")
    for job in (first, closed, first, last):
        client.get(save(job))
    Job.objects.filter(pk=closed.pk).update(status=JobStatus.FILLED, taken_down_at=timezone.now())
    client.post("/accounts/login/", {"login": person.email, "password": "correct horse battery"})

    page = client.get(save(last), follow=True)

    assert set(SavedJob.objects.values_list("user", "job")) == {(person.pk, first.pk), (person.pk, last.pk)}
    assert "Saved too, as you wished before: “Nurse”." in page.text
    assert "“Psychologist” is saved: 2 of 100." in page.text
    assert client.get(save(closed)).status_code == 302
    assert SavedJob.objects.count() == 2


def test_an_address_alone_saves_nothing_and_asks(browser):
    job = live_job()

    page = browser.get(save(job))

    assert (page.status_code, SavedJob.objects.count()) == (200, 0)
    assert "Save it" in page.text


@pytest.mark.parametrize(("status", "code"), [(JobStatus.FILLED, 302), (JobStatus.PAUSED, 302), (JobStatus.DRAFT, 404)])
def test_what_is_not_open_is_not_saved(browser, status, code):
    job = make_job(status=status)
    assert browser.post(save(job)).status_code == code
    assert browser.get(save(job)).status_code == code
    assert not SavedJob.objects.exists()


def test_saving_again_changes_nothing(person):
    job = live_job()
    saved_jobs.save_job(person, job)
    SavedJob.objects.update(note="Near my sister.", stage=SavedStage.APPLIED)

    assert saved_jobs.save_job(person, job) == 1
    assert SavedJob.objects.get().note == "Near my sister."


def test_at_a_hundred_it_says_so_and_what_was_wanted_waits_for_room(browser, person):
    jobs = many_jobs(101)
    SavedJob.objects.bulk_create(SavedJob(user=person, job=job) for job in jobs[:100])
    wanted = jobs[100]

    answer = browser.post(save(wanted))
    page = browser.get(answer["Location"])

    assert answer["Location"] == f"{LIST}?wanted={wanted.pk}"
    assert "100 of 100 saved" in page.text
    assert "There was no room for it." in page.text
    assert saved_jobs.save_job(person, jobs[0]) == 100
    with pytest.raises(NotAllowed):
        saved_jobs.save_job(person, wanted)

    browser.post(f"{LIST}remove/", {"job": [job.pk for job in jobs[:3]]})
    assert "Now there is room for it." in browser.get(answer["Location"]).text
    assert saved_jobs.save_job(person, wanted) == 98


def test_gone_positions_stay_and_say_what_happened(browser, person):
    gone = {
        JobStatus.FILLED: "This position is filled.",
        JobStatus.WITHDRAWN: "This position has been withdrawn.",
        JobStatus.PAUSED: "The employer has paused this position.",
    }
    for status in gone:
        SavedJob.objects.create(user=person, job=make_job(status=status))
    SavedJob.objects.create(user=person, job=live_job(days_ago=40))

    page = browser.get(LIST).text

    assert page.count('class="job is-past"') == 4
    assert [words for words in gone.values() if words not in page] == []
    assert "This position was open until" in page


def test_the_note_and_the_stage_are_ones_own(browser, person):
    job = live_job()
    saved_jobs.save_job(person, job)
    address = f"{LIST}{job.pk}/"

    assert browser.post(address, {"stage": "interview", "note": "Tuesday, 9 o’clock"})["Location"] == (
        f"{LIST}#job-{job.pk}"
    )
    page = browser.get(LIST).text
    assert "Tuesday, 9 o’clock" in page
    assert '<option value="interview" selected>' in page

    too_long = browser.post(address, {"stage": "interview", "note": "x" * 2001})
    assert (too_long.status_code, "x" * 2001 in too_long.text) == (422, True)
    for nothing in ({"stage": "hired", "note": ""}, {}):
        assert browser.post(address, nothing).status_code == 422
    assert client_of(make_user()).get(address).status_code == 404


def test_a_note_goes_only_after_a_question(browser, person):
    noted, plain = live_job(), live_job()
    SavedJob.objects.create(user=person, job=noted, note="Near my sister.")
    SavedJob.objects.create(user=person, job=plain)
    remove = f"{LIST}remove/"

    asked = browser.post(remove, {"job": [noted.pk, plain.pk]})
    assert (asked.status_code, SavedJob.objects.count()) == (200, 2)
    assert "Near my sister." in asked.text

    browser.post(remove, {"only": plain.pk, "job": [noted.pk]})
    assert [one.job for one in SavedJob.objects.all()] == [noted]
    browser.post(remove, {"job": [noted.pk], "sure": "yes"})
    assert not SavedJob.objects.exists()


@pytest.mark.parametrize("numbers", [[], ["7"], ["x", "-1", "9" * 40, "²"]])
def test_removing_nothing_says_what_to_do(browser, numbers):
    answer = browser.post(f"{LIST}remove/", {"job": numbers}, follow=True)
    assert "Mark the positions that you want to remove" in answer.text


@pytest.mark.parametrize("wanted", ["", "x", "0", "9" * 40, "²", "12"])
def test_a_wanted_position_that_is_none_is_left_out(browser, wanted):
    page = browser.get(LIST, {"wanted": wanted})
    assert (page.status_code, page.context["wanted"]) == (200, None)


def test_somebody_elses_list_is_not_there(browser):
    other = make_user()
    job = live_job()
    saved_jobs.save_job(other, job)

    assert job.title not in browser.get(LIST).text
    assert browser.get(f"{LIST}{job.pk}/").status_code == 404
    browser.post(f"{LIST}remove/", {"job": [job.pk]})
    assert SavedJob.objects.get().user == other


@pytest.mark.parametrize("count", [1, 100])
def test_the_pages_ask_as_often_for_many_as_for_one(browser, person, count, django_assert_num_queries):
    jobs = many_jobs(count)
    SavedJob.objects.bulk_create(SavedJob(user=person, job=job) for job in jobs)
    browser.get(LIST)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        browser.get(LIST)
    with django_assert_num_queries(QUERIES_OF_THE_JOBS):
        browser.get("/career-center/jobs/")


def test_my_account_shows_the_last_ones_and_the_way_to_all(browser, person):
    jobs = many_jobs(4)
    for job in jobs:
        saved_jobs.save_job(person, job)

    page = browser.get("/account/").text

    assert "All 4 of 100" in page
    assert jobs[3].title in page
    assert jobs[0].title not in page


def test_what_is_saved_is_exported_and_forgotten(person):
    job = live_job()
    SavedJob.objects.create(user=person, job=job, note="Near my sister.", saved_at=timezone.now())

    (row,) = privacy.export_person(person)["careers"]["saved_positions"]
    assert (row["number"], row["note"], row["how_far"]) == (job.pk, "Near my sister.", "Interested")
    privacy.erase_person(person)
    assert not SavedJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_once_for_all_holds_nothing_of_a_reader(client, browser, person, settings, monkeypatch):
    settings.REMEMBERED_READS = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0.0)
    job = live_job()
    saved_jobs.save_job(person, job)
    url = "/career-center/jobs/"

    signed_in, visitor, again = (
        browser.get(url).text,
        client.get(url).text,
        client.get(url).text,
    )

    assert visitor == again
    assert "btn--s save is-saved" in signed_in
    assert "is-saved" not in visitor
    assert f'href="{save(job)}"' in visitor
    Job.objects.update(title="Another title")
    assert "Another title</a></h3>" in client.get(url).text
