"""Queueing a message: the only way that the site sends mail."""

from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, TemplateDoesNotExist, loader
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from aapm_site.core.association import AssociationDetails, association, association_name
from aapm_site.core.forms import without_control

from ..models import OutgoingEmail, Subscription
from ..registry import OpenLetter, is_confirmed, kind_of
from ..states import EmailState, WhyNotSent
from ..strangers import shown_address
from .daily_share import take_share
from .delivery import keep_back, schedule_deliveries
from .readers import KnownReader

log = structlog.get_logger(__name__)

SUBJECT_LENGTH = 200
ADDRESS_LENGTH = 254


class NotAnAddress(ValueError):
    """The recipient or the reply address is not one plain e-mail address."""


def queue_email(to: str, template: str, context: dict[str, Any], **more: Any) -> OutgoingEmail | None:
    """Write a message and its task in the present transaction; a rollback sends nothing. See compose_email().

    To a person (`user`) of whom no address is known nothing is written, and None comes back.
    """
    if not to and more.get("user") is not None:
        log.info("mail.no_address", template=template)
        return None
    email = compose_email(to, template, context, **more)
    queue_emails([email])
    return email


def queue_emails(emails: Sequence[OutgoingEmail]) -> None:
    """The same for composed messages, all at once."""
    # Without a savepoint: a message that cannot be written takes the business transaction with it.
    with transaction.atomic(savepoint=False):
        # Readers in one order, so that no two transactions wait for each other.
        for email in sorted(emails, key=lambda email: email.to):
            if email.takes_a_share and not take_share(email.to, secret=email.secret):
                keep_back(email, WhyNotSent.MANY)
        OutgoingEmail.objects.bulk_create(emails)
        schedule_deliveries([email for email in emails if email.state == EmailState.QUEUED])


def compose_email(
    to: str,
    template: str,
    context: dict[str, Any],
    *,
    user: Any = None,
    kind: str = "",
    secret: bool = False,
    reply_to: str | None = None,
    subscription: Subscription | None = None,
    reader: KnownReader | None = None,
    vouched: bool = False,
    sender: AssociationDetails | None = None,
) -> OutgoingEmail:
    """A message that is to be queued.

    Renders emails/<template>.subject.txt, .txt and .html; without an .html the text is set in the mail's frame. The
    templates also read SITE_ORIGIN, SITE_NAME, association (what a subscription sends names its letter box), to, person
    and unsubscribe_url; links begin with SITE_ORIGIN. Raises NotAnAddress unless `to` is one plain address,
    UnknownKind unless a room has registered the kind. Secret mail carries a code or a link that signs in, resets or
    renews: it goes first and its text is wiped. A subscription that is paused makes the message suppressed.

    An address that nobody has confirmed gets open letters only, and of their context what is harmless; `vouched`
    says that somebody whose address is confirmed, or staff, answers for what was typed (see strangers.py). What is
    known of the `reader` is asked here, unless the caller has just done so; so is who the association is, the `sender`.
    """
    recipient, answers = one_address(to), one_address(reply_to) if reply_to else ""
    rule = kind_of(kind or template.split("/", 1)[0])
    known_reader = reader or KnownReader(recipient, is_confirmed(recipient))
    letter = None if known_reader.is_confirmed else rule.open_letter(template)
    known = {
        **(letter.harmless(context, vouched=vouched) if letter else context),
        "SITE_ORIGIN": settings.SITE_ORIGIN,
        "SITE_NAME": sender.name if sender else association_name(),
        "to": shown_address(to) if letter else to,
        "person": None if letter else user,
        "association": sender or SimpleLazyObject(association),
        "subscription": subscription,
        "unsubscribe_url": subscription.unsubscribe_url if subscription else "",
    }
    subject = one_line(_plain(f"emails/{template}.subject.txt", known))
    email = OutgoingEmail(
        to=recipient,
        user=user,
        subscription=subscription,
        subject=subject,
        text=without_control(_plain(f"emails/{template}.txt", known)).strip() + "\n",
        html=_html(template, known, subject),
        headers=_headers(subscription),
        reply_to=answers,
        message_id=make_msgid(domain=urlsplit(settings.SITE_ORIGIN).hostname),
        kind=kind or rule.name,
        template=template,
        secret=secret,
        next_attempt_at=timezone.now(),
    )
    if subscription is not None and not subscription.wants_mail:
        keep_back(email, WhyNotSent.PAUSED)
    elif not known_reader.is_confirmed:
        _to_a_stranger(email, letter, known_reader)
    return email


def _to_a_stranger(email: OutgoingEmail, letter: OpenLetter | None, reader: KnownReader) -> None:
    if letter is None:
        keep_back(email, WhyNotSent.UNCONFIRMED)
    elif reader.has_share is False:
        keep_back(email, WhyNotSent.MANY)
    else:
        email.takes_a_share = reader.has_share is None and not letter.by_staff


def one_line(text: str) -> str:
    """The text as it may stand in a header: on one line, without control and direction marks, not endless."""
    return _unbroken(text)[:SUBJECT_LENGTH]


def _unbroken(text: str) -> str:
    return without_control(" ".join(text.split()))


def one_address(address: str) -> str:
    """The address, if it is exactly one without a display name; else NotAnAddress."""
    try:
        validate_email(address)
    except ValidationError as refused:
        raise NotAnAddress(f"{address!r} is not one plain e-mail address.") from refused
    # Django's validator lets Unicode's line separators pass in a domain, and numbers of machines as one.
    if _unbroken(address) != address or len(address) > ADDRESS_LENGTH or address.endswith("]"):
        raise NotAnAddress(f"{address!r} is not one plain e-mail address.")
    return address


def _plain(name: str, context: dict[str, Any]) -> str:
    """A text template, where nothing is escaped: it is not HTML."""
    template: Any = loader.get_template(name)
    return template.template.render(Context(context, autoescape=False))


def _html(template: str, context: dict[str, Any], subject: str) -> str:
    name = f"emails/{template}.html"
    try:
        chosen = loader.get_template(name)
    except TemplateDoesNotExist as missing:
        if missing.args[0] != name:
            raise
        # The text's own foot stands in the frame already.
        body = without_control(_plain(f"emails/{template}.txt", {**context, "bare": True})).strip()
        return loader.render_to_string("emails/from_text.html", {**context, "text": body, "subject": subject})
    return without_control(chosen.render({**context, "subject": subject}))


def _headers(subscription: Subscription | None) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}
    if subscription:
        headers["List-Unsubscribe"] = f"<{subscription.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
