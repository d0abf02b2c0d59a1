"""What one wants to know of a job at a glance, in the words of its page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.templatetags.ui import money_range

from ..choices import EmployerKind
from ..models import Job


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


def job_facts(job: Job) -> list[tuple[str, Any]]:
    """Terms and values; the specialties are prefetched by the caller."""
    return [
        ("Pay", pay(job)),
        ("Work", f"{job.get_employment_type_display()}, {job.get_remote_display().lower()}"),
        ("Where", job.places_text),
        ("For", job.profession.name),
        ("Specialties that fit", ", ".join(specialty.name for specialty in job.specialties.all())),
        ("Setting", job.get_setting_display()),
        ("Offered by", offered_by(job)),
    ]
