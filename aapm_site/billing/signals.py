"""The only signals of the site: money tells the rooms what it did, inside its own transaction.

A receiver that raises undoes the money too. Both are sent with `send()`, never `send_robust()`.

invoice_paid(invoice): nothing is owed on the invoice any more. It may come again for the same invoice, when a payment
was taken back and came once more: receivers give what is missing, and never twice.

invoice_reversed(invoice, lines, forced): what was sold goes back, as (OrderLine, quantity) pairs. Unless forced, a
receiver refuses with NotAllowed what it cannot take back; forced (the bank took the money), it takes what is left.
"""

from django.dispatch import Signal

invoice_paid = Signal()
invoice_reversed = Signal()
