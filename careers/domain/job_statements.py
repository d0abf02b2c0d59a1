"""What an employer states of a position, kept with who said so and when."""

from aapm_site.accounts.people import Actor
from aapm_site.core.row_sets import write_row_sets

from ..models import Job, JobStatement
from .job_rows import statement_rows


def state_of_job(job: Job, *, is_open_vacancy: bool, software_screens: bool | None, by: Actor) -> JobStatement:
    """Write the statements down, under the job's lock. What is the same as before keeps who said so."""
    stated = {"is_open_vacancy": is_open_vacancy, "software_screens": software_screens}
    write_row_sets(job, [statement_rows(stated, by=by)])
    return JobStatement.objects.select_related("by").get(job=job)
