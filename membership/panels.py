"""Membership's part of My account: what is true today, in a sentence; the dates, and the next step."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from aapm_site.accounts.registry import AccountEntries, AccountPanel, AccountSentence
from aapm_site.core.menus import MenuEntry

from .domain import automatic_renewals
from .presenters import standing as presenter
from .queries import members
from .queries.dues_orders import invoiced_dues
from .queries.seats import payer_of


def membership_sentence(request: HttpRequest) -> SafeString | str:
    """What is true today, in one sentence; nothing for a person who has never been a member nor applied."""
    user = request.user
    standing = members.standing_of(user)
    return presenter.sentence(standing, members.application_of(user), payer_of(user, standing))


def membership_panel(request: HttpRequest) -> str:
    """The panel; a person who has nothing to do with membership reads one line that invites them."""
    user = request.user
    standing = members.standing_of(user)
    application = members.application_of(user)
    membership = members.terms_of(user)[0].membership if standing.term else None
    invoice = invoiced_dues(user) if presenter.may_owe_dues(standing, application) else None
    draft = None if application or invoice or standing.is_current else members.draft_of(user)
    is_automatic = standing.is_current and automatic_renewals.running(membership) is not None
    payer = payer_of(user, standing)
    context = {
        "told": presenter.draft_sentence(draft) if draft else presenter.panel_sentence(standing, application),
        "facts": presenter.membership_facts(membership, standing) if membership else None,
        "next": presenter.draft_step(draft)
        if draft
        else presenter.next_step(standing, application, invoice, is_automatic=is_automatic, payer=payer),
    }
    return render_to_string("membership/panel.html", context, request)


def entries(request: HttpRequest) -> list[MenuEntry]:
    """The way to My membership; who is no member reads there how to become one, so that no page asks for terms."""
    return [MenuEntry("My membership", reverse("membership:mine"))]


ENTRIES = AccountEntries("membership", entries, order=10)
MEMBERSHIP = AccountPanel("membership", membership_panel, order=10)
SENTENCE = AccountSentence("membership", membership_sentence, order=10)
