"""Staff answer, pass on and publish; everybody reads, searches and is told of what fits."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from aapm_site.core.cache import page_cache
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from content.demo import questions as demo_questions
from content.domain import answers, pages, questions
from content.models import Page, Question, Topic
from content.queries import answers as queries
from tests.content.asking import ANSWER, WORDS, answered, asked
from tests.content.makers import page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return staff_client("Content editor")


def admin(made, where="change/"):
    return f"/admin/content/question/{made.pk}/{where}"


def public(slug="left-over-pills", **fields):
    """A published answer."""
    return page(slug, kind="answer", **fields)


# Staff answer --------------------------------------------------------------------------------------------------------
def test_staff_read_the_thread_and_see_the_letter_before_it_goes(editor, client):
    made = asked(may_publish=True)
    assert WORDS in editor.get(admin(made)).text

    look = editor.post(admin(made, "answer/"), {"answer": ANSWER + "<script>x()</script>", "read": "0", "step": "look"})

    assert (look.status_code, OutgoingEmail.objects.count(), made.messages.count()) == (200, 2, 0)
    assert "Send the answer</button>" in look.text
    assert ANSWER in look.text
    assert "x()" not in look.text
    fields = dict(re.findall(r'<input type="hidden" name="(answer|read)" value="([^"]*)"', look.text))
    typed = {"answer": ANSWER, "read": fields["read"], "step": "send"}
    sent = editor.post(admin(made, "answer/"), typed, follow=True)

    made.refresh_from_db()
    (message,) = made.messages.all()
    assert (message.html, message.by, made.status) == (ANSWER, editor.user, "answered")
    assert "Sent to ida@example.org." in sent.text
    letter = OutgoingEmail.objects.get(template="content/question_answer")
    assert (letter.to, letter.subject) == ("ida@example.org", "Our answer to your question")
    assert "Dear Ida, often it is. Ask for the risks first." in letter.text
    assert "<strong>often</strong> it is" in letter.html
    assert made.get_tracking_url() in letter.text
    assert f"Answer by {editor.user.display_name}" in " ".join(sent.text.split())
    assert "<strong>often</strong>" in client.get(made.get_tracking_url()).text


def test_an_answer_can_be_changed_before_it_is_sent_and_corrected_after(editor):
    made = answered()
    typed = {"answer": "<p>Ask twice.</p>", "read": str(questions.last_message(made)), "corrects": "on"}

    edit = editor.post(admin(made, "answer/"), {**typed, "step": "edit"})
    assert edit.status_code == 200
    assert "&lt;p&gt;Ask twice.&lt;/p&gt;" in edit.text
    editor.post(admin(made, "answer/"), {**typed, "step": "send"})

    assert list(made.messages.values_list("kind", "html")) == [("answer", ANSWER), ("correction", "<p>Ask twice.</p>")]
    letter = OutgoingEmail.objects.order_by("-pk")[0]
    assert letter.subject == "A correction to our answer"


def test_the_second_of_two_keeps_the_words_and_sees_what_is_new(editor):
    made = answered()

    late = editor.post(admin(made, "answer/"), {"answer": "<p>Mine.</p>", "read": "0", "step": "send"})

    assert late.status_code == 409
    assert "Something has been added to this question since you opened it." in late.text
    assert "&lt;p&gt;Mine.&lt;/p&gt;" in late.text
    assert "<strong>often</strong>" in late.text
    assert made.messages.count() == 1
    read = re.search(r'name="read" value="(\d+)"', late.text)[1]
    again = editor.post(admin(made, "answer/"), {"answer": "<p>Mine.</p>", "read": read, "step": "send"})
    assert (again.status_code, made.messages.count()) == (302, 2)


@pytest.mark.parametrize(
    "typed",
    [
        {"answer": ""},
        {"answer": "<p> </p>"},
        {"answer": "<script>x()</script>"},
        {"answer": "<p>" + "a" * 40_001 + "</p>"},
        {"answer": "<p>Yes\x00</p>"},
        {"read": ""},
        {"read": "-1"},
        {"read": "x"},
    ],
)
def test_an_answer_that_cannot_be_sent_is_named(editor, typed):
    made = asked()

    response = editor.post(admin(made, "answer/"), {"answer": ANSWER, "read": "0", "step": "send", **typed})

    assert (response.status_code, made.messages.count()) == (422, 0)
    assert 'role="alert"' in response.text


@pytest.mark.parametrize("move", [questions.mark_spam, questions.close_question])
def test_what_is_closed_or_kept_apart_is_opened_before_it_is_answered(editor, move):
    made = move(asked(), by=None, reason="Because.")

    response = editor.post(admin(made, "answer/"), {"answer": ANSWER, "read": "0", "step": "send"})

    assert response.status_code == 409
    assert "Open it again first." in response.text
    assert 'name="answer"' not in editor.get(admin(made)).text


def test_urgent_ones_that_wait_stand_first(editor):
    urgent = asked(question="I took too many pills")
    asked(question="A later one")
    done = answered(question="My chest pain is back")
    Question.objects.filter(pk=done.pk).update(asked_at=timezone.now() - timedelta(days=2))

    rows = editor.get("/admin/content/question/").context["cl"].result_list

    assert [row.question for row in rows] == [urgent.question, "A later one", "My chest pain is back"]


def test_passing_on_by_another_topic_tells_who_answers_there(editor):
    made, topic = asked(), Topic.objects.get(slug="membership")
    Topic.objects.filter(pk=topic.pk).update(email="members@example.org")

    editor.post(admin(made), {"topic": topic.pk})
    editor.post(admin(made), {"topic": topic.pk})

    made.refresh_from_db()
    assert made.topic == topic
    assert OutgoingEmail.objects.filter(to="members@example.org").count() == 1


def test_an_answer_given_in_person_is_marked_by_its_button(editor):
    made = asked()

    assert "Only when somebody has answered by phone" in editor.get(admin(made, "decide/answer/")).text
    editor.post(admin(made, "decide/answer/"))

    made.refresh_from_db()
    assert (made.status, made.messages.count()) == ("answered", 0)


def test_only_those_who_may_decide_answer_and_publish():
    made = answered(may_publish=True)
    other = staff_client("Careers staff")

    for where in ("answer/", "public-answer/"):
        assert other.post(admin(made, where), {"answer": ANSWER, "read": "0", "step": "send"}).status_code == 403
    assert (made.messages.count(), Page.objects.count()) == (1, 0)


# From a question to a page -------------------------------------------------------------------------------------------
def test_with_consent_a_draft_is_made_without_the_person(editor, client):
    topic = Topic.objects.get(slug="living-with-pain")
    typed = "I am Ida Berg, call me at 555-014-2277. Is a nerve block right for me? I was born on 03/14/1961."
    made = answered(may_publish=True, question=typed, topic=topic)

    look = editor.get(admin(made, "public-answer/")).text
    assert "555-014-2277" in look
    assert "(phone number left out)" in look
    response = editor.post(admin(made, "public-answer/"))

    made.refresh_from_db()
    draft = made.published_as
    assert response["Location"] == f"/admin/content/page/{draft.pk}/change/"
    assert (draft.kind, draft.status, draft.topic, draft.path) == (
        "answer", "draft", topic, "/answers/is-a-nerve-block-right-for-me/",
    )  # fmt: skip
    assert draft.title == "Is a nerve block right for me?"
    assert draft.summary == "Often it is. Ask for the risks first."
    for told in ("Ida", "Berg", "555", "1961"):
        assert told not in draft.body + draft.title + draft.summary
    assert client.get(draft.path).status_code == 404
    assert draft.path not in client.get("/answers/").text

    pages.publish_page(draft, by=None)
    assert client.get(draft.path).status_code == 200
    assert draft.path in client.get(made.get_tracking_url()).text
    assert "Public answer" in editor.get(admin(made)).text


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: answered(), "The person has not agreed"),
        (lambda: asked(may_publish=True), "Answer the person first"),
        (lambda: questions.set_consent(answered(may_publish=True), given=False), "The person no longer agrees"),
    ],
)
def test_without_consent_or_answer_none_is_made_and_the_reason_is_said(editor, make, reason):
    made = make()

    for response in (editor.get(admin(made, "public-answer/")), editor.post(admin(made, "public-answer/"))):
        assert reason in response.text
    with pytest.raises(NotAllowed, match=reason):
        answers.make_answer_public(made, by=None)
    assert not Page.objects.exists()


def test_a_second_draft_is_not_made_and_two_of_one_title_get_two_addresses():
    first, second = answered(may_publish=True), answered(may_publish=True, email="other@example.org")
    one, two = answers.make_answer_public(first, by=None), answers.make_answer_public(second, by=None)

    assert [one.slug, two.slug] == ["is-a-nerve-block-right-for-somebody", "is-a-nerve-block-right-for-somebody-2"] or [
        one.slug,
        two.slug,
    ] == ["is-a-nerve-block-right-for-somebody-like-me", "is-a-nerve-block-right-for-somebody-like-me-2"]
    with pytest.raises(NotAllowed, match="There is a public answer"):
        answers.make_answer_public(first, by=None)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Hello. What helps? And what not?", "What helps?"),
        ("My back hurts.", "My back hurts."),
        ("a" * 300, "A" + "a" * 158 + "…"),
        ("?", "?"),
        ("\n\n", "A question from a reader"),
    ],
)
def test_a_title_is_the_first_thing_asked(question, title):
    assert answers.title_from(question) == title


# Everybody reads -----------------------------------------------------------------------------------------------------
def blocks(response):
    return [json.loads(found) for found in re.findall(r'ld\+json">(.*?)</script>', response.text)]


def test_the_list_shows_the_newest_first_and_what_it_says_of_itself(client):
    topic = Topic.objects.get(slug="living-with-pain")
    old = public("old", published_at=timezone.now() - timedelta(days=9), topic=topic)
    new = public("new")
    public("members", audience="members")
    public("tomorrow", published_at=timezone.now() + timedelta(days=1))

    response = client.get("/answers/")

    assert re.findall(r'<h2><a href="(/answers/[^"]+)"', response.text) == [new.path, old.path]
    faq = next(block for block in blocks(response) if block["@type"] == "FAQPage")
    assert [(one["@type"], one["name"]) for one in faq["mainEntity"]] == [("Question", "New"), ("Question", "Old")]
    assert faq["mainEntity"][0]["acceptedAnswer"]["text"] == "About new."
    chosen = client.get("/answers/?topic=living-with-pain")
    assert re.findall(r'<h2><a href="(/answers/[^"]+)"', chosen.text) == [old.path]
    assert '<link rel="canonical" href="http://localhost:8000/answers/?topic=living-with-pain">' in chosen.text


def test_one_answer_is_a_question_with_its_answer(client):
    shown = public(title="</script><script>alert(1)</script>", body="<p>Lock them <em>away</em>.</p>")

    response = client.get(shown.path)

    assert "<script>alert(1)" not in response.text
    question = next(block for block in blocks(response) if block["@type"] == "QAPage")["mainEntity"]
    assert (question["@type"], question["answerCount"]) == ("Question", 1)
    assert question["acceptedAnswer"]["text"] == "Lock them away."
    assert "Was this not your question?" in response.text


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/answers/?q=pill", 1),
        ("/answers/?q=xylophone", 0),
        ("/answers/?q=" + "a" * 201, 2),
        ("/answers/?q=%00", 2),
        ("/answers/?q=%FF%FE", 0),
        ("/answers/?q=%22((%26|!", 0),
        ("/answers/?topic=nothing", 2),
        ("/answers/?topic=" + "a" * 500, 2),
        ("/answers/?topic=%00", 2),
        ("/answers/?page=99", 2),
        ("/answers/?page=-1", 2),
        ("/answers/?page=x", 2),
    ],
)
def test_every_address_of_the_list_answers(client, address, found):
    public("left-over-pills")
    public("a-scan")

    response = client.get(address)

    assert response.status_code == 200
    assert len(response.context["page"].object_list) == found


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_asks_as_little_however_many_there_are(client, rows, django_assert_num_queries):
    topics = list(Topic.objects.all())
    for number in range(rows):
        public(f"answer-{number}", topic=topics[number % len(topics)])

    with django_assert_num_queries(5):
        client.get("/answers/")
    with django_assert_num_queries(6):  # and: is it urgent?
        client.get("/answers/?q=answer&topic=membership")


def test_an_edit_is_seen_and_the_list_is_kept_for_visitors(client, kept_pages, django_assert_num_queries):
    shown = public()
    client.get("/answers/")
    with django_assert_num_queries(0):
        assert "Left over pills" in client.get("/answers/").text

    pages.withdraw_page(shown, by=None)
    page_cache.pages.asked = 0.0

    assert "Left over pills" not in client.get("/answers/").text


# Suggestions ---------------------------------------------------------------------------------------------------------
def test_what_may_fit_is_suggested_and_nothing_that_is_not_public(client):
    fits = public("what-is-a-nerve-block", title="What is a nerve block?")
    public("a-nerve-block-for-members", title="A nerve block", audience="members")
    page("nerve-block", title="Nerve block")
    pages.withdraw_page(public("a-nerve-block-draft", title="Nerve block draft"), by=None)

    response = client.get("/ask/suggestions/", {"q": "Does a nerve block hurt very much?"})

    assert re.findall(r'href="([^"]+)"', response.text) == [fits.path]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "query", ["", " ", "the pain is very much", "\x00", "a" * 100_000, "&|!():*'\"\\", "\ud83d", "%FF"]
)
def test_nothing_fits_and_nothing_breaks(client, query):
    public("what-is-a-nerve-block")

    response = client.get("/ask/suggestions/", {"q": query.encode("utf-8", "replace").decode()})

    assert (response.status_code, response.text.strip()) == (200, "")


@pytest.mark.parametrize("rows", [1, 50])
def test_suggestions_are_few_and_one_query(client, rows, django_assert_num_queries):
    for number in range(rows):
        public(f"nerve-block-{number}", title=f"Nerve block {number}?")

    with django_assert_num_queries(1):
        response = client.get("/ask/suggestions/?q=nerve+block")

    assert response.text.count("<li>") == min(rows, queries.SUGGESTIONS)


def test_the_page_of_a_question_suggests_without_scripts(client):
    fits = public("what-is-a-nerve-block", title="What is a nerve block?")

    assert fits.path in client.get(asked().get_tracking_url()).text


# The demonstration ---------------------------------------------------------------------------------------------------
def test_the_demonstration_has_every_state_and_comes_once(client):
    said = []
    demo_questions.load(said.append)
    demo_questions.load(said.append)

    assert [line.split(" made")[0] for line in said] == ["Questions: 16", "Questions: 0"]
    assert set(Question.objects.values_list("status", flat=True)) == {"new", "answered", "closed", "spam"}
    assert Question.objects.filter(is_urgent=True).count() == 1
    assert (queries.listed(timezone.now()).count(), OutgoingEmail.objects.count()) == (10, 0)
    assert len(queries.topics(timezone.now())) >= 5
    for path in Page.objects.values_list("path", flat=True):
        assert client.get(path).status_code == 200
