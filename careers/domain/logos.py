"""The logo of an organization: what is taken, and how it is kept without an orphan."""

from django.conf import DEFAULT_STORAGE_ALIAS
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from aapm_site.core.files import imaging
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.ids import public_id

from ..models import Employer, EmployerLogo
from ..models.organization import LOGO_WIDTHS, logo_file
from .credit_ledger import lock_employer
from .employers import refuse_closed

LARGEST = 5 * 1024 * 1024
NARROWEST = 100


def made_logo(content: bytes, name: str) -> list[imaging.MadePicture]:
    """The files of a logo, the widest last, made from its pixels. Raises PictureRefused, with what to do next."""
    if len(content) > LARGEST:
        raise imaging.PictureRefused("This logo is larger than 5 MB. Please save it smaller; 600 pixels are enough.")
    made = imaging.make(content, name, LOGO_WIDTHS)
    if made[-1].width < NARROWEST:
        raise imaging.PictureRefused(
            f"This logo is only {made[-1].width} pixels wide and would look blurred. Please choose one of at least "
            f"{NARROWEST}."
        )
    return made


def keep_logo(employer: Employer, made: list[imaging.MadePicture]) -> EmployerLogo:
    """Show these files from now on; those before them go. NotAllowed for an organization that is closed."""
    widest, key = made[-1], public_id()
    written: list[str] = []
    try:
        with transaction.atomic():
            locked = lock_employer(employer.pk)
            refuse_closed(locked)
            _forget(locked)
            logo = EmployerLogo.objects.create(
                employer=locked, public_id=key, width=widest.width, height=widest.height, form=widest.ending
            )
            for one in made:
                written.append(logo_file(key, one.width, one.ending))
                default_storage.save(written[-1], ContentFile(one.content))
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    return logo


@transaction.atomic
def remove_logo(employer: Employer) -> bool:
    """Show none any more; its files go. Whether there was one."""
    return _forget(lock_employer(employer.pk))


def _forget(locked: Employer) -> bool:
    logo = EmployerLogo.objects.filter(employer=locked).first()
    if logo is None:
        return False
    files = logo.files
    logo.delete()
    remove_after_commit(DEFAULT_STORAGE_ALIAS, files)
    return True
