"""Fellowship places in the admin: the rounds of the board, and the offers that wait to be read."""

from django.contrib import admin

from aapm_site.core.admin.actions import ActionsAdmin, MoveAction
from aapm_site.core.admin.base import NeverDeleted, ReadOnlyAdmin

from ..domain import fellowships
from ..fellowship_states import OfferStatus
from ..models import FellowshipOffer, FellowshipRound

DECIDE = "careers.decide_fellowshipoffer"


@admin.register(FellowshipRound)
class FellowshipRoundAdmin(NeverDeleted):
    """When the board is open."""

    list_display = ("name", "opens_on", "closes_on")
    search_fields = ("name",)


@admin.register(FellowshipOffer)
class FellowshipOfferAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Staff read and decide; programs write."""

    list_display = ("program", "employer", "place", "open_places", "round", "status", "submitted_at")
    list_filter = ("status", "round")
    list_select_related = ("employer", "place", "round")
    search_fields = ("program", "employer__name")
    fields = readonly_fields = (
        *("staff_status", "employer", "round", "program", "place", "open_places", "begins_on", "accredited", "visa"),
        *("summary", "wanted", "apply_url", "apply_email", "is_sample", "submitted_at", "approved_at"),
    )
    object_actions = (
        MoveAction(verb="approve", to=OfferStatus.APPROVED, do=fellowships.approve_offer, permission=DECIDE),
        MoveAction(verb="return", to=OfferStatus.RETURNED, do=fellowships.return_offer, permission=DECIDE),
        MoveAction(verb="withdraw", to=OfferStatus.WITHDRAWN, do=fellowships.withdraw_offer, permission=DECIDE),
    )
    view_on_site = False
