"""What the card provider tells. It is believed for its signature alone, which gateways/card.py proves (read_event)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ..gateways import card
from ..webhooks import dispatch

MOST_BYTES = 256 * 1024  # its messages have a few thousand
MOST_DIGITS = 12


@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """200 for whatever was kept, repeats and what staff must look at included; 400 for what is not the provider's."""
    if not settings.CARD_PAYMENTS:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        return HttpResponse("Its length is no number.", status=400, content_type="text/plain")
    if len(length) > MOST_DIGITS or int(length) > MOST_BYTES:
        return HttpResponse("This is longer than any message.", status=413, content_type="text/plain")
    try:
        event = card.read_event(request.body, request.headers.get("Stripe-Signature", ""))
    except card.BadSignature as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain")
    return HttpResponse(dispatch.receive_message(event), content_type="text/plain")
