"""The glossary in the admin."""

from django.contrib import admin

from content.forms.term import TermForm
from content.models import Term


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    form = TermForm
    list_display = ("name", "definition", "slug")
    search_fields = ("name", "aliases", "definition")
    prepopulated_fields = {"slug": ("name",)}
