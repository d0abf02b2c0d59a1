"""Choosing a category and applying for it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta, breadcrumb_ld
from aapm_site.core.transitions import NotAllowed

from ..domain import applications
from ..forms.application import ApplicationForm
from ..models import Plan
from ..queries import members, plans

HOME, MEMBERSHIP = ("Home", "/"), ("Membership", "/membership/")


@public_page()
def choose(request: HttpRequest) -> HttpResponse:
    """The categories, each with the way to its form; a person who cannot apply now reads why."""
    user = request.user
    crumbs = [HOME, MEMBERSHIP, ("Join", None)]
    is_member = members.standing_of(user).is_current
    open_application = members.open_application_of(user)
    context = {
        "plans": plans.categories(),
        "open_application": open_application,
        "is_member": is_member,
        "may_apply": not is_member and open_application is None,
        "crumbs": crumbs,
        "meta": PageMeta(
            "Join the Academy",
            "Choose the category that describes most of your work, and apply. A person reads every application.",
            reverse("membership:join"),
            jsonld=(breadcrumb_ld(crumbs),),
        ),
    }
    return render(request, "membership/join.html", context)


def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """The application form of one category. A visitor makes an account first and comes back here."""
    plan = get_object_or_404(Plan, slug=slug, joinable=True)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    if reason := applications.application_refusal(request.user, plan):
        messages.info(request, reason)
        return redirect("membership:join")
    form = ApplicationForm(request.POST or None, request.FILES or None, user=request.user, plan=plan)
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            application = applications.submit_application(
                request.user, plan, papers=[paper] if paper else [], **form.as_fields()
            )
        except NotAllowed as refused:
            messages.info(request, str(refused))
            return redirect("membership:join")
        messages.success(request, "Your application has arrived. We have written to you that it has.")
        return redirect(application)
    crumbs = [HOME, MEMBERSHIP, ("Join", reverse("membership:join")), (plan.name, None)]
    context = {"form": form, "plan": plan, "crumbs": crumbs, "meta": PageMeta(f"Apply: {plan}", noindex=True)}
    return render(request, "membership/apply.html", context, status=422 if form.errors else 200)
