"""Issues and the articles' public pages for search engines."""

from datetime import date

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import timezone

from ..models import Article, Collection, Issue, Subject


class IssueSitemap(Sitemap):
    changefreq = "monthly"

    def items(self) -> QuerySet[Issue]:
        return Issue.objects.published(timezone.localdate())

    def lastmod(self, issue: Issue) -> date:
        return issue.published_on


class ArticleSitemap(Sitemap):
    changefreq = "yearly"

    def items(self) -> QuerySet[Article]:
        articles = Article.objects.published(timezone.localdate()).select_related("issue")
        return articles.only("slug", "published_on", "issue__published_on").order_by("-published_on", "slug")

    def lastmod(self, article: Article) -> date:
        issue = article.issue
        is_in_it = issue is not None and issue.is_out_on(timezone.localdate())
        return max(article.published_on, issue.published_on) if issue and is_in_it else article.published_on


class CollectionSitemap(Sitemap):
    def items(self) -> QuerySet[Collection]:
        return Collection.objects.published().only("slug").order_by("slug")


class SubjectSitemap(Sitemap):
    def items(self) -> QuerySet[Subject]:
        return Subject.objects.only("slug").order_by("slug")
