"""What a job's page tells search engines: a schema.org JobPosting by Google's rules.

Everything said here stands on the page too. A confidential job gives its public name and nothing else of the
employer; a page that is not live gives nothing at all.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from aapm_site.accounts.us_states import STATE_NAMES
from aapm_site.core.seo import absolute

from .. import term_words
from ..choices import EmploymentType, LoanRepayment, PayModel, PayPeriod, Remote, TailPayer, YesNo
from ..models import Job, JobLocation, JobTerms

EMPLOYMENT = {
    EmploymentType.FULL_TIME: "FULL_TIME",
    EmploymentType.PART_TIME: "PART_TIME",
    EmploymentType.LOCUM: "TEMPORARY",
    EmploymentType.PER_DIEM: "PER_DIEM",
    EmploymentType.CONTRACT: "CONTRACTOR",
    EmploymentType.FELLOWSHIP: "FULL_TIME",
}
UNITS = {
    PayPeriod.YEAR: "YEAR",
    PayPeriod.MONTH: "MONTH",
    PayPeriod.WEEK: "WEEK",
    PayPeriod.DAY: "DAY",
    PayPeriod.HOUR: "HOUR",
}


def job_ld(job: Job, locations: Iterable[JobLocation]) -> dict[str, Any]:
    """The JobPosting of a live job."""
    found = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": description_html(job),
        "identifier": {"@type": "PropertyValue", "name": "AAPM Career Center", "value": str(job.number)},
        "datePosted": timezone.localdate(job.starts_at).isoformat(),
        "validThrough": timezone.localtime(_through(job)).isoformat(),
        "employmentType": EMPLOYMENT[EmploymentType(job.employment_type)],
        "hiringOrganization": _organization(job),
        "directApply": job.takes_applications,
        "url": absolute(job.get_absolute_url()),
        **_where(job, list(locations)),
    }
    if job.shows_pay:
        found["baseSalary"] = {
            "@type": "MonetaryAmount",
            "currency": job.pay_currency,
            "value": {
                "@type": "QuantitativeValue",
                "minValue": float(job.pay_min),
                "maxValue": float(job.pay_max),
                "unitText": UNITS[PayPeriod(job.pay_period)],
            },
        }
    return found | {name: words for name, words in _terms(job.benefits, job.stated_terms).items() if words}


def _terms(benefits: str, terms: JobTerms) -> dict[str, str]:
    """The terms of work for which schema.org has a word; what is not stated is empty."""
    return {
        "workHours": _named(
            ("Hours a week", term_words.hours(terms)),
            ("Call", term_words.call(terms)),
            ("Weekends", term_words.weekends(terms)),
        ),
        "incentiveCompensation": _incentives(terms),
        "jobBenefits": _benefits(benefits, terms),
        "jobStartDate": terms.start_by_on.isoformat() if terms.start_by_on else "",
        "skills": term_words.procedures(terms),
        # Google's own words for a position that asks for none.
        "experienceRequirements": "no requirements" if terms.new_graduates == YesNo.YES else "",
        "eligibilityToWorkRequirement": _named(
            ("J-1 waiver", term_words.j1_waiver(terms)), ("H-1B", term_words.h1b(terms))
        ),
    }


def _through(job: Job) -> datetime:
    """The last moment at which somebody may apply: the job's end, or an earlier last day."""
    ends_at = job.shown_between[1]
    return min(ends_at, timezone.make_aware(datetime.combine(job.closes_on, time.max))) if job.closes_on else ends_at


def _named(*facts: tuple[str, str]) -> str:
    return "; ".join(f"{name}: {words}" for name, words in facts if words)


def _incentives(terms: JobTerms) -> str:
    is_by_work = terms.pay_model in {PayModel.WRVU, PayModel.COLLECTIONS}
    track = term_words.partnership(terms) if terms.partnership_months else ""
    return _named(("Paid", term_words.paid(terms) if is_by_work else ""), ("Partnership", track))


def _benefits(in_words: str, terms: JobTerms) -> str:
    """What an employer gives beside the pay: as it says itself, and by the terms."""
    is_repaid = terms.loan_repayment not in {"", LoanRepayment.NONE}
    given = [f"Loan repayment: {terms.get_loan_repayment_display()}"] if is_repaid else []
    if terms.tail == TailPayer.EMPLOYER:
        given.append("Malpractice tail: the employer pays")
    if not given:
        return in_words
    return "; ".join([in_words.rstrip("."), *given] if in_words else given)


def description_html(job: Job) -> str:
    """The whole job as HTML: what the page shows, in its order."""
    parts = [f"<p>{escape(job.summary)}</p>", job.body]
    if job.benefits:
        parts.append(f"<h2>Benefits</h2><p>{escape(job.benefits)}</p>")
    parts.append(term_words.terms_html(job.stated_terms))
    return "".join(parts)


def _organization(job: Job) -> dict[str, Any]:
    organization = {"@type": "Organization", "name": job.public_employer_name}
    if job.confidential:
        return organization
    if job.employer.website:
        organization["sameAs"] = job.employer.website
    if job.employer.verified and (logo := getattr(job.employer, "logo", None)):
        organization["logo"] = absolute(logo.whole)
    return organization


def _where(job: Job, locations: list[JobLocation]) -> dict[str, Any]:
    if job.remote == Remote.FULL:
        states = [STATE_NAMES.get(row.state_code, row.state_code) for row in locations]
        allowed = [{"@type": "State", "name": f"{state}, USA"} for state in dict.fromkeys(states)]
        return {
            "jobLocationType": "TELECOMMUTE",
            "applicantLocationRequirements": allowed or {"@type": "Country", "name": "USA"},
        }
    return {"jobLocation": [_place(row) for row in locations]}


def _place(row: JobLocation) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": row.city,
        "addressRegion": row.state_code,
        "addressCountry": "US",
    }
    if row.postal_code:
        address["postalCode"] = row.postal_code
    return {"@type": "Place", "address": address}
