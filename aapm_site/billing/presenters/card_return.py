"""Back from the card page: what is known, and what to press next."""

from dataclasses import dataclass

from django.urls import reverse

from ..states import OrderStatus
from .order import AT_BANK, OrderPage


@dataclass(frozen=True)
class CardReturn:
    """The page's heading and first sentence, and its main button if there is one."""

    heading: str
    lede: str
    label: str = ""
    url: str = ""


def card_return_of(page: OrderPage, *, is_buyer: bool, here: str) -> CardReturn:
    """`here` is the page's own address, to look again. Only the buyer is told what the payment gave."""
    if page.order.status == OrderStatus.PAID:
        return _paid(page, is_buyer=is_buyer)
    if page.order.is_offer and not page.is_open:
        counts = "Nothing is owed. If you have paid all the same, it counts, and you get an e-mail as soon as we know."
        again = {"label": "Look again", "url": here} if page.is_under_way else {}
        return CardReturn("This offer has ended", counts, **again)
    if not page.is_open:
        taken_back = page.order.status == OrderStatus.REVERSED
        return CardReturn(
            "This order was taken back" if taken_back else "This order is closed",
            "There is nothing to pay on it. If money was taken all the same, it is yours, and we send it back.",
        )
    another_way = {"label": "Pay another way", "url": f"{reverse('billing:pay', args=[page.order.pay_token])}#pay"}
    if page.is_pending:
        return CardReturn(
            AT_BANK,
            "A payment from a bank account takes a few days. We write to the address on the invoice as soon as it is "
            "done. Please do not pay again.",
            **(another_way if page.failed_on else {}),
        )
    if page.is_under_way:
        seconds = "It usually takes seconds. This page may be closed; you get an e-mail."
        return CardReturn("Waiting for confirmation", seconds, "Look again", here)
    if page.failed_on:
        refused = "Your bank did not carry it out. Nothing was charged."
        return CardReturn("The payment did not go through", refused, **another_way)
    if page.order.is_offer:
        return CardReturn("No payment is under way", "Nothing was charged, and nothing is owed.", **another_way)
    return CardReturn(
        "No payment is under way",
        f"{page.owed} is still to pay on invoice {page.invoice}. The invoice shows how.",
    )


def _paid(page: OrderPage, *, is_buyer: bool) -> CardReturn:
    heading = "Thank you, it is paid"
    if is_buyer and page.next_step:
        return CardReturn(heading, page.next_step.paid, page.next_step.label, page.next_step.url)
    return CardReturn(heading, f"{page.invoice.sum} for invoice {page.invoice}. The receipt comes by e-mail.")
