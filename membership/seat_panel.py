"""My account's part about seats that institutions pay for: what waits for an answer, and what one looks after."""

from django.template.loader import render_to_string

from aapm_site.accounts.registry import AccountPanel
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.statements import PERSON

from .queries.seats import bundle_rows, bundles_of


def render(request: SignedInRequest) -> str:
    """Nothing for who has nothing to do with seats."""
    bundles = bundles_of(request.user)
    return render_to_string("membership/seats/panel.html", {"bundles": bundles}) if bundles else ""


SEATS = AccountPanel("membership-seats", render, order=11, rows=lambda: [bundle_rows(PERSON)])
