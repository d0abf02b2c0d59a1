"""The journal's Atom feed: the newest articles, with what everybody may read of each."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from aapm_site.core import richtext
from aapm_site.core.association import association_name
from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.feeds import NEWEST, SiteFeed, tag_uri
from aapm_site.core.forms import without_control
from aapm_site.core.seo import absolute

from ..models import Article
from ..periodical import TITLE
from ..queries.issues import next_boundary
from ..queries.notices import is_taken_back
from .citation import RETRACTED

MOST_SIGNS = 600  # of an abstract


@dataclass(frozen=True)
class FedArticle:
    """One article as its entry tells of it."""

    pk: int
    title: str
    slug: str
    byline: str
    plain_summary: str
    abstract: str
    published_on: date
    is_taken_back: bool

    @property
    def summary(self) -> str:
        """The summary in plain words; without one, how the abstract begins. Both are everybody's."""
        text = self.plain_summary or richtext.plain(self.abstract)
        return text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS].rsplit(' ', 1)[0]} …"


@require_safe
@public_page()
def articles(request: HttpRequest) -> HttpResponse:
    """The newest articles of issues, and those that are out before theirs."""
    today = timezone.localdate()
    expires_at(request, next_boundary(today))
    own = reverse("journal:feed")
    feed = SiteFeed(
        title=f"{association_name()}: {TITLE}",
        link=absolute(reverse("journal:journal")),
        description="New articles of the journal: titles, authors and summaries. Full texts are for members.",
        feed_url=absolute(own),
        feed_guid=tag_uri(own),
        author_name=association_name(),
    )
    for article in _newest(today):
        at = timezone.make_aware(datetime.combine(article.published_on, time.min))
        feed.add_item(
            title=without_control(f"{RETRACTED}{article.title}" if article.is_taken_back else article.title),
            link=absolute(reverse("journal:article-detail", args=[article.slug])),
            description=escape(without_control(article.summary)),
            unique_id=tag_uri(f"article/{article.pk}"),
            pubdate=at,
            updateddate=at,
            author_name=without_control(article.byline) or association_name(),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=SiteFeed.content_type)


def _newest(today: date) -> list[FedArticle]:
    """One query."""
    rows = Article.objects.published(today).order_by("-published_on", "-pk")
    taken_back = Case(When(is_taken_back(today), then=Value(True)), default=Value(False))
    return [
        FedArticle(*row)
        for row in rows.annotate(back=taken_back).values_list(
            "pk", "title", "slug", "byline", "plain_summary", "abstract", "published_on", "back"
        )[:NEWEST]
    ]
