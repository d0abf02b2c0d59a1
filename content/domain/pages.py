"""What editors do to pages. A page's address follows from its place, and a move takes everything below along."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed, move
from content import rules
from content.models import Page
from content.states import PageStatus

TREE_LOCK = 0x7061676573  # "pages": one key for every change of the tree's shape


def wait_for_the_tree() -> None:
    """Let changes of the tree's shape pass one after another, until the end of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def save(page: Page) -> Page:
    """Store an edited or new page at the address that follows from kind, parent and slug.

    Raises ValidationError, by field, when the address is taken or the place impossible. Never writes the status.
    Changes of the tree wait for each other, so that no page keeps an address below a page that has moved.
    """
    with transaction.atomic():
        wait_for_the_tree()
        before = Page.objects.filter(pk=page.pk).values_list("path", flat=True).first() if page.pk else None
        place(page)
        try:
            with transaction.atomic():
                page.save(update_fields=None if before is None else _all_but_status())
        except IntegrityError as taken:
            if "path" not in str(taken):
                raise
            raise ValidationError({"slug": f"There is a page at {page.path} already."}) from taken
        if before and before != page.path:
            _take_along(page, before)
    return page


def _all_but_status() -> list[str]:
    return [
        field.name
        for field in Page._meta.concrete_fields
        if not field.primary_key and not field.generated and field.name != "status"
    ]


def place(page: Page) -> Page:
    """Give the page in memory the address that follows from its place. Raises ValidationError, by field."""
    parent = Page.objects.get(pk=page.parent_id) if page.parent_id else None
    if problem := rules.parent_problem(page, parent):
        raise ValidationError({"parent": problem})
    path = rules.path_for(page.kind, parent.path if parent else "/", page.slug)
    if problem := rules.path_problem(path, page.kind):
        raise ValidationError({"slug": problem})
    if page.is_rooted and page.pk and page.children.exists():
        raise ValidationError({"kind": "There are pages below this one; news, statements and answers have none."})
    if Page.objects.filter(path=path).exclude(pk=page.pk).exists():
        raise ValidationError({"slug": f"There is a page at {path} already."})
    page.path = path
    return page


def _take_along(page: Page, before: str) -> None:
    """Give everything below the moved page its new address."""
    below = Page.objects.filter(path__startswith=before).exclude(pk=page.pk)
    for path, kind in below.values_list("path", "kind"):
        if problem := rules.path_problem(page.path + path[len(before) :], kind):
            raise ValidationError({"slug": f"A page below this one would move with it. {problem}"})
    below.update(path=Concat(Value(page.path), Substr("path", len(before) + 1)), updated_at=timezone.now())


def publish(page: Page, *, by: Any, reason: str = "") -> Page:
    """Public from now on. A date of publication in the past is kept; one that is missing or lies ahead becomes now."""
    with transaction.atomic():
        now = timezone.now()
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if locked.unpublish_at and locked.unpublish_at <= now:
            raise NotAllowed("Its end of publication has passed. Change that date first.")
        if locked.published_at is None or locked.published_at > now:
            locked.published_at = now
        return move(
            locked, PageStatus.PUBLISHED, by=by, reason=reason, published_at=locked.published_at, updated_at=now
        )


def schedule(page: Page, *, by: Any, reason: str = "") -> Page:
    """Public by itself from its date of publication on, which must lie ahead."""
    with transaction.atomic():
        now = timezone.now()
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if locked.published_at is None or locked.published_at <= now:
            raise NotAllowed("Give it a date of publication that lies ahead, save, and schedule it then.")
        return move(locked, PageStatus.SCHEDULED, by=by, reason=reason, updated_at=now)


def withdraw(page: Page, *, by: Any, reason: str = "") -> Page:
    """Back to draft: visitors no longer find it. The date is kept for the next publication."""
    return move(page, PageStatus.DRAFT, by=by, reason=reason, updated_at=timezone.now())
