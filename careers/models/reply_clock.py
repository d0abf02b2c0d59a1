"""How soon an employer usually answers who applies to it: one small row, so that a page reads it with the employer."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from aapm_site.core.cache.revisions import ANNOUNCE

from ..reply_times import BANDS, PUBLIC_FROM
from .employer import Employer


class ReplyClock(models.Model):
    """The median of an employer's first answers within a year. Only domain/reply_clocks.py writes it.

    `public_days` is what everybody may read, or nothing while too few applications count; a change of it alone empties
    the cache of pages.
    """

    employer = models.OneToOneField(Employer, on_delete=models.CASCADE, primary_key=True, related_name="reply_clock")
    counted = models.PositiveIntegerField("applications that count", default=0)
    days = models.PositiveSmallIntegerField("days to a usual answer, rounded", null=True, blank=True)
    public_days = models.PositiveSmallIntegerField("the same, as everybody reads it", null=True, blank=True)

    class Meta:
        verbose_name = "reply clock"
        verbose_name_plural = "reply clocks"
        default_permissions = ()
        triggers = [
            pgtrigger.Trigger(
                name="revised_when_told",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__public_days__df=pgtrigger.F("new__public_days")),
                func=f"{ANNOUNCE}; RETURN NULL;",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(days__isnull=True) | Q(days__in=BANDS), name="careers_reply_band"),
            models.CheckConstraint(
                condition=Q(public_days__isnull=True) | Q(public_days=F("days"), counted__gte=PUBLIC_FROM),
                name="careers_reply_public",
            ),
        ]

    def __str__(self) -> str:
        return f"Reply clock of {self.employer}"
