"""Positions as JSON Feed 1.1: what any reader of feeds shows, and the facts beside it as an extension."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from aapm_site.core.association import association_name
from aapm_site.core.seo import absolute

from ..models import Job
from .indeed import SAMPLE
from .jsonld import description_html

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed_of(jobs: Iterable[Job], *, own: str, of: str, next_url: str) -> dict[str, Any]:
    """One page of the feed; `next_url` is empty on the last."""
    feed = {
        "version": VERSION,
        "title": f"{association_name()}, open positions",
        "description": "Open positions in pain medicine, the newest number first.",
        "home_page_url": absolute(of),
        "feed_url": absolute(own),
        "language": "en-US",
        "items": [_item(job) for job in jobs],
    }
    return feed | ({"next_url": absolute(next_url)} if next_url else {})


def _item(job: Job) -> dict[str, Any]:
    starts, _ = job.shown_between
    url = absolute(job.get_absolute_url())
    return {
        "id": str(job.number),
        "url": url,
        "title": job.title,
        "summary": job.summary,
        "content_html": f"{SAMPLE if job.is_sample else ''}{description_html(job)}",
        "date_published": timezone.localtime(starts).isoformat(),
        "authors": [{"name": job.public_employer_name}],
        "tags": [job.profession.name, job.get_employment_type_display()],
        "_position": _facts(job),
    }


def _facts(job: Job) -> dict[str, Any]:
    _, ends = job.shown_between
    facts: dict[str, Any] = {
        "about": absolute("/career-center/rates/#appears"),
        "employer": job.public_employer_name,
        "name_withheld": job.confidential,
        "places": job.fed_places,  # type: ignore[attr-defined]  # queries.outbound gives it
        "profession": job.profession.slug,
        "setting": job.setting,
        "employment_type": job.employment_type,
        "remote": job.remote,
        "open_until": timezone.localtime(ends).isoformat(),
        "sample": job.is_sample,
    }
    if job.shows_pay:
        facts["pay"] = {
            "lowest": float(job.pay_min),
            "highest": float(job.pay_max),
            "currency": job.pay_currency,
            "period": job.pay_period,
        }
    return facts
