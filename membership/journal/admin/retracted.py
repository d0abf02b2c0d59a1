"""Which articles of the journal cite retracted works, by a list that an editor loads from a file."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from aapm_site.core.files.tables import KINDS
from aapm_site.core.files.upload_checks import FileRefused
from aapm_site.core.forms import SiteForm

from ..domain.retractions import load_retractions
from ..queries.retracted import citing_articles, list_stands

LARGEST = 100 * 1024 * 1024  # bytes; the list of 2026 has 60 million


class RetractionsForm(SiteForm):
    """One list, whole."""

    file = forms.FileField(
        label="List",
        help_text="CSV in UTF-8 or Excel (.xlsx), with the headings of Retraction Watch’s data.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        error_messages={"required": "Choose the file with the list.", "empty": "This file is empty."},
    )
    may_be_shorter = forms.BooleanField(
        required=False, label="It may be much shorter than the one that stands",
        help_text="What it no longer names is forgotten.",
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(f"At most {LARGEST // 1024 // 1024} MB are taken.")
        return file


@permission_required("membership.add_article", raise_exception=True)
def retracted_works(request: HttpRequest) -> HttpResponse:
    """The page: what is loaded, which articles cite it, and the form for another list."""
    is_sent = request.method == "POST"
    form = RetractionsForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    loaded = _loaded(form) if is_sent and form.is_valid() else None
    works, since = list_stands()
    context = {
        **admin.site.each_context(request),
        "title": "Check references for retractions",
        "form": form,
        "loaded": loaded,
        "works": works,
        "since": since,
        "articles": citing_articles(),
    }
    return TemplateResponse(
        request, "admin/membership/retracted_works.html", context, status=422 if form.errors else 200
    )


def _loaded(form: RetractionsForm) -> Any:
    data = form.cleaned_data
    try:
        return load_retractions(data["file"].read(), data["file"].name, may_be_shorter=data["may_be_shorter"])
    except FileRefused as refused:
        form.add_error("file", str(refused))
        return None
