"""The way from a rate to the checkout, and what an employer owns."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.money import Money
from aapm_site.core.seo import PageMeta

from ..domain import employers
from ..forms.credits import BuyerForm, EntryKeyForm
from ..models import Employer, Package
from ..presenters.credits import days_in_words, ledger_in_words
from ..queries import boards, credits
from ..rules import may_buy
from .access import confirmed_user, limited, membership_of, writes_now
from .jobs import CAREERS

RATES = "/career-center/rates/"


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_user
@limited("package-buy", times=60, seconds=60 * 60)
def package_buy(request: SignedInRequest, slug: str) -> HttpResponse:
    """To the checkout, for one of the person's organizations. GET only reads: the account is made by POST."""
    package = get_object_or_404(Package, slug=slug, is_active=True)
    found = list(Employer.objects.bought_for_by(request.user).select_related("customer"))
    if not found:
        messages.info(request, "Postings belong to an organization. Please register yours first, then buy.")
        return redirect(f"{reverse('careers:employer-register')}?{urlencode({'buy': package.slug})}")
    form = BuyerForm(request.POST or None, employers=found)
    if request.method == "POST" and form.is_valid():
        customer = employers.customer_of(form.cleaned_data["employer"], by=request.user)
        return redirect(_checkout(package, customer))
    if request.method != "POST" and len(found) == 1 and found[0].customer:
        return redirect(_checkout(package, found[0].customer))
    context = {
        "package": package,
        "price": Money(package.price_for(request.user), package.currency),
        "what": package.kind.of(package.postings),
        "employers": found,
        "has_choice": len(found) > 1,
        "form": form,
        "crumbs": [*CAREERS, ("Posting rates", RATES), (package.name, None)],
        "meta": PageMeta(f"Buy: {package.name}", noindex=True),
    }
    return render(request, "careers/buy.html", context, status=422 if form.errors else 200)


def _checkout(package: Package, customer: Any) -> str:
    keys = {"sku": package.sku, "customer": customer.public_id}
    return f"{reverse('billing:checkout')}?{urlencode(keys, safe=':')}"


@require_safe
@confirmed_user
def employer_credits(request: HttpRequest, employer_id: str) -> HttpResponse:
    """What the organization owns, what waits for it, and how it came and went. The whole team reads it."""
    member = membership_of(request, employer_id)
    employer = member.employer
    form = EntryKeyForm(request.GET)
    before = form.cleaned_data["before"] if form.is_valid() else None
    days_before = form.cleaned_data["days_before"] if form.is_valid() else None
    team = boards.team_ids(employer)
    context = {
        "employer": employer,
        "owned": credits.owned(employer),
        "waiting": credits.waiting(employer),
        "ledger": ledger_in_words(credits.ledger(employer, before=before), team),
        "before": before,
        "days": credits.days_owned(employer),
        "days_ledger": days_in_words(credits.days_ledger(employer, before=days_before), team),
        "days_before": days_before,
        "may_write": writes_now(member),
        "may_buy": may_buy(member.role) and not employer.closed_at,
        "orders_url": reverse("billing:order-list") if may_buy(member.role) else "",
        "crumbs": [*CAREERS, (employer.name, employer.get_absolute_url()), ("Postings you own", None)],
        "meta": PageMeta("Postings you own", noindex=True),
    }
    return render(request, "careers/employers/credits.html", context)
