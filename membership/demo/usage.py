"""How the sample articles were read: by the month since they came out, most in the first weeks, the same each time."""

from datetime import date
from random import Random

from django.utils import timezone

from aapm_site.core.periods import months_before
from membership.journal.counting import access_type
from membership.journal.models import Article, ArticleUsage, SearchUsage

MONTHS = 14
READ_FIRST = (60, 260)  # readings of an article in its first month, from and to
STAYS = 0.62  # of a month's readings, in the next one


def load_usage() -> int:
    """Add the counts of sample articles, where nothing was counted yet; how many articles have them."""
    if ArticleUsage.objects.exists():
        return 0
    today, chance = timezone.localdate(), Random(51)  # noqa: S311 - samples
    articles = list(Article.objects.published(today).filter(sample=True).order_by("pk"))
    rows = [row for article in articles for row in _months_of(article, today, chance)]
    ArticleUsage.objects.bulk_create(rows)
    SearchUsage.objects.bulk_create(
        SearchUsage(on=months_before(today, ago), is_month=True, searches=chance.randint(180, 420))
        for ago in range(MONTHS)
        if any(row.on == months_before(today, ago) for row in rows)
    )
    return len({row.article_id for row in rows})


def _months_of(article: Article, today: date, chance: Random) -> list[ArticleUsage]:
    read = float(chance.randint(*READ_FIRST))
    rows = []
    for ago in reversed(range(MONTHS)):
        month = months_before(today, ago)
        if month >= article.published_on.replace(day=1):
            rows.append(_month(article, month, round(read), chance))
            read *= STAYS * chance.uniform(0.85, 1.2)
    return rows


def _month(article: Article, month: date, read: int, chance: Random) -> ArticleUsage:
    """Of closed articles half of those who come meet the gate; of each session some open the PDF, too."""
    kind = access_type(article.free_on(month))
    denials = round(read * chance.uniform(0.3, 0.7)) if kind == "controlled" else 0
    looks, sessions = round(read * chance.uniform(0.05, 0.15)), round(read * chance.uniform(0.72, 0.9))
    return ArticleUsage(
        on=month, is_month=True, article=article, access=kind, yop=article.published_on.year, requests=read,
        unique_requests=sessions, denials=denials, investigations=read + denials + looks,
        unique_investigations=sessions + round(denials * 0.9),
    )  # fmt: skip
