"""What the filters of the job list offer, as staff keep the lists."""

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.core.cache.remembered import remembered

Choices = tuple[tuple[str, str], ...]


@remembered
def professions() -> Choices:
    """Slug and name of every profession; one query."""
    return tuple(Profession.objects.values_list("slug", "name"))


@remembered
def specialties() -> Choices:
    """Slug and name of every specialty; one query."""
    return tuple(Specialty.objects.values_list("slug", "name"))
