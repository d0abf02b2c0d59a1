"""That somebody of a team shows their address to an applicant."""

from django.db import models
from django.utils import timezone

from .application import JobApplication
from .employer import EmployerMember


class TeamAddress(models.Model):
    """Whose address the applicant reads, once they show their own. Only domain/addresses.py writes it.

    One an application, so that no colleague puts theirs in its place. It hangs on the place on the team: whoever leaves
    or is erased shows nothing any more, and without it the employer reads no address of the applicant either.
    """

    application = models.OneToOneField(
        JobApplication, on_delete=models.CASCADE, primary_key=True, related_name="team_address"
    )
    member = models.ForeignKey(EmployerMember, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "address shown to an applicant"
        verbose_name_plural = "addresses shown to applicants"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.member} shows an address"
