"""How long what was typed as a place and not found is kept."""

from datetime import datetime

from allauth.idp.oidc.models import Token

from aapm_site.core.retention import RetentionRule, delete_batch

from .models import UnknownPlace


def _unknown_places(before: datetime) -> int:
    return delete_batch(UnknownPlace.objects.filter(last_at__lt=before))


def _ended_tokens(before: datetime) -> int:
    return delete_batch(Token.objects.filter(expires_at__lt=before))


RULES = (
    RetentionRule(
        "unknown-places",
        "Places that were not found",
        "What was typed and how often, this long after it was typed last. Who typed it is never kept.",
        180,
        7,
        _unknown_places,
    ),
    RetentionRule(
        "service-tokens",
        "Tokens of services that let our people in",
        "This long after they have stopped working. What a person has consented to stays until they delete it.",
        7,
        1,
        _ended_tokens,
    ),
)
