"""Mail of the billing office, queued in the transaction of what it tells of. Finance hears of what needs a person."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.money import Money
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import compose_email, queue_email, queue_emails
from aapm_site.mail.domain.readers import look_up_readers
from aapm_site.mail.strangers import shown_address

from ..models import CreditNote, Customer, Dispute, Invoice, Order, Payment, Refund
from ..registry import after_purchase
from ..rules import ZERO, with_number
from ..states import RefundMethod
from . import ledger
from .settlement import LINES

PLACED = "order_placed"
FOR_THE_BUYER = {
    PLACED, "paid", "order_cancelled", "payment_returned", "payment_corrected", "credited", "refunded",
}  # fmt: skip


def _facts(order: Order) -> dict[str, Any]:
    invoice = order.invoice
    prefetch_related_objects([order], LINES)
    lines = list(order.lines.all())
    discount = sum((line.discount for line in lines), ZERO)
    return {
        "number": invoice.number,
        "name": invoice.bill_attention or invoice.bill_name,
        "customer": order.customer.name,
        "rows": [(line, line.price * line.quantity) for line in lines],
        "less": Money(-discount, order.currency),
        "code": order.coupon.code if order.coupon else "",
        "tax": Money(invoice.tax, invoice.currency),
        "total": invoice.sum,
        "due_on": invoice.due_on,
        "po_number": invoice.po_number,
        "check_to": invoice.letterhead.get("check_to", []),
        "bank": invoice.letterhead.get("bank", []),
        "order_url": absolute(order.get_absolute_url()),
        "pay_url": absolute(reverse("billing:pay", args=[order.pay_token])),
    }


def _tell(order: Order, event: str, **context: Any) -> None:
    """One mail to the address on the invoice; it may be a finance office without an account here.

    What matters for going on also goes to who ordered, when that is another address. An invoice over an offer may have
    no address: who gave it has erased their account before the money came.
    """
    buyer, address = order.placed_by, order.invoice.bill_email
    is_buyer = buyer is not None and buyer.email.casefold() == address.casefold()
    known = {
        **_facts(order),
        "pays_by_card": order.pay_by == "card",
        "card_payments": settings.CARD_PAYMENTS,
        "step": after_purchase(order),
        **context,
    }
    told = {**known, "is_buyer": is_buyer, "page_url": known["pay_url"]}
    gets_copy = event in FOR_THE_BUYER and buyer is not None and bool(buyer.email) and not is_buyer
    (payer, *others), still_buys = look_up_readers(
        address,
        *([buyer.email] if buyer and buyer.email and not is_buyer else ()),
        also=_where_still_buys(buyer, order) if gets_copy and event != PLACED else None,
    )
    if buyer and not payer.is_confirmed and others and others[0].is_confirmed:
        told["ordered_by"] = shown_address(buyer.email)
    # Finance wrote it down itself: nobody else orders without an account. Later it may be that the account is gone.
    is_from_finance = buyer is None and event == PLACED
    letters = []
    if address:
        letters.append(
            compose_email(
                address,
                f"billing/{event}",
                told,
                user=buyer if is_buyer else None,
                kind=f"billing.{event}",
                reader=payer,
                vouched=is_from_finance,
            )
        )
    if gets_copy and buyer and (event == PLACED or still_buys):
        copy = {"name": buyer.display_name, "is_buyer": True, "is_copy": True, "page_url": known["order_url"]}
        letters.append(
            compose_email(
                buyer.email,
                f"billing/{event}",
                {**known, **copy},
                user=buyer,
                kind=f"billing.{event}.buyer",
                reader=others[0],
            )
        )
    queue_emails(letters)


def _where_still_buys(person: Any, order: Order) -> QuerySet[Any]:
    """A row while who ordered may still see the order: somebody may have left the organization since."""
    seen = Customer.objects.for_user(person) if person.is_active else Customer.objects.none()
    return seen.filter(pk=order.customer_id).order_by().values("pk")


def order_placed(order: Order) -> None:
    _tell(order, PLACED)


def invoice_again(order: Order, owed: Decimal) -> None:
    """The invoice once more, because somebody asked for it: with what is open now."""
    _tell(order, "invoice_again", owed=Money(owed, order.currency))


def part_paid(order: Order, payment: Payment, owed: Decimal) -> None:
    _tell(order, "part_paid", paid=payment.sum, owed=Money(owed, order.currency))


def paid_in_full(order: Order, payment: Payment | None) -> None:
    """The receipt; an order over nothing has no payment. What came too much is said: it is the payer's."""
    if payment is None:
        _tell(order, "paid", paid=None, receipt="", held=None)
    else:
        held = Money(max(-order.owed, ZERO), order.currency)  # as it was counted when the order was settled
        _tell(order, "paid", paid=payment.sum, receipt=payment.number, held=held)


