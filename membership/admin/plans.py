"""Categories: everything about them is a row."""

from django.contrib import admin

from ..models import Plan


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ("name", "price", "term_months", "grace_days", "reads_journal", "joinable", "sample", "order")
    list_editable = ("order",)
    list_filter = ("joinable", "reads_journal", "sample")
    search_fields = ("name", "eligibility")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "order")}),
        ("What the join page says", {"fields": ("summary", "eligibility", "papers_needed", "joinable")}),
        ("Dues and terms", {"fields": (("dues", "currency"), "sample", "term_months", "grace_days")}),
        ("What it opens", {"fields": ("reads_journal",)}),
    )

    @admin.display(description="dues", ordering="dues")
    def price(self, plan: Plan) -> str:
        return str(plan.price)
