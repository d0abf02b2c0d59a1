"""Rates in the admin."""

from django.contrib import admin

from ..models import Package


@admin.register(Package)
class PackageAdmin(admin.ModelAdmin):
    """Prices are rows: staff edit them, and the rates page follows at once."""

    list_display = (
        "name",
        "postings",
        "runs_days",
        "price",
        "member_price",
        "tax_rate",
        "is_active",
        "is_sample",
        "order",
    )
    list_filter = ("is_active", "featured", "is_sample")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
