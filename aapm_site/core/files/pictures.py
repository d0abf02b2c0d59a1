"""Pictures that everybody may see, from where the site keeps its files: shown, and without any right to run."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
FOREVER = "public, max-age=31536000, immutable"


def serve_forever(request: HttpRequest, name: str, tag: str) -> HttpResponseBase:
    """A picture whose address never means anything else, so that it may be kept for good; other sites may show it.

    `tag` is another for each file. Raises Http404 where there is none.
    """
    _type_of(name)
    etag = f'"{tag}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = show(name)
    response["ETag"] = etag
    response["Cache-Control"] = FOREVER
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers and search engines show them too
    return response


def show(name: str) -> HttpResponse | FileResponse:
    """The file itself; its ending says its type. Raises Http404 where there is none."""
    content_type = _type_of(name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file, content_type=content_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _type_of(name: str) -> str:
    """Raises Http404 for what is no picture."""
    if (ending := name.rpartition(".")[2]) not in TYPES:
        raise Http404
    return TYPES[ending]
