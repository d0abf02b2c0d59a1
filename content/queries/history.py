"""What a statement said at earlier dates, as far as readers could see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import MD5, Concat

from aapm_site.core.cache.remembered import remembered
from content.models import PageVersion

MOST = 200


@dataclass(frozen=True)
class Change:
    """One text that readers could see: its version, from when on, and until when; the newest has no end."""

    number: int
    since: datetime
    until: datetime | None = None


@remembered
def changes(page: int, audience: str, at: datetime) -> tuple[Change, ...]:
    """The texts that readers of a page for this audience could see, newest first; one query that reads none of them.

    Versions that changed nothing which readers read are one text.
    """
    read = (KT("fields__title"), Value("\n"), KT("fields__summary"), Value("\n"), KT("fields__body"))
    text = Concat(*read, output_field=TextField())
    rows = (
        PageVersion.objects.filter(page=page)
        .public(at, audience)
        .annotate(text=MD5(text, output_field=CharField()))
        .order_by("-number")
        .values_list("number", "public_from", "text")[:MOST]
    )
    found: list[Change] = []
    before = ""
    for number, since, digest in reversed(rows):
        if digest != before:
            found.append(Change(number, since))
        before = digest
    ends = [change.since for change in found[1:]]
    return tuple(Change(one.number, one.since, until) for one, until in zip(found, [*ends, None], strict=True))[::-1]


@dataclass(frozen=True)
class EarlierText:
    """What one version said."""

    title: str
    summary: str
    body: str


@remembered
def earlier_text(page: int, audience: str, number: int, at: datetime) -> EarlierText | None:
    """What readers read in one public version; None when there is none, or readers never saw it. One query."""
    row = PageVersion.objects.filter(page=page, number=number).public(at, audience).first()
    if row is None:
        return None
    return EarlierText(*(row.fields.get(name, "") for name in ("title", "summary", "body")))
