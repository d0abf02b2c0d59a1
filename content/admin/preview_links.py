"""In the admin: links by which a colleague without an account sees a page, and who else has it open."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from content.admin.versions import VersionsAdmin
from content.domain import presence, previews
from content.models import Page, PreviewLink
from content.presenters.preview_links import preview_link_row

CHOICES = ((1, "one day"), (previews.DAYS, "seven days"), (30, "thirty days"))


class LendingAdmin(VersionsAdmin):
    """The pages about links, and the beat of open forms. A mixin of the pages' admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/links/", view(self.links), name="content_page_links"),
            path("<int:object_id>/editing/", view(self.editing), name="content_page_editing"),
            *super().get_urls(),
        ]

    def links(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The page's links; a POST makes one or ends one."""
        page = self.page_or_404(request, object_id, change=True)
        error = ""
        if request.method == "POST":
            try:
                messages.success(request, self._lend(request, page))
                return HttpResponseRedirect(reverse("admin:content_page_links", args=[page.pk]))
            except ValidationError as refused:
                error = " ".join(refused.messages)
        now = timezone.now()
        context = {
            **self.page_context(request, page, f"Show “{page}” to a colleague"),
            "links": [preview_link_row(link, now) for link in page.preview_links.prefetch_related("by")[:50]],
            "choices": CHOICES,
            "error": error,
        }
        return TemplateResponse(request, "content/admin/links.html", context, status=422 if error else 200)

    def _lend(self, request: HttpRequest, page: Page) -> str:
        """Do what the form asks, and say so. Raises ValidationError when it asks nothing that can be done."""
        if "end" in request.POST:
            text = request.POST["end"]
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
            previews.end_preview_link(get_object_or_404(PreviewLink, page=page, pk=number))
            return "The link has ended. Whoever opens it is told so."
        days = request.POST.get("days", "")
        if days not in {str(days) for days, _ in CHOICES}:
            raise ValidationError("Choose how long the link should last.")
        previews.make_preview_link(page, by=request.user, days=int(days))
        return "The link is made. Copy it from the list and send it to your colleague."

    def editing(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The browser of somebody who has the form open says so; the answer names the others, and a newer version."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        page = self.page_or_404(request, object_id, change=True)
        if "leave" in request.POST:
            presence.mark_left(page.pk, request.user.pk)
            return JsonResponse({})
        others = names(presence.mark_present(page.pk, request.user.pk))
        last = page.versions.select_related("by").defer("fields").order_by("-number").first()
        newer = {"number": last.number, "who": last.who} if last else None
        return JsonResponse({"others": others, "newest": newer})


def names(ids: list[int]) -> list[str]:
    """The colleagues' names, in one order."""
    return sorted(person.display_name for person in User.objects.filter(pk__in=ids)) if ids else []
