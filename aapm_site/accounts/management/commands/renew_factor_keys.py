"""Encrypt the secrets of second factors with a new key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from aapm_site.accounts.domain.factors import reseal_factors
from aapm_site.accounts.factor_secrets import NoKeyFits


class Command(BaseCommand):
    help = "Encrypt all secrets of second factors with the first of FACTOR_KEYS; afterwards the others can go."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = reseal_factors(Authenticator.objects)
        except NoKeyFits as wrong:
            raise CommandError(f"{wrong} Put that key at the end of the list and try again.") from wrong
        self.stdout.write(f"{count} {'second factor is' if count == 1 else 'second factors are'} encrypted anew.")
