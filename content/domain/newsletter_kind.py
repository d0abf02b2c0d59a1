"""The newsletter as a kind of letters to many, with its due work."""

from django.urls import reverse

from aapm_site.mail.domain.mailings import portions_of
from aapm_site.mail.mailing_kinds import MailingKind
from aapm_site.mail.models import Mailing
from content.domain import newsletter_portions, newsletters
from content.domain.newsletter_readers import KIND


def _url(mailing: Mailing) -> str:
    return reverse("admin:content_newsletter_change", args=[mailing.newsletter.pk])


TO_READERS = MailingKind(
    KIND,
    newsletter_portions.TEMPLATE,
    newsletter_portions.portion_of,
    _url,
    done=newsletters.is_all_written,
)
PORTIONS = portions_of("newsletters", "The newsletter", TO_READERS.name, permission="content.view_newsletter", order=48)
