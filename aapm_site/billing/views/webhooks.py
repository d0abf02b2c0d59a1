"""What the card provider tells."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..domain import events
from ..gateways import card


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    if not settings.CARD_PAYMENTS:
        raise Http404
    try:
        event = card.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except card.BadSignature:
        return HttpResponse(status=400)
    return HttpResponse(events.receive(event), content_type="text/plain")
