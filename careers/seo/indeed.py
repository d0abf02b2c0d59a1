"""Positions in the XML that Indeed and its like read: one <job> a place, all text in CDATA, links to our own pages.

Only what the position's page shows is told, under the name that it shows. The address to apply at is the page's, so
that nobody applies past what the employer has chosen there, and a name that is withheld stays withheld.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute

from ..choices import EmploymentType, Remote
from ..job_words import pay_words
from ..models import Job
from .jsonld import description_html

TYPES = {
    EmploymentType.FULL_TIME: "fulltime",
    EmploymentType.PART_TIME: "parttime",
    EmploymentType.LOCUM: "temporary",
    EmploymentType.PER_DIEM: "perdiem",
    EmploymentType.CONTRACT: "contract",
    EmploymentType.FELLOWSHIP: "fulltime",
}
REMOTE = {Remote.HYBRID: "Hybrid remote", Remote.FULL: "Fully remote"}
SAMPLE = "<p>A sample: this position is invented.</p>"
NOWHERE: Mapping[str, str] = {"city": "", "state": "", "postal_code": ""}
# What XML 1.0 has no place for, whether it is escaped or not.
_not_xml = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def indeed_xml(jobs: Iterable[Job], *, built_at: datetime) -> Iterator[str]:
    """The document, position by position. Each job has its `fed_places`."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<source>\n'
    yield element("publisher", association_name()) + element("publisherurl", absolute("/"))
    yield element("lastBuildDate", format_datetime(built_at))
    for job in jobs:
        yield "".join(_entries(job))
    yield "</source>\n"


def element(name: str, text: str) -> str:
    """An element whose text is whatever was typed."""
    inside = _not_xml.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{inside}]]></{name}>\n"


def reference_numbers(job: Job) -> list[str]:
    """One for each place, in their order: the position's number and the town's name, so that a new order keeps them."""
    names = [slugify(f"{place['city']} {place['state']}") for place in places_of(job)]
    met: Counter[str] = Counter()
    numbers = []
    for name in names:
        met[name] += 1
        parts = (str(job.pk), name, str(met[name]) if met[name] > 1 else "")
        numbers.append("-".join(part for part in parts if part))
    return numbers


def places_of(job: Job) -> list[Mapping[str, str]]:
    """Where it is done; one without a name for a position that may be done anywhere."""
    return job.fed_places or [NOWHERE]  # type: ignore[attr-defined]  # queries.outbound gives it


def _entries(job: Job) -> Iterator[str]:
    facts = _facts(job)
    for number, place in zip(reference_numbers(job), places_of(job), strict=True):
        told = {"referencenumber": number, **facts, **_where(place)}
        yield f"<job>\n{''.join(element(name, text) for name, text in told.items() if text)}</job>\n"


def _where(place: Mapping[str, str]) -> dict[str, str]:
    return {"city": place["city"], "state": place["state"], "postalcode": place["postal_code"], "country": "US"}


def _facts(job: Job) -> dict[str, Any]:
    """What all places of a position share."""
    starts, ends = job.shown_between
    return {
        "requisitionid": str(job.number),
        "title": job.title,
        "date": timezone.localdate(starts).isoformat(),
        "expirationdate": timezone.localdate(ends).isoformat(),
        "url": absolute(job.get_absolute_url()),
        "company": job.public_employer_name,
        "description": f"{SAMPLE if job.is_sample else ''}{description_html(job)}",
        "salary": pay_words(job) if job.shows_pay else "",
        "jobtype": TYPES[EmploymentType(job.employment_type)],
        "category": job.profession.name,
        "remotetype": REMOTE.get(Remote(job.remote), ""),
    }
