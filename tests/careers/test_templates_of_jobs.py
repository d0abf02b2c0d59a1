"""Beginning a position with another one: copies and templates."""

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from careers.domain import drafts, job_templates
from careers.models import Employer, Job, JobTemplate
from careers.models.template import MOST_TEMPLATES
from careers.states import JobStatus

from .factories import live_job, make_employer, make_job, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def url(name: str, *args: str) -> str:
    return reverse(f"careers:{name}", args=args)


@pytest.mark.parametrize("status", [JobStatus.DRAFT, JobStatus.APPROVED, JobStatus.FILLED, JobStatus.WITHDRAWN])
def test_any_own_position_is_a_start_without_its_dates_and_statements(client, owner, employer, status):
    today = timezone.localdate()
    job = make_job(
        employer, status=status, title="Pain nurse", wished_start_on=today, closes_on=today, terms={"call_one_in": 5}
    )
    answer = client.post(url("job-clone", job.public_id))

    made = Job.objects.exclude(pk=job.pk).get()
    assert answer["Location"] == url("job-edit", made.public_id)
    assert (made.status, made.title, made.employer, made.starts_at) == (JobStatus.DRAFT, "Pain nurse", employer, None)
    page = client.get(answer["Location"])
    form = page.context["form"]
    assert (form["title"].value(), form["summary"].value()) == ("Pain nurse", job.summary)
    assert page.context["terms"]["call_one_in"].value() == "1 in 5"
    assert not form["wished_start_on"].value()
    assert not form["closes_on"].value()
    assert [step.label for step in page.context["steps"] if not step.is_done] == ["Your statements", "Check and send"]


def test_a_template_is_kept_begun_renamed_and_deleted(client, owner, employer):
    job = live_job(employer, title="Pain nurse")
    assert "Keep as a template" in client.get(employer.get_absolute_url()).text
    save = url("template-save", job.public_id)
    assert client.get(save).context["form"]["name"].value() == "Pain nurse"
    client.post(save, {"name": "Clinic nurse"})
    template = JobTemplate.objects.get()
    assert (template.name, template.by, template.fields["title"]) == ("Clinic nurse", owner, ["Pain nurse"])

    twice = client.post(save, {"name": "Clinic nurse"})
    assert (twice.status_code, twice.context["form"].errors["name"]) == (422, [job_templates.TWICE])

    begun = client.post(url("template-begin", employer.public_id, template.public_id), follow=True)
    assert begun.context["form"]["title"].value() == "Pain nurse"

    edit = url("template-edit", employer.public_id, template.public_id)
    client.post(edit, {"name": "Ward nurse"})
    assert "Ward nurse" in client.get(url("template-list", employer.public_id)).text
    client.post(edit, {"delete": "yes"})
    assert not JobTemplate.objects.exists()
    assert Job.objects.count() == 2


def test_thirty_fit(owner, employer):
    JobTemplate.objects.bulk_create(
        JobTemplate(employer=employer, name=str(number), fields={}) for number in range(MOST_TEMPLATES)
    )
    with pytest.raises(NotAllowed, match="as many as fit"):
        job_templates.save_template(employer, "One more", {}, by=owner)


def test_another_employers_templates_are_not_found(client, employer):
    template = JobTemplate.objects.create(employer=employer, name="Ours", fields={"title": ["Secret"]})
    job = make_job(employer)
    other = make_employer("Another")
    client.force_login(make_member(other))
    for name, args in (
        ("template-begin", (employer.public_id, template.public_id)),
        ("template-begin", (other.public_id, template.public_id)),
        ("template-edit", (employer.public_id, template.public_id)),
        ("template-edit", (other.public_id, template.public_id)),
        ("template-save", (job.public_id,)),
        ("job-clone", (job.public_id,)),
    ):
        assert client.post(url(name, *args), {"name": "Mine", "delete": "yes"}).status_code == 404
    assert JobTemplate.objects.get().name == "Ours"
    assert Job.objects.count() == 1


def test_a_draft_that_was_only_typed_is_copied_as_typed(owner, employer):
    begun = drafts.begin_draft(employer, {"title": ["T"], "pay_min": ["a lot"], "closes_on": ["2030-01-01"]}, by=owner)
    words = job_templates.to_begin_with(begun.version.fields)
    assert words == {"title": ["T"], "pay_min": ["a lot"]}
