"""The order's papers as PDF, for the buyer or for who holds the mail's link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from .order import OrderPage


@dataclass(frozen=True)
class DocumentLink:
    """One paper: what it is, where it is opened, and its day."""

    title: str
    url: str
    on: date


def document_links(page: OrderPage, *, by_link: bool) -> Iterator[DocumentLink]:
    """The invoice, then receipts and credit notes in the order of their days."""
    door, key = ("pay", page.order.pay_token) if by_link else ("order", page.order.public_id)
    url = reverse(f"billing:{door}-invoice", args=[key])
    yield DocumentLink(f"Invoice {page.invoice}", url, page.invoice.issued_on)
    for row in page.history:
        if row.receipt:
            url = reverse(f"billing:{door}-receipt", args=[key, row.receipt.public_id])
            yield DocumentLink(f"Receipt {row.receipt}", url, row.on)
        elif row.credit_note:
            url = reverse(f"billing:{door}-credit-note", args=[key, row.credit_note.public_id])
            yield DocumentLink(f"Credit note {row.credit_note}", url, row.on)
