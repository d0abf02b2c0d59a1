"""The media library in the admin: pictures with their looks, documents with their readers, and where each is used."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Visitor
from aapm_site.core.admin.readable import ReadableFields
from content.admin.audiences import AudienceFilter, readers
from content.admin.choosers import DocumentChooser, PictureChooser
from content.admin.trash import TrashAdmin, TrashFilter, trash_actions, trash_list_actions
from content.domain import trash
from content.forms.media import DocumentForm, PictureForm
from content.models import Document, Picture

TRASH = (trash.trash_media, trash.put_back_media, trash.delete_trashed_media)


def _trash_words(row: Picture | Document) -> tuple[str, ...]:
    """Where it is used, before it goes."""
    words = "Its address answers nobody from now on. It can be put back as it was until the trash is emptied."
    uses = trash.uses_of(row)
    if not uses:
        return ("Nothing uses it.", words)
    named = ", ".join(f"“{use}”" for use in uses)
    return (f"It is used by {named}. It goes only when it has been taken out there, or they lie in the trash.", words)


class LibraryAdmin(ReadableFields, TrashAdmin):
    """What both shelves share: the form keeps the file, and nothing goes into the trash that is in use."""

    put_back = trash.put_back_media

    list_per_page = 48
    view_on_site = False
    actions = None
    change_form_template = "content/admin/media_change_form.html"
    change_list_template = "content/admin/media_list.html"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        """The form knows who uploads."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"__init__": _knowing(form, request.user)})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        upload = () if obj else ("upload",)
        return (*upload, *self.fields)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new row is kept by the form, with its file."""
        if change:
            obj.save()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The upload has been recorded with the file."""

    @admin.display(description="used in")
    def used_in(self, obj: Any) -> SafeString:
        rows = [(str(row), row._meta.verbose_name, _admin_address(row)) for row in trash.uses_of(obj)]
        return render_to_string("content/admin/media_uses.html", {"rows": rows})

    @admin.display(description="size", ordering="size")
    def weight(self, obj: Any) -> str:
        return filesizeformat(obj.size)


def _knowing(form: Any, user: Visitor) -> Any:
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        form.__init__(self, *args, by=user, **kwargs)

    return init


def _admin_address(row: Model) -> str:
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


@admin.register(Picture)
class PictureAdmin(PictureChooser, LibraryAdmin):
    when_empty = "Upload one here or from within a text: pages, news and figures take their pictures from this shelf."
    form = PictureForm
    fields = ("title", "alt", "is_decorative", "credit")
    list_display = ("title", "look", "description", "measures", "weight", "added_at")
    object_actions = trash_actions(Picture, *TRASH, _trash_words)
    list_actions = trash_list_actions(Picture, *TRASH)
    list_filter = (TrashFilter, "is_decorative", "added_at")
    search_fields = ("title", "alt", "credit")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return (
            ("large_look", *super().get_fields(request, obj), "measures", "used_in")
            if obj
            else (super().get_fields(request, obj))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("large_look", "measures", "used_in") if obj else ()

    @admin.display(description="picture")
    def look(self, picture: Picture) -> SafeString:
        return format_html('<img class="media-thumb" src="{}" alt="" loading="lazy">', picture.thumbnail)

    @admin.display(description="picture")
    def large_look(self, picture: Picture) -> SafeString:
        return format_html('<img class="media-look" src="{}" alt="{}">', picture.thumbnail, picture.alt)

    @admin.display(description="description", ordering="alt")
    def description(self, picture: Picture) -> str:
        return "Decorative" if picture.is_decorative else picture.alt

    @admin.display(description="pixels", ordering="width")
    def measures(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"


@admin.register(Document)
class DocumentAdmin(DocumentChooser, LibraryAdmin):
    when_empty = "Upload a PDF or another file, say who may read it, and link to it from any text."
    form = DocumentForm
    fields = ("title", "audience")
    list_display = ("title", "name", readers, "weight", "added_at")
    read_as = {"audience": readers}
    object_actions = trash_actions(Document, *TRASH, _trash_words)
    list_actions = trash_list_actions(Document, *TRASH)
    list_filter = (TrashFilter, ("audience", AudienceFilter), "added_at")
    search_fields = ("title", "name")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return (*super().get_fields(request, obj), "link", "used_in") if obj else super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("link", "used_in") if obj else ()

    @admin.display(description="file")
    def link(self, document: Document) -> SafeString:
        return format_html('<a href="{}">{}</a> ({})', document.get_absolute_url(), document.name,
                           document.kind_and_size)  # fmt: skip
