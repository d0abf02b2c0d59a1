"""Files of the media library: pictures for everybody, documents for those who may read them."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from aapm_site.core.files import pictures, private
from aapm_site.core.seo import PageMeta
from content.models import Document
from content.models.media import file_name
from content.paywall import closed
from content.queries.media import trashed_pictures


@require_safe
def picture(request: HttpRequest, public_id: str, width: int, ending: str) -> HttpResponseBase:
    """One file of a picture. Its address never means anything else, so it may be kept forever. What lies in the trash
    is remembered, so that no query is needed.
    """
    name = file_name(public_id, width, ending)
    if public_id in trashed_pictures():
        return _from_the_trash(request, name)
    return pictures.serve_forever(request, name, f"{public_id}-{width}-{ending}")


def _from_the_trash(request: HttpRequest, name: str) -> HttpResponseBase:
    """For staff, who decide whether it comes back; nobody else, and kept by no browser."""
    if not request.user.has_perm("content.view_picture"):
        raise Http404
    response = pictures.show(name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def document(request: HttpRequest, public_id: str, name: str) -> HttpResponseBase:
    """A document as a download, for whoever may read it; others are asked to sign in or told whom it is for."""
    found = get_object_or_404(Document.objects.kept(), public_id=public_id, name=name)
    if not request.user.has_perm("content.read_page", found):
        return _refused(request, found)
    etag = f'"{found.checksum[:32]}"'
    if found.is_public and etag in request.headers.get("If-None-Match", ""):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            response = private.serve(found.file, filename=found.name, content_type=found.content_type)
        except FileNotFoundError as gone:
            raise Http404 from gone
    if found.is_public:
        # Kept only to be asked about: the audience may change.
        response["Cache-Control"] = "public, no-cache"
        response["ETag"] = etag
    return response


def _refused(request: HttpRequest, found: Document) -> HttpResponse:
    """Nothing of the file passes here, not even its kind."""
    if not request.user.is_authenticated:
        response: HttpResponse = redirect_to_login(request.path)
    else:
        context = {
            "document": found,
            "closed": closed(request, found.audience),
            "meta": PageMeta(found.title, path=request.path, noindex=True),
        }
        response = render(request, "content/document_gate.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response
