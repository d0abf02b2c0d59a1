"""Placing an order, with its invoice, and cancelling one that was not paid."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed, actor, move

from ..models import BILL_FIELDS, Customer, Order, OrderLine
from ..registry import Product, prepare_order
from ..states import OrderStatus, PayBy
from . import credit_notes, ledger, notifications, offers, settlement
from .checkout_closing import end_sessions_later, refuse_while_payment_pending
from .pricing import Quote, Wanted, quote_order

OFFER_OVER = "It was not paid by its last day, so the offer has ended. Nothing is owed."
OVER = (OrderStatus.CANCELLED, OrderStatus.ENDED)


class PriceChanged(NotAllowed):
    """What is wanted costs something else than the person saw; nothing was ordered. Holds the new quote."""

    def __init__(self, seen: Decimal, now: Quote) -> None:
        super().__init__(
            f"The price changed while you were here: it is {now.total} now. Nothing has been ordered yet; "
            "please look at it again, and press the button if you agree."
        )
        self.seen = seen
        self.quote = now


def personal_customer(user: User) -> Customer:
    """The person's own customer account, made when it is first needed. Two who meet get the same one."""
    defaults = {"name": user.display_name, "bill_name": user.signature_name, "bill_email": user.email or ""}
    return Customer.objects.get_or_create(user=user, defaults=defaults)[0]


def place_order(
    customer: Customer,
    wanted: Sequence[Wanted],
    *,
    by: Actor,
    pay_by: str,
    bill_to: Mapping[str, str],
    checkout_key: str,
    seen_total: Decimal | None = None,
    po_number: str = "",
    code: str = "",
    note: str = "",
    products: Sequence[Product] | None = None,
) -> Order:
    """Order at today's prices and issue the invoice; what costs nothing is paid at once.

    What is an offer and to be paid by card gets its invoice when the money comes (`offers.py`).

    A button pressed twice finds the first order by `checkout_key`, which the database lets in once; so it does when
    the price or the coupon is another one by then. Locks the customer, then the coupon. Raises PriceChanged when the
    total is not the one the person saw, CouponRefused for the code, NotAllowed for what is not sold any more. In each
    case nothing is kept. `products` are those of the present request, which need not be looked up again.
    """
    try:
        with transaction.atomic():
            customer = Customer.objects.with_owners().select_for_update(of=("self",)).get(pk=customer.pk)
            on = timezone.localdate()
            prepare_order([row.sku for row in wanted], customer, by)
            now = quote_order(customer, wanted, user=by, on=on, code=code, lock=True, products=products)
            if seen_total is not None and now.total.amount != seen_total:
                raise PriceChanged(seen_total, now)
            order = _write(
                customer, now, by=by, pay_by=pay_by if now.total else PayBy.FREE, checkout_key=checkout_key, note=note
            )
            _remember_address(customer, bill_to)
            if order.is_offer:
                return order
            invoice = offers.issue_invoice(order, bill_to, po_number)
            if invoice.total:
                notifications.order_placed(order)
            else:
                order = settlement.settle_order(order, by=by)
                notifications.paid_in_full(order, None)
            return order
    except (NotAllowed, IntegrityError):
        before = Order.everything.filter(customer=customer, checkout_key=checkout_key).select_related("invoice").first()
        if before is None:
            raise
        return _same(before, wanted)


def _same(before: Order, wanted: Sequence[Wanted]) -> Order:
    """The order that this form made already; NotAllowed when it was for something else, or is over."""
    sold = sorted(before.lines.values_list("sku", "quantity"))
    if sold == sorted((row.sku, row.quantity) for row in wanted) and before.status not in OVER:
        return before
    raise NotAllowed(
        f"This form was sent before, and made order {before}. To order once more, begin again from the rates."
    )


def _write(customer: Customer, now: Quote, *, by: Actor, pay_by: str, checkout_key: str, note: str) -> Order:
    until = min((line.product.offered_until for line in now.lines if line.product.offered_until), default=None)
    is_offer = until is not None and pay_by == PayBy.CARD
    order = Order.everything.create(
        customer=customer,
        status=OrderStatus.OFFERED if is_offer else OrderStatus.AWAITING_PAYMENT,
        offered_until=until,
        placed_by=actor(by),
        pay_by=pay_by,
        currency=now.currency,
        coupon=now.coupon,
        checkout_key=checkout_key,
        note=note,
    )
    lines = OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            sku=line.product.sku,
            title=line.product.title,
            details={**line.product.details, "note": line.product.notes.get(line.quantity, line.product.note)},
            quantity=line.quantity,
            unit_price=line.product.unit_price,
            currency=now.currency,
            discount=line.amounts.discount,
            tax_rate=Decimal(0) if customer.tax_exempt_number else line.product.tax_rate,
            net=line.amounts.net,
            tax=line.amounts.tax,
        )
        for line in now.lines
    )
    for line in lines:
        line.gone = 0
    # As a prefetch would: what follows need not ask for the lines again.
    known = order.lines.all()
    known._result_cache, known._prefetch_done = lines, True  # type: ignore[attr-defined]  # as prefetches do
    order._prefetched_objects_cache = {"lines": known}  # type: ignore[attr-defined]  # as prefetches do
    return order


def _remember_address(customer: Customer, bill_to: Mapping[str, str]) -> None:
    """What was typed stands in the form the next time."""
    changed = [name for name in BILL_FIELDS if getattr(customer, name) != bill_to.get(name, "")]
    for name in changed:
        setattr(customer, name, bill_to.get(name, ""))
    if changed:
        customer.save(update_fields=changed)


@transaction.atomic
def cancel_order(order: Order, *, by: Actor, reason: str = "") -> Order:
    """Take back an order on which nothing was paid. A credit note takes back its invoice.

    Raises NotAllowed when money has come: then it is refunded instead.
    """
    locked = ledger.lock_order(order)
    if not locked.is_unpaid:
        raise NotAllowed(f"Order {locked} is “{locked.get_status_display().lower()}”, so it cannot be cancelled.")
    if ledger.amount_owed(locked) != locked.invoice.total - credit_notes.credited_amount(locked):
        raise NotAllowed("A payment has come for this order already. Take it back with a refund instead.")
    refuse_while_payment_pending(locked)
    credit_notes.check_reason(reason)
    note = credit_notes.issue_credit_note_for_rest(locked, by=by, reason=reason.strip())
    done = move(locked, OrderStatus.CANCELLED, by=by, reason=reason, is_locked=True)
    end_sessions_later(done)
    notifications.order_cancelled(done, note, by=by)
    return done


def end_due_offer(key: str) -> None:
    """End one offer whose day is over, with a credit note where it has an invoice. Safe to repeat and to race."""
    order = Order.everything.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if order is None or key not in {row.key for row in offers.ended_offers(timezone.now())}:
        return
    try:
        if order.is_offer:
            offers.end_offer(order, by=None)
        else:
            cancel_order(order, by=None, reason=OFFER_OVER)
    except NotAllowed:
        return  # somebody has paid or ended it meanwhile
