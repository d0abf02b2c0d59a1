"""What applicants agree to: another text is another version, and the one that somebody agreed to stays."""

from django.db import transaction

from ..models import ConsentText, ConsentVersion


@transaction.atomic
def say_consent(consent: ConsentText, text: str) -> ConsentVersion:
    """Let a text say this from now on; the same words make no version. Locks the text, so that each number is one."""
    locked = ConsentText.objects.select_for_update().get(pk=consent.pk)
    newest = locked.versions.order_by("-number").first()
    words = text.strip()
    if newest is not None and newest.text == words:
        return newest
    return ConsentVersion.objects.create(consent=locked, number=newest.number + 1 if newest else 1, text=words)
