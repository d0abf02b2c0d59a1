"""The text with a small toolbar: HTML from the editor, plain words without it, hostile and huge pastes."""

import contextlib
import time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from careers.forms.job import JobForm
from careers.forms.rich_words import MarkedUp, RichWords, RichWordsField, words_as_html, words_as_text
from careers.models import Job
from careers.plaintext import to_html

from .factories import make_employer, make_job, make_member
from .test_employer_pages import new_url, typed

LONG = "A week has four days in clinic and one for procedures. " * 4


def field() -> RichWordsField:
    return RichWordsField(longest=12_000)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>Two <strong>b</strong> and <em>i</em></p>", "<p>Two <strong>b</strong> and <em>i</em></p>"),
        ("<h2>Team</h2><ol><li>One<ul><li>Two</li></ul></li></ol>",) * 2,
        ('<p><a href="https://a.example/">us</a></p>', '<p><a href="https://a.example/" rel="noopener">us</a></p>'),
        ('<p><a href="javascript:alert(1)">us</a></p>', '<p><a rel="noopener">us</a></p>'),
        ("<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" id="main" class="lede">a</p>', "<p>a</p>"),
        ('<p>a<img src="/media/pictures/x.png" alt="x"></p>', "<p>a</p>"),
        ('<aside class="callout"><p>a</p></aside><iframe src="//x"></iframe>', "<p>a</p>"),
        ("<table><tbody><tr><td>5 mg<sup>1</sup></td></tr></tbody></table>",) * 2,
        ("<p>a\x00b</p>", "<p>ab</p>"),
    ],
)
def test_what_the_editor_sends_keeps_its_structure_and_nothing_else(sent, kept):
    assert field().clean(MarkedUp(sent)) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("We offer\r\n- time\r\n- a team", "<p>We offer</p>\n<ul><li>time</li><li>a team</li></ul>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_plain_words_become_paragraphs_and_lists(sent, kept):
    assert field().clean(sent) == kept


def test_which_of_both_it_is_says_the_hidden_field():
    data = {"body": "<p>a</p>", "body-as": "html"}
    assert isinstance(RichWords().value_from_datadict(data, {}, "body"), MarkedUp)
    for other in ({"body": "<p>a</p>"}, {"body": "<p>a</p>", "body-as": "x"}):
        assert type(RichWords().value_from_datadict(other, {}, "body")) is str
    shown = RichWords().get_context("body", MarkedUp("<p>a <strong>b</strong></p><script>x</script>"), {})["widget"]
    assert (shown["value"], shown["attrs"]["data-html"]) == ("a **b**", "<p>a <strong>b</strong></p>")


def test_a_table_of_words_survives_being_shown_as_text():
    assert "5 mg" in words_as_text(MarkedUp("<table><tr><td>5 mg</td></tr></table>"))


@pytest.mark.parametrize(
    "hostile",
    [
        MarkedUp("<b>" * 60_000),
        MarkedUp("<p style='mso-list:l0'>" + "x" * 200_000),
        "**a " * 50_000,
        "- " * 100_000,
        MarkedUp("<" * 200_000),
        MarkedUp("<!--" * 50_000),
    ],
)
def test_no_paste_takes_long(hostile):
    began = time.process_time()
    with contextlib.suppress(ValidationError):  # one is refused, another is not
        field().clean(hostile)
    words_as_text(hostile)
    words_as_html(hostile)
    assert time.process_time() - began < 4


def test_stars_are_read_in_a_time_that_grows_with_the_text():
    assert to_html("**a** **b c** ** d **") == "<p><strong>a</strong> <strong>b c</strong> ** d **</p>"


@pytest.mark.django_db
def test_a_paste_of_200_kb_comes_back_whole_with_a_kind_word(client):
    employer = make_employer()
    client.force_login(make_member(employer))
    paste = "".join(f"<p>Paragraph {number} of our handbook, with all of its words.</p>" for number in range(3_600))
    assert len(paste) > 200_000

    response = client.post(new_url(employer), typed(body=paste, **{"body-as": "html"}))

    assert response.status_code == 422
    (error,) = response.context["form"].errors["body"]
    assert "characters, and a position holds 12,000. Nothing of it is lost" in error
    assert response.text.count("Paragraph 3599 of our handbook") == 2  # for the editor and for who has none
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_the_editors_text_is_saved_and_shown_again(client):
    employer = make_employer()
    client.force_login(make_member(employer))
    html = f"<h2>Team</h2><p>{LONG}</p><ul><li>A nurse</li></ul>"
    assert client.post(new_url(employer), typed(body=html, **{"body-as": "html"})).status_code == 302
    job = Job.objects.get()
    assert job.body == html

    page = client.get(reverse("careers:job-edit", args=[job.public_id]))
    assert "## Team" in page.text
    assert "data-html=" in page.text
    assert "nonce-" in page["Content-Security-Policy"]
    assert page.text.index("importmap") < page.text.index('type="module"')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f'<p>{LONG}<a href="https://elsewhere.example/">Us</a></p>', "holds no links"),
        (f"<p>{LONG} See www.harborlane.example.</p>", "This holds your address harborlane.example"),
        (f"<p>{LONG} At Harbor <em>Lane Pain &amp; Spine</em>.</p>", "This names Harbor Lane Pain & Spine"),
    ],
)
def test_a_confidential_text_tells_by_no_link_or_address_who_it_is(client, body, said):
    employer = make_employer()
    client.force_login(make_member(employer))
    withheld = {"confidential": "on", "public_employer_name": "A clinic", "apply_email": ""}
    response = client.post(new_url(employer), typed(body=body, **{"body-as": "html", **withheld}))
    assert response.status_code == 422
    assert said in response.context["form"].errors["body"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "value", "errors"),
    [
        ("$250k", "250000", []),
        ("262.5K", "262500", []),
        ("250,000", "250000", []),
        ("a lot", "alot", ["Give an amount, such as 250,000."]),
        ("9" * 60 + "k", "9" * 60 + "k", ["Give an amount, such as 250,000."]),
    ],
)
def test_pay_is_taken_as_people_write_it(words, value, errors):
    form = JobForm(typed(pay_min=words, pay_max="300k"), employer=make_employer())
    form.is_valid()
    assert form.errors.get("pay_min", []) == errors
    assert form["pay_min"].value() == value
    assert errors or form.cleaned_data["pay_min"] == Decimal(value)


