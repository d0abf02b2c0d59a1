"""The sample issues, and their articles as a publisher would deliver them: JATS with its files, by the usual import."""

import io
import re
import tomllib
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from membership.journal.domain.imports import import_package
from membership.journal.domain.issues import PlacedArticle, put_together
from membership.journal.models import Article, CollectedArticle, Collection, Issue, Subject
from membership.models import ClubMeeting, Group

YEAR = timedelta(days=365)
_doi = re.compile(rb'<article-id pub-id-type="doi">([^<]+)<')
_files = re.compile(rb'xlink:href="([\w-]+\.(?:png|csv|pdf))"')


def load(folder: Path) -> int:
    """Add the issues and articles that are missing; how many articles were added."""
    rows = tomllib.loads((folder / "issues.toml").read_text(encoding="utf-8"))["issue"]
    fresh = [(issue, row["lineup"]) for row in rows if (issue := _issue(row)) and "lineup" in row]
    known = set(Article.objects.values_list("doi", flat=True))
    added = [doi for file in sorted((folder / "articles").glob("*.xml")) if (doi := _imported(file, folder, known))]
    Article.objects.filter(doi__in=added).update(sample=True)
    for issue, lineup in fresh:
        _put_together(issue, lineup)
    _free_some(added)
    _plan_a_club()
    _gather(tomllib.loads((folder / "collections.toml").read_text(encoding="utf-8")))
    return len(added)


def _plan_a_club() -> None:
    """The group that the sample member leads talks about an article in two weeks."""
    group = Group.objects.open().filter(group_members__chair_since__isnull=False).order_by("pk").first()
    article = Article.objects.filter(slug="pm-2026-1102").first()
    if group and article and not ClubMeeting.objects.filter(group=group).exists():
        meets_on = timezone.localdate() + timedelta(days=14)
        ClubMeeting.objects.create(group=group, article=article, meets_on=meets_on, place="12:30, by video")


def _gather(said: dict[str, Any]) -> None:
    """The subjects and the collections, as far as they are missing."""
    for order, row in enumerate(said["subject"], start=1):
        fields = {"name": row["name"], "introduction": row["introduction"], "keywords": "\n".join(row["keywords"])}
        Subject.objects.get_or_create(slug=row["slug"], defaults={**fields, "order": order * 10})
    for order, row in enumerate(said["collection"], start=1):
        fields = {"title": row["title"], "introduction": row["introduction"], "is_published": True}
        collection, is_new = Collection.objects.get_or_create(
            slug=row["slug"], defaults={**fields, "order": order * 10}
        )
        if is_new:
            found = {article.slug: article for article in Article.objects.filter(slug__in=row["articles"]).only("slug")}
            CollectedArticle.objects.bulk_create(
                CollectedArticle(collection=collection, article=found[slug], order=place * 10)
                for place, slug in enumerate(row["articles"], start=1) if slug in found
            )  # fmt: skip


def _free_some(added: list[str]) -> None:
    """A review that the editors have chosen for these weeks, and an embargo of a year for the oldest issue."""
    today = timezone.localdate()
    closed = Article.objects.filter(doi__in=added, free_to_read=False, issue__isnull=False)
    review = closed.filter(type__slug="review", published_on__lt=today).order_by("-published_on").first()
    if review is not None:
        first, last = today - timedelta(days=9), today + timedelta(days=21)
        Article.objects.filter(pk=review.pk).update(chosen_from=first, chosen_until=last)
    if (oldest := closed.order_by("issue__published_on").first()) is not None and oldest.issue is not None:
        closed.filter(issue=oldest.issue).update(free_from=oldest.issue.published_on + YEAR)


def _issue(row: dict[str, Any]) -> Issue | None:
    """The issue if it was missing; one without a day is still being put together."""
    given = ("published_on", "title", "theme", "sample")
    fields: dict[str, Any] = {name: row[name] for name in given if name in row}
    issue, is_new = Issue.objects.get_or_create(volume=row["volume"], number=row["number"], defaults=fields)
    return issue if is_new else None


def _put_together(issue: Issue, lineup: list[list[str]]) -> None:
    """Articles by their address words, in their order, each with the heading over it."""
    keys = dict(Article.objects.filter(slug__in=[slug for slug, _ in lineup]).values_list("slug", "pk"))
    put_together(
        issue,
        [PlacedArticle(keys[slug], place, over) for place, (slug, over) in enumerate(lineup, 1) if slug in keys],
    )


def _imported(file: Path, folder: Path, known: set[str | None]) -> str:
    """The DOI of an article that was not there before, else nothing."""
    source = file.read_bytes()
    found = _doi.search(source)
    doi = found[1].decode() if found else ""
    if doi in known:
        return ""
    for told in import_package(_package(source, file, folder), f"{file.stem}.zip", by=None):
        if told.outcome != "new":
            raise ValueError(f"{file.name}: {' '.join(told.notes)}")
    return doi


def _package(source: bytes, file: Path, folder: Path) -> bytes:
    """The article with the files that it names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr(file.name, source)
        for name in dict.fromkeys(_files.findall(source)):
            package.writestr(name.decode(), (folder / "figures" / name.decode()).read_bytes())
    return written.getvalue()
