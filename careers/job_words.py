"""What a position says, as words by their labels: to be kept, and to be compared with what it says later."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import strip_tags

from aapm_site.core.templatetags.ui import money_range

from .models import Job, JobTerms
from .term_words import stated_terms

# The one that is HTML; all others are plain lines.
TEXT = "Description"
YES_NO = {True: "Yes", False: "No"}


def said(
    job: Job, *, specialties: Iterable[Any] | None = None, places: str | None = None, terms: JobTerms | None = None
) -> dict[str, str]:
    """Everything that readers see of a job, in the order of its page; what is empty is left out.

    What is given stands in place of what the job has. Three queries where nothing of it is loaded or given.
    """
    names = job.specialties.all() if specialties is None else specialties
    words = {
        "Title": job.title,
        "For": job.profession.name,
        "Specialties that fit": ", ".join(sorted(str(one) for one in names)),
        "Setting": job.get_setting_display(),
        "Kind of employment": job.get_employment_type_display(),
        "Where the work is done": job.get_remote_display(),
        "Places": job.places_text if places is None else places,
        "Pay": pay_words(job),
        "About the pay": job.pay_note,
        "Why no range is given": job.pay_exemption,
        "Benefits": job.benefits,
        "Summary": job.summary,
        TEXT: job.body,
        "Applications on this site": YES_NO[job.takes_applications],
        "Address to apply at": job.apply_url,
        "E-mail to apply to": job.apply_email,
        "Under which name": job.public_employer_name,
        "First day": job.wished_start_on.isoformat() if job.wished_start_on else "",
        "Last day to apply": job.closes_on.isoformat() if job.closes_on else "",
        **_terms(job.stated_terms if terms is None else terms),
    }
    return {label: text for label, text in words.items() if text}


def words_for_readers(job: Job) -> str:
    """Everything that its employer has typed and readers see, with its questions; one query unless they are loaded."""
    asked = [f"{one.text} {' '.join(one.options)}" for one in job.questions.all()]
    texts = [job.title, job.public_employer_name, job.summary, job.body, job.benefits, job.pay_note, job.pay_exemption]
    return " ".join([*texts, *asked])


def pay_words(job: Job) -> str:
    return _plain(money_range(job.pay_min, job.pay_max, job.pay_currency, job.get_pay_period_display()))


def _terms(terms: JobTerms) -> Mapping[str, str]:
    return {label: _plain(value) for label, value in stated_terms(terms)}


def _plain(marked: str) -> str:
    """Our own marks hold no entities but those of ordinary text."""
    return strip_tags(str(marked)).replace("&amp;", "&")
