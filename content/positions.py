"""The blocks that this room offers to any page."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import position, positions
from aapm_site.core.search import engine
from content import emblem, search
from content.forms.question import ShortQuestionForm
from content.presenters.initiatives import initiative_days
from content.queries import entries, initiatives, resources
from content.queries.categories import categories

MOST_NEAR = 5


@position("unity-circle", label="The Unity Circle, the emblem of pain awareness")
def unity_circle(request: HttpRequest) -> str:
    """The emblem as a figure."""
    return render_to_string("content/positions/unity_circle.html", request=request)


@position("ask-form", label="Ask us anything, the short form")
def ask_form(request: HttpRequest) -> str:
    """A form that posts to /ask/."""
    return render_to_string("content/positions/ask_form.html", {"form": ShortQuestionForm()}, request=request)


@position("news-feed", label="The newest news and statements", arguments={"limit": int})
def news_feed(request: HttpRequest, *, limit: int = 3) -> str:
    """Title, date and summary of the newest entries."""
    found = entries.newest_news(max(1, min(limit, 10)), timezone.now())
    return render_to_string("content/positions/news_feed.html", {"news": found}, request=request)


@position("awareness-banner", label="The awareness initiative that goes on or comes next")
def awareness_banner(request: HttpRequest) -> str:
    """Its days and what to do, counted to the day; nothing while there is none."""
    lead = initiatives.leading(timezone.now())
    expires_at(request, lead.until)
    if lead.page is None or lead.now is None:
        return ""
    context = {"initiative": lead.page, "days": initiative_days(lead.now), "is_band": request.path == "/"}
    return render_to_string("content/positions/awareness_banner.html", context, request=request)


@position("emblem-downloads", label="The Unity Circle to download, as SVG and PNG")
def emblem_downloads(request: HttpRequest) -> str:
    """Each variant on its own ground, with type and size of its files."""
    return render_to_string("content/positions/emblem_downloads.html", {"variants": emblem.variants()}, request=request)


@position("resources", label="The first patient resources, of one topic", arguments={"topic": str, "limit": int})
def patient_resources(request: HttpRequest, *, topic: str = "", limit: int = 5) -> str:
    """A few rows of the directory, and the way to all of it."""
    address = reverse("content:resources")
    context = {
        "resources": resources.some(topic, max(1, min(limit, 20))),
        "all_url": f"{address}?{urlencode({'topic': topic})}" if topic else address,
    }
    return render_to_string("content/positions/resources.html", context, request=request)


@position("near-misses", label="Pages whose titles come close to the address that was asked for")
def near_misses(request: HttpRequest) -> str:
    """At most five public pages, for an address that leads nowhere; one query, none without words."""
    found = engine.suggest(search.words_of(request.path), MOST_NEAR, [search.PAGES])
    return render_to_string("content/positions/near_misses.html", {"found": found}, request=request)


@position("articles-by-topic", label="The newest articles of one category", arguments={"topic": str, "limit": int})
def articles_by_topic(request: HttpRequest, *, topic: str = "", limit: int = 3) -> str:
    """Title and summary of the newest, and the way to all of them; nothing for a category that has none."""
    found = entries.newest_about(topic, max(1, min(limit, 10)), timezone.now())
    shelf = next((one for one in categories() if one.slug == topic), None)
    return render_to_string("content/positions/articles_by_topic.html", {"articles": found, "shelf": shelf})


def register() -> None:
    """Offer the blocks above to every page."""
    for block in (
        unity_circle,
        ask_form,
        news_feed,
        articles_by_topic,
        awareness_banner,
        emblem_downloads,
        patient_resources,
        near_misses,
    ):
        positions.register(block)
