"""The lists of choices: career stages and practice settings."""

from django.contrib import admin

from ..models import CareerStage, PracticeSetting


@admin.register(CareerStage, PracticeSetting)
class ListAdmin(admin.ModelAdmin):
    list_display = ("name", "order")
    list_editable = ("order",)
    prepopulated_fields = {"slug": ("name",)}
