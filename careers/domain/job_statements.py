"""What an employer states of a position, kept with who said so and when."""

from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import actor

from ..models import Job, JobStatement


def state_of_job(job: Job, *, is_open_vacancy: bool, software_screens: bool | None, by: Actor) -> JobStatement:
    """Write the statements down, under the job's lock. What is the same as before keeps who said so."""
    said = {"is_open_vacancy": is_open_vacancy, "software_screens": software_screens}
    found = JobStatement.objects.filter(job=job).first()
    if found is not None and {name: getattr(found, name) for name in said} == said:
        return found
    made, _ = JobStatement.objects.update_or_create(job=job, defaults={**said, "by": actor(by), "at": timezone.now()})
    return made
