"""What staff decide about a package besides editing it."""

from django.db import transaction

from aapm_site.core.transitions import NotAllowed

from ..models import Package


def confirm_price(package: Package) -> Package:
    """The price is the association's own, and the package is on sale from now on."""
    with transaction.atomic():
        locked = Package.objects.select_for_update().get(pk=package.pk)
        if not locked.is_sample:
            raise NotAllowed("Its price has been confirmed already.")
        locked.is_sample, locked.is_active = False, True
        locked.save(update_fields=["is_sample", "is_active"])
        return locked
