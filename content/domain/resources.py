"""What staff do to the directory of patient resources."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import actor
from content.domain import links
from content.models import Resource


def save_resource(resource: Resource, *, by: Actor = None) -> Resource:
    """Store a resource and have its address checked with the others. Whoever saves it has looked at it that day."""
    with transaction.atomic():
        resource.link = next(iter(links.ensure_links([links.normal_address(resource.url)])), None)
        if by is not None:
            resource.checked_by = actor(by)
        resource.save()
    return resource


def mark_looked_at(resources: Iterable[Resource], *, by: Actor) -> int:
    """Somebody has read them today; how many they were."""
    chosen = Resource.objects.filter(pk__in=[resource.pk for resource in resources])
    return chosen.update(last_checked_on=timezone.localdate(), checked_by=actor(by), updated_at=timezone.now())
