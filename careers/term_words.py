"""The stated terms of work of a job in words, for its page, the staff and search engines."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.templatetags.ui import day

from .choices import PayModel, Procedure, YesNo
from .models import JobTerms
from .terms import clause_words, hours_words, months_words, one_in_words, wrvu_words

Fact = tuple[str, SafeString | str]


def call(terms: JobTerms) -> str:
    return "" if terms.call_one_in is None else one_in_words(terms.call_one_in)


def hours(terms: JobTerms) -> str:
    return "" if terms.hours_a_week is None else hours_words(terms.hours_a_week)


def weekends(terms: JobTerms) -> str:
    return "" if terms.weekend_one_in is None else one_in_words(terms.weekend_one_in)


def paid(terms: JobTerms) -> str:
    if terms.wrvu_threshold is not None:
        return f"By wRVU, above {wrvu_words(terms.wrvu_threshold)} a year"
    return PayModel(terms.pay_model).label if terms.pay_model else ""


def partnership(terms: JobTerms) -> str:
    months = terms.partnership_months
    if months is None:
        return ""
    return f"After {months_words(months)}" if months else "None"


def non_compete(terms: JobTerms) -> str:
    miles, months = terms.non_compete_miles, terms.non_compete_months
    return "" if miles is None or months is None else clause_words(miles, months)


def procedures(terms: JobTerms) -> str:
    """In the order of the list, whatever the order in which they were stored."""
    return ", ".join(one.label for one in Procedure if one in terms.procedures)


def j1_waiver(terms: JobTerms) -> str:
    return _either(terms.j1_waiver, "Possible", "Not possible")


def h1b(terms: JobTerms) -> str:
    return _either(terms.h1b, "Sponsored", "Not sponsored")


def _either(answer: str, yes: str, no: str) -> str:
    return {str(YesNo.YES): yes, str(YesNo.NO): no}.get(answer, "")


def _shown(terms: JobTerms, field: str) -> str:
    return getattr(terms, f"get_{field}_display")() if getattr(terms, field) else ""


def stated_terms(terms: JobTerms) -> list[Fact]:
    """Terms and values in one order for all jobs; the value is empty where nothing is stated."""
    return [
        ("Hours a week", hours(terms)),
        ("Call", call(terms)),
        ("Weekends", weekends(terms)),
        ("Paid", paid(terms)),
        ("Partnership", partnership(terms)),
        ("Non-compete", non_compete(terms)),
        ("Malpractice tail", _shown(terms, "tail")),
        ("Loan repayment", _shown(terms, "loan_repayment")),
        ("Start by", day(terms.start_by_on) if terms.start_by_on else ""),
        ("Opioid management", _shown(terms, "opioid_share")),
        ("New graduates and fellows", _either(terms.new_graduates, "Welcome", "Experience needed")),
        ("J-1 waiver", j1_waiver(terms)),
        ("H-1B", h1b(terms)),
        ("Procedures wanted", procedures(terms)),
    ]


def terms_html(terms: JobTerms) -> str:
    """The stated terms as a list, for machines that read the whole position as one text."""
    stated: list[Any] = [format_html("<li>{}: {}</li>", *fact) for fact in stated_terms(terms) if fact[1]]
    return f"<h2>Terms of work</h2><ul>{''.join(stated)}</ul>" if stated else ""
