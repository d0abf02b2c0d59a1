"""Issues put together: what stands in one and in which order, its cover, and the day on which it comes out.

An issue is out from its day on, by its date alone: pages, feed, search and the contents by mail all ask that day, so
that none can come without the others, and a machine that stood still catches up by itself.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import DEFAULT_STORAGE_ALIAS
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.files import imaging
from aapm_site.core.files.removal import remove_after_commit
from aapm_site.core.ids import public_id
from aapm_site.core.transitions import NotAllowed

from ..models import Article, Issue

COVER_WIDTH, NARROWEST_COVER, LARGEST_COVER = 800, 300, 10 * 1024 * 1024
LAST = 9_999  # the number of what nobody gave one
COVERS = "journal-covers/"
CHANGED = "A colleague has changed this issue since you opened the page. What they did stands below; please look again."


class IssueRefused(NotAllowed):
    """Why something is not done to an issue, in a sentence for the editor."""


@dataclass(frozen=True)
class PlacedArticle:
    """Where an editor puts an article: its number in the order, and its heading if that is not its type."""

    article: int
    place: int
    section: str = ""


def lineup(issue: Issue) -> list[Article]:
    """The articles of an issue in their order, out or not. One query."""
    return list(Article.objects.filter(issue=issue).select_related("type").in_order().defer("body", "search"))


def mark_of(issue: Issue, articles: Iterable[Article]) -> str:
    """Another text whenever the issue's day, its articles, their order or their headings are others."""
    said = [str(issue.published_on), *(f"{one.pk} {one.place} {one.section}" for one in articles)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def lock_issue(issue: Issue) -> Issue:
    return Issue.objects.select_for_update().get(pk=issue.pk)


# What stands in it ----------------------------------------------------------------------------------------------------
@transaction.atomic
def put_together(
    issue: Issue, placed: Sequence[PlacedArticle], *, taken_out: Iterable[int] = (), seen: str | None = None
) -> int:
    """Put articles in their order, under their headings. How many stand in it now.

    Those of the issue that are not named stay behind the others. One that is named and stands in no issue moves in, and
    keeps its address and its DOI; one that is taken out becomes an advance article again. Locks the issue, then its
    articles. Raises IssueRefused: for a page that somebody has overtaken (`seen` is the mark it showed), and for an
    article that cannot come or go.
    """
    locked = lock_issue(issue)
    inside = {one.pk: one for one in lineup(locked)}
    if seen is not None and seen != mark_of(locked, inside.values()):
        raise IssueRefused(CHANGED)
    keys = {one.article for one in placed} | set(taken_out) | inside.keys()
    rows = {one.pk: one for one in Article.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    _take_out(locked, [rows[key] for key in set(taken_out) & rows.keys()])
    gone = set(taken_out)
    wanted = {one.article: one for one in placed if one.article not in gone}
    left = inside.keys() - wanted.keys() - gone
    rest = [PlacedArticle(key, LAST, row.section) for key, row in inside.items() if key in left]
    for one in placed:
        _move_in(locked, rows.get(one.article))
    for number, one in enumerate(_sections_together([*wanted.values(), *rest], rows), start=1):
        Article.objects.filter(pk=one.article).update(place=number, section=one.section)
    return len(wanted) + len(rest)


def _take_out(issue: Issue, articles: Iterable[Article]) -> None:
    for one in articles:
        if one.issue_id != issue.pk:
            raise IssueRefused(f"“{one}” stands in another issue by now.")
        if not one.is_advance:
            raise IssueRefused(
                f"“{one}” is not out before its issue, so it cannot stand alone. Move it to another issue on its page."
            )
        Article.objects.filter(pk=one.pk).update(issue=None, place=None, section="")


def _move_in(issue: Issue, article: Article | None) -> None:
    if article is None:
        raise IssueRefused("One of the articles is gone by now.")
    if article.issue_id not in {None, issue.pk}:
        raise IssueRefused(f"“{article}” has moved into another issue by now.")
    if article.issue_id is None:
        Article.objects.filter(pk=article.pk).update(issue=issue)


def _sections_together(placed: Iterable[PlacedArticle], rows: dict[int, Article]) -> list[PlacedArticle]:
    """In the order of their numbers, those under one heading together, where the first of them stands."""
    ordered = sorted(placed, key=lambda one: one.place)  # equal numbers keep the order in which they came
    headings = [one.section or f"\0{rows[one.article].type_id}" for one in ordered]
    first = {heading: headings.index(heading) for heading in headings}
    return [one for _, one in sorted(zip(headings, ordered, strict=True), key=lambda pair: first[pair[0]])]


# When it comes out ----------------------------------------------------------------------------------------------------
def warnings_of(issue: Issue, articles: Sequence[Article]) -> list[str]:
    """What an editor should look at before it comes out; nothing of it forbids that."""
    empty = [one for one in articles if not (one.body or getattr(one, "delivered", None))]
    said = []
    if not articles:
        said.append("No article stands in it yet.")
    if empty:
        said.append(f"Without a full text: {_named(empty)}.")
    if without := [one for one in articles if not one.doi]:
        said.append(f"Without a DOI: {_named(without)}.")
    if not issue.cover:
        said.append("It has no cover of its own; a drawn one is shown.")
    return said


def _named(articles: Sequence[Article]) -> str:
    names = ", ".join(f"“{one}”" for one in articles[:5])
    return names if len(articles) <= 5 else f"{names} and {len(articles) - 5} more"


@transaction.atomic
def schedule_issue(issue: Issue, on: date) -> Issue:
    """Let it come out on a later day. Raises IssueRefused where it is out, empty, or the day is not later."""
    today, locked = timezone.localdate(), lock_issue(issue)
    if locked.is_out_on(today):
        raise IssueRefused("This issue is out already.")
    if on <= today:
        raise IssueRefused("That day is not ahead. Choose a later one, or publish the issue now.")
    return _comes_out(locked, on)


@transaction.atomic
def publish_issue(issue: Issue) -> Issue:
    """Let it come out now, whole. Raises IssueRefused where somebody was faster, and for an empty one."""
    today, locked = timezone.localdate(), lock_issue(issue)
    if locked.is_out_on(today):
        raise IssueRefused("This issue is out already.")
    return _comes_out(locked, today)


def _comes_out(locked: Issue, on: date) -> Issue:
    """All of it on one day: an article whose own day is later comes with the issue."""
    if not Article.objects.filter(issue=locked).exists():
        raise IssueRefused("No article stands in this issue. Put it together first.")
    Article.objects.filter(issue=locked, published_on__gt=on).update(published_on=on)
    locked.published_on = on
    locked.save(update_fields=["published_on"])
    return locked


@transaction.atomic
def hold_issue(issue: Issue) -> Issue:
    """Take its day away, so that it is put together again. Raises IssueRefused for one that is out."""
    locked = lock_issue(issue)
    if locked.is_out_on(timezone.localdate()):
        raise IssueRefused("This issue is out, and people have read it. It cannot be held back any more.")
    locked.published_on = None
    locked.save(update_fields=["published_on"])
    return locked


@transaction.atomic
def correct_day(issue: Issue, on: date) -> Issue:
    """Another day for an issue that is out. Raises IssueRefused for one that is not, and for a day that is ahead."""
    today, locked = timezone.localdate(), lock_issue(issue)
    if locked.published_on is None or locked.published_on > today:
        raise IssueRefused("This issue is not out yet: schedule it instead.")
    if on > today:
        raise IssueRefused(f"It is out since {date_format(locked.published_on)}; its day cannot lie ahead.")
    locked.published_on = on
    locked.save(update_fields=["published_on"])
    return locked


# Its cover ------------------------------------------------------------------------------------------------------------
def made_cover(content: bytes, name: str) -> imaging.MadePicture:
    """The file of a cover, made from its pixels. Raises PictureRefused, with what to do next."""
    if len(content) > LARGEST_COVER:
        raise imaging.PictureRefused("This cover is larger than 10 MB. Please save it smaller; 800 pixels are enough.")
    made = imaging.make_one(content, name, COVER_WIDTH)
    if made.width < NARROWEST_COVER:
        raise imaging.PictureRefused(
            f"This cover is only {made.width} pixels wide and would look blurred. Please choose one of {COVER_WIDTH}."
        )
    if not 1.1 <= made.height / made.width <= 1.6:
        raise imaging.PictureRefused("A cover is upright, about 4 to 5 (800 × 1,000 pixels). This one is not.")
    return made


def keep_cover(issue: Issue, made: imaging.MadePicture) -> Issue:
    """Show this cover from now on; the one before it goes."""
    name = default_storage.save(f"{COVERS}{public_id()}.{made.ending}", ContentFile(made.content))
    try:
        return _show_cover(issue, name)
    except BaseException:
        default_storage.delete(name)
        raise


def remove_cover(issue: Issue) -> Issue:
    """Show the drawn one again. Raises IssueRefused where there is no other."""
    return _show_cover(issue, "")


@transaction.atomic
def _show_cover(issue: Issue, name: str) -> Issue:
    locked = lock_issue(issue)
    if not name and not locked.cover:
        raise IssueRefused("It has no cover of its own.")
    if locked.cover:
        remove_after_commit(DEFAULT_STORAGE_ALIAS, [locked.cover])
    locked.cover = name
    locked.save(update_fields=["cover"])
    return locked
