"""The two directories: the members' own, and “Find a clinician” for everybody. A search, and the page of one member.

No page of them is cached or listed by search engines, but the public one without a search: what somebody shows ends
when they are no member any more, or untick it. Whoever reads quickly and much is asked to wait.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from aapm_site.accounts.us_states import STATES
from aapm_site.core.http.limits import network, within
from aapm_site.core.menus import MenuEntry
from aapm_site.core.search.urgent_help import help_for
from aapm_site.core.seo import Crumb, PageMeta, breadcrumb_ld

from ..access import MEMBERS, decide
from ..directory_parts import MILES, DirectoryAudience, DirectoryCriteria
from ..forms.directory import DirectoryFilterForm
from ..positions import Closed
from ..presenters.access import access_words
from ..presenters.directory import as_shown, count_words, wider_circle
from ..presenters.gate import gate as gate_of
from ..queries import directory
from ..queries.directory import DirectoryKey, FoundEntries

AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
PAGES_AN_HOUR, PAGES_A_DAY = 240, 1_000
TITLE, MEMBERS_TITLE = "Find a clinician", "Members’ directory"
DESCRIPTION = (
    "Clinicians who treat pain, near you: members of the Academy who chose to be listed, by place, specialty and "
    "language. Write to them without an account."
)
View = Callable[..., HttpResponse]


def private(response: HttpResponse) -> HttpResponse:
    """For no cache and no search engine."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    patch_cache_control(response, private=True, no_store=True)
    return response


def members_only(view: View) -> View:
    """The members' directory opens as a page for members does; others read why not, and what to do."""

    @wraps(view)
    @login_required
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = decide(request.user, Closed(MEMBERS, request.path))
        if decision.allowed:
            return private(view(request, *args, **kwargs))
        heading, note = "The directory is for members", "What members show one another stays among them."
        context = {
            "gate": gate_of(access_words(decision), heading=heading, note=note),
            "crumbs": crumbs_of(DirectoryAudience.MEMBERS),
            "meta": PageMeta(MEMBERS_TITLE, noindex=True),
        }
        # Menus lead everybody to the list: its gate is a page as an article's is.
        status = 200 if request.path == reverse("membership:directory") else 403
        return private(render(request, "membership/directory/closed.html", context, status=status))

    return checked


def reads_slowly(request: HttpRequest) -> bool:
    """Count one more page of this reader: an account, or else a network. False once it is too many.

    Whoever looks as a member reads for themselves: the member's own pages are not used up by it.
    """
    look = getattr(request, "viewing", None)
    person = look.viewer_id if look else request.user.pk
    subject = f"person {person}" if person else network(request)
    hour = within("directory-hour", subject, times=PAGES_AN_HOUR, seconds=AN_HOUR)
    return within("directory-day", subject, times=PAGES_A_DAY, seconds=A_DAY) and hour


def too_quick(request: HttpRequest, audience: str) -> HttpResponse:
    """Kind to a reader behind a hospital's one address, too: what to do instead."""
    context = {
        "is_public": audience == DirectoryAudience.PUBLIC,
        "crumbs": crumbs_of(audience, "One moment, please"),
        "meta": PageMeta("One moment, please", noindex=True),
    }
    return private(render(request, "membership/directory/slow.html", context, status=429))


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """“Find a clinician”: without a search what it is and where members are listed; it shows nobody unasked."""
    if not request.GET:
        return _front(request)
    if not reads_slowly(request):
        return too_quick(request, DirectoryAudience.PUBLIC)
    return private(_found(request, DirectoryAudience.PUBLIC))


@require_safe
@members_only
def members_directory(request: HttpRequest) -> HttpResponse:
    """Members among themselves, by name or nearest first."""
    if not reads_slowly(request):
        return too_quick(request, DirectoryAudience.MEMBERS)
    return _found(request, DirectoryAudience.MEMBERS)


def _front(request: HttpRequest) -> HttpResponse:
    crumbs = crumbs_of(DirectoryAudience.PUBLIC)
    numbers = dict(directory.count_by_state(DirectoryAudience.PUBLIC))
    context = {
        "form": DirectoryFilterForm(request.GET),
        "states": [(name, code, numbers[code]) for code, name in STATES if code in numbers],
        "crumbs": crumbs,
        "meta": PageMeta(TITLE, DESCRIPTION, path=reverse("find:list"), jsonld=(breadcrumb_ld(crumbs),)),
    }
    return render(request, "membership/directory/front.html", context)


