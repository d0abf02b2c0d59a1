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
from membership.journal.models import Article, Issue

YEAR = timedelta(days=365)
_doi = re.compile(rb'<article-id pub-id-type="doi">([^<]+)<')
_files = re.compile(rb'xlink:href="([\w-]+\.(?:png|csv|pdf))"')


def load(folder: Path) -> int:
    """Add the issues and articles that are missing; how many articles were added."""
    for row in tomllib.loads((folder / "issues.toml").read_text(encoding="utf-8"))["issue"]:
        _issue(row)
    known = set(Article.objects.values_list("doi", flat=True))
    added = [doi for file in sorted((folder / "articles").glob("*.xml")) if (doi := _imported(file, folder, known))]
    Article.objects.filter(doi__in=added).update(sample=True)
    _free_some(added)
    return len(added)


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


def _issue(row: dict[str, Any]) -> None:
    fields = {name: row[name] for name in ("published_on", "title", "theme", "sample")}
    Issue.objects.get_or_create(volume=row["volume"], number=row["number"], defaults=fields)


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
