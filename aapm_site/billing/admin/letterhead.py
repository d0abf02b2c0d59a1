"""The letterhead: one row, and a sample invoice that shows how it prints."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from aapm_site.core.admin.only_row import OnlyRow
from aapm_site.core.association import association
from aapm_site.core.models import Association

from .. import pdf
from ..models import Letterhead
from ..presenters import documents
from ..views.documents import as_pdf

MOST_LINES = 6


class LetterheadForm(forms.ModelForm):
    """Texts that a page has room for."""

    class Meta:
        model = Letterhead
        fields = ("email", "tax_id", "check_to", "bank", "footer", "is_sample")

    def clean_check_to(self) -> str:
        return self._few_lines("check_to")

    def clean_bank(self) -> str:
        return self._few_lines("bank")

    def _few_lines(self, name: str) -> str:
        text = self.cleaned_data[name]
        count = sum(bool(line.strip()) for line in text.splitlines())
        if count > MOST_LINES:
            raise ValidationError(f"An invoice has room for {MOST_LINES} lines here, and these are {count}.")
        return text

    def clean_footer(self) -> str:
        return " ".join(self.cleaned_data["footer"].split())


@admin.register(Letterhead)
class LetterheadAdmin(OnlyRow):
    """Documents that were issued keep the letterhead of their day."""

    form = LetterheadForm
    change_form_template = "billing/admin/letterhead_change_form.html"
    fieldsets = (
        ("Who writes", {"fields": ("association", "email", "tax_id")}),
        ("How invoices are paid", {"fields": ("check_to", "bank")}),
        ("At the foot", {"fields": ("footer",)}),
        ("Demonstration", {"fields": ("is_sample",), "classes": ("collapse",)}),
    )

    readonly_fields = ("association",)

    @admin.display(description="name and address")
    def association(self, head: Letterhead) -> SafeString:
        """As papers print them, and where they are edited: they are not of this row alone."""
        page = reverse("admin:core_association_change", args=[Association.ONLY])
        lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in association().sheet))
        return format_html('{}<br><a href="{}">Change these for the whole site</a>', lines, page)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sample)
        return [path("sample/", view, name="billing_letterhead_sample"), *super().get_urls()]

    def sample(self, request: HttpRequest) -> HttpResponse:
        """An invented invoice on the letterhead as it is saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return as_pdf(_sample(Letterhead.current().snapshot()), "sample")


def _sample(head: dict[str, Any]) -> pdf.PdfDocument:
    today = timezone.localdate()
    number = f"INV-{today.year}-00000"
    notes = [
        pdf.Note(heading, (*head[part], words))
        for heading, part, words in (
            ("By check", "check_to", f"Please write {number} on it."),
            ("By bank transfer", "bank", f"Reference: {number}"),
        )
        if head[part]
    ]
    notes += [pdf.Note("", (head["footer"],))] if head["footer"] else []
    return pdf.PdfDocument(
        heading="Invoice",
        number=number,
        facts=(
            ("Date", documents.day(today)),
            ("Due", documents.day(today + timedelta(days=30))),
            ("Purchase order", f"PO {today.year}-118"),
        ),
        seller=tuple(head["lines"]),
        bill_to=("A Sample Practice", "Attn: Accounts payable", "12 Example Street", "Chicago, IL 60601"),
        lines=(pdf.PrintedLine("What was bought", 1, Decimal(100), Decimal(10), Decimal(0), Decimal(90)),),
        sums=(pdf.Sum("Discount, taken off above", Decimal(10)), pdf.Sum("Total", Decimal(90), strong=True)),
        currency="USD",
        notes=tuple(notes),
        mark="Sample",
    )
