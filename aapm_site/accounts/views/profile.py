"""A person's own name, degrees, work and ORCID iD."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from aapm_site.core.seo import PageMeta

from ..forms import ProfileForm
from ..models import User
from .crumbs import crumbs


@login_required
def edit(request: HttpRequest) -> HttpResponse:
    # A copy: the head of the page shows request.user, which a refused form must not have changed.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return HttpResponseRedirect(reverse("accounts:profile-edit"))
    context = {"form": form, "crumbs": crumbs("My profile"), "meta": PageMeta("My profile", noindex=True)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)
