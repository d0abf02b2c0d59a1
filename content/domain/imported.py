"""What an import has left to be looked at."""

from django.db import transaction

from aapm_site.accounts.people import Actor
from content.models import ImportedItem, Page


def notes_on(page: Page) -> list[str]:
    """The sentences that an import said of a page, until somebody has seen to them; one query."""
    rows = ImportedItem.objects.filter(page=page).exclude(to_look_at="").values_list("to_look_at", flat=True)
    return [line for said in rows for line in said.splitlines()]


@transaction.atomic
def note_on_page(page: Page, notes: list[str]) -> None:
    """Keep with a page what its import says of it, in place of what an earlier one said."""
    said = "\n".join(" ".join(note.split()) for note in dict.fromkeys(notes))
    ImportedItem.objects.filter(page=page).update(to_look_at=said)


@transaction.atomic
def see_to_notes(page: Page, *, by: Actor) -> Page:
    """Somebody has looked; a later import may have something to say again. Safe to repeat."""
    ImportedItem.objects.filter(page=page).update(to_look_at="")
    return page
