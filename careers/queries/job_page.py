"""What the page of a job shows, in three statements that are written once."""

from aapm_site.accounts.models import Specialty
from aapm_site.core.statements import KEY, Prepared

from ..models import Job, JobLocation

BESIDE = ("employer__reply_clock", "employer__logo", "profession", "terms", "statement__by")
_PAGE_OF = Prepared[Job](
    lambda: Job.objects.select_related(*BESIDE).defer("search").filter(pk=KEY)[:1],
    locations=Prepared[JobLocation](
        lambda: JobLocation.objects.select_related("place").filter(job_id=KEY).order_by("order", "pk")
    ),
    specialties=Prepared[Specialty](lambda: Specialty.objects.filter(jobs=KEY)),
)


def job_page(key: int) -> Job | None:
    """A job with all that its page shows, public or not; the view decides."""
    return _PAGE_OF.first(key=key)
