"""Who writes and reviews, and the shelves of the news."""

from django.contrib import admin

from content.models import Category, Contributor


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin):
    when_empty = "Authors and reviewers of pages, with the name that stands there; they need no account."
    list_display = ("name", "credentials", "is_person", "slug")
    list_filter = ("is_person",)
    search_fields = ("name", "credentials")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    when_empty = "Readers browse news and statements by them; a page may stand in several."
    list_display = ("name", "slug", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
