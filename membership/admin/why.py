"""“Why can they (not) read this?”: staff choose a person and an item, and read the decision with its reason."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from aapm_site.core.forms import SiteForm, field_of, whole_number

from ..access import MEMBERS, decide
from ..journal.models import Article
from ..models import Group
from ..presenters.access import access_words
from ..queries import members
from ..states import MembershipStatus

ARTICLE = "article"


class ItemKind:
    """A page known only by its audience: what decide() asks of an item."""

    def __init__(self, audience: str) -> None:
        self.audience = audience


class WhyForm(SiteForm):
    """A person by e-mail or member number, and what they want to read."""

    person = forms.CharField(label="Person", help_text="E-mail address or member number.", max_length=254)
    what = forms.ChoiceField(label="What they want to read")
    article = forms.CharField(
        label="Article", required=False, max_length=300, help_text="Its address or DOI, for a Journal article."
    )
    on = forms.DateField(
        label="On which day", required=False, help_text="Left empty: today.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.audience, f"A page of the group {group}") for group in Group.objects.all()]
        field_of(self, "what", forms.ChoiceField).choices = [
            (ARTICLE, "A Journal article"),
            (MEMBERS, "A page for members"),
            *groups,
        ]

    def clean_person(self) -> Any:
        text = self.cleaned_data["person"].strip()
        wanted = Q(email__iexact=text)
        if (number := whole_number(text, digits=9)) is not None:
            wanted |= Q(membership__number=number) | Q(membership__former_numbers__number=number)
        person = get_user_model().objects.filter(wanted).first()
        if person is None:
            raise ValidationError("Nobody here has this e-mail address or member number.")
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("what") == ARTICLE:
            found = _article(cleaned.get("article", ""))
            if found is None:
                self.add_error("article", "There is no such article. Copy its address from the browser.")
            cleaned["item"] = found
        else:
            cleaned["item"] = ItemKind(cleaned.get("what", MEMBERS))
        return cleaned


def _article(text: str) -> Article | None:
    """The article of an address, a slug or a DOI."""
    text = text.strip().removeprefix("doi:")
    try:
        match = resolve(urlsplit(text).path)
    except Resolver404:
        slug = text
    else:
        slug = match.kwargs.get("slug", text)
    return Article.objects.filter(Q(slug=slug) | Q(doi__iexact=text)).select_related("issue").first()


@permission_required("membership.see_access_decision", raise_exception=True)
def why(request: HttpRequest) -> HttpResponse:
    """The page. It changes nothing, so it is a GET with a query."""
    form = WhyForm(request.GET or None)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": "Why can’t they read this?", "form": form}
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"] or timezone.localdate()
        context |= _answer(form.cleaned_data["person"], form.cleaned_data["item"], on)
    return TemplateResponse(request, "admin/membership/why.html", context)


def _answer(person: Any, item: Any, on: date) -> dict[str, Any]:
    decision = decide(person, item, on)
    standing = members.standing_of(person, on)
    return {
        "decision": decision,
        "words": access_words(decision),
        "person": person,
        "item": item if isinstance(item, Article) else None,
        "on": on,
        "standing": MembershipStatus(standing.status).label,
        "terms": members.terms_of(person),
        "groups": Group.objects.filter(key__in=members.groups_of(person)),
    }
