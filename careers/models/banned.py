"""The ban list: organizations that staff have shut out of the career center, by name, domain or address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from ..ban_words import domains_above, folded_name, hash_of
from ..web_domains import LONGEST

MEANS = ("name", "domain", "address", "address_hash")


class BannedEmployerQuerySet(models.QuerySet["BannedEmployer"]):
    def holding(self) -> "BannedEmployerQuerySet":
        return self.filter(lifted_at=None)

    def against(self, *, name: str, website: str, addresses: set[str]) -> "BannedEmployerQuerySet":
        """Those that hold and name an organization: its name, a domain above its own, or one of these addresses."""
        domains = domains_above(website).union(*map(domains_above, addresses))
        return self.holding().filter(
            Q(name=folded_name(name)) & ~Q(name="")
            | Q(domain__in=domains)
            | Q(address__in=addresses)
            | Q(address_hash__in={hash_of(address) for address in addresses})
        )


def _exactly_one() -> Q:
    """One of the four is filled in, and no other."""
    found = Q()
    for filled in MEANS:
        found |= ~Q(**{filled: ""}) & Q(**{name: "" for name in MEANS if name != filled})
    return found


def _once(name: str) -> models.UniqueConstraint:
    holds = Q(lifted_at__isnull=True) & ~Q(**{name: ""})
    return models.UniqueConstraint(fields=[name], condition=holds, name=f"careers_banned_{name}_once")


class BannedEmployer(models.Model):
    """One entry, with who wrote it, when and why; when it is lifted, by whom and why. Rows stay.

    Only domain/bans.py writes them, and the erasure of a person, which leaves a hash in place of their address.
    """

    name = models.CharField(
        "organization", max_length=120, blank=True, help_text="Capitals, accents, signs and “LLC” make no difference."
    )
    domain = models.CharField(
        "web or mail domain", max_length=LONGEST, blank=True, help_text="With all below it: jobs.example.org too."
    )
    address = models.EmailField("e-mail address", max_length=254, blank=True, help_text="Of one person.")
    address_hash = models.CharField("hash of an erased address", max_length=64, blank=True, editable=False)
    reason = models.TextField(max_length=2_000, help_text="Your colleagues read it; the organization does not.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    added_at = models.DateTimeField("since", default=timezone.now, editable=False)
    lifted_at = models.DateTimeField("lifted", null=True, blank=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    why_lifted = models.TextField(blank=True, editable=False)

    objects = BannedEmployerQuerySet.as_manager()

    class Meta:
        verbose_name = "banned employer"
        verbose_name_plural = "banned employers"
        ordering = ["-added_at", "-pk"]
        default_permissions = ("view", "add")
        permissions = [("lift_bannedemployer", "Can take an employer off the ban list")]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="careers_banned_by_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="careers_banned_has_reason"),
            models.CheckConstraint(
                condition=Q(domain=Lower(F("domain")), address=Lower(F("address"))), name="careers_banned_small"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, why_lifted="") | (Q(lifted_at__isnull=False) & ~Q(why_lifted="")),
                name="careers_banned_lifted_for_a_reason",
            ),
            *map(_once, MEANS),
        ]

    def __str__(self) -> str:
        return self.name or self.domain or self.address or "An address whose person’s data are erased"
