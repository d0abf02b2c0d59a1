"""What the site does to second factors as a whole."""

from typing import Any

from django.db import transaction

from ..factor_secrets import seal, unseal

SECRETS = ("secret", "seed")  # of an authenticator app, of recovery codes


@transaction.atomic
def reseal_factors(factors: Any) -> int:
    """Encrypt every secret anew with the first of FACTOR_KEYS; how many rows had one.

    Takes the model's manager, since a migration has a model of its own. Locks the rows. Raises NoKeyFits, and then
    changes nothing.
    """
    count = 0
    for factor in factors.select_for_update().order_by("pk"):
        if kept := {name: value for name, value in factor.data.items() if name in SECRETS}:
            factor.data |= {name: seal(unseal(value)) for name, value in kept.items()}
            factor.save(update_fields=["data"])
            count += 1
    return count
