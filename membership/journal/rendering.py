"""From the stored, sanitized text of an article to the page: figures, tables that scroll, references, contents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from aapm_site.core.richtext import plain
from aapm_site.core.statements import KEY, Prepared

from .models import Article, ArticleBrief, DeliveredFile, DeliveredText, Figure
from .models.delivered import FileRole

_heading = re.compile(r'<h2(?: id="([^"]*)")?>(.*?)</h2>', re.S)
_figure = re.compile(r'<figure data-figure="([\w-]+)">(.*?)</figure>', re.S)
_scroll = re.compile(r'<div class="scroll">')
_table = re.compile(r'(?<!<div class="scroll">)(?<!<div class="scroll">\n)<table(?: class="table")?>.*?</table>', re.S)
# Figures after a number or a unit are a power (10<sup>2</sup>, kg/m<sup>2</sup>), not a reference.
_cited = re.compile(r"(?<!\d)(?<!\b[mscd])(?<!\b[ckm]m)<sup>(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)</sup>")
_number = re.compile(r"\d+")
TOP = 2  # the level of the headings that stand in the contents


_BRIEF = [f"brief__{field.name}" for field in ArticleBrief._meta.concrete_fields]
_TEXT_OF = Prepared[Article](
    lambda: (
        Article.objects.select_related("delivered", "brief")
        .only("slug", "body", "references", "delivered__html", "delivered__headings", *_BRIEF)
        .filter(pk=KEY)[:1]
    )
)
_FIGURES_OF = Prepared[Figure](lambda: Figure.objects.filter(article_id=KEY))
_FILES_OF = Prepared[DeliveredFile](lambda: DeliveredFile.objects.filter(article_id=KEY).exclude(role=FileRole.PICTURE))


@dataclass(frozen=True)
class ArticleHeading:
    """One line of the contents beside the text."""

    title: str
    url: str


@dataclass(frozen=True)
class ArticleDownload:
    """The article as PDF, or something that came with it."""

    title: str
    url: str
    size: int


@dataclass(frozen=True)
class FullText:
    """The text as it stands on the page, and its headings."""

    html: SafeString
    headings: tuple[ArticleHeading, ...]
    files: tuple[ArticleDownload, ...] = ()
    all_headings: tuple[str, ...] = ()  # of whatever level
    has_references: bool = False  # within it; else they are a column of the article
    brief: ArticleBrief | None = None


def text_of(key: int) -> FullText | None:
    """The full text of the article of a key. Whoever asks has decided on access before; it is never remembered."""
    article = _TEXT_OF.first(key=key)
    if article is None:
        return None
    delivered = getattr(article, "delivered", None)
    if delivered is None:
        figures = _FIGURES_OF.rows(key=key)
        for figure in figures:
            figure.article = article  # its address needs no question then
        return full_text(article, figures)
    return delivered_text(article, delivered, _FILES_OF.rows(key=key))


def delivered_text(article: Article, delivered: DeliveredText, files: Iterable[DeliveredFile]) -> FullText:
    """The text as it was written when it was imported, with its list of references."""
    return FullText(
        mark_safe(delivered.html),  # noqa: S308 - sanitized when it was written
        tuple(ArticleHeading(title, f"#{anchor}") for title, anchor, level in delivered.headings if level == TOP),
        tuple(ArticleDownload(_called(one), _address(article, one), one.size) for one in files),
        all_headings=tuple(title for title, _, _ in delivered.headings),
        has_references=True,
        brief=getattr(article, "brief", None),
    )


def _called(file: DeliveredFile) -> str:
    return "This article as PDF" if file.role == FileRole.PDF else file.name


def _address(article: Article, file: DeliveredFile) -> str:
    return reverse("journal:delivered-file", args=[article.slug, file.key])


def full_text(article: Article, pictures: Iterable[Figure] | None = None) -> FullText:
    """The whole text with figures and links to the references; for readers who may read it."""
    references = len(article.reference_list)
    figures = {figure.key: figure for figure in (article.figures.all() if pictures is None else pictures)}
    html, headings = _with_anchors(article.body)
    html = _cited.sub(lambda found: _citations(found, references), html)
    html = _table.sub(lambda found: f'<div class="scroll">{found[0]}</div>', html)
    tables = iter(range(1, html.count('<div class="scroll">') + 1))
    html = _scroll.sub(
        lambda _: f'<div class="scroll" tabindex="0" role="region" aria-label="Table {next(tables)}">', html
    )
    placed: set[str] = set()
    html = _figure.sub(lambda found: _place(found[1], figures, placed), html)
    rest = [figure for key, figure in figures.items() if key not in placed]
    return FullText(mark_safe(html + _drawn(rest)), tuple(headings))  # noqa: S308 - sanitized when stored


def _with_anchors(html: str) -> tuple[str, list[ArticleHeading]]:
    headings: list[ArticleHeading] = []
    taken: set[str] = set()

    def anchor(found: re.Match[str]) -> str:
        title = plain(found[2])
        stem = name = found[1] or slugify(title) or "section"
        while name in taken:
            name = f"{stem}-{len(taken)}"
        taken.add(name)
        headings.append(ArticleHeading(title, f"#{name}"))
        return f'<h2 id="{escape(name)}">{found[2]}</h2>'

    return _heading.sub(anchor, html), headings


def _citations(found: re.Match[str], references: int) -> str:
    if any(not 1 <= int(number) <= references for number in _number.findall(found[1])):
        return found[0]
    linked = _number.sub(
        lambda one: f'<a class="cited" href="#r{one[0]}" aria-label="Reference {one[0]}">{one[0]}</a>', found[1]
    )
    return f"<sup>{linked}</sup>"


def _place(key: str, figures: dict[str, Figure], placed: set[str]) -> str:
    figure = figures.get(key)
    if figure is None:
        return ""
    placed.add(key)
    return _drawn([figure])


def _drawn(figures: Iterable[Figure]) -> str:
    return "".join(render_to_string("membership/journal/figure.html", {"figure": figure}) for figure in figures)
