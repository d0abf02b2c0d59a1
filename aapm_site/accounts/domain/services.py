"""Letting a service know who somebody is, taking that back, and what ends all of it.

A consent's row is the lock: whoever hands out a token holds it, and so does whoever takes it back.
"""

from collections.abc import Collection

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.db import transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed

from ..models import Service, ServiceConsent, User


@transaction.atomic
def let_in(person: User, service: Service, scopes: Collection[str]) -> ServiceConsent:
    """Note that the service may know this of the person from now on, beside what it may already. Locks the consent."""
    ServiceConsent.objects.bulk_create(
        [ServiceConsent(person=person, service=service, withdrawn_at=timezone.now())], ignore_conflicts=True
    )
    consent = ServiceConsent.objects.select_for_update(of=("self",)).get(person=person, service=service)
    known = set() if consent.withdrawn_at else set(consent.scopes)
    if consent.withdrawn_at:
        consent.given_at, consent.withdrawn_at = timezone.now(), None
    consent.scopes = sorted(known | set(scopes))
    consent.save(update_fields=["scopes", "given_at", "withdrawn_at"])
    return consent


@transaction.atomic
def take_back(consent: ServiceConsent) -> bool:
    """The service learns nothing more; its tokens for this person stop working. False when it was taken back before."""
    locked = ServiceConsent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    Token.objects.filter(client_id=locked.service_id, user_id=locked.person_id).delete()
    if locked.withdrawn_at:
        return False
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    return True


def lock_consent(person: User, service_id: str) -> ServiceConsent | None:
    """The consent that holds, locked until the transaction ends; None when there is none."""
    return (
        ServiceConsent.objects.given()
        .select_for_update(of=("self",))
        .filter(person=person, service_id=service_id, person__is_active=True)
        .first()
    )


def end_tokens(person: User) -> None:
    """Whatever services hold for this person stops working; they come back with the person's next sign-in."""
    Token.objects.filter(user=person).delete()


def hand_over_consents(kept: User, gone: User) -> None:
    """Of two persons who are one: a service that knows both knows the one who is kept, as it does.

    Tokens of the other stop working.
    """
    end_tokens(gone)
    known = ServiceConsent.objects.filter(person=kept).values("service")
    ServiceConsent.objects.filter(person=gone, service__in=known).delete()
    ServiceConsent.objects.filter(person=gone).update(person=kept)


@transaction.atomic
def make_secret(service: Service) -> str:
    """A new secret, which nobody can read again; the old one and what was handed out with it stop working at once.

    Locks the service. NotAllowed for one that can keep no secret.
    """
    locked = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if locked.is_public:
        raise NotAllowed("This service can keep no secret, so it has none.")
    secret: str = get_adapter().generate_client_secret()
    locked.set_secret(secret)
    locked.save(update_fields=["secret"])
    Token.objects.filter(client_id=locked.pk).delete()
    return secret


@transaction.atomic
def close_service(service: Service) -> Service:
    """Nobody is let in there any more, and its tokens stop working. Consents stay. Locks the service."""
    locked = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if locked.closed_at:
        raise NotAllowed("A colleague has closed it already.")
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    Token.objects.filter(client_id=locked.pk).delete()
    return locked


@transaction.atomic
def reopen_service(service: Service) -> Service:
    """People are let in again as before. Locks the service."""
    locked = Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    if not locked.closed_at:
        raise NotAllowed("A colleague has opened it already.")
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    return locked
