"""What a credit costs, and whom a job reaches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta, breadcrumb_ld

from ..models import Employer
from ..presenters.profile_search import reach_in_words
from ..presenters.rates import has_member_prices, owned_words, rates_caption
from ..queries import credits
from ..queries.profile_reach import reach_of_newest
from ..queries.rates import rates_table
from .access import employers_of
from .jobs import CAREERS


@require_safe
@public_page()
def rates(request: HttpRequest) -> HttpResponse:
    """The packages on offer."""
    crumbs = [*CAREERS, ("Posting rates", None)]
    table, pays_member_price = rates_table(request.user), request.user.has_perm("billing.member_price")
    context = {
        "rows": table,
        "own": _own(request),
        "caption": rates_caption(table, pays_member_price=pays_member_price),
        "has_member_prices": has_member_prices(table),
        "pays_member_price": pays_member_price,
        "member_heading": "Your price" if pays_member_price else "For members",
        "crumbs": crumbs,
        "meta": PageMeta(
            "Posting rates",
            "What it costs to post a position in the AAPM Career Center: one, or several at a lower price each.",
            path="/career-center/rates/",
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "careers/rates.html", context)


def _own(request: HttpRequest) -> list[tuple[Employer, str, str]]:
    """What the person's organizations have left, and whom the newest of their positions would meet; none a visitor."""
    found = employers_of(request)
    left, reach = credits.owned_by(found), reach_of_newest(found, timezone.now()) if found else None
    return [
        (
            employer,
            owned_words(left[employer.pk]),
            reach_in_words(reach) if reach and reach.employer == employer.pk else "",
        )
        for employer in found
    ]


@require_safe
@public_page()
def specialties(request: HttpRequest) -> HttpResponse:
    """Who the members are, for employers; the figures are membership's."""
    crumbs = [*CAREERS, ("Specialties", None)]
    context = {
        "crumbs": crumbs,
        "meta": PageMeta(
            "Specialties: who our members are",
            "Whom a position reaches: professions, specialties and places of work, and the fellowship market.",
            path="/career-center/specialties/",
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "careers/specialties.html", context)
