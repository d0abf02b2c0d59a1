"""Receipts for the office of a member's practice: its address is confirmed by its own reader first, each sending is
noted, and both are limited (decision 14: an address that nobody confirmed may be a stranger's).
"""

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.billing.models import Payment
from aapm_site.billing.states import CAME_BACK, RefundStatus
from aapm_site.core.http import limits
from aapm_site.core.seo import absolute
from aapm_site.core.transitions import NotAllowed, actor
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.registry import is_confirmed
from aapm_site.mail.strangers import reader_of

from ..models import Membership, OfficeAddress, OfficeSending
from ..queries.dues_orders import dues_orders
from ..reminder_words import written

KIND = "membership-office"
SALT = "membership.office"
GOOD_FOR = timedelta(days=30)
DAY = 24 * 60 * 60
ASKED_A_DAY, SENT_A_DAY = 3, 6
REFUSED, REFUSED_FOR = "office-refused", timedelta(days=90)
SAID_NO = "The reader of this address has said no, so we do not write there again for now. Please name another one."
WANTS_OWN = "Confirm your own e-mail address first, on your account: the office reads by it who asks."


def receipts_of(person: User) -> QuerySet[Payment]:
    """The receipts for the person's own dues, the newest first; of a payment that a bank took back there is none."""
    gone = {"refunds__method__in": CAME_BACK, "refunds__status": RefundStatus.DONE}
    return Payment.objects.filter(order__in=dues_orders(person).values("pk")).exclude(**gone).order_by("-recorded_at")


def office_of(membership: Membership | None) -> OfficeAddress | None:
    return OfficeAddress.objects.filter(membership=membership).first() if membership else None


@transaction.atomic
def name_office(person: User, email: str) -> OfficeAddress:
    """Where receipts should go. The reader of another address is asked first; one that said yes already stays.

    Locks the membership. NotAllowed without one, for somebody whose own address nobody confirmed, for an address whose
    reader has said no to this member lately, and when somebody asks more than three times a day.
    """
    membership = _lock(person)
    known = office_of(membership)
    if known and known.email == email and known.confirmed_at:
        return known
    if not person.email or not is_confirmed(person.email):
        raise NotAllowed(WANTS_OWN)
    if limits.counted(REFUSED, _asker(membership.pk, email)):
        raise NotAllowed(SAID_NO)
    if not limits.within("office-ask", str(person.pk), times=ASKED_A_DAY, seconds=DAY):
        raise NotAllowed("You have asked several times today. Please wait until tomorrow; nothing is lost.")
    office = OfficeAddress.objects.update_or_create(
        membership=membership, defaults={"email": email, "asked_at": timezone.now(), "confirmed_at": None}
    )[0]
    context = {"asked_by": person.email, "url": address_of(office)}
    queue_email(office.email, "membership/office_confirm", context, kind=KIND)
    return office


@transaction.atomic
def forget_office(person: User) -> None:
    """The member takes the address back; what was sent stays noted. Safe to repeat. Locks the membership."""
    OfficeAddress.objects.filter(membership=_lock(person)).delete()


def office_by_link(signed: str) -> OfficeAddress | None:
    """Which address a link of our letters is about; None when it is not good, or another address was named since."""
    try:
        number, email = signing.loads(signed, salt=SALT, max_age=None)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return OfficeAddress.objects.filter(pk=number, email=email).select_related("membership__user").first()


@transaction.atomic
def confirm_office(office: OfficeAddress) -> OfficeAddress:
    """Its reader says yes. Safe to repeat. NotAllowed when it was asked longer ago than a month, or is gone."""
    locked = OfficeAddress.objects.select_for_update().filter(pk=office.pk, email=office.email).first()
    if locked is None or locked.asked_at < timezone.now() - GOOD_FOR:
        raise NotAllowed("This question is old. If receipts should still come, ask your colleague to send it again.")
    if locked.confirmed_at is None:
        locked.confirmed_at = timezone.now()
        locked.save(update_fields=["confirmed_at"])
    return locked


@transaction.atomic
def refuse_office(office: OfficeAddress) -> None:
    """Its reader wants nothing any more: the address is forgotten, and this member does not ask it again for a while.

    Safe to repeat.
    """
    limits.count(REFUSED, _asker(office.membership_id, office.email), seconds=REFUSED_FOR.days * DAY)
    OfficeAddress.objects.filter(pk=office.pk, email=office.email).delete()


@transaction.atomic
def send_receipt(person: User, payment: Payment, *, by: Actor) -> OfficeSending:
    """The receipt goes to the office, and is noted. `payment` is one of receipts_of(person). Locks the membership.

    NotAllowed without an address that said yes, for the same receipt twice a day, and over six a day.
    """
    membership = _lock(person)
    office = office_of(membership)
    if office is None or office.confirmed_at is None:
        raise NotAllowed("The office has not said yes yet. We wrote to it; until then no receipt goes there.")
    today = timezone.localdate()
    sent = OfficeSending.objects.filter(membership=membership, on=today)
    if sent.filter(payment=payment, email=office.email).exists():
        raise NotAllowed(f"Receipt {payment} has gone to {office.email} today.")
    if sent.count() >= SENT_A_DAY:
        raise NotAllowed("Several receipts have gone there today. Please send the next one tomorrow.")
    made = OfficeSending.objects.create(membership=membership, payment=payment, email=office.email, by=actor(by))
    queue_email(office.email, "membership/office_receipt", _letter(person, office, payment), kind=KIND)
    return made


def _letter(person: User, office: OfficeAddress, payment: Payment) -> dict[str, str]:
    door = reverse("billing:pay-receipt", args=[payment.order.pay_token, payment.public_id])
    return {
        "who": person.signature_name or person.email,
        "asked_by": person.email,
        "receipt": payment.number,
        "sum": str(payment.sum),
        "day": written(payment.received_on),
        "url": absolute(door),
        "stop_url": address_of(office),
    }


def address_of(office: OfficeAddress) -> str:
    """The link in letters to an office, with the origin: by it its reader says yes or no, at any time."""
    return absolute(reverse("membership:office-confirm", args=[signing.dumps([office.pk, office.email], salt=SALT)]))


def _asker(membership: int, email: str) -> str:
    """A member and a mailbox, whichever of its addresses is named."""
    return f"{membership} {reader_of(email)}"


def _lock(person: User) -> Membership:
    found = Membership.objects.select_for_update().filter(user=person).first()
    if found is None:
        raise NotAllowed("There is no membership here, so there are no dues to show to an office.")
    return found


def confirmed_offices(address: str) -> QuerySet[OfficeAddress]:
    """By which rows it is known that the reader of an address agreed."""
    return OfficeAddress.objects.filter(email=address, confirmed_at__isnull=False)
