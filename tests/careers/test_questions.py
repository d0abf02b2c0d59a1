"""What an employer asks everybody who applies: written, fixed, answered, shown, exported and erased."""

import pytest
from django.urls import reverse

from careers.domain import job_questions
from careers.models import Job, JobApplication, JobQuestion
from careers.privacy import application_data
from careers.states import JobStatus

from .factories import live_job, make_employer, make_member, make_user
from .test_applications import HERE
from .test_employer_pages import new_url, typed

pytestmark = pytest.mark.django_db

THREE = [
    {"text": "Do you hold a license in Maine?", "kind": "yes-no", "is_required": True, "options": []},
    {"text": "Which clinic?", "kind": "one-of", "options": ["Bath", "Bangor"], "is_required": False},
    {"text": "What draws you here?", "kind": "short", "options": [], "is_required": False},
]


def asked(*rows: dict) -> dict[str, str]:
    return {f"questions-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def test_five_fit_and_are_kept_in_their_order(client, owner, employer):
    rows = [{"text": f"Question {number}?", "kind": "yes-no"} for number in range(7)]
    rows[1] = {"text": "Which one?", "kind": "one-of", "options": "Bath\r\n\r\nBath\r\n Bangor ", "is_required": "on"}
    assert client.post(new_url(employer), typed(**asked(*rows))).status_code == 302
    kept = list(JobQuestion.objects.all())
    assert [row.text for row in kept] == ["Question 0?", "Which one?", "Question 2?", "Question 3?", "Question 4?"]
    assert (kept[1].options, kept[1].is_required, kept[0].offered) == (["Bath", "Bangor"], True, ["Yes", "No"])

    edit = reverse("careers:job-edit", args=[Job.objects.get().public_id])
    shown = client.get(edit).context["question_forms"]
    assert [form["text"].value() for form in shown] == [row.text for row in kept]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"text": "Which?", "kind": "one-of", "options": "Bath"},
            "Question 1, The answers to choose from: Give 2 to 8",
        ),
        ({"text": "", "kind": "one-of", "options": "A\nB"}, "Question 1, Question: Write the question"),
        ({"text": "x" * 201, "kind": "short"}, "Question 1, Question: "),
        ({"text": "A?", "kind": "sql"}, "Question 1, It is answered by: "),
        ({"text": "A?", "kind": "one-of", "options": "B\n" + "c" * 81}, "is long for an answer"),
    ],
)
def test_a_slip_in_a_question_is_said_in_its_step(client, owner, employer, row, said):
    answer = client.post(new_url(employer), typed(**asked(row)))
    assert answer.status_code == 422
    (step,) = [step for step in answer.context["steps"] if step.slips]
    assert step.label == "How people apply"
    assert said in step.slips[0].words


@pytest.fixture
def job(employer):
    job = live_job(employer, takes_applications=True)
    job_questions.set_job_questions(job, THREE)
    return job


def apply(client, job, **answers):
    data = {"name": "Ines Vega", "message": "I would like to work there.", **answers}
    return client.post(reverse("careers:job-apply", args=[job.pk]), data, headers=HERE)


def test_answers_are_kept_as_they_were_asked_and_shown_to_both(client, job, employer):
    person = make_user("ines@people.example")
    client.force_login(person)
    apply(client, job, **{"question-0": "Yes", "question-1": "Bath"})
    application = JobApplication.objects.get()
    assert application.answers == [
        {"question": "Do you hold a license in Maine?", "kind": "yes-no", "answer": "Yes"},
        {"question": "Which clinic?", "kind": "one-of", "answer": "Bath"},
        {"question": "What draws you here?", "kind": "short", "answer": ""},
    ]
    assert application_data(application)["answers"] == application.answers
    JobQuestion.objects.update(text="Something else?")
    own = client.get(reverse("careers:application-detail", args=[application.public_id])).text
    assert "Do you hold a license in Maine?" in own
    assert "Something else?" not in own

    client.force_login(make_member(employer))
    client.post(reverse("careers:applicant-open", args=[application.public_id]))
    seen = client.get(reverse("careers:applicant-detail", args=[application.public_id])).text
    assert "Which clinic?" in seen
    assert "No answer" in seen


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "question-0"),
        ({"question-0": "Perhaps"}, "question-0"),
        ({"question-0": "Yes", "question-1": "<b>"}, "question-1"),
        ({"question-0": "Yes", "question-2": "x" * 301}, "question-2"),
    ],
)
def test_a_missing_or_other_answer_is_said_and_the_words_stay(client, job, answers, field):
    client.force_login(make_user("ines@people.example"))
    answer = apply(client, job, **answers)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "I would like to work there." in answer.text
    assert not JobApplication.objects.exists()


def test_without_an_account_they_are_asked_and_kept_too(client, job):
    page = client.get(reverse("careers:job-apply", args=[job.pk])).text
    assert page.index("Your message") < page.index("Do you hold a license in Maine?") < page.index('name="cv"')
    apply(client, job, email="ines@people.example", **{"question-0": "No", "question-2": "The sea."})
    assert [row["answer"] for row in JobApplication.objects.get().answers] == ["No", "", "The sea."]


def test_an_answer_to_an_unnamed_employer_names_nobody(client, employer):
    job = live_job(employer, confidential=True, public_employer_name="A clinic")
    job_questions.set_job_questions(job, THREE)
    client.force_login(make_user("ines@people.example"))
    answer = apply(client, job, **{"question-0": "Yes", "question-2": "Ask for Ines Vega."})
    assert "in your answer says who you are" in answer.context["form"].errors["question-2"][0]


@pytest.mark.parametrize(
    "row",
    [
        {"text": "Have you worked at Harbor Lane Pain & Spine?", "kind": "yes-no"},
        {"text": "Where?", "kind": "one-of", "options": "Elsewhere\nHarbor Lane Pain & Spine"},
    ],
)
def test_a_question_of_an_unnamed_employer_does_not_name_it(client, owner, employer, row):
    withheld = {"confidential": "on", "public_employer_name": "A clinic", "apply_email": ""}
    answer = client.post(new_url(employer), typed(**withheld, **asked(row)))
    assert answer.status_code == 422
    assert "This names Harbor Lane Pain &amp; Spine, and the position is confidential." in answer.text
    assert client.post(new_url(employer), typed(**asked(row))).status_code == 302


def test_they_are_fixed_once_the_position_is_approved(client, owner, employer, job):
    edit = reverse("careers:job-edit", args=[job.public_id])
    client.post(edit, typed(version="", **asked({"text": "Another?", "kind": "short"})))
    assert [row.text for row in job.questions.all()] == [row["text"] for row in THREE]
    assert Job.objects.get(pk=job.pk).status == JobStatus.APPROVED
