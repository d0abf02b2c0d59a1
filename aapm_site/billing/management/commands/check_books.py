"""Check the ledger against the documents."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from aapm_site.billing.domain import reconciliation
from aapm_site.billing.registry import book_checks


class Command(BaseCommand):
    help = (
        "Compare the ledger with invoices, credit notes, payments and refunds, and what rooms have booked beside it. "
        "Changes nothing; ends with 1 on faults."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """All is read at one instant, so that an order which comes meanwhile is no fault."""
        alone = not connection.in_atomic_block
        with transaction.atomic():
            if alone:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            faults = list(reconciliation.find_faults())
            faults += [fault for check in book_checks for fault in check.find_faults()]
            count = reconciliation.count_entries()
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError("The books do not balance.")
        self.stdout.write(f"The books balance: {count} {'entry' if count == 1 else 'entries'}.")
