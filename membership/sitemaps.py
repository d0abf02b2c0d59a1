"""The addresses of membership that are not content's pages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class MembershipSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["membership:join", "membership:group-list", "journal:journal", "journal:issue-list", "find:list"]

    def location(self, name: str) -> str:
        return reverse(name)
