"""What an organization's page tells search engines: a schema.org Organization."""

from typing import Any

from aapm_site.core.seo import absolute

from ..models import Employer


def organization_ld(employer: Employer) -> dict[str, Any]:
    """Its name, page, website and logo; of one with a page, which no confidential position makes."""
    logo = getattr(employer, "logo", None)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Organization",
        "name": employer.name,
        "url": absolute(employer.public_url),
        "description": employer.about,
        "sameAs": employer.website,
        "logo": absolute(logo.whole) if logo else "",
    }
    if employer.place:
        found["address"] = {
            "@type": "PostalAddress",
            "addressLocality": employer.place.name,
            "addressRegion": employer.place.state_code,
            "addressCountry": "US",
        }
    return {name: value for name, value in found.items() if value}
