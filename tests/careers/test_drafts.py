"""Drafts: kept while one writes, two who write at once, versions that come back, words typed too late."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aapm_site.core.models import Revision
from aapm_site.core.transitions import NotAllowed
from careers.choices import MemberRole
from careers.domain import drafts, jobs
from careers.forms.whole_job import typed_in
from careers.models import Employer, Job, JobDraftVersion
from careers.states import JobStatus

from .factories import credits_for, make_employer, make_job, make_member, profession
from .test_employer_pages import new_url, typed

pytestmark = pytest.mark.django_db

LONG = "A week has four days in clinic and one for procedures. " * 4


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer, first_name="Ada", last_name="Owner")
    client.force_login(user)
    return user


def keep(client, job: Job, version: str = "", **words: str):
    return client.post(reverse("careers:draft-save", args=[job.public_id]), {**words, "version": version})


def versions(job: Job) -> list[JobDraftVersion]:
    return list(job.draft_versions.newest_first())


def test_the_first_words_of_a_new_position_make_its_draft(client, owner, employer):
    profession()
    revisions = Revision.objects.count()
    answer = client.post(
        reverse("careers:draft-begin", args=[employer.public_id]),
        {"title": " Pain  nurse", "pay_min": "a lot", "x": "y"},
    )

    job = Job.objects.get()
    (version,) = versions(job)
    assert (job.title, job.status, job.employer) == ("Pain nurse", JobStatus.DRAFT, employer)
    assert version.fields == {"title": [" Pain  nurse"], "pay_min": ["a lot"]}
    assert (version.by, version.is_checked) == (owner, False)
    edit = reverse("careers:job-edit", args=[job.public_id])
    save = reverse("careers:draft-save", args=[job.public_id])
    assert answer.json() == {"version": version.token, "save": save, "edit": edit}

    page = client.get(edit)
    assert page.context["form"]["pay_min"].value() == "a lot"
    assert page.context["form"]["profession"].value() is None
    assert "Typed, not checked yet." in page.text
    assert page.context["steps"][1].doubtful == ("pay",)
    # There is nothing to preview yet, and nothing to send.
    assert client.get(reverse("careers:job-preview", args=[job.public_id]))["Location"] == edit
    credits_for(employer)
    with pytest.raises(NotAllowed, match="Save and preview"):
        jobs.submit_job(job, by=owner)
    assert Revision.objects.count() == revisions


def test_what_is_typed_within_five_minutes_is_one_version_and_empties_no_cache(client, owner, employer):
    job = make_job(employer)
    revisions = Revision.objects.count()
    first = keep(client, job, title="One").json()["version"]
    second = keep(client, job, first, title="Two", body="<p>x</p>", **{"body-as": "html"}).json()["version"]
    same = keep(client, job, second, title="Two", body="<p>x</p>", **{"body-as": "html"}).json()["version"]

    assert second == same != first
    (version,) = versions(job)
    assert version.fields == {"title": ["Two"], "body": ["<p>x</p>"], "body-as": ["html"]}
    assert version.saves == 2
    assert Revision.objects.count() == revisions
    job.refresh_from_db()
    assert "clinic" not in job.title


def test_twenty_versions_are_kept_and_the_newest_of_the_line_always(employer):
    one, two = make_member(employer), make_member(employer, MemberRole.POSTER)
    job, token = make_job(employer), ""
    for number in range(24):
        kept = drafts.keep_typed(job, {"title": [f"T{number}"]}, by=(one, two)[number % 2], token=token)
        token = kept.version.token
    titles = [version.fields["title"][0] for version in versions(job)]
    assert titles == [f"T{number}" for number in range(23, 3, -1)]


def test_a_second_recruiter_is_told_and_their_words_are_kept(client, owner, employer):
    job = make_job(employer, title="Pain physician")
    began = keep(client, job, title="Pain physician, coast").json()["version"]
    colleague = make_member(employer, MemberRole.POSTER, first_name="Maria", last_name="Second")
    theirs = drafts.keep_typed(job, {"title": ["Pain physician, hills"]}, by=colleague, token=began).version

    late = keep(client, job, began, title="Pain physician, valley")
    assert late.status_code == 409
    mine = JobDraftVersion.objects.get(is_aside=True)
    assert late.json()["see"] == reverse("careers:draft-version", args=[job.public_id, mine.pk])
    assert re.match(
        r"Maria Second saved this position at \d+:\d\d [ap]\.m\. C[SD]T, while you wrote\.", late.json()["said"]
    )
    assert drafts.newest_version(job) == theirs
    # Going on makes no further versions, and overwrites nobody.
    keep(client, job, began, title="Pain physician, valleys")
    assert JobDraftVersion.objects.count() == 3

    page = client.get(late.json()["see"])
    assert "Two wrote at the same time." in page.text
    assert '<ins><span class="vh">added: </span>valleys</ins>' in page.text

    taken = client.post(late.json()["see"], follow=True)
    assert taken.context["form"]["title"].value() == "Pain physician, valleys"
    assert drafts.newest_version(job).by == owner
    assert theirs in versions(job)


def test_whoever_overtook_themselves_reads_so(client, owner, employer):
    job = make_job(employer, title="Pain physician")
    began = keep(client, job, title="Pain physician, coast").json()["version"]
    assert keep(client, job, began, title="Pain physician, hills").status_code == 200

    late = keep(client, job, began, title="Pain physician, valley")

    assert late.status_code == 409
    assert late.json()["said"].startswith("You saved this position yourself at ")


def test_a_checked_save_overwrites_nobody_either(client, owner, employer):
    job = make_job(employer)
    colleague = make_member(employer, MemberRole.POSTER, first_name="Maria", last_name="Second")
    drafts.keep_typed(job, {"title": ["Hers"]}, by=colleague, token="")

    answer = client.post(reverse("careers:job-edit", args=[job.public_id]), typed(title="Mine", version=""))

    assert answer.status_code == 422
    assert "Maria Second saved this position at" in answer.text
    assert 'value="Mine"' in answer.text
    assert "Compare both" in answer.text
    job.refresh_from_db()
    assert job.title == "Interventional pain physician"
    assert JobDraftVersion.objects.get(is_aside=True).fields["title"] == ["Mine"]


def test_a_press_keeps_what_cannot_be_used_yet_without_scripts_too(client, owner, employer):
    bad = client.post(new_url(employer), typed(title="", draft="yes"))
    job = Job.objects.get()
    assert bad.status_code == 422
    assert "Everything that you typed is kept." in bad.text
    assert f'action="{reverse("careers:job-edit", args=[job.public_id])}"' in bad.text
    assert (job.title, versions(job)[0].fields["summary"]) == (drafts.UNTITLED, ["Join three physicians."])

    again = typed(title="Mended", draft="yes", version=bad.context["token"])
    assert client.post(reverse("careers:job-edit", args=[job.public_id]), again).status_code == 302
    job.refresh_from_db()
    assert (job.title, job.profession) == ("Mended", profession())
    assert Job.objects.count() == 1
    assert versions(job)[0].is_checked


@pytest.mark.parametrize("status", [JobStatus.IN_REVIEW, JobStatus.APPROVED, JobStatus.WITHDRAWN])
def test_words_typed_while_it_went_away_are_kept(client, owner, employer, status):
    job = make_job(employer, status=status)
    by_itself = keep(client, job, title="Late")
    assert by_itself.status_code == 409
    assert "cannot be changed. What you typed is kept" in by_itself.json()["said"]

    pressed = client.post(
        reverse("careers:job-edit", args=[job.public_id]), typed(title="Later", version=""), follow=True
    )
    (version,) = versions(job)
    assert (version.is_aside, version.fields["title"]) == (True, ["Later"])
    assert "What you typed is kept as a version of its own." in pressed.text
    assert "Take this version" not in pressed.text
    job.refresh_from_db()
    assert (job.title, job.status) == ("Interventional pain physician", status)
    with pytest.raises(NotAllowed):
        drafts.bring_back(version, by=owner)


def test_all_versions_are_listed_and_one_comes_back(client, owner, employer):
    job = make_job(employer)
    client.post(reverse("careers:job-edit", args=[job.public_id]), typed(title="First", draft="yes", version=""))
    token = versions(job)[0].token
    keep(client, job, token, **{**typed(title="Second"), "specialties": ""})
    listed = client.get(reverse("careers:draft-versions", args=[job.public_id])).context["rows"]
    assert [row.words for row in listed] == ["Kept as it was typed", "Checked and saved"]

    first = listed[1].version
    shown = client.get(reverse("careers:draft-version", args=[job.public_id, first.pk]))
    assert {change.label for change in shown.context["changes"]} == {"Title", "Specialties that fit"}
    client.post(reverse("careers:draft-version", args=[job.public_id, first.pk]))
    assert client.get(reverse("careers:job-edit", args=[job.public_id])).context["form"]["title"].value() == "First"


def test_hostile_words_are_kept_and_shown_as_words(client, owner, employer):
    job = make_job(employer)
    nasty = "<script>alert(1)</script>\x00"
    assert keep(client, job, title=nasty).status_code == 200
    page = client.get(reverse("careers:job-edit", args=[job.public_id]))
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    huge = keep(client, job, versions(job)[0].token, body="x" * 700_000)
    assert huge.status_code == 422
    assert "Shorten the longest text" in huge.json()["said"]


def test_another_employers_words_and_versions_are_not_found(client, employer):
    job = make_job(employer)
    version = job.draft_versions.create(fields={"title": ["Secret"]})
    client.force_login(make_member(make_employer("Another")))
    for name, more in (("draft-save", []), ("draft-versions", []), ("draft-version", [version.pk])):
        url = reverse(f"careers:{name}", args=[job.public_id, *more])
        assert client.post(url, {"title": "Mine"}).status_code == (405 if name == "draft-versions" else 404)
        assert client.get(url).status_code == (405 if name == "draft-save" else 404)
    own = make_job(Employer.objects.get(name="Another"))
    assert client.get(reverse("careers:draft-version", args=[own.public_id, version.pk])).status_code == 404
    assert versions(job) == [version]


def test_a_draft_is_made_from_what_was_typed_and_nothing_else(rf):
    sent = rf.post("/", {"title": "T", "status": "approved", "csrfmiddlewaretoken": "x", "places-0-place": "Bath, ME"})
    assert typed_in(sent.POST) == {"title": ["T"], "places-0-place": ["Bath, ME"]}


def queries(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    room = ("careers_", "accounts_place", "accounts_profession", "accounts_specialty", "mail_", "pgtrigger")
    return sum(any(name in query["sql"] for name in room) for query in captured.captured_queries)


def test_from_draft_to_review_in_few_queries_a_request(client, owner, employer):
    client.post(new_url(employer), typed())
    job = Job.objects.get()
    credits_for(employer)
    edit, preview = (reverse(f"careers:{name}", args=[job.public_id]) for name in ("job-edit", "job-preview"))
    submit = reverse("careers:job-submit", args=[job.public_id])
    token = versions(job)[0].token
    found = {
        "open": queries(lambda: client.get(edit)),
        "keep": queries(lambda: keep(client, job, token, title="Pain physician")),
        "save": queries(lambda: client.post(edit, typed(version=versions(job)[0].token))),
        "preview": queries(lambda: client.get(preview)),
        "ask": queries(lambda: client.get(submit)),
        "send": queries(lambda: client.post(submit)),
    }
    job.refresh_from_db()
    assert job.status == JobStatus.IN_REVIEW
    assert max(found[name] for name in ("open", "keep", "preview", "ask")) <= 15, found
    # What writes all parts of a position, and what sends it with two letters, takes more.
    assert (found["save"] <= 28, found["send"] <= 22) == (True, True), found


def test_what_came_back_keeps_its_pay_and_the_words_of_a_gap_are_kept(client, owner, employer):
    job = make_job(employer, status=JobStatus.RETURNED)
    began = client.get(reverse("careers:job-edit", args=[job.public_id])).context["token"]
    answer = client.post(
        reverse("careers:job-edit", args=[job.public_id]),
        typed(title="Pain nurse", pay_min="", pay_max="", draft="yes", version=began),
    )
    assert answer.status_code == 422
    assert answer.context["refusals"] == ["State a range of pay, or say why none is required."]
    job.refresh_from_db()
    assert (job.title, job.pay_min) == ("Interventional pain physician", 365000)
    assert versions(job)[0].fields["title"] == ["Pain nurse"]
    assert not versions(job)[0].is_checked
