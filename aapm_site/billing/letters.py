"""The office's mail: who sees it, and what of it may go to an address that nobody has confirmed."""

from aapm_site.mail.registry import MailKind, OpenLetter

# What the office or the site wrote. The names, the purchase order and why a buyer cancels are the buyer's words; who
# ordered is said by an address that its owner has confirmed.
OURS = (
    *("number", "rows", "less", "code", "tax", "total", "due_on", "check_to", "bank", "order_url", "pay_url"),
    *("ordered_by", "pays_by_card", "card_payments", "step", "is_buyer", "is_copy", "page_url"),
    *("paid", "receipt", "held", "owed", "source", "is_paid", "is_open", "days", "late"),
    *("note", "reason", "amount", "method", "reference", "by_check"),
)

# Who sees it may pay: the letters hold the link.
BILLING = MailKind(
    "billing",
    "Orders and invoices",
    "billing.view_order",
    (OpenLetter("billing/", reads=OURS, typed=("name", "customer", "po_number")),),
)
