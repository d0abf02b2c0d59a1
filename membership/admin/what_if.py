"""“What would happen if”: staff choose an act and a day, and read the terms, rights and letters that would follow."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone

from aapm_site.core.forms import SiteForm, field_of

from ..domain.dues import FARTHEST, MOST_YEARS
from ..models import Membership, Plan
from ..queries import what_if as asked

ACTS = (
    (asked.NOTHING, "Nobody does anything"),
    (asked.PAYS, "They pay their dues"),
    (asked.BOUNCES, "They pay by a check that bounces"),
    (asked.REFUND, "Their last dues are refunded"),
    (asked.CHANGES_NEXT, "They change their category with the next term"),
    (asked.CHANGES_NOW, "They change their category at once"),
    (asked.DIES, "The member has died"),
)
WITH_A_CATEGORY = (asked.CHANGES_NEXT, asked.CHANGES_NOW)


class WhatIfForm(SiteForm):
    """An act, a day that is today or later, and what the act needs."""

    act = forms.ChoiceField(label="What happens", choices=ACTS)
    on = forms.DateField(
        label="On which day",
        required=False,
        help_text="Left empty: today.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    years = forms.TypedChoiceField(
        label="For how many terms",
        coerce=int,
        choices=[(count, str(count)) for count in range(1, MOST_YEARS + 1)],
        required=False,
        help_text="For dues that are paid.",
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(),
        label="Into which category",
        required=False,
        to_field_name="slug",
        help_text="For a change of category.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "plan", forms.ModelChoiceField).queryset = Plan.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        today = timezone.localdate()
        cleaned["years"] = cleaned.get("years") or 1
        cleaned["on"] = cleaned.get("on") or today
        if not today <= cleaned["on"] <= today + FARTHEST:
            self.add_error("on", "Choose today or a later day, within the next four years.")
        if cleaned.get("act") in WITH_A_CATEGORY and not cleaned.get("plan") and "plan" not in self.errors:
            self.add_error("plan", "Choose the category into which they change.")
        return cleaned


@permission_required("membership.view_membership", raise_exception=True)
def what_if(request: HttpRequest, object_id: int) -> HttpResponse:
    """The page. It changes nothing, so it is a GET with a query."""
    membership = get_object_or_404(Membership.objects.select_related("user"), pk=object_id)
    form = WhatIfForm(request.GET or {"act": asked.NOTHING, "years": "1"})
    answer = None
    if form.is_valid():
        said = form.cleaned_data
        answer = asked.what_if(membership, said["act"], said["on"], years=said["years"], plan=said["plan"])
    context = {
        **admin.site.each_context(request),
        "title": f"What would happen if: {membership.user.display_name}",
        "membership": membership,
        "form": form,
        "answer": answer,
    }
    return TemplateResponse(request, "admin/membership/what_if.html", context)
