"""Open positions for other sites: the XML that Indeed reads, and a JSON feed."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from aapm_site.core.cache.page_cache import CACHE_CONTROL, expires_at, public_page

from ..forms.outbound import FeedPageForm
from ..queries.listings import next_change
from ..queries.outbound import all_open, page_of_open, state_of_open
from ..seo.indeed import indeed_xml
from ..seo.json_feed import json_feed_of

JSON_FEED = "application/feed+json; charset=utf-8"


def _state(request: HttpRequest) -> str:
    """Weak: when the document was built is in it as well."""
    return f'W/"{sha256(state_of_open(timezone.now()).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_state)
def indeed_feed(request: HttpRequest) -> StreamingHttpResponse:
    """Every open position, sent as it is read, so that ten thousand need no more memory than ten."""
    at = timezone.now()
    response = StreamingHttpResponse(
        indeed_xml(all_open(at), built_at=at), content_type="application/xml; charset=utf-8"
    )
    response["Cache-Control"] = CACHE_CONTROL
    return response


@require_safe
@public_page(keys=("after",))
def json_feed(request: HttpRequest) -> HttpResponse:
    """A page of the open positions, and the address of the next."""
    form = FeedPageForm(request.GET)
    after = form.cleaned_data.get("after") if form.is_valid() else None
    at = timezone.now()
    expires_at(request, next_change(at))
    jobs, last = page_of_open(at, after=after)
    own = reverse("careers:json-feed")
    feed = json_feed_of(
        jobs,
        own=f"{own}?after={after}" if after else own,
        of=reverse("careers:job-list"),
        next_url=f"{own}?after={last}" if last else "",
    )
    return JsonResponse(feed, content_type=JSON_FEED, json_dumps_params={"ensure_ascii": False})
