"""The blocks that this room offers to any page."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.association import association
from aapm_site.core.cache.page_cache import expires_at
from aapm_site.core.positions import Position, position, positions
from aapm_site.core.search import engine
from content import emblem, search
from content.figures import FIGURES, DrawnFigure
from content.forms.newsletter import ShortSignUpForm
from content.forms.question import ShortQuestionForm
from content.presenters.initiatives import initiative_days
from content.queries import coming, conditions, entries, initiatives, people, resources
from content.queries.categories import categories
from content.seo.jsonld_people import people_ld
from content.states import BodyKind

MOST_NEAR = 5


@position("unity-circle", label="The Unity Circle, the emblem of pain awareness")
def unity_circle(request: HttpRequest) -> str:
    """The emblem as a figure."""
    return render_to_string("content/positions/unity_circle.html", request=request)


@position("ask-form", label="Ask us anything, the short form")
def ask_form(request: HttpRequest) -> str:
    """A form that posts to /ask/."""
    return render_to_string("content/positions/ask_form.html", {"form": ShortQuestionForm()}, request=request)


@position("newsletter-form", label="The newsletter, the short form")
def newsletter_form(request: HttpRequest) -> str:
    """A form that posts to /newsletter/; the way there for who is signed in."""
    form = None if request.user.is_authenticated else ShortSignUpForm()
    return render_to_string("content/positions/newsletter_form.html", {"form": form}, request=request)


@position("news-feed", label="The newest news and statements", arguments={"limit": int})
def news_feed(request: HttpRequest, *, limit: int = 3) -> str:
    """Title, date and summary of the newest entries."""
    found = entries.newest_news(max(1, min(limit, 10)), timezone.now())
    return render_to_string("content/positions/news_feed.html", {"news": found}, request=request)


@position("awareness-banner", label="The awareness initiative that goes on or comes next")
def awareness_banner(request: HttpRequest) -> str:
    """Its days and what to do, counted to the day; nothing while there is none. A slim banner for texts."""
    lead = initiatives.leading(timezone.now())
    expires_at(request, lead.until)
    if lead.page is None or lead.now is None:
        return ""
    context = {"initiative": lead.page, "days": initiative_days(lead.now)}
    return render_to_string("content/positions/awareness_banner.html", context, request=request)


@position("coming-next", label="The next thing of the year, a meeting or an initiative")
def coming_next(request: HttpRequest) -> str:
    """A band: what goes on or begins first, counted to the day, and never what is over; nothing without plans."""
    found = coming.coming_next(timezone.now())
    expires_at(request, found.until)
    if found.now is None:
        return ""
    days = initiative_days(found.now)
    context = {
        "meeting": found.meeting,
        "initiative": found.initiative,
        "days": days,
    }
    return render_to_string("content/positions/coming_next.html", context, request=request)


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


def _yes(word: str) -> bool:
    if word not in ("yes", "no"):
        raise ValueError(word)
    return word == "yes"


@position("conditions", label="The pages of conditions", arguments={"short": _yes})
def condition_list(request: HttpRequest, *, short: bool = False) -> str:
    """Their titles with a sentence each, or the titles alone; while none is public, where else one reads about them."""
    context = {
        "conditions": conditions.conditions(timezone.now()),
        "short": short,
        "elsewhere": f"{reverse('content:resources')}?{urlencode({'topic': 'conditions'})}",
    }
    return render_to_string("content/positions/conditions.html", context, request=request)


@position("people", label="Who is in office today, of one kind", arguments={"kind": BodyKind})
def people_in_office(request: HttpRequest, *, kind: BodyKind = BodyKind.BOARD) -> str:
    """Boards, committees or offices of the staff, each with its people as cards; a sentence while there is nobody."""
    bodies = people.bodies(kind.value, timezone.now())
    context = {"bodies": bodies, "kind": kind.value, "jsonld": people_ld(kind, bodies)}
    return render_to_string("content/positions/people.html", context, request=request)


@position("history-years", label="The history as a line of years")
def history_years(request: HttpRequest) -> str:
    """Oldest first; nothing while there is no year."""
    return render_to_string("content/positions/history_years.html", {"years": people.years()}, request=request)


@position("contact-details", label="The association: letter box, telephone, e-mail and office hours")
def contact_details(request: HttpRequest) -> str:
    """What staff have written of it; nothing while there is no way to reach it but the forms."""
    about = association()
    if not (about.address or about.telephone or about.email):
        return ""
    return render_to_string("content/positions/contact_details.html", {"about": about}, request=request)


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


def drawn(figure: DrawnFigure) -> Position:
    """The block of one figure of the library; texts hold it as `{loadposition figure-its-name}`."""

    def render(request: HttpRequest) -> str:
        return render_to_string("content/positions/figure.html", {"figure": figure})

    return Position(f"figure-{figure.name}", f"Figure: {figure.title}", render, order=200)


def register() -> None:
    """Offer the blocks above to every page."""
    for block in (
        unity_circle,
        ask_form,
        newsletter_form,
        news_feed,
        articles_by_topic,
        awareness_banner,
        coming_next,
        emblem_downloads,
        patient_resources,
        condition_list,
        people_in_office,
        history_years,
        contact_details,
        near_misses,
        *map(drawn, FIGURES),
    ):
        positions.register(block)
