"""My membership in words: the terms, the orders for dues, and what a renewal would give for how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.billing.models import Order
from aapm_site.billing.presenters.order import AT_BANK, OrderPage
from aapm_site.billing.states import OrderStatus
from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import date_range, day

from ..domain.dues import Dues
from ..domain.pauses import AFTER
from ..models import Term
from ..queries.seats import Payer
from ..skus import FIRST
from .standing import days_of


@dataclass(frozen=True)
class RenewalChoice:
    """One press: so many years, until when, for how much."""

    label: str
    days: SafeString
    price: Money
    url: str


@dataclass(frozen=True)
class RenewalWords:
    """What may be paid now. `held` says until when a payment keeps these days."""

    heading: str
    held: SafeString
    choices: tuple[RenewalChoice, ...]
    before: str = ""


def renewal_words(dues: Dues, payer: Payer | None = None) -> RenewalWords:
    """For whose term an institution pays, these are dues of their own for afterwards."""
    first, count = dues.periods[0], len(dues.periods)
    own = "Pay your dues" if dues.kind == FIRST else "Renew"
    return RenewalWords(
        own if payer is None else "Dues of your own, after the seat",
        _held(dues),
        tuple(
            RenewalChoice(
                _length(dues, years),
                date_range(first.starts_on, dues.periods[years - 1].ends_on),
                Money(dues.price * years, dues.plan.currency),
                f"{reverse('billing:checkout')}?{urlencode({'sku': dues.sku, 'quantity': years})}",
            )
            for years in range(1, count + 1)
        ),
        before=_not_needed(payer),
    )


def _not_needed(payer: Payer | None) -> str:
    if payer is None:
        return ""
    return (
        f"You need not pay anything: {payer.institution} does, and may do so again. If it does not, or if you leave, "
        "these dues carry your membership on from the day after. No day is paid twice."
    )


def _length(dues: Dues, years: int) -> str:
    """One year, two years; of a category with other terms, so many terms."""
    unit = "year" if dues.plan.term_months == 12 else "term"
    if dues.periods[0].months < dues.plan.term_months:
        return "The rest of this year"
    return f"{years} {unit}{'' if years == 1 else 's'}"


def _held(dues: Dues) -> SafeString:
    if dues.begins_when_paid:
        return format_html("{}", "If you pay today. Paid later, your term begins on that day.")
    return format_html("If you pay by {}. You lose no day by paying early.", day(dues.paid_by))


@dataclass(frozen=True)
class TermRow:
    """One term of the history."""

    category: str
    days: SafeString
    how: str
    note: str = ""
    is_void: bool = False


def term_rows(terms: Sequence[Term]) -> list[TermRow]:
    """The newest first; what was taken back says so."""
    return [_term_row(term) for term in sorted(terms, key=lambda term: term.starts_on, reverse=True)]


def _term_row(term: Term) -> TermRow:
    note = ""
    if term.is_void:
        note = f"Taken back. {term.void_reason}"
    elif term.was_to:
        note = "Ended early."
    elif term.note == AFTER:
        note = AFTER
    return TermRow(term.plan.name, days_of(term), HOW[Term.Source(term.source)], note, term.is_void)


HOW = {
    Term.Source.PAID: "Dues paid",
    Term.Source.GIVEN: "Without dues",
    Term.Source.IMPORTED: "From our earlier records",
    Term.Source.BUNDLE: "Paid by your institution",
    Term.Source.HONORARY: "Honorary",
}


@dataclass(frozen=True)
class DuesOrderRow:
    """One order for dues: what it is called, where it stands, its sum, and its page."""

    name: str
    at: SafeString
    status: str
    label: str
    tone: str
    sum: Money
    url: str


OFFERED = "Not paid yet"


def order_rows(orders: Sequence[Order]) -> list[DuesOrderRow]:
    """An offer that ended is nothing to look at any more."""
    return [_order_row(order) for order in orders if order.status != OrderStatus.ENDED]


def _order_row(order: Order) -> DuesOrderRow:
    name = "Dues, on offer" if order.is_offer else f"Invoice {order.invoice}"
    total = sum((line.total for line in order.lines.all()), start=0 * order.lines.all()[0].total)
    waits = AT_BANK if order.at_bank else OFFERED
    label = waits if order.is_payable else order.get_status_display()
    tone = "wait" if order.is_payable else ""
    return DuesOrderRow(
        name, day(order.placed_at), order.status, label, tone, Money(total, order.currency), order.get_absolute_url()
    )


def open_offer(orders: Sequence[Order]) -> Order | None:
    """The one that was ordered and is owed by nobody: without a payment it ends."""
    return next((order for order in orders if order.is_offer and order.is_payable), None)


def open_invoice(orders: Sequence[Order]) -> OrderPage | None:
    """The one whose invoice is to be paid. Orders read `with_owed()`."""
    return next((OrderPage(order) for order in orders if order.is_unpaid), None)
