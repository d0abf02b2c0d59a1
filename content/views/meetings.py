"""Meetings and education: what lies ahead, what is over, and the page of one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aapm_site.core import icalendar
from aapm_site.core.cache.page_cache import expires_at, public_page
from aapm_site.core.pagination import ReadByPage
from aapm_site.core.seo import Crumb, Feed, PageMeta, breadcrumb_ld
from content.presenters import meetings as presenter
from content.queries import meetings as queries
from content.queries.meetings import PublicMeeting
from content.queries.waiting_links import without_dead_ends
from content.seo.jsonld_meetings import meeting_ld
from content.seo.meeting_calendar import meeting_calendar
from content.text.rendering import render_body

TITLE = "Meetings and education"
PAST = "Past meetings"
DESCRIPTION = (
    "Meetings, courses and webinars on pain medicine: dates, place, continuing education credit and registration."
)
PAST_DESCRIPTION = "Meetings, courses and webinars of the Academy on pain medicine that have taken place."
FEED: Feed = (TITLE, "/feeds/meetings/")


@public_page()
@require_safe
def meetings(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Those that lie ahead, the next one first."""
    if number == 1:
        return redirect("content:meetings", permanent=True)
    now = timezone.now()
    program = queries.program(now)
    page = _page(program.ahead, number, lambda wanted: queries.ahead("", wanted, now))
    crumbs: list[Crumb] = [("Home", "/"), (TITLE, None)]
    return _list(request, now, page, crumbs, TITLE, DESCRIPTION, reverse("content:meetings"), program=program)


@public_page()
@require_safe
def of_kind(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponse:
    """Those of one kind that lie ahead; a kind of which nothing does says so."""
    if number == 1:
        return redirect("content:meetings-kind", kind, permanent=True)
    now = timezone.now()
    program = queries.program(now)
    page = _page(program.of(kind), number, lambda wanted: queries.ahead(kind, wanted, now))
    title = presenter.PLURALS[kind]
    crumbs: list[Crumb] = [("Home", "/"), (TITLE, reverse("content:meetings")), (title, None)]
    address = reverse("content:meetings-kind", args=[kind])
    title = f"{title} ahead"
    description = f"{title}, the next one first: dates, place, continuing education credit and registration."
    return _list(request, now, page, crumbs, title, description, address, program=program, kind=kind)


@public_page()
@require_safe
def past(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Those that are over, the newest first."""
    if number == 1:
        return redirect("content:meetings-past", permanent=True)
    now = timezone.now()
    program = queries.program(now)
    page = _page(program.over, number, lambda wanted: queries.over(wanted, now))
    crumbs: list[Crumb] = [("Home", "/"), (TITLE, reverse("content:meetings")), (PAST, None)]
    address = reverse("content:meetings-past")
    return _list(request, now, page, crumbs, PAST, PAST_DESCRIPTION, address, program=program, is_past=True)


def _page(count: int, number: int | None, read: Callable[[int], tuple[PublicMeeting, ...]]) -> Page:
    """One page of a list, which may be empty; 404 for a page that it does not have."""
    listed = ReadByPage(count, queries.A_PAGE, read)
    wanted = 1 if number is None else number
    if not 1 <= wanted <= listed.num_pages:
        raise Http404
    return listed.page(wanted)


def _list(
    request: HttpRequest,
    now: datetime,
    page: Page,
    crumbs: list[Crumb],
    title: str,
    description: str,
    url: str,
    *,
    program: queries.Program,
    is_past: bool = False,
    kind: str = "",
) -> HttpResponse:
    expires_at(request, program.until)
    context: dict[str, Any] = {
        "page": page,
        "entries": [{"meeting": one, "sign": presenter.SIGNS[one.kind]} for one in page.object_list],
        "program": program,
        "is_past": is_past,
        "url": url,
        "kinds": [] if is_past else presenter.kinds(program, kind),
        "empty": presenter.nothing_ahead(kind),
        "calendar": presenter.calendar_address(reverse("content:meetings-calendar")),
        "crumbs": crumbs,
        "meta": PageMeta(
            title if page.number == 1 else f"{title}, page {page.number}",
            description=description,
            path=url if page.number == 1 else f"{url}page/{page.number}/",
            jsonld=(breadcrumb_ld(crumbs),),
            feeds=(FEED,),
            noindex=bool(kind and not page.paginator.count),
        ),
    }
    return render(request, "content/meetings.html", context)


@public_page()
@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting; one that was canceled says so."""
    found = queries.meeting(slug)
    if found is None:
        raise Http404
    return show(request, found)


@public_page()
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """All of them as one calendar that others follow: what lies ahead, and the last year."""
    now = timezone.now()
    return _calendar(meeting_calendar(queries.for_calendars(now)), "meetings.ics")


@public_page()
@require_safe
def add_to_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting as a file that calendars take in."""
    found = queries.meeting(slug)
    if found is None:
        raise Http404
    return _calendar(meeting_calendar([found], found.title), f"{found.slug}.ics", attached=True)


def _calendar(written: bytes, name: str, *, attached: bool = False) -> HttpResponse:
    response = HttpResponse(written, content_type=icalendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'{"attachment" if attached else "inline"}; filename="{name}"'
    return response


def show(request: HttpRequest, found: PublicMeeting, *, preview: str = "") -> HttpResponse:
    """The page of a meeting. `preview` is the sentence above one that is shown before it is public."""
    now = timezone.now()
    expires_at(request, found.next_change(now))
    crumbs: list[Crumb] = [("Home", "/"), (TITLE, reverse("content:meetings")), (found.title, None)]
    text = render_body(without_dead_ends(found.body, now), request)
    context: dict[str, Any] = {
        "meeting": found,
        "sign": presenter.SIGNS[found.kind],
        "facts": presenter.facts(found, now),
        "state": presenter.state(found, now),
        "can_register": found.takes_registrations(now),
        "is_over": found.is_over(now),
        "html": text.html,
        "preview": preview,
        "crumbs": crumbs,
        "meta": PageMeta(
            found.title,
            description=found.summary,
            path=found.path,
            kind="article",
            jsonld=(meeting_ld(found, now), breadcrumb_ld(crumbs)),
            feeds=(FEED,),
            noindex=bool(preview),
        ),
    }
    return render(request, "content/meeting.html", context)
