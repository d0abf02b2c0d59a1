"""Ask the card provider about payments whose message did not come."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from aapm_site.billing.webhooks import missed


class Command(BaseCommand):
    help = "Ask the card provider about every payment that is not finished. The worker does the same once an hour."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CARD_PAYMENTS:
            self.stdout.write("Payment by card is not set up, so there is nobody to ask.")
            return
        found = missed.reconcile_sessions(timezone.now())
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in found.items()))
