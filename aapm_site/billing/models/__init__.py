"""Customers, orders and their documents, payments and refunds, the ledger, coupons, and the provider's messages."""

from .counter import Counter
from .coupon import Coupon
from .customer import BILL_FIELDS, Customer
from .entry import Entry
from .invoice import CreditNote, CreditNoteLine, Invoice
from .kept_card import KeptCard, KeptCharge
from .letterhead import Letterhead
from .order import Order, OrderLine, OrderStatusChange
from .payment import Dispute, Payment, Refund, RefundStatusChange
from .provider import CardSession, ProviderEvent
from .reminder import InvoiceReminder

__all__ = [
    "BILL_FIELDS",
    "CardSession",
    "Counter",
    "Coupon",
    "CreditNote",
    "CreditNoteLine",
    "Customer",
    "Dispute",
    "Entry",
    "Invoice",
    "InvoiceReminder",
    "KeptCard",
    "KeptCharge",
    "Letterhead",
    "Order",
    "OrderLine",
    "OrderStatusChange",
    "Payment",
    "ProviderEvent",
    "Refund",
    "RefundStatusChange",
]
