"""Where an account page stands."""

from django.urls import reverse

from aapm_site.core.seo import Crumb


def crumbs(title: str, *between: Crumb) -> list[Crumb]:
    return [("Home", "/"), ("My account", reverse("accounts:home")), *between, (title, None)]
