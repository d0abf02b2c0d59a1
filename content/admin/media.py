"""The media library in the admin: pictures with their looks, documents with their readers, and where each is used."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.accounts.people import Visitor
from content.admin.choosers import DocumentChooser, PictureChooser
from content.domain import media
from content.forms.media import DocumentForm, PictureForm
from content.models import Document, Picture


class LibraryAdmin(admin.ModelAdmin):
    """What both shelves share: the form keeps the file, the domain takes away, and nothing goes that is in use."""

    list_per_page = 48
    view_on_site = False
    actions = None  # taking away many at once would not tell which are in use
    change_form_template = "content/admin/media_change_form.html"

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

    def uses(self, obj: Any) -> list[Model]:
        raise NotImplementedError

    def take_away(self, obj: Any) -> None:
        raise NotImplementedError

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What a page shows is not asked about: the refusal names the pages."""
        found = self.get_object(request, object_id)
        if found is not None and self.has_delete_permission(request, found) and self.uses(found):
            return self._in_use(request, found)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.take_away(obj)

    def _in_use(self, request: HttpRequest, found: Any) -> HttpResponse:
        try:
            self.take_away(found)
        except media.InUse as refused:
            messages.error(request, refused.messages[0])
        return HttpResponseRedirect(reverse(f"admin:content_{self.opts.model_name}_change", args=[found.pk]))

    @admin.display(description="used in")
    def used_in(self, obj: Any) -> SafeString:
        rows = [(str(row), row._meta.verbose_name, _admin_address(row)) for row in self.uses(obj)]
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
    form = PictureForm
    fields = ("title", "alt", "is_decorative", "credit")
    list_display = ("title", "look", "description", "measures", "weight", "added_at")
    list_filter = ("is_decorative", "added_at")
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

    def uses(self, obj: Picture) -> list[Model]:
        return media.picture_uses(obj)

    def take_away(self, obj: Picture) -> None:
        media.delete_picture(obj)


@admin.register(Document)
class DocumentAdmin(DocumentChooser, LibraryAdmin):
    form = DocumentForm
    fields = ("title", "audience")
    list_display = ("title", "name", "audience", "weight", "added_at")
    list_filter = ("audience", "added_at")
    search_fields = ("title", "name")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[Any, ...]:
        return (*super().get_fields(request, obj), "link", "used_in") if obj else super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("link", "used_in") if obj else ()

    @admin.display(description="file")
    def link(self, document: Document) -> SafeString:
        return format_html('<a href="{}">{}</a> ({})', document.get_absolute_url(), document.name,
                           document.kind_and_size)  # fmt: skip

    def uses(self, obj: Document) -> list[Model]:
        return media.document_uses(obj)

    def take_away(self, obj: Document) -> None:
        media.delete_document(obj)
