"""The room's background work; the worker finds its tasks here."""

from django.utils import timezone

from aapm_site.core.background.queue import periodic, task
from content.domain import linkchecks
from content.models import Link


@periodic("23 * * * *")
@task("content.check_links")
def check_links(timestamp: int = 0) -> None:
    """Every hour: the links that nobody has tried for a week, and those that did not answer the day before."""
    linkchecks.run_link_checks(timezone.now())


@task("content.check_these_links")
def check_these_links(links: list[int]) -> None:
    """Links that staff want to know about now."""
    linkchecks.check_links(Link.objects.filter(pk__in=links), timezone.now())


@periodic("47 3 * * *")
@task("content.tidy_links")
def tidy_links(timestamp: int = 0) -> None:
    """Every night: what pages name is what is checked."""
    linkchecks.tidy_links()
