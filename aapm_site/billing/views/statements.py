"""A customer's account, a year at a time."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta

from ..forms.statement import YearForm
from ..models import Customer, Letterhead
from ..presenters.statement import statements_in_words
from ..queries import statements
from .orders import TITLE


@require_safe
@login_required
def statement(request: HttpRequest, customer_id: str) -> HttpResponse:
    """Everything that was booked in a year, with what was owed after each line."""
    customer = get_object_or_404(Customer.objects.for_user(request.user), public_id=customer_id)
    years = statements.years(customer) or [timezone.localdate().year]
    form = YearForm(request.GET if "year" in request.GET else None, years=years)
    year = form.chosen
    found = statements_in_words(customer, date(year, 1, 1), date(year, 12, 31))
    context = {
        "customer": customer,
        "form": form,
        "year": year,
        "closing_label": "Balance today" if year == timezone.localdate().year else f"Balance at the end of {year}",
        "statements": found,
        "holds_money": any(statement.holds_money for statement in found),
        "seller": Letterhead.current().snapshot(),
        "crumbs": crumbs("Statement", (TITLE, reverse("billing:order-list"))),
        "meta": PageMeta("Statement of account", noindex=True),
    }
    return render(request, "billing/statement.html", context, status=422 if form.errors else 200)
