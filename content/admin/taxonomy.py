"""Who writes and reviews, and the shelves of the news."""

from django.contrib import admin

from content.models import Category, Contributor


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin):
    list_display = ("name", "credentials", "is_person", "slug")
    list_filter = ("is_person",)
    search_fields = ("name", "credentials")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
