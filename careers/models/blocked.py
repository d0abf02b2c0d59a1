"""Who must not see a person's profile: organizations, and whatever has a domain. Nobody but the person reads it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.cache.revisions import sql_list

from ..web_domains import LONGEST, SHARED
from .employer import Employer

# The domains of organizations: of their website, and of the confirmed addresses of their team. The same as
# web_domains.domain_of(), and none that tells nothing.
OWNED = f"""(
    SELECT employer_id, domain FROM (
        SELECT id AS employer_id, regexp_replace(
            lower(substring(website FROM '^[A-Za-z]+://(?:[^/?#]*@)?([^/:?#]+)')), '^www\\.|\\.$', '', 'g'
        ) AS domain FROM careers_employer
        UNION ALL
        SELECT member.employer_id, lower(split_part(address.email, '@', 2))
        FROM careers_employermember AS member
        JOIN account_emailaddress AS address ON address.user_id = member.user_id AND address.verified
    ) AS named WHERE domain LIKE '%%.%%' AND domain NOT IN {sql_list(sorted(SHARED))}
)"""  # noqa: S608 - words of our own
TOGETHER = (
    "({0} = {1} OR right({0}, length({1}) + 1) = '.' || {1} OR right({1}, length({0}) + 1) = '.' || {0})"  # both ways
)
# One statement's part that is asked once, not for each person.
AGAINST = f"""(
    WITH mine AS MATERIALIZED (SELECT DISTINCT domain FROM {OWNED} AS owned WHERE employer_id = %s),
    namesakes AS MATERIALIZED (
        SELECT DISTINCT employer_id FROM {OWNED} AS owned JOIN mine ON {TOGETHER.format("mine.domain", "owned.domain")}
    )
    SELECT blocked.id FROM careers_blockedemployer AS blocked
    WHERE blocked.employer_id = %s
        OR blocked.employer_id IN (SELECT employer_id FROM namesakes)
        OR (blocked.domain <> ''
            AND EXISTS (SELECT FROM mine WHERE {TOGETHER.format("mine.domain", "blocked.domain")}))
)"""  # noqa: S608 - words of our own
# The other way round, as parts of a statement that begins with WITH: the organizations from which a person hides, by
# the rows (employer_id, domain) of their list in `hiding`.
HIDDEN_EMPLOYERS = f"""
    owned AS MATERIALIZED (SELECT DISTINCT employer_id, domain FROM {OWNED} AS owned WHERE EXISTS (SELECT FROM hiding)),
    hidden AS MATERIALIZED (
        SELECT employer_id FROM hiding WHERE employer_id IS NOT NULL
        UNION SELECT owned.employer_id FROM hiding JOIN owned
            ON hiding.domain <> '' AND {TOGETHER.format("owned.domain", "hiding.domain")}
        UNION SELECT owned.employer_id FROM hiding JOIN owned AS named USING (employer_id) JOIN owned
            ON {TOGETHER.format("named.domain", "owned.domain")}
    )"""  # noqa: S608 - words of our own


class BlockedEmployerQuerySet(models.QuerySet["BlockedEmployer"]):
    def for_user(self, user: Visitor) -> "BlockedEmployerQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def against(self, employer: Employer) -> "BlockedEmployerQuerySet":
        """What hides somebody from this organization: it is named, or another that shares a domain, or its domain."""
        return self.filter(pk__in=RawSQL(AGAINST, (employer.pk, employer.pk)))  # noqa: S611 - a statement of our own


class BlockedEmployer(models.Model):
    """One entry of a person's list: an organization with the domain that its website had then, or a domain alone.

    Only domain/blocking.py writes them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="blocked_employers")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    domain = models.CharField("web or mail domain", max_length=LONGEST, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BlockedEmployerQuerySet.as_manager()

    class Meta:
        verbose_name = "blocked employer"
        ordering = ["-added_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "employer"], condition=Q(employer__isnull=False), name="careers_blocked_employer_once"
            ),
            models.UniqueConstraint(
                fields=["user", "domain"], condition=Q(employer__isnull=True), name="careers_blocked_domain_once"
            ),
            models.CheckConstraint(
                condition=Q(employer__isnull=False) | ~Q(domain=""), name="careers_blocked_names_somebody"
            ),
            models.CheckConstraint(condition=Q(domain=Lower(F("domain"))), name="careers_blocked_domain_small"),
        ]

    def __str__(self) -> str:
        return self.employer.name if self.employer else self.domain
