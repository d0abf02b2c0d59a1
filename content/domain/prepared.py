"""Prepared changes: a text that waits for a public page, while readers go on reading the old one.

A change is a row of `Page` of its own, with the status "prepared": it has versions, links to be shown by, pictures that
stay, and the editors' form, and like a draft nobody reads it. It never becomes the page: publishing lets the page say
what the change says, as a new version, and the change is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from aapm_site.accounts.people import Actor
from aapm_site.core.transitions import NotAllowed
from content.domain import media, pages, versions
from content.models import Page, PageVersion
from content.models.page import CLEARED
from content.states import PageStatus

GONE = "This prepared change is gone: somebody has published or discarded it meanwhile."
WAITS = "A prepared change of this page waits already. Go on with that one."
ONLY_PUBLIC = "Readers do not read this page, so there is nothing to prepare beside it: change the page itself."
NOT_PUBLIC = "Its page is not public any more, so the change cannot take its place. Publish the page first."
# Where a page stands and when it is public is decided on the page itself, at once.
NOT_CARRIED = pages.NOT_RESTORED


@dataclass(frozen=True)
class Merged:
    """What a page would say with its change. `both` are the fields that were changed on both sides, in different ways;
    of them `said` holds the words of the change. `taken` were changed on the page alone.
    """

    said: dict[str, Any]
    both: tuple[str, ...]
    taken: tuple[str, ...]


def carried(said: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a snapshot that a change carries to its page."""
    return {name: value for name, value in said.items() if name not in NOT_CARRIED}


def prepare_refusal(page: Page) -> str:
    """Why no change of this page can be prepared now, as a sentence; empty if one can."""
    return "" if page.on_site else ONLY_PUBLIC


def prepare_change(page: Page, *, by: Actor, said: Mapping[str, Any] | None = None) -> Page:
    """A change that begins with what the page says now, or with what `said` says.

    Raises NotAllowed for a page that is not public, and while another change of it waits. Locks the page's row, so of
    two who begin at once the second is led to the first one's.
    """
    with transaction.atomic():
        locked = Page.objects.select_for_update().defer("search").get(pk=page.pk)
        if refusal := prepare_refusal(locked):
            raise NotAllowed(refusal)
        if Page.objects.prepared().filter(prepares=locked).exists():
            raise NotAllowed(WAITS)
        versions.keep_present(locked)
        locked.refresh_from_db(fields=["version"])
        wanted = {**carried(versions.snapshot_page(locked)), **carried(said or {})}
        change = Page(
            status=PageStatus.PREPARED,
            prepares=locked,
            prepared_from=locked.version,
            kind=locked.kind,
            slug=locked.slug,
            order=locked.order,
            path=f"/.prepared/{locked.pk}/",  # no address of the site: no route begins so
        )
        for name in wanted.keys() - set(pages.BESIDE):
            pages.give_back(change, name, wanted[name])
        change.save()
        pages.put_beside(change, wanted)
        media.keep_named(change.body + change.recap)
        versions.record_version(change, by=by, note=f"Prepared from version {locked.version}")
    return change


def merge_change(page: Page, change: Page) -> Merged:
    """Three texts field by field: what both began with, what the page says now, and what the change says."""
    began = page.versions.get(number=change.prepared_from or 0)
    base = carried(versions.said_in(began))
    now, wanted = carried(versions.snapshot_page(page)), carried(versions.snapshot_page(change))
    said, both, taken = {}, [], []
    for name, value in wanted.items():
        before, public = base.get(name), now.get(name)
        said[name] = public if value == before else value
        if public != before and value == before:
            taken.append(name)
        elif public not in (before, value):
            both.append(name)
    return Merged(said, tuple(both), tuple(taken))


def parted_from(change: Page) -> PageVersion | None:
    """The public version that says something else than the change in a field which the change has changed too, if the
    two have parted so; None while the change can take its page's place.
    """
    page = Page.objects.defer("search").get(pk=change.prepares_id or 0)
    if page.version == change.prepared_from or not merge_change(page, change).both:
        return None
    return page.versions.select_related("by").order_by("-number").first()


