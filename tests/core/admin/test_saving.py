"""No typed word is lost at the desk: a button that decides saves what stands in the form first, or decides nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from aapm_site.core.admin.saving import KEPT_BACK, THEN
from careers.models import Job
from careers.states import JobStatus
from content.domain.questions import keep_answer_draft
from content.forms.question_record import DRAFTED_MEANWHILE
from content.models import Page, Question, Topic
from membership.models import Application
from tests.careers.factories import make_job
from tests.content.asking import ANSWER, answered, asked
from tests.content.makers import page
from tests.content.test_admin import fields
from tests.factories import staff_client
from tests.membership.factories import make_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return staff_client("Careers staff")


@pytest.fixture
def editor():
    return staff_client("Content editor")


def test_a_form_sent_after_the_session_ended_shows_what_was_typed(client):
    kept = page("kept")
    typed = {**fields(slug="kept"), "body": "<p>An hour of careful work.</p>", "_save": "Save"}

    answer = client.post(change(kept), typed)

    assert answer.status_code == 403
    assert "<dd>An hour of careful work.</dd>" in answer.text
    shown = [name for name, _ in answer.context["typed"]]
    assert "Text" in shown
    assert [name for name in shown if "forms" in name.lower() or "save" in name.lower()] == []
    assert f'href="/accounts/login/?next={change(kept).replace("/", "%2F")}"' in answer.text
    assert Page.objects.get().body == ""
    assert client.post(change(kept), {"_save": "Save"})["Location"].startswith("/admin/login/")


def words_of(job: Job, **typed: str) -> dict[str, str]:
    return {"title": job.title, "summary": job.summary, "body": job.body, "benefits": "", "pay_note": "", **typed}


def change(row: object) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def decide(row: object, verb: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_decide", args=[row.pk, verb])


def said(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_button_belongs_to_the_form_and_saves_what_was_typed_before_it_asks(reader):
    job = make_job(status=JobStatus.IN_REVIEW)
    approve = decide(job, "approve")
    assert f'name="_then" value="{approve}" form="job_form"' in reader.get(change(job)).text

    asks = reader.post(change(job), words_of(job, title="Pain physician", **{THEN: approve}), follow=True)

    job.refresh_from_db()
    assert (job.title, job.status) == ("Pain physician", JobStatus.IN_REVIEW)
    assert asks.redirect_chain == [(approve, 302)]
    assert said(asks) == ["What you typed is saved. Nothing has been decided yet."]


def test_what_cannot_be_saved_comes_back_and_nothing_is_decided(reader):
    job = make_job(status=JobStatus.IN_REVIEW)

    back = reader.post(change(job), words_of(job, title="", summary="Half written", **{THEN: decide(job, "approve")}))

    assert (back.status_code, "Half written" in back.text, said(back)) == (200, True, [KEPT_BACK])
    assert Job.objects.get().summary == job.summary


def test_who_has_typed_nothing_is_led_on_and_nothing_is_written(reader):
    job = make_job(status=JobStatus.IN_REVIEW)
    Job.objects.update(title="")  # was stored before it was asked for
    before = Job.objects.get().updated_at

    asks = reader.post(change(job), words_of(job, title="", **{THEN: decide(job, "return")}), follow=True)

    assert (asks.redirect_chain, said(asks)) == ([(decide(job, "return"), 302)], [])
    assert Job.objects.get().updated_at == before


def test_a_button_leads_to_the_actions_of_this_object_only(reader):
    job, other = make_job(status=JobStatus.IN_REVIEW), make_job(status=JobStatus.IN_REVIEW)

    for address in ("https://evil.example/", decide(other, "approve"), change(other)):
        saved = reader.post(change(job), words_of(job, title="Pain physician", **{THEN: address}))
        assert saved["Location"] == reverse("admin:careers_job_changelist")


def test_who_may_not_change_an_object_gets_links():
    application = make_application()
    client = staff_client("Membership staff")

    assert f'href="{decide(application, "approve")}"' in client.get(change(application)).text
    assert client.post(change(application), {THEN: decide(application, "approve")}).status_code == 403
    assert Application.objects.get().status == application.status


def test_a_page_is_saved_with_its_version_before_it_is_published(editor):
    draft = page(status="draft", body="<p>Before</p>")
    typed = fields(title=draft.title, body="<p>Typed and not saved</p>", read_version=str(draft.version))

    asks = editor.post(change(draft), {**typed, THEN: decide(draft, "publish")})

    assert asks["Location"] == decide(draft, "publish")
    stored = Page.objects.get(pk=draft.pk)
    assert (stored.body, stored.status) == ("<p>Typed and not saved</p>", "draft")
    assert stored.versions.order_by("-number").first().by == editor.user


def test_a_press_over_what_a_colleague_has_saved_decides_nothing(editor):
    draft = page(status="draft", body="<p>Before</p>")
    editor.post(change(draft), fields(title=draft.title, body="<p>By a colleague</p>", read_version="1"))
    typed = fields(title=draft.title, body="<p>Typed meanwhile</p>", read_version="1")

    back = editor.post(change(draft), {**typed, THEN: decide(draft, "publish")})

    assert (back.status_code, "Typed meanwhile" in back.text, said(back)[-1]) == (200, True, KEPT_BACK)
    assert Page.objects.get(pk=draft.pk).body == "<p>By a colleague</p>"


# An answer and what else stands on its page ---------------------------------------------------------------------------
@pytest.mark.parametrize("press", ["_save", "_continue", THEN])
def test_half_an_answer_is_kept_by_every_press_until_it_is_sent(editor, press):
    question, topic = asked(), Topic.objects.get(name="Membership")
    closes = decide(question, "close")
    typed = {"answer": ANSWER, "read": "0", "topic": topic.pk, "drafted": ""}

    kept = editor.post(change(question), {**typed, press: closes})

    assert (kept.status_code, kept["Location"] == closes) == (302, press == THEN)
    stored = Question.objects.get()
    assert (stored.topic, stored.answer_draft, stored.messages.count()) == (topic, ANSWER, 0)
    page = editor.get(change(question))
    assert page.context["answer_form"].initial["answer"] == ANSWER
    assert "Ask for the risks first." not in Client().get(stored.get_tracking_url()).text
    send = reverse("admin:content_question_answer", args=[question.pk])
    editor.post(send, {"answer": ANSWER, "read": "0", "topic": topic.pk, "step": "send"})
    assert (Question.objects.get().answer_draft, question.messages.count()) == ("", 1)


def test_nobody_writes_over_a_colleagues_draft_without_knowing_it(editor):
    question = asked()
    assert 'name="drafted" value=""' in editor.get(change(question)).text
    keep_answer_draft(question, "<p>By a colleague.</p>")

    back = editor.post(change(question), {"answer": ANSWER, "topic": "", "drafted": "", "_continue": "1"})

    assert (back.status_code, DRAFTED_MEANWHILE in back.text) == (200, True)
    assert back.context["answer_form"].initial["answer"] == ANSWER
    assert Question.objects.get().answer_draft == "<p>By a colleague.</p>"
    seen = editor.get(change(question)).context["drafted"]
    emptied = {"answer": "<p> </p>", "topic": "", "drafted": seen, "_continue": "1"}
    assert editor.post(change(question), emptied).status_code == 302
    assert Question.objects.get().answer_draft == ""
    editor.post(change(question), {"topic": ""})  # a press without the field changes no draft
    keep_answer_draft(question, ANSWER)
    editor.post(change(question), {"topic": ""})
    assert Question.objects.get().answer_draft == ANSWER


def test_without_an_answer_the_page_is_saved_and_a_decision_asks(editor):
    question, topic = asked(), Topic.objects.get(name="Membership")

    asks = editor.post(change(question), {"answer": "", "topic": topic.pk, THEN: decide(question, "close")})

    assert asks["Location"] == decide(question, "close")
    assert Question.objects.get().topic == topic


def test_an_answer_that_is_sent_takes_the_chosen_topic_along(editor):
    question, topic = asked(), Topic.objects.get(name="Membership")
    send = reverse("admin:content_question_answer", args=[question.pk])
    assert f'form="question_form" formaction="{send}"' in editor.get(change(question)).text

    letter = editor.post(send, {"answer": ANSWER, "read": "0", "topic": topic.pk, "step": "look"})

    assert (letter.status_code, "Ask for the risks first." in letter.text) == (200, True)
    assert Question.objects.get().topic == topic


def test_the_public_answer_is_made_of_what_is_saved(editor):
    question = answered()
    make = reverse("admin:content_question_public_answer", args=[question.pk])
    typed = {"answer": "<p>One more thing.</p>", "read": "1", "topic": ""}

    assert editor.post(change(question), {**typed, THEN: make})["Location"] == make
    assert Question.objects.get().answer_draft == "<p>One more thing.</p>"


# What only shows something opens beside the form ----------------------------------------------------------------------
def test_looks_open_in_a_tab_of_their_own(editor, reader):
    draft, job = page(), make_job(status=JobStatus.IN_REVIEW)
    beside = 'target="_blank" rel="noopener"'

    form = editor.get(change(draft)).text
    assert 'name="_preview" value="1" formtarget="_blank"' in form
    assert f'href="{draft.path}" {beside}' in form
    assert f'href="/" {beside}' in form
    assert f'href="{reverse("careers:job-preview", args=[job.public_id])}" {beside}' in reader.get(change(job)).text
