"""The sample issues, articles and figures of the journal folder."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from membership.journal.domain import articles
from membership.journal.models import Article, ArticleType, Figure, Issue

_size = re.compile(r'\swidth="(\d+)"\s+height="(\d+)"')


def load(folder: Path) -> int:
    """Add the issues and articles that are missing; how many articles were added."""
    rows = tomllib.loads((folder / "issues.toml").read_text(encoding="utf-8"))["issue"]
    issues = {row["key"]: _issue(row) for row in rows}
    known = set(Article.objects.values_list("doi", flat=True))
    added = 0
    for file in sorted((folder / "articles").glob("*.html")):
        head, body = _parts(file)
        if head["doi"] not in known:
            _article(head, body, issues[head["issue"]], folder / "figures")
            added += 1
    return added


def _parts(file: Path) -> tuple[dict[str, Any], str]:
    """The TOML between the two lines of plus signs, and the HTML after them."""
    _, head, body = re.split(r"^\+\+\+[ ]*\n", file.read_text(encoding="utf-8"), maxsplit=2, flags=re.M)
    return tomllib.loads(head), body


def _issue(row: dict[str, Any]) -> Issue:
    fields = {name: row[name] for name in ("published_on", "title", "theme", "sample")}
    return Issue.objects.get_or_create(volume=row["volume"], number=row["number"], defaults=fields)[0]


def _article(head: dict[str, Any], body: str, issue: Issue, figures: Path) -> None:
    copied = ("doi", "title", "published_on", "plain_summary", "abstract", "funding", "conflicts", "sample")
    article = Article(
        issue=issue,
        type=ArticleType.objects.get(slug=head["type"]),
        first_page=int(head["first_page"]),
        last_page=int(head["last_page"]),
        received_on=head.get("received_on"),
        accepted_on=head.get("accepted_on"),
        keywords=", ".join(head["keywords"]),
        free_to_read=head["free"],
        references="\n".join(head["references"]),
        body=body,
        **{name: _tidy(head[name]) for name in copied},
    )
    articles.save_article(article, [_author(row) for row in head["authors"]])
    for place, row in enumerate(head.get("figures", []), start=1):
        _figure(article, place, row, figures)


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _author(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "given_name": row["given"],
        "family_name": row["family"],
        "degrees": row.get("degrees", ""),
        "affiliation": row.get("affiliation", ""),
        "orcid": row.get("orcid", ""),
        "is_corresponding": row.get("corresponding", False),
    }


def _figure(article: Article, place: int, row: dict[str, Any], folder: Path) -> None:
    content = (folder / row["file"]).read_bytes()
    found = _size.search(content[:2000].decode("utf-8", "replace"))
    width, height = (int(found[1]), int(found[2])) if found else (row.get("width"), row.get("height"))
    Figure.objects.create(
        article=article,
        order=place,
        key=row["key"],
        label=row["label"],
        caption=row["caption"],
        alt=row["alt"],
        width=width or None,
        height=height or None,
        file=ContentFile(content, name=row["file"]),
    )
