"""The living style page: every token, type step and component in every state. For staff."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..forms import SiteForm
from ..menus import MenuEntry
from ..seo import PageMeta
from ..templatetags.ui import TONES
from ..ui.icons import ICONS
from ..ui.timeline import HistoryRow, Milestone, Timeline

TOKENS = (
    ("paper", "the page"),
    ("wash", "a quiet band"),
    ("well", "pressed or hovered"),
    ("ink", "headings"),
    ("text", "reading"),
    ("muted", "meta"),
    ("rule", "hairlines"),
    ("edge", "borders that must be seen"),
    ("teal", "links, done, saved"),
    ("teal-wash", "a note to know"),
    ("saffron", "marks, never words"),
    ("amber", "warm words"),
    ("amber-wash", "a warning"),
    ("good", "it worked"),
    ("good-wash", "behind good news"),
    ("bad", "it did not"),
    ("bad-wash", "behind bad news"),
    ("primary", "the one main button"),
    ("primary-over", "the same, hovered"),
    ("on-primary", "words on it"),
    ("focus", "the ring around what has the keyboard"),
    ("deep", "the band of ink"),
)

PARTS = (
    ("tokens", "Tokens"),
    ("type", "Type"),
    ("marks", "Marks and icons"),
    ("buttons", "Buttons and links"),
    ("fields", "Fields"),
    ("notes", "Notes and states"),
    ("measures", "Measures"),
    ("numbers", "Numbers as pictures"),
    ("lists", "Lists"),
    ("reading", "Reading"),
    ("gate", "Gate"),
    ("empty", "Nothing here"),
)


class SampleForm(SiteForm):
    """One field of each kind, to be shown empty and refused."""

    name = forms.CharField(label="Title of the position", help_text="As it will stand in the list.")
    email = forms.EmailField(label="E-mail")
    city = forms.CharField(label="City", required=False)
    state = forms.ChoiceField(label="State", choices=[("me", "Maine"), ("mn", "Minnesota")])
    opens_on = forms.DateField(label="Opens on", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    kind = forms.ChoiceField(
        label="Kind of work", widget=forms.RadioSelect, choices=[("full", "Full time"), ("part", "Part time")]
    )
    team = forms.MultipleChoiceField(
        label="On the team",
        help_text="Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("psy", "Psychologist"), ("pt", "Physical therapist"), ("np", "Nurse practitioner")],
        required=False,
    )
    text = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label="Attachment", help_text="PDF, at most 5 MB.", required=False)
    withheld = forms.BooleanField(
        label="Withhold our name", help_text="It stays off the page and the feeds.", required=False
    )


def _samples() -> dict[str, Any]:
    """What the components are shown with; invented, and said to be."""
    refused = SampleForm({"name": "", "email": "somebody@", "state": "me", "kind": "", "text": ""}, auto_id="bad_%s")
    refused.is_valid()
    return {
        "open_form": SampleForm(auto_id="open_%s"),
        "bad_form": refused,
        "page_first": Paginator(range(240), 10).page(1),
        "page_middle": Paginator(range(240), 10).page(12),
        "facts": [("Pay", "$365,000–420,000 a year"), ("Work", "Full time, four days"), ("Start", "March 2027")],
        "toc": [MenuEntry("The specialty", "#type", current=True), MenuEntry("Two kinds of pain", "#marks")],
        "rates": [["One", "$99.00", "$99.00"], ["Three", "$252.00", "$84.00"], ["Five", "$371.25", "$74.25"]],
        "specialties": [("Anesthesiology", 46), ("Physical medicine and rehabilitation", 19), ("Neurology", 9)],
        "series": [("Positions", [261, 290, 335, 377]), ("Applicants", [398, 372, 401, 415])],
        "years": ["2014", "2017", "2020", "2023"],
        "timeline": _sample_timeline(),
        "history": [
            HistoryRow("Read and approved", date(2026, 11, 20), by="AAPM staff", status="approved"),
            HistoryRow("Back to you", date(2026, 11, 19), by="AAPM staff", note="Which pay?", status="returned"),
            HistoryRow("Written", date(2026, 11, 18), by="Dana Whitfield"),
        ],
        "low": Decimal(365000),
        "high": Decimal(420000),
        "one_day": date(2018, 12, 14),
        "first_day": date(2026, 5, 3),
        "last_day": date(2026, 5, 9),
        "far_day": date(2027, 5, 2),
    }


def _sample_timeline() -> Timeline:
    return Timeline(
        "How far it is, a sample",
        (
            Milestone("Written", on=date(2026, 11, 18), is_done=True),
            Milestone("Read and approved", on=date(2026, 11, 20), is_done=True),
            Milestone("Live", "since", date(2026, 11, 21), is_now=True),
            Milestone("Ends", on=date(2026, 12, 21)),
        ),
    )


@require_safe
@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part of the look. Staff only: PermissionDenied for everybody else."""
    if not getattr(request.user, "acts_as_staff", False):
        raise PermissionDenied("The style page is for staff.")
    context = {
        "meta": PageMeta("Style page", noindex=True),
        "crumbs": [("Home", "/"), ("Style page", None)],
        "tokens": TOKENS,
        "parts": [MenuEntry(title, f"#{name}") for name, title in PARTS],
        "icons": sorted(ICONS),
        "tones": TONES,
        "steps": ("t-5", "t-4", "t-3", "t-2", "t-1", "t-read", "t-0", "t-sm", "t-xs"),
        "issues": range(1, 9),
        "samples": _samples(),
    }
    return render(request, "styleguide.html", context)