@pytest.mark.django_db
def test_each_step_says_what_is_missing_before_and_what_is_wrong_after(client):
    employer = make_employer()
    client.force_login(make_member(employer))
    new = client.get(new_url(employer))
    assert [(step.label, step.words) for step in new.context["steps"]] == [
        ("The position", "Missing: title, profession, setting"),
        ("Pay and terms", "Missing: pay"),
        ("Places", "Missing: a place"),
        ("Description", "Missing: summary, the description"),
        ("How people apply", "Missing: a way to apply"),
        ("Your statements", "Missing: that it is open, whether software screens"),
        ("Check and send", "Once the steps above are complete"),
    ]
    bad = client.post(new_url(employer), typed(title="", pay_max=""))
    assert {step.label: step.words for step in bad.context["steps"] if step.slips} == {
        "The position": "1 to put right",
        "Pay and terms": "1 to put right",
    }
    assert not new.context["steps"][-1].is_done
    assert not bad.context["steps"][-1].is_done
    assert "data-first-error" in bad.text
    assert '<a href="#id_pay_max">' in bad.text

    whole = make_job(employer, summary="")
    page = client.get(reverse("careers:job-edit", args=[whole.public_id]))
    missing = {step.label: step.missing for step in page.context["steps"] if step.missing}
    assert missing == {"Description": ("summary",)}
    whole.refresh_from_db()
    assert whole.summary == ""
    assert [row.is_there for row in page.context["advice"]][:2] == [True, False]