def paid_again(order: Order, payment: Payment) -> None:
    """Money came for an order that did not wait for any: the customer is told that it is kept, staff to look."""
    _tell(order, "paid_again", paid=payment.sum)
    staff_look(
        f"Too much came for order {order}",
        f"Payment {payment.number} over {payment.sum} came, though nothing was owed. Send it back, or use it for "
        "another order of this customer.",
        order,
    )


def credit_used(order: Order, payment: Payment) -> None:
    _tell(order, "credit_used", paid=payment.sum, source=payment.reference, is_paid=not order.is_unpaid)


def payment_returned(order: Order, refund: Refund) -> None:
    event = "payment_corrected" if refund.method == RefundMethod.MISTAKE else "payment_returned"
    owed = Money(max(ledger.amount_owed(order), ZERO), order.currency)
    _tell(order, event, amount=refund.sum, reason=refund.reason, is_open=order.is_unpaid, owed=owed)


def order_cancelled(order: Order, note: CreditNote, *, by: Actor) -> None:
    """A buyer's own reason goes by another name: it does not go to strangers."""
    is_buyers = isinstance(by, User) and not by.acts_as_staff
    _tell(order, "order_cancelled", note=note, **{"buyers_reason" if is_buyers else "reason": note.reason})


def credited(note: CreditNote) -> None:
    _tell(note.invoice.order, "credited", note=note, reason=note.reason)


def refunded(refund: Refund) -> None:
    _tell(
        refund.payment.order,
        "refunded",
        amount=refund.sum,
        method=refund.method,
        reference=refund.reference,
        by_check=with_number("check", refund.reference),
    )


def card_failed(order: Order) -> None:
    if order.is_offer:
        _tell_of_offer(order)
        return
    _tell(order, "card_failed")


def _tell_of_offer(order: Order) -> None:
    """An offer has no invoice whose address could be written to: who ordered is told."""
    if order.placed_by is not None and order.placed_by.is_active:
        context = {
            "name": order.placed_by.display_name,
            "title": order.lines.all()[0].title,
            "url": absolute(order.get_absolute_url()),
        }
        buyer = order.placed_by
        queue_email(buyer.email, "billing/offer_failed", context, user=buyer, kind="billing.card_failed.buyer")


def reminder(invoice: Invoice, days: int, owed: Decimal) -> None:
    """One of the three reminders, by its step; it says how many days have passed in truth."""
    late = (timezone.localdate() - invoice.due_on).days
    _tell(invoice.order, "reminder", days=days, late=late, owed=Money(owed, invoice.currency))


def refund_failed(refund: Refund) -> None:
    staff_look(
        f"A refund of {refund.sum} failed",
        f"{refund.failure} Try it again on the refund's page, or send the money by check and record it there.",
        refund.payment.order,
    )


def dispute_opened(dispute: Dispute) -> None:
    staff_look(
        f"A card payment is disputed: order {dispute.payment.order}",
        f"The cardholder asked the bank to take back {Money(dispute.amount, dispute.currency)}. Answer it in the card "
        "provider's pages before the deadline that they name.",
        dispute.payment.order,
    )


def staff_look(subject: str, words: str, order: Order | None = None) -> None:
    """Something that a person in the office has to look at."""
    address = (
        reverse("admin:billing_order_change", args=[order.pk])
        if order and not order.is_offer
        else reverse("admin:billing_providerevent_changelist")
    )
    queue_email(
        settings.STAFF_EMAIL,
        "billing/staff_look",
        {"subject": subject, "words": words, "admin_url": absolute(address)},
        kind="billing.staff_look",
    )
