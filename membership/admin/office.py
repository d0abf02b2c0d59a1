"""Addresses of offices and what went there: staff see both, and take an address away."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import day

from ..domain import office
from ..models import Membership, OfficeSending
from .leaving import LeavingWhyForm
from .term_actions import CHANGE

MOST_SHOWN = 6


def _send(membership: Membership, form: LeavingWhyForm, by: Any) -> ActionOutcome:
    payment = office.receipts_of(membership.user).select_related("order").first()
    if payment is None:
        raise office.NotAllowed("There is no receipt for this member’s dues.")
    sent = office.send_receipt(membership.user, payment, by=by)
    return ActionOutcome((f"Receipt {payment} is on its way to {sent.email}. {form.cleaned_data['reason'].strip()}",))


def _forget(membership: Membership, form: LeavingWhyForm, by: Any) -> ActionOutcome:
    office.forget_office(membership.user)
    return ActionOutcome((f"The office’s address is forgotten. {form.cleaned_data['reason'].strip()}",))


def has_office(membership: Membership) -> bool:
    return office.office_of(membership) is not None


OFFICE_ACTIONS = (
    AdminAction(
        verb="send-receipt",
        label="Send the newest receipt to the office",
        permission=CHANGE,
        is_offered=has_office,
        words=("It goes to the address that the member named, if its reader said yes.",),
        form=LeavingWhyForm,
        view=LoggedActionView,
        do=_send,
    ),
    AdminAction(
        verb="forget-office",
        label="Forget the office’s address",
        permission=CHANGE,
        is_offered=has_office,
        words=("No receipt goes there any more. What was sent stays noted.",),
        form=LeavingWhyForm,
        view=LoggedActionView,
        do=_forget,
    ),
)


def office_rows(membership: Membership) -> SafeString | str:
    """The address with how it stands, and the newest sendings."""
    known = office.office_of(membership)
    rows = []
    if known:
        state = "said yes" if known.confirmed_at else "asked"
        rows.append((known.email, state, day(known.confirmed_at or known.asked_at)))
    sent = membership.office_sendings.select_related("payment")[:MOST_SHOWN]
    rows += [(one.email, f"receipt {one.payment}", day(one.at)) for one in sent]
    return format_html_join(SafeString("<br>"), "{}, {} {}", rows) or "None"


@admin.register(OfficeSending)
class OfficeSendingAdmin(ReadOnlyAdmin):
    """Each receipt that went to an office."""

    names_in_lists = {"member": "membership"}
    list_display = ("at", "member", "payment", "email", "by")
    list_select_related = ("membership__user", "payment", "by")
    list_filter = ()
    date_hierarchy = "at"
    fields = readonly_fields = ("member", "payment", "email", "at", "by")

    @admin.display(description="member")
    def member(self, sending: OfficeSending) -> SafeString:
        url = reverse("admin:membership_membership_change", args=[sending.membership_id])
        return format_html('<a href="{}">{}</a>', url, sending.membership)
