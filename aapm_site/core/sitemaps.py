"""The sections of the sitemap that the rooms contribute; the roof's sitemap is made of them."""

from dataclasses import dataclass

from .registry import Registry


@dataclass(frozen=True)
class SitemapSource:
    """One section of the sitemap; `sitemap` is a django.contrib.sitemaps.Sitemap class."""

    name: str
    sitemap: type
    order: int = 100


sitemap_sources: Registry[SitemapSource] = Registry()
