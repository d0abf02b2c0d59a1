"""The ledgers of credits and of days in the admin: read-only, since only the site writes them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from aapm_site.core.admin.base import ReadOnlyAdmin

from ..models import CreditEntry, DaysEntry


class EmployersLedgerAdmin(ReadOnlyAdmin):
    """Entries of an employer's ledger, the newest first; its page leads to them."""

    linked_by = ("employer__id__exact",)
    show_full_result_count = False
    view_on_site = False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-pk",)


@admin.register(CreditEntry)
class CreditEntryAdmin(EmployersLedgerAdmin):
    """Which credits came and went for an employer, why, and by whom."""

    list_display = ("at", "employer", "kind", "change_in_words", "job", "order_line", "reason", "by")
    list_filter = ("kind", "featured", "runs_days")
    list_select_related = ("employer", "job", "order_line", "by")
    search_fields = ("employer__name", "job__title", "reason", "order_line__order__invoice__number")

    @admin.display(description="change", ordering="change")
    def change_in_words(self, entry: Any) -> str:
        return f"{entry.change:+d} of {entry.credit_type}"


@admin.register(DaysEntry)
class DaysEntryAdmin(EmployersLedgerAdmin):
    """Which days came back to an employer's account and where they went, why, and by whom."""

    list_display = ("at", "employer", "kind", "change_in_words", "position", "order_line", "reason", "by")
    list_filter = ("kind", "featured")
    list_select_related = ("employer", "run__job", "order_line", "by")
    search_fields = ("employer__name", "run__job__title", "reason", "order_line__order__invoice__number")

    @admin.display(description="change", ordering="change")
    def change_in_words(self, entry: Any) -> str:
        return f"{entry.change:+d} {'featured ' if entry.featured else ''}day{'' if abs(entry.change) == 1 else 's'}"

    @admin.display(description="position")
    def position(self, entry: Any) -> str:
        return str(entry.run.job) if entry.run else ""
