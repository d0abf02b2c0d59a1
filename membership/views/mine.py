"""My membership: what is true today, the terms, what was paid, and what comes next."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.accounts.views.crumbs import crumbs
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..domain import automatic_renewals, dues
from ..domain.office import office_of, receipts_of
from ..domain.pauses import pause_of
from ..domain.resignations import resignation_of
from ..forms.category import TrainingForm
from ..presenters import groups as group_words
from ..presenters import mine as presenter
from ..presenters import seats as seat_words
from ..presenters import standing as words
from ..presenters.automatic import automatic_words
from ..presenters.category import change_words
from ..presenters.leaving import leaving_words
from ..presenters.papers import papers_words
from ..queries import groups, members
from ..queries.dues_orders import MOST_SHOWN, dues_orders
from ..queries.seats import accepted_seats, bundles_of, payer_of

TITLE = "My membership"


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The page of somebody who is or was a member, or is about to be; others are shown the way to become one."""
    return mine_page(request)


def mine_page(request: SignedInRequest, training_form: TrainingForm | None = None) -> HttpResponse:
    """The page, with a form that was refused."""
    user = request.user
    standing = members.standing_of(user)
    application = members.application_of(user)
    membership = members.membership_of(user)
    if membership:
        membership.user = user
    orders = list(dues_orders(user)[:MOST_SHOWN])
    invoice = presenter.open_invoice(orders)
    pause, resignation = pause_of(membership), resignation_of(membership)
    leaving = leaving_words(standing, pause, resignation) if membership and not membership.closed_at else None
    office = office_of(membership)
    automatic = automatic_renewals.running(membership)
    offer = presenter.open_offer(orders)
    at_bank = offer is not None and offer.at_bank
    payable = [] if invoice or resignation or at_bank else dues.dues_of(user)
    payer = payer_of(user, standing)
    context: dict[str, Any] = {
        "sentence": words.sentence(standing, application, payer),
        "told": words.panel_sentence(standing, application),
        "facts": words.membership_facts(membership, standing) if membership and standing.term else None,
        "next": words.next_step(standing, application, is_automatic=automatic is not None, payer=payer),
        "automatic": automatic_words(
            membership, members.terms_of(user), automatic, is_invoiced=bool(invoice or resignation)
        ),
        "terms": presenter.term_rows(members.terms_of(user)),
        "renewals": [presenter.renewal_words(one, payer if standing.is_current else None) for one in payable],
        "offers": [bundle.name for bundle in bundles_of(user) if bundle.is_offered] if payable else [],
        "pays_itself": payer is None or not standing.is_current,
        "open_offer": offer,
        "invoice": invoice,
        "orders": presenter.order_rows(orders),
        "seats": seat_words.paid_by(accepted_seats(user)),
        "category": change_words(membership, members.terms_of(user), is_invoiced=bool(invoice or at_bank)),
        "training_form": training_form or (TrainingForm.of(membership) if membership else None),
        "stays_free": not payable and not invoice and not pause and not resignation and dues.may_stay_free(user),
        "leaving": leaving,
        "office": office,
        "receipt": receipts_of(user).first() if office and office.confirmed_at else None,
        "shows_office": bool(orders) and membership is not None,
        "papers": papers_words(membership, standing),
        "groups": group_words.own_groups(groups.groups_of_person(user)) if membership else [],
        "rests": "" if standing.is_current else group_words.RESTS,
        "shows_groups": membership is not None,
        "crumbs": crumbs(TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    status = 422 if training_form is not None else 200
    return render(request, "membership/mine.html", context, status=status)


@login_required
@require_POST
def stay(request: SignedInRequest) -> HttpResponse:
    """One more term in a category without dues, by a press."""
    try:
        term = dues.stay_free(request.user)
    except NotAllowed as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Thank you. You are a member until {date_format(term.ends_on)}.")
    return redirect("membership:mine")
