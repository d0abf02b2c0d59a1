"""Articles as a publisher delivers them, brought in by an editor: first what would happen, then the import itself."""

from pathlib import Path
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from aapm_site.accounts.models import User
from aapm_site.core.forms import SiteForm

from ..domain.imports import import_package
from ..domain.packages import PackageRefused
from ..models import Issue

LARGEST = 100 * 1024 * 1024  # bytes by a browser; `manage.py import_jats` takes more
# Of three publishers' shapes, to try this page with; only a demonstration offers them.
SAMPLES = {
    "sample-flat.zip": "one article, all its files in one folder (NLM 2.3, TIFF, a table as a picture)",
    "sample-nested.zip": "two articles, a folder each (JATS 1.2, a formula in three forms, a supplement)",
    "sample-manifest.zip": "two articles and a list of their files (JATS 1.3, an OASIS table, a correction)",
}
FOLDER = Path(__file__).resolve().parents[2] / "demo" / "journal" / "deliveries"
ENDINGS = (".xml", ".nxml", ".zip")


class DeliveryForm(SiteForm):
    """One delivery, and where its articles go that name no issue of ours."""

    delivery = forms.FileField(
        label="Delivery",
        help_text="One article as .xml, or a .zip of articles with their figures, supplements and PDFs.",
        error_messages={"required": "Choose the file that the publisher delivered."},
    )
    issue = forms.ModelChoiceField(
        Issue.objects.all(), required=False, label="Issue", empty_label="As the articles say",
        help_text="For articles that name no issue of ours.",
    )  # fmt: skip
    may_replace = forms.BooleanField(
        required=False, label="It may replace another article",
        help_text="Where its DOI is that of an article with another title by other people.",
    )  # fmt: skip
    only_look = forms.BooleanField(
        required=False, initial=True, label="Only say what would happen", help_text="Nothing is kept then."
    )

    def clean_delivery(self) -> Any:
        delivery = self.cleaned_data["delivery"]
        if not delivery.name.lower().endswith(ENDINGS):
            raise ValidationError("A delivery is a file that ends in .xml or .zip. This one does not.")
        if delivery.size > LARGEST:
            raise ValidationError(
                f"By this page at most {LARGEST // 1024 // 1024} MB are taken. Please split the package."
            )
        return delivery


@permission_required("membership.add_article", raise_exception=True)
def import_articles(request: HttpRequest) -> HttpResponse:
    """The page; what was found stays below the form, so that the second press can follow."""
    is_sent = request.method == "POST"
    form = DeliveryForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Import articles",
        "form": form,
        "samples": SAMPLES.items() if settings.DEMO else (),
    }
    if is_sent and form.is_valid():
        context |= _imported(form, request)
    return TemplateResponse(
        request, "admin/membership/import_articles.html", context, status=422 if form.errors else 200
    )


@permission_required("membership.add_article", raise_exception=True)
def sample_delivery(request: HttpRequest, name: str) -> HttpResponseBase:
    """A sample package of the demonstration; elsewhere there is none."""
    if not settings.DEMO or name not in SAMPLES:
        raise Http404
    return FileResponse((FOLDER / name).open("rb"), as_attachment=True, filename=name)


def _imported(form: DeliveryForm, request: HttpRequest) -> dict[str, Any]:
    data, staff = form.cleaned_data, cast(User, request.user)
    try:
        found = list(
            import_package(
                data["delivery"].read(), data["delivery"].name, by=staff, issue=data["issue"],
                dry_run=data["only_look"], may_replace=data["may_replace"],
            )
        )  # fmt: skip
    except PackageRefused as refused:
        form.add_error("delivery", str(refused))
        return {}
    return {"found": found, "was_look": data["only_look"], "to_look_at": sum(one.needs_a_look for one in found)}
