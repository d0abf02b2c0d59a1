"""The end of a look as a member."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ..domain.viewing import end_viewing
from ..middleware import KEY
from ..models import Membership, Viewing


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the look of this session, and go back to the member's page; without one, to the home page."""
    number = request.session.pop(KEY, None) if request.user.is_authenticated else None
    if number is None:
        return HttpResponseRedirect("/")
    end_viewing(number, by=request.user)
    person = Viewing.objects.filter(pk=number).values("person")
    membership = Membership.objects.filter(user__in=person).values_list("pk", flat=True).first()
    way = reverse("admin:membership_membership_change", args=[membership]) if membership else reverse("admin:index")
    return HttpResponseRedirect(way)
