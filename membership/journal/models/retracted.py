"""Works that have been taken back, or about which editors are concerned, wherever they came out."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.cache.revisions import revised


class DoubtKind(models.TextChoices):
    RETRACTION = "retraction", "Retracted"
    CONCERN = "concern", "Concern expressed"


class DoubtedWork(models.Model):
    """One work, as a list of retractions names it. The list is loaded whole; only domain/retractions.py writes here."""

    doi = models.CharField("DOI, in small letters", max_length=300, blank=True)
    pmid = models.CharField("number in PubMed", max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=DoubtKind)
    on = models.DateField("day", null=True, blank=True)
    notice_doi = models.CharField("DOI of the notice", max_length=300, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "doubted work"
        default_permissions = ()
        triggers = [revised()]
        indexes = [
            models.Index(fields=["doi"], name="membership_doubted_doi", condition=~Q(doi="")),
            models.Index(fields=["pmid"], name="membership_doubted_pmid", condition=~Q(pmid="")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(doi="", pmid=""), name="membership_doubted_is_named"),
            models.CheckConstraint(condition=Q(kind__in=DoubtKind.values), name="membership_doubted_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.doi or self.pmid}"
