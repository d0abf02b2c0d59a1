"""The letterhead: one row, and a sample invoice that shows how it prints."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from .. import pdf
from ..models import Letterhead
from ..models.letterhead import ONLY
from ..queries import papers
from ..views.papers import as_pdf


@admin.register(Letterhead)
class LetterheadAdmin(admin.ModelAdmin):
    """Documents that were issued keep the letterhead of their day."""

    change_form_template = "billing/admin/letterhead_change_form.html"
    fieldsets = (
        ("Who writes", {"fields": ("name", "address", "email", "phone", "website", "tax_id")}),
        ("How invoices are paid", {"fields": ("check_to", "bank")}),
        ("At the foot", {"fields": ("footer",)}),
        ("Demonstration", {"fields": ("is_sample",), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Letterhead.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sample)
        return [path("sample/", view, name="billing_letterhead_sample"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one row, so the list leads to it, or to the form that writes it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if Letterhead.objects.filter(pk=ONLY).exists():
            return HttpResponseRedirect(reverse("admin:billing_letterhead_change", args=[ONLY]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:billing_letterhead_add"))
        return super().changelist_view(request, extra_context)

    def sample(self, request: HttpRequest) -> HttpResponse:
        """An invented invoice on the letterhead as it is saved."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return as_pdf(_sample(Letterhead.current().snapshot()), "sample")


def _sample(head: dict[str, Any]) -> pdf.Document:
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
    return pdf.Document(
        heading="Invoice",
        number=number,
        facts=(("Date", papers.day(today)), ("Due", papers.day(today + timedelta(days=30)))),
        seller=tuple(head["lines"]),
        bill_to=("A Sample Practice", "Attn: Accounts payable", "12 Example Street", "Chicago, IL 60601"),
        lines=(pdf.PrintedLine("What was bought", 1, Decimal(100), Decimal(0), Decimal(0), Decimal(100)),),
        sums=(pdf.Sum("Total", Decimal(100), strong=True),),
        currency="USD",
        notes=tuple(notes),
        mark="Sample",
    )