def _found(request: HttpRequest, audience: str) -> HttpResponse:
    form = DirectoryFilterForm(request.GET)
    form.is_valid()
    criteria = form.criteria
    key = directory.read_key(request.GET.get("after", "")[:600], audience, criteria)
    asks = criteria.asks_who or audience == DirectoryAudience.MEMBERS
    # A place that nobody knows, or one letter of a name, finds nobody rather than everybody.
    is_wrong = bool(form.errors)
    found = directory.find_entries(audience, criteria, key) if asks and not is_wrong else FoundEntries((), 0)
    form.tell(found.tallies)
    is_public = audience == DirectoryAudience.PUBLIC
    nouns = ("clinician", "clinicians") if is_public else ("member", "members")
    context = {
        "form": form,
        "found": found,
        "entries": [as_shown(entry, audience) for entry in found.entries],
        "count": count_words(found.count, directory.MOST, *nouns),
        "asks": asks,
        "is_wrong": is_wrong,
        "is_near": criteria.near is not None,
        "wider": _wider(request, audience, criteria) if asks and not is_wrong and not found.count else None,
        "chosen": [MenuEntry(words, _without(request, name)) for name, words in form.chosen()],
        "other_places": [MenuEntry(place, _with(request, near=place)) for place in form.other_places],
        "next_url": _with(request, after=found.next_key) if found.next_key else "",
        "first_url": _without(request, "after") if key else "",
        "help": help_for(" ".join(request.GET.get(name, "")[:200] for name in ("name", "near"))) if is_public else [],
        "is_public": is_public,
        "list_url": reverse(LISTS[DirectoryAudience(audience)]),
        "crumbs": crumbs_of(audience),
        "meta": PageMeta(_title(audience, key), noindex=True),
    }
    return render(request, "membership/directory/list.html", context)


def _wider(request: HttpRequest, audience: str, criteria: DirectoryCriteria) -> tuple[str, MenuEntry | None] | None:
    """Where a circle holds nobody: how far away the nearest is, and the search that finds them."""
    if (near := criteria.near) is None:
        return None
    away = directory.miles_to_nearest(audience, criteria, near) if near.miles < MILES[-1] else None
    words, circle = wider_circle(near.miles, away)
    return words, MenuEntry(f"Look within {circle} miles", _with(request, miles=str(circle))) if circle else None


LISTS = {DirectoryAudience.PUBLIC: "find:list", DirectoryAudience.MEMBERS: "membership:directory"}


def _title(audience: str, key: DirectoryKey | None) -> str:
    title = TITLE if audience == DirectoryAudience.PUBLIC else MEMBERS_TITLE
    return f"{title}, page {key.number}" if key else title


def _with(request: HttpRequest, **keys: str) -> str:
    """This search with some keys anew; on its first page, unless the page is one of them."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in keys.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _without(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    query.pop(name, None)
    if name == "near":
        query.pop("miles", None)
    return f"?{query.urlencode()}" if query else request.path


@require_safe
def clinician(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member as everybody sees them. Whoever is not listed is not there, like one who never was."""
    return _one(request, DirectoryAudience.PUBLIC, public_id)


@require_safe
@members_only
def member(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member as members see them."""
    return _one(request, DirectoryAudience.MEMBERS, public_id)


def _one(request: HttpRequest, audience: str, public_id: str) -> HttpResponse:
    if not reads_slowly(request):
        return too_quick(request, audience)
    entry = directory.one_entry(audience, public_id)
    if entry is None:
        raise Http404
    shown = as_shown(entry, audience)
    context = {
        "shown": shown,
        "is_public": audience == DirectoryAudience.PUBLIC,
        "list_url": reverse(LISTS[DirectoryAudience(audience)]),
        "crumbs": crumbs_of(audience, shown.name),
        "meta": PageMeta(shown.name, noindex=True),
    }
    return private(render(request, "membership/directory/entry.html", context))


def crumbs_of(audience: str, *below: str) -> list[Crumb]:
    """The way to a page of a directory; `below` names what stands below its list."""
    url = reverse(LISTS[DirectoryAudience(audience)])
    if audience == DirectoryAudience.PUBLIC:
        way: list[Crumb] = [("Home", "/"), (TITLE, url if below else None)]
    else:
        way = [("Home", "/"), ("Membership", "/membership/"), (MEMBERS_TITLE, url if below else None)]
    return [*way, *((name, None) for name in below)]
