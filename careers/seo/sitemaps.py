"""The career center's part of the sitemap: its standing pages, every live job and each organization with a page."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from aapm_site.core.sitemaps import SitemapSource

from ..models import Employer, Job
from ..queries.organizations import with_page

STANDING = tuple(
    f"careers:{name}"
    for name in (
        *("job-list", "job-states", "organization-list", "rate-list", "specialty-list", "fellowship-list"),
        "employer-home",
    )
)


class CareersSitemap(Sitemap):
    """The pages that are always there."""

    changefreq = "daily"

    def items(self) -> tuple[str, ...]:
        return STANDING

    def location(self, item: str) -> str:
        return reverse(item)


class JobSitemap(Sitemap):
    """Live jobs; one that ends leaves the sitemap at that moment."""

    changefreq = "daily"
    limit = 5_000

    def items(self) -> QuerySet[Job]:
        return Job.objects.live().only("pk", "slug", "updated_at", "starts_at").order_by("pk")

    def lastmod(self, job: Job) -> datetime:
        return max(job.updated_at, job.starts_at)

    def get_latest_lastmod(self) -> datetime | None:
        newest = Job.objects.live().aggregate(updated=Max("updated_at"), started=Max("starts_at"))
        return max((moment for moment in newest.values() if moment), default=None)


class OrganizationSitemap(Sitemap):
    """Organizations with a page."""

    changefreq = "weekly"
    limit = 5_000

    def items(self) -> QuerySet[Employer]:
        return with_page().only("pk", "slug").order_by("pk")

    def location(self, item: Employer) -> str:
        return item.public_url


CAREERS = SitemapSource("careers", CareersSitemap, order=30)
JOBS = SitemapSource("jobs", JobSitemap, order=31)
ORGANIZATIONS = SitemapSource("organizations", OrganizationSitemap, order=32)
