"""The terms of work: how they are typed and said, what the table refuses, where they show and how they are found."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.core.roles import CAREERS_STAFF
from careers import terms
from careers.choices import OfferedBy, Procedure, WantedTerm
from careers.forms.filters import KEYS, JobFilterForm
from careers.forms.terms import JobTermsForm
from careers.models import Employer, Job, JobTerms
from careers.seo.jsonld import job_ld
from careers.term_words import stated_terms
from tests import factories as people

from .factories import live_job, make_employer, make_job, make_member
from .plain_search import WANTED
from .test_employer_pages import new_url, typed
from .test_list import URL, titles

database = pytest.mark.django_db

# --- as people type them ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        *[
            (terms.read_one_in, text, 5)
            for text in ("1 in 5", "1:5", "1/5", "One in five", "every 5th weekend", "q5", "5")
        ],
        *[(terms.read_one_in, text, 0) for text in ("none", " No call. ", "0", "no weekends", "Never")],
        *[(terms.read_months, text, 24) for text in ("24 months", "2 years", "after two years", "24 mos.", "“2 yrs”")],
        (terms.read_months, "1.5 years", 18),
        (terms.read_months, "no partnership", 0),
        *[
            (terms.read_clause, text, (10, 12))
            for text in ("10 miles for 12 months", "12 months within 10 miles", "10‑mile radius, 1 year", "10 mi/12 mo")
        ],
        (terms.read_clause, "No non-compete", (0, 0)),
        *[
            (terms.read_hours, text, 36)
            for text in ("36", "36 hours", "36 h", "36 hrs. a week", "36-hour", "36 hours/week", " 36 hours per week. ")
        ],
        *[(terms.read_wrvu, text, 6000) for text in ("6,000", "6000", "6,000 wRVUs")],
    ],
)
def test_terms_are_read_as_people_type_them(read, text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        *[(terms.read_one_in, text, "Write it as “1 in 5”") for text in ("rarely", "-1", "1 in", "1 in 5 or so", "٥")],
        *[(terms.read_one_in, text, "Between “1 in 1” and “1 in 60”") for text in ("1 in 0", "61", "1 in 9999")],
        (terms.read_months, "24", "in months or in years"),
        (terms.read_months, "soon", "Write it as “24 months”"),
        (terms.read_months, "1.5 months", "whole months"),
        *[(terms.read_months, text, "Between 1 month and 10 years") for text in ("0 months", "11 years")],
        *[
            (terms.read_clause, text, "with its miles and its time")
            for text in ("10 miles", "12 months", "10 12", "2 miles 1")
        ],
        (terms.read_clause, "501 miles for 1 month", "Between 1 and 500 miles"),
        (terms.read_clause, "5 miles for 0 months", "Between 1 month and 10 years"),
        *[(terms.read_wrvu, text, "as in “6,000”") for text in ("lots", "60,00", "none")],
        *[(terms.read_hours, text, "as one number") for text in ("36-40", "full time", "none", "٣٦", "1e1", "36.5")],
        *[(terms.read_hours, text, "Between 1 and 80") for text in ("0", "81", "999 hours")],
        (terms.read_wrvu, "999,999", "Between 1 and 50,000"),
    ],
)
def test_what_is_not_understood_is_said_with_an_example(read, text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read(text)


@given(st.integers(0, terms.MOST_RARE), st.integers(0, terms.LONGEST), st.integers(1, terms.FARTHEST))
def test_what_is_said_is_read_as_the_same(number, months, miles):
    assert terms.read_one_in(terms.one_in_words(number)) == number
    assert terms.read_months(terms.months_words(months)) == months
    clause = (miles, months) if months else (0, 0)
    assert terms.read_clause(terms.clause_words(*clause)) == clause
    assert terms.read_wrvu(terms.wrvu_words(number + 1)) == number + 1
    assert terms.read_hours(terms.hours_words(number + 1)) == number + 1


def said(read, text: str) -> str:
    """How a text is refused; empty for one that is read."""
    try:
        read(text)
    except ValueError as refused:
        return str(refused)
    return ""


SHAPES = (terms._ONE_IN, terms._MONTHS, *terms._CLAUSES, terms._WRVU, terms._HOURS)


@given(st.text(max_size=60) | st.one_of(st.from_regex(shape, fullmatch=True) for shape in SHAPES))
def test_whatever_is_refused_is_refused_in_our_own_words(text):
    for read in (terms.read_one_in, terms.read_months, terms.read_clause, terms.read_wrvu, terms.read_hours):
        assert said(read, text).startswith(("Write", "Between", "Is that", "Give")) or not said(read, text)


# --- the table --------------------------------------------------------------------------------------------------------


@database
def test_terms_that_cannot_be_are_refused():
    job = live_job(terms={"pay_model": "salary"})
    nonsense = [
        {"hours_a_week": 0}, {"hours_a_week": 81},
        {"call_one_in": 61}, {"weekend_one_in": 61}, {"pay_model": "barter"}, {"wrvu_threshold": 6000},
        {"pay_model": "wrvu", "wrvu_threshold": 0}, {"partnership_months": 121}, {"non_compete_miles": 5},
        {"non_compete_miles": 5, "non_compete_months": 0}, {"non_compete_miles": 0, "non_compete_months": 5},
        {"tail": "nobody"}, {"loan_repayment": "yes"}, {"procedures": ["surgery"]}, {"opioid_share": "all"},
        {"new_graduates": "perhaps"}, {"j1_waiver": "perhaps"}, {"h1b": "perhaps"}, {"pay_model": None},
    ]  # fmt: skip
    for one in nonsense:
        with pytest.raises(IntegrityError), transaction.atomic():
            JobTerms.objects.filter(pk=job.pk).update(**one)


# --- the form, the preview, the page ----------------------------------------------------------------------------------

STATED = {
    "hours_a_week": "36 hours",
    "call_one_in": "1 in 7",
    "weekend_one_in": "no weekends",
    "pay_model": "wrvu",
    "wrvu_threshold": "6,200",
    "partnership_months": "2 years",
    "non_compete": "10 miles for 1 year",
    "tail": "employer",
    "loan_repayment": "program",
    "start_by_on": "2199-07-01",
    "procedures": ["pump", "epidural"],
    "opioid_share": "quarter",
    "new_graduates": "yes",
    "j1_waiver": "no",
    "h1b": "yes",
}
SHOWN = {
    "Hours a week": "36 hours",
    "Call": "1 in 7",
    "Weekends": "None",
    "Paid": "By wRVU, above 6,200 a year",
    "Partnership": "After 24 months",
    "Non-compete": "10 miles for 12 months",
    "Malpractice tail": "The employer pays",
    "Loan repayment": "Through a public program",
    "Start by": "July 1, 2199",
    "Opioid management": "Opioids for up to a quarter of patients",
    "New graduates and fellows": "Welcome",
    "J-1 waiver": "Not possible",
    "H-1B": "Sponsored",
    "Procedures wanted": "Epidural injections, Intrathecal pumps",
}


def shown(html: str) -> dict[str, str]:
    """The block of terms on a page, without its marks."""
    block = html.partition('id="terms-of-work"')[2].partition("</section>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", block)
    return {term: re.sub("<[^>]+>", "", value) for term, value in pairs}


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


@database
def test_from_the_form_over_the_preview_to_the_form_again(client, employer, owner):
    preview = client.post(new_url(employer), typed(**STATED), follow=True)
    assert shown(preview.text) == SHOWN

    job = Job.objects.get()
    edit = reverse("careers:job-edit", args=[job.public_id])
    page = client.get(edit).context
    again = page["terms"]
    assert [again[name].value() for name in ("hours_a_week", "call_one_in", "non_compete", "wrvu_threshold")] == [
        "36 hours", "1 in 7", "10 miles for 12 months", "6,200",
    ]  # fmt: skip

    client.post(edit, typed(call_one_in="none", version=page["token"]))
    row = JobTerms.objects.get()
    assert (row.call_one_in, row.non_compete_miles, row.tail, row.procedures) == (0, None, "", [])
    history = JobTerms.pgh_event_model.objects.order_by("pgh_id").values_list("call_one_in", "tail")
    assert list(history) == [(7, "employer"), (0, "")]


@database
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"hours_a_week": "36-40"}, "hours_a_week", "Write it as one number, as in “40”: what most weeks have."),
        ({"hours_a_week": "9" * 3000}, "hours_a_week", ""),
        ({"hours_a_week": "400"}, "hours_a_week", "Between 1 and 80 hours a week"),
        ({"call_one_in": "seldom"}, "call_one_in", "Write it as “1 in 5”, or “none”."),
        ({"partnership_months": "24"}, "partnership_months", "Is that in months or in years?"),
        ({"non_compete": "10 miles"}, "non_compete", "with its miles and its time"),
        ({"wrvu_threshold": "6,000"}, "pay_model", "belongs to pay by wRVU"),
        ({"start_by_on": "2020-01-01"}, "start_by_on", "This day is over."),
        ({"procedures": ["surgery"]}, "procedures", ""),
        ({"tail": "nobody"}, "tail", ""),
        ({"call_one_in": "1" * 3000}, "call_one_in", ""),
    ],
)
def test_a_slip_stands_in_the_summary_and_stays_as_typed(client, employer, owner, changes, field, sentence):
    response = client.post(new_url(employer), typed(**changes))

    assert (response.status_code, response.context["error_count"], Job.objects.count()) == (422, 1, 0)
    assert list(response.context["terms"].errors) == [field]
    assert sentence in response.context["terms"].errors[field][0]
    assert f'href="#id_{field}' in response.text
    name, words = next(iter(changes.items()))
    assert response.context["terms"][name].value() == words


@database
def test_a_threshold_of_pay_by_wrvu_needs_no_day_or_clause():
    form = JobTermsForm({"pay_model": "wrvu", "wrvu_threshold": "6000"}, instance=JobTerms())
    assert form.is_valid(), form.errors
    assert form.job_terms["wrvu_threshold"] == 6000


@database
def test_what_is_not_stated_is_to_be_asked_and_terms_come_with_their_job(client):
    silent, telling = live_job(title="Silent"), live_job(title="Telling", terms={"call_one_in": 0})

    assert "None is stated yet. Ask about call" in client.get(silent.get_absolute_url()).text
    said = shown(client.get(telling.get_absolute_url()).text)
    assert set(said) == set(SHOWN)
    assert {term for term, value in said.items() if value != "Ask"} == {"Call"}
    assert said["Call"] == "None"

    for job in (silent, telling):
        with CaptureQueriesContext(connection) as asked:
            client.get(job.get_absolute_url())
        (statement,) = [query["sql"] for query in asked if "careers_jobterms" in query["sql"]]
        assert statement.startswith('SELECT "careers_job"."id"')


@database
def test_an_agency_says_that_it_is_one_and_a_confidential_employer_does_not(client):
    agency = make_employer(kind="agency")
    assert "A recruiting agency<" in client.get(live_job(agency).get_absolute_url()).text
    assert "The employer itself<" in client.get(live_job().get_absolute_url()).text
    hidden = live_job(agency, confidential=True, public_employer_name="A clinic by the sea")
    assert "Offered by</dt>" not in client.get(hidden.get_absolute_url()).text


@database
def test_staff_read_them_in_the_admin(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(people.staff_user(CAREERS_STAFF))
    for job, words in (
        (make_job(terms={"tail": "shared", "call_one_in": 4}), "Call: 1 in 4<br>Malpractice tail: Shared"),
        (make_job(), "The employer states none."),
    ):
        assert words in client.get(reverse("admin:careers_job_change", args=[job.pk])).text


@database
def test_search_engines_are_told_what_has_a_word_and_nothing_that_is_not_stated():
    silent = job_ld(live_job(), [])
    names = {"workHours", "incentiveCompensation", "jobBenefits", "jobStartDate", "skills", "experienceRequirements"}
    assert not names & set(silent)
    assert "Terms of work" not in silent["description"]

    form = JobTermsForm(STATED, instance=JobTerms())
    assert form.is_valid(), form.errors
    told = job_ld(live_job(terms=form.job_terms, benefits="Health and dental."), [])
    assert {name: told[name] for name in names} == {
        "workHours": "Hours a week: 36 hours; Call: 1 in 7; Weekends: None",
        "incentiveCompensation": "Paid: By wRVU, above 6,200 a year; Partnership: After 24 months",
        "jobBenefits": "Health and dental; Loan repayment: Through a public program; "
        "Malpractice tail: the employer pays",
        "jobStartDate": "2199-07-01",
        "skills": "Epidural injections, Intrathecal pumps",
        "experienceRequirements": "no requirements",
    }
    assert told["eligibilityToWorkRequirement"] == "J-1 waiver: Not possible; H-1B: Sponsored"
    assert "<li>Non-compete: 10 miles for 12 months</li>" in told["description"]


# --- the filters ------------------------------------------------------------------------------------------------------

JOBS = {
    "Ask": None,
    "Calm": {
        "hours_a_week": 36,
        "call_one_in": 0,
        "weekend_one_in": 0,
        "pay_model": "salary",
        "new_graduates": "yes",
        "h1b": "yes",
    },
    "Busy": {
        "hours_a_week": 41,
        "call_one_in": 4,
        "weekend_one_in": 4,
        "pay_model": "wrvu",
        "new_graduates": "no",
        "h1b": "no",
    },
    "Owned": {
        "hours_a_week": 20,
        "call_one_in": 8,
        "partnership_months": 24,
        "non_compete_miles": 10,
        "non_compete_months": 12,
    },
    "Free": {"partnership_months": 0, "non_compete_miles": 0, "non_compete_months": 0, "j1_waiver": "yes"},
    "Insured": {
        "tail": "not-needed",
        "loan_repayment": "both",
        "procedures": ["pump", "facet"],
        "opioid_share": "none",
    },
    "Bare": {"tail": "clinician", "loan_repayment": "none", "procedures": ["joint"], "opioid_share": "most"},
}


@database
def test_each_filter_finds_what_is_stated_and_nothing_else(client):
    for number, (title, stated) in enumerate(JOBS.items()):
        live_job(title=title, days_ago=number + 1, terms=stated)
    live_job(make_employer(kind="agency"), title="Sent", days_ago=20)
    live_job(title="Hidden", days_ago=21, confidential=True, public_employer_name="A clinic")
    expected = {
        "terms=no-weekends": ["Calm"],
        "terms=partnership": ["Owned"],
        "terms=no-non-compete": ["Free"],
        "terms=tail": ["Insured"],
        "terms=loan-repayment": ["Insured"],
        "terms=new-graduates": ["Calm"],
        "terms=j-1": ["Free"],
        "terms=h-1b": ["Calm"],
        "terms=h-1b&terms=no-weekends": ["Calm"],
        "terms=h-1b&terms=j-1": [],
        "call=none": ["Calm"],
        "call=8": ["Calm", "Owned"],
        "call=none&call=8&call=4": ["Calm", "Busy", "Owned"],
        "hours=20": ["Owned"],
        "hours=40": ["Calm"],
        "hours=20&hours=more": ["Busy", "Owned"],
        "hours=35": [],
        "hours=40&call=none": ["Calm"],
        "paid=wrvu": ["Busy"],
        "paid=wrvu&paid=salary": ["Calm", "Busy"],
        "procedure=pump&procedure=joint": ["Insured", "Bare"],
        "opioids=none": ["Insured"],
        "by=agency": ["Sent"],
        "by=employer": list(JOBS),
        "by=employer&by=agency": [*JOBS, "Sent", "Hidden"],
        "terms=h-1b&call=8&paid=salary&by=employer": ["Calm"],
    }
    assert {query: titles(client, f"?{query}") for query in expected} == expected


def test_every_term_that_can_be_chosen_has_its_condition():
    assert set(WANTED) == set(WantedTerm.values)
    assert set(JobFilterForm.facets) < set(KEYS)


@database
def test_a_chosen_term_is_a_label_that_can_be_taken_away(client):
    page = client.get(f"{URL}?terms=h-1b&terms=tail&call=6&procedure=pump&by=agency&after=9")
    chosen = page.context["chosen"]
    assert [tag["text"] for tag in chosen] == [
        "H-1B", "Malpractice tail paid or not needed", "Call 1 in 6 or rarer", "Intrathecal pumps",
        OfferedBy.AGENCY.label,
    ]  # fmt: skip
    assert chosen[0]["url"] == "?terms=tail&call=6&procedure=pump&by=agency"
    boxes = re.findall(
        r'<input type="checkbox" name="(\w+)" value="([^"]+)"\s+form="job-search"( checked)?>', page.text
    )
    assert {(name, value) for name, value, is_chosen in boxes if is_chosen} == {
        ("terms", "h-1b"), ("terms", "tail"), ("call", "6"), ("procedure", "pump"), ("by", "agency"),
    }  # fmt: skip
    assert {value for name, value, _ in boxes if name == "procedure"} == set(Procedure.values)


@database
@pytest.mark.parametrize(
    "query", ["terms=castle", "call=0", "call=none&call=x", "paid=", "opioids=9&q=pain", "hours=36", "by=%00"]
)
def test_what_is_no_term_is_left_out(client, query):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert "We left something out." in response.text


@database
def test_terms_are_said_in_one_order_with_nothing_for_what_is_not_stated():
    row = JobTerms(start_by_on=timezone.localdate() + timedelta(days=9))
    assert [term for term, _ in stated_terms(row)] == list(SHOWN)
    assert [term for term, value in stated_terms(row) if value] == ["Start by"]
    assert not JobTerms().are_stated
    assert JobTerms(start_by_on=date(2199, 1, 1)).are_stated
    assert JobTerms(call_one_in=0).are_stated