def _locked(change: Page) -> tuple[Page, Page]:
    """The page and its change, locked in this order by whoever decides. Raises NotAllowed when the change is gone."""
    pages.wait_for_the_tree()
    rows = Page.objects.select_for_update(of=("self",)).defer("search")
    page = rows.filter(pk=change.prepares_id or 0).first()
    found = rows.prepared().filter(pk=change.pk).first()
    if page is None or found is None:
        raise NotAllowed(GONE)
    return page, found


def _refuse_hidden(page: Page) -> None:
    if page.status not in CLEARED:
        raise NotAllowed(NOT_PUBLIC)


def publish_change(change: Page, *, by: Actor, read_version: int | None = None) -> Page:
    """The page says what its change says, as one new version, and the change is gone. Exactly once, however many press.

    What was saved on the page meanwhile stays, where the change did not change the same field; else NotAllowed, and
    nothing happens. Raises Overtaken when `read_version` is not the newest of the change.
    """
    with transaction.atomic():
        page, locked = _locked(change)
        _refuse_hidden(page)
        pages.check_read_version(locked, read_version)
        pages.refuse_incomplete(locked, by)
        versions.keep_present(page)
        merged = merge_change(page, locked)
        if merged.both:
            newest = page.versions.select_related("by").order_by("-number")[0]
            raise NotAllowed(
                f"{newest.who} has saved version {newest.number} of the public page, which says something else in the "
                "same place. Bring the change up to date first: nothing is lost."
            )
        done = pages.say(page, merged.said, by=by, note=f"Prepared change of version {locked.prepared_from} published")
        _end(locked)
        return done


def bring_up_to_date(change: Page, *, by: Actor, seen_version: int) -> Page:
    """What was saved on the page meanwhile is in the change too; where both changed the same, the change's words stay.

    `seen_version` is the public version that the person has looked at; NotAllowed when it is not the newest any more.
    """
    with transaction.atomic():
        page, locked = _locked(change)
        versions.keep_present(page)
        page.refresh_from_db(fields=["version"])
        if page.version != seen_version:
            raise NotAllowed("The public page was saved once more meanwhile. Please look at the newest text first.")
        merged = merge_change(page, locked)
        done = pages.say(locked, merged.said, by=by, note=f"Up to date with version {page.version} of the page")
        Page.objects.filter(pk=locked.pk).update(prepared_from=page.version)
        done.prepared_from = page.version
        return done


def schedule_change(change: Page, at: datetime, *, by: Actor) -> Page:
    """The change is published by itself at this moment, which must lie ahead, and replaces what was chosen before."""
    with transaction.atomic():
        page, locked = _locked(change)
        _refuse_hidden(page)
        if at <= timezone.now():
            raise NotAllowed("That moment has passed. Choose one that lies ahead.")
        pages.refuse_incomplete(locked, by)
        Page.objects.filter(pk=locked.pk).update(comes_at=at)
        locked.comes_at = at
        return locked


def unschedule_change(change: Page) -> Page:
    """The change waits for a person again."""
    with transaction.atomic():
        _, locked = _locked(change)
        if locked.comes_at is None:
            raise NotAllowed("It does not come by itself: somebody has decided so already.")
        Page.objects.filter(pk=locked.pk).update(comes_at=None)
        locked.comes_at = None
        return locked


def discard_change(change: Page) -> Page:
    """The change is gone, with its steps; the page stays as readers read it. Returns the page."""
    with transaction.atomic():
        page, locked = _locked(change)
        _end(locked)
        return page


def _end(change: Page) -> None:
    """Whoever has a link to the change is told that the link has ended. Its row goes."""
    change.preview_links.update(page=change.prepares_id, ended_at=Coalesce("ended_at", timezone.now()))
    Page.objects.filter(pk=change.pk).delete()


def publish_due_change(key: str) -> None:
    """Publish the change whose moment has come, in the name of whoever wrote it last. Safe to repeat.

    What cannot be published by itself stays as it is: the staff's front page says so.
    """
    with transaction.atomic():
        change = Page.objects.prepared().defer("search").filter(pk=int(key), comes_at__lte=timezone.now()).first()
        if change is None:
            return
        last = change.versions.select_related("by").order_by("-number").first()
        try:
            with transaction.atomic():
                publish_change(change, by=last.by if last else None)
        except NotAllowed:
            return
