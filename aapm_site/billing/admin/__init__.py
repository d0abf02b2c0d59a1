"""The billing office in the admin: orders with their buttons, who buys, what was booked, and the reports."""

from . import coupons, customers, disputes, entries, letterhead, orders, payments, provider, refunds

__all__ = [
    "coupons", "customers", "disputes", "entries", "letterhead", "orders", "payments", "provider", "refunds",
]  # fmt: skip
