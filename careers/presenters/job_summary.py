"""What one wants to know of a job at a glance, in the words of its page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from aapm_site.core.seo import absolute
from aapm_site.core.templatetags.ui import money_range

from ..choices import EmployerKind
from ..models import Job
from ..queries.nearest_city import PlaceOfWork, places_of_work


def pay(job: Job) -> SafeString | str:
    """The range, or why there is none."""
    if not job.shows_pay:
        return f"Not stated. {job.pay_exemption}" if job.pay_exemption else ""
    stated = money_range(job.pay_min, job.pay_max, job.pay_currency, job.get_pay_period_display())
    return format_html("{}. {}", stated, job.pay_note) if job.pay_note else stated


def offered_by(job: Job) -> str:
    """Whether one would work for whom one writes to; a confidential employer withholds its kind too."""
    if job.confidential:
        return ""
    return "A recruiting agency" if job.employer.kind == EmployerKind.AGENCY else "The employer itself"


def apply_on_paper(job: Job) -> str:
    """Every way to apply as an address that one can type."""
    here = absolute(reverse("careers:job-short", args=[job.pk])) if job.takes_applications else ""
    return " or ".join(way for way in (here, job.apply_url, job.apply_email) if way)


def apply_words(job: Job) -> str:
    """What happens to what somebody sends, and what we learn of it."""
    if job.takes_applications and job.confidential:
        return (
            "You apply under an alias. The employer learns who you are when it has told you its name and you say yes."
        )
    if job.takes_applications:
        return "You need no account, and you see when the employer opens it."
    if job.apply_url:
        return "You apply to the employer. We count that somebody went there, without who."
    return "You apply to the employer; we are not told."


def where(job: Job) -> SafeString | str:
    """The places, each with its distance from the nearest large city; the places are prefetched by the caller."""
    lines = [(_line(place),) for place in places_of_work(job.locations.all())]
    return format_html_join(mark_safe("<br>"), "{}", lines) if lines else job.places_text  # noqa: S308 - our own mark


def _line(place: PlaceOfWork) -> SafeString | str:
    if not place.city:
        return place.name
    far = "1 mile" if place.away == 1 else f"{place.away} miles"
    return format_html('{} <span class="far">{} from {} in a straight line</span>', place.name, far, place.city)


def job_facts(job: Job) -> list[tuple[str, Any]]:
    """Terms and values; the specialties and places are prefetched by the caller."""
    return [
        ("Pay", pay(job)),
        ("Work", f"{job.get_employment_type_display()}, {job.get_remote_display().lower()}"),
        ("Where", where(job)),
        ("For", job.profession.name),
        ("Specialties that fit", ", ".join(specialty.name for specialty in job.specialties.all())),
        ("Setting", job.get_setting_display()),
        ("Offered by", offered_by(job)),
    ]


def screening_words(job: Job) -> str:
    """What the employer states of software that screens applicants; empty where it has stated nothing."""
    stated = getattr(job, "statement", None)
    if stated is None or stated.software_screens is None:
        return ""
    if stated.software_screens:
        return "The employer says that software ranks or sorts the applications it gets."
    return "The employer says that people, and no software, sort the applications it gets."


IS_OPEN = "The position is open, and they intend to fill it."


def stated_words(job: Job) -> list[str]:
    """What staff read of the statements of a position: each with its answer, then who said so and when."""
    stated = getattr(job, "statement", None)
    if stated is None:
        return ["Nothing is stated: it was sent before statements were asked for."]
    open_words = IS_OPEN if stated.is_open_vacancy else "They have not said that the position is open."
    who = f" by {stated.by.display_name}" if stated.by else ""
    said = f"Stated{who} on {date_format(timezone.localtime(stated.at), 'F j, Y')}."
    return [open_words, screening_words(job) or "They have not said whether software screens applicants.", said]
