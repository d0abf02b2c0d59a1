"""The glossary in the admin."""

from django.contrib import admin

from content.forms.term import TermForm
from content.models import Term


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    when_empty = "A word that is explained here explains itself wherever it stands in a page for patients."
    form = TermForm
    list_display = ("name", "definition", "slug")
    search_fields = ("name", "aliases", "definition")
    prepopulated_fields = {"slug": ("name",)}
