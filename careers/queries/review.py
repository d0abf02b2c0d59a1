"""What is looked up while staff review a job."""

from ..models import Job
from ..models.job import JobQuerySet
from ..states import ENDED


def near_twins(job: Job) -> JobQuerySet:
    """The employer's other jobs with the same title in one of the same cities, unless they have ended."""
    cities = job.locations.values("city")
    twins = Job.objects.filter(employer=job.employer_id, title__iexact=job.title, locations__city__in=cities)
    return twins.exclude(pk=job.pk).exclude(status__in=ENDED).distinct()[:3]
