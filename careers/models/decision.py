"""How an organization came to be verified, and how that ended: a row for each decision, and the mailed links."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.ids import PublicIdField

from ..choices import EmployerDecisionKind
from ..web_domains import LONGEST
from .employer import Employer


class EmployerDecisionQuerySet(models.QuerySet["EmployerDecision"]):
    def newest_first(self) -> "EmployerDecisionQuerySet":
        return self.order_by("-pk")


class EmployerDecision(models.Model):
    """What was decided of an organization, by whom and why. Rows stay; domain/employer_decisions.py writes them."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField("what", max_length=20, choices=EmployerDecisionKind.choices)
    at = models.DateTimeField("when", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who"
    )
    # Of the address to which the link went, nothing but this.
    domain = models.CharField("proved domain", max_length=LONGEST, blank=True)
    reason = models.TextField("how or why", max_length=2_000, blank=True)

    objects = EmployerDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision on an employer"
        verbose_name_plural = "decisions on employers"
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EmployerDecisionKind.values), name="careers_employerdecision_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=EmployerDecisionKind.PROVED) ^ Q(domain=""), name="careers_employerdecision_domain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.get_kind_display()}"


class DomainProof(models.Model):
    """A link on its way to an address at an organization's domain. Only domain/verifications.py writes them."""

    public_id = PublicIdField()
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="domain_proofs")
    domain = models.CharField(max_length=LONGEST)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "link that proves a domain"
        verbose_name_plural = "links that prove a domain"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["employer"], name="careers_domainproof_one_waits"),
            models.CheckConstraint(condition=~Q(domain=""), name="careers_domainproof_names_domain"),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.domain}"
