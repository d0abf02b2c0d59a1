"""The career center's timed work besides what staff can hold: nobody would."""

from django.utils import timezone

from aapm_site.core.background.queue import periodic, task

from .domain import applications, reply_clocks
from .models import JobEntry


@periodic("23 4 * * *")
@task("careers.sweep_entries")
def sweep_entries(timestamp: int = 0) -> None:
    """Every night: the search forgets the positions whose end has come, which it has not shown since."""
    JobEntry.objects.over(timezone.now()).delete()


@periodic("47 * * * *")
@task("careers.sweep_applications")
def sweep_applications(timestamp: int = 0) -> None:
    """Every hour: what nobody has confirmed in time goes, with its CV."""
    applications.sweep_unconfirmed()


@periodic("31 4 * * *")
@task("careers.count_replies")
def count_replies(timestamp: int = 0) -> None:
    """Every night: how soon employers answer, because whoever waits has waited a day longer."""
    reply_clocks.count_all_replies()
