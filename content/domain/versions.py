"""Versions of pages: what was saved, by whom, what changed, and when readers could see it."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import actor
from content.models import Page, PageVersion
from content.states import HIDDEN_STATUSES, PageKind

BEFORE = "As it stood before"
# What a save does not say: the site's own columns, and what a version tells in its own way.
NOT_WRITTEN = {
    *("id", "path", "status", "created_at", "updated_at", "version", "search"),
    *("trashed_at", "trashed_with"),
    *("prepares", "prepared_from", "comes_at"),
}
# What the versions before these tables belonged to them do not tell: then there was nothing, as far as they know.
SINCE: dict[str, list[Any]] = {"partners": [], "events": []}
PARTNER = ("name", "url", "order")
EVENT = ("title", "starts_on", "ends_on", "hours", "place", "url", "summary")


def snapshot_page(page: Page) -> dict[str, Any]:
    """Everything that editors write of a page, as JSON: other rows by their addresses and names."""
    said: dict[str, Any] = {}
    for field in Page._meta.concrete_fields:
        if field.name in NOT_WRITTEN:
            continue
        if isinstance(field, models.ForeignKey):
            said[field.name] = _key(getattr(page, field.name))
        else:
            value = field.to_python(getattr(page, field.attname))
            said[field.name] = _plain(value)
    said["categories"] = sorted(page.categories.values_list("slug", flat=True))
    said["related"] = list(page.related_links.order_by("order", "pk").values_list("to__path", flat=True))
    has_both = page.kind == PageKind.INITIATIVE  # no other kind shows them, so that none is asked for
    said["partners"] = [_row(one, PARTNER) for one in page.partners.order_by("order", "name")] if has_both else []
    said["events"] = [_row(one, EVENT) for one in page.events.order_by("starts_on", "pk")] if has_both else []
    return said


def said_in(version: PageVersion) -> dict[str, Any]:
    """What a version says, in the words of today's versions."""
    return {**SINCE, **version.fields}


def _row(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _key(row: Any) -> str:
    """How another row is named: a page by its address, people by their word, a topic by its name."""
    if row is None:
        return ""
    return getattr(row, "path", "") or getattr(row, "slug", "") or str(row)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_fixed_timezone(0)).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else value


def keep_present(page: Page) -> None:
    """Before a change: what the stored page says now is a version, even if something else than a save has written it.

    So a page without versions gets its first, and nobody is named for categories that were set another way.
    """
    last = page.versions.order_by("-number").first()
    if last is None:
        _write(page, number=page.version, changed=[], by=None, at=page.updated_at, note=BEFORE)
    elif said_in(last) != snapshot_page(page):
        record_version(page, note=BEFORE)


def record_version(page: Page, *, by: Actor = None, note: str = "") -> PageVersion:
    """Write a version if the stored page says something else than its last one, and count the page's version up.

    Locks the page's row. A change of its categories or related pages is a change too, so call this after them.
    """
    with transaction.atomic():
        locked = Page.objects.select_for_update().only("version").get(pk=page.pk)
        last = page.versions.order_by("-number").first()
        if last is None:
            page.version = locked.version
            return _write(page, number=locked.version, changed=[], by=by, at=timezone.now(), note=note)
        said = snapshot_page(page)
        before = said_in(last)
        changed = [name for name in said if said[name] != before.get(name)]
        page.version = locked.version
        if not changed:
            return last
        page.version = max(locked.version, last.number) + 1
        Page.objects.filter(pk=page.pk).update(version=page.version)
        return _write(page, number=page.version, changed=changed, by=by, at=timezone.now(), note=note, said=said)


def _write(page: Page, *, said: dict[str, Any] | None = None, by: Actor, at: datetime, **fields: Any) -> PageVersion:
    now = timezone.now()
    since = _public_from(page, now)
    # One that was to be public later, and has been written over before that, has never been public.
    page.versions.filter(public_from__gt=now).update(public_from=None)
    return PageVersion.objects.create(
        page=page,
        at=at,
        by=actor(by),
        fields=said if said is not None else snapshot_page(page),
        public_from=since,
        **fields,
    )


def _public_from(page: Page, now: datetime) -> datetime | None:
    """From when on readers see what the page says now: at once, at its date, or not as things stand."""
    if page.status in HIDDEN_STATUSES or page.published_at is None:
        return None
    if page.unpublish_at and page.unpublish_at <= now:
        return None
    if page.published_at > now:
        return page.published_at
    if page.versions.filter(public_from__lte=now).exists():
        return now
    return page.published_at


def mark_public(page: Page) -> None:
    """After a decision on a page: its last version is public from now, from its date, or not after all.

    What readers have seen before stays told: a version that was public keeps its first day.
    """
    with transaction.atomic():
        last = page.versions.select_for_update().order_by("-number").first()
        if last is None:
            record_version(page)
            return
        now = timezone.now()
        last.fields["published_at"] = _plain(page.published_at)
        if last.public_from is None or last.public_from > now:
            last.public_from = None
            page.versions.filter(pk=last.pk).update(public_from=None)
            last.public_from = _public_from(page, now)
        last.save(update_fields=["fields", "public_from"])
