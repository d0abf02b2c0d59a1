"""Beginning a position with another one: as a copy, or from a template that the employer keeps.

What belongs to one position alone stays with it: its dates, its status, its postings and its statements.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor

from ..models import Employer, Job, JobTemplate
from ..models.template import MOST_TEMPLATES
from . import credit_ledger, drafts, employers

OWN = frozenset({"wished_start_on", "closes_on", "start_by_on", "is_open_vacancy", "software_screens"})
TWICE = "You have a template of this name already. Choose another name."

Typed = Mapping[str, Sequence[str]]


def to_begin_with(typed: Typed) -> dict[str, list[str]]:
    """What of a position another one may begin with."""
    return {name: list(values) for name, values in typed.items() if name not in OWN}


def begin_like(employer: Employer, typed: Typed, *, by: Actor) -> Job:
    """A new draft with these words, not checked yet. NotAllowed for an employer that is closed."""
    return drafts.begin_draft(employer, to_begin_with(typed), by=by).version.job


@transaction.atomic
def save_template(employer: Employer, name: str, typed: Typed, *, by: Actor) -> JobTemplate:
    """Keep these words under a name. The number holds by the employer's lock.

    NotAllowed for a name that is there already, beyond the most that fit, and for an employer that is closed.
    """
    locked = credit_ledger.lock_employer(employer.pk)
    employers.refuse_closed(locked)
    if locked.job_templates.count() >= MOST_TEMPLATES:
        raise NotAllowed(f"You have {MOST_TEMPLATES} templates, as many as fit. Delete one first.")
    if locked.job_templates.filter(name=name).exists():
        raise NotAllowed(TWICE)
    return JobTemplate.objects.create(employer=locked, name=name, fields=to_begin_with(typed), by=actor(by))


@transaction.atomic
def rename_template(template: JobTemplate, name: str) -> JobTemplate:
    """Call it otherwise. NotAllowed for a name that is there already."""
    employer = credit_ledger.lock_employer(template.employer_id)
    if employer.job_templates.filter(name=name).exclude(pk=template.pk).exists():
        raise NotAllowed(TWICE)
    template.name = name
    template.save(update_fields=["name"])
    return template


def delete_template(template: JobTemplate) -> None:
    """Forget it; the positions that began with it stay as they are."""
    template.delete()
