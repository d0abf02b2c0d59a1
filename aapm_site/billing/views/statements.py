"""A customer's account from the first entry to the last."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from aapm_site.core.seo import PageMeta

from ..models import Customer


@require_safe
@login_required
def statement(request: HttpRequest, customer_id: str) -> HttpResponse:
    customer = get_object_or_404(Customer.objects.for_user(request.user), public_id=customer_id)
    return render(
        request, "billing/statement.html", {"customer": customer, "meta": PageMeta("Statement", noindex=True)}
    )
