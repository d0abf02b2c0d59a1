"""What the editor's dialogs ask: pictures, documents and pages by their words, and a file uploaded on the spot.

Answers are JSON for the staff's browser only. Each asks for the permission that the admin's own pages ask for.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as ListPage
from django.forms import ModelForm
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from content.forms.media import DocumentForm, PictureForm
from content.models import Document, Page, Picture
from content.presenters.checklist import readers_of
from content.queries import media


class Chooser(admin.ModelAdmin):
    """Adds `choose/` to a model's admin: what there is, found by words, page by page."""

    def find(self, words: str, number: str) -> ListPage:
        raise NotImplementedError

    def told(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"content_{self.opts.model_name}_choose"
        view = self.admin_site.admin_view(require_safe(self.choose))
        return [path("choose/", view, name=name), *super().get_urls()]

    def choose(self, request: HttpRequest) -> JsonResponse:
        """The rows that hold the words `q`; `page` says which part of them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.find(request.GET.get("q", "")[:200], request.GET.get("page", "1")[:6])
        rows = [self.told(row) for row in found]
        return JsonResponse({"rows": rows, "total": found.paginator.count, "more": found.has_next()})


class Uploader(Chooser):
    """Adds `upload/`: one file, kept as the admin's own form keeps it."""

    upload_form: Callable[..., ModelForm]

    def get_urls(self) -> list[URLPattern]:
        name = f"content_{self.opts.model_name}_upload"
        view = self.admin_site.admin_view(require_POST(self.upload))
        return [path("upload/", view, name=name), *super().get_urls()]

    def upload(self, request: HttpRequest) -> JsonResponse:
        """The row of the file, or what is wrong with it, by field."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.upload_form(request.POST, request.FILES, by=request.user)
        if not form.is_valid():
            return JsonResponse({"errors": {name: list(words) for name, words in form.errors.items()}}, status=422)
        return JsonResponse({"row": self.told(form.instance)})


class PictureChooser(Uploader):
    upload_form = PictureForm

    def find(self, words: str, number: str) -> ListPage:
        return media.find_pictures(words, number)

    def told(self, row: Picture) -> dict[str, Any]:
        return {
            "title": row.title,
            "alt": row.alt,
            "decorative": row.is_decorative,
            "credit": row.credit,
            "src": row.get_absolute_url(),
            "thumb": row.thumbnail,
            "width": row.width,
            "height": row.height,
        }


class DocumentChooser(Uploader):
    upload_form = DocumentForm

    def find(self, words: str, number: str) -> ListPage:
        return media.find_documents(words, number)

    def told(self, row: Document) -> dict[str, Any]:
        return {
            "title": row.title,
            "url": row.get_absolute_url(),
            "words": row.kind_and_size,
            "audience": readers_of(row.audience),
        }


class PageChooser(Chooser):
    def find(self, words: str, number: str) -> ListPage:
        return media.find_pages(words, number)

    def told(self, row: Page) -> dict[str, Any]:
        return {"title": row.title, "url": row.path, "words": row.get_status_display()}
