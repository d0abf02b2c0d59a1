"""Employers search profiles, and open one by a press that its person reads.

The whole team looks; only those who write positions open a profile. A list tells of nobody more than a profession and
specialties, and what was opened today is there to be read again until the day ends.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.http.limits import within
from aapm_site.core.seo import Crumb, PageMeta
from aapm_site.core.transitions import NotAllowed
from aapm_site.core.views.errors import too_many

from ..choices import OpenedFrom
from ..contact_states import ContactStatus
from ..domain.profile_contacts import is_shown_after_yes, open_after_yes
from ..domain.profile_openings import A_DAY, open_profile, opened_on
from ..forms.profile_filters import ProfileFilterForm
from ..models import Employer, EmployerMember, Profile, ProfileBookmark, ProfileContact
from ..presenters.profile import as_seen
from ..presenters.profile_search import (
    address,
    band,
    chosen_filters,
    profile_facets,
    profile_rows,
    ways_out,
    why_nobody,
)
from ..presenters.profile_searches import criteria_in_words, proposed_name
from ..profile_alias import alias_of, profile_number
from ..profile_sight import Openness, ProfileReader
from ..queries.profile_access import search_standing
from ..queries.profile_finding import find_profiles
from ..queries.profiles import listed_profiles, shown_profile, whole_profile
from ..rules import may_write_jobs
from .access import confirmed_user, limited, membership_of
from .jobs import CAREERS

TITLE = "Search profiles"
SEARCHES = {"times": 300, "seconds": 3_600}  # of one employer: nobody looks through people by trying filters


def crumbs_of(employer: Employer, *between: tuple[str, str], title: str) -> list[Crumb]:
    return [*CAREERS, (employer.name, employer.get_absolute_url()), *between, (title, None)]


def search_url(employer: Employer) -> str:
    return reverse("careers:profile-search", args=[employer.public_id])


def locked_page(request: HttpRequest, member: EmployerMember) -> HttpResponse | None:
    """How to get in, for a team that may not search; None for one that may."""
    standing = search_standing(member.employer, timezone.now())
    if standing.is_open:
        return None
    context = {
        "employer": member.employer,
        "standing": standing,
        "may_write": may_write_jobs(member.role),
        "crumbs": crumbs_of(member.employer, title=TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/talent/locked.html", context)


@require_safe
@confirmed_user
def profile_search(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """The newest profiles that fit, a page at a time, or why nobody is shown."""
    member = membership_of(request, employer_id)
    if locked := locked_page(request, member):
        return locked
    employer, at = member.employer, timezone.now()
    form = ProfileFilterForm(request.GET)
    form.is_valid()  # it leaves out what it does not know
    criteria = form.criteria
    if criteria.chosen and not within("profile-search", employer.public_id, **SEARCHES):
        return too_many(request)
    after = profile_number(form.cleaned_data.get("after", ""), employer.pk)
    found = find_profiles(criteria, employer, at, after=after)
    opened = set(opened_on(employer, at).values_list("profile", flat=True))
    path, kept = request.path, criteria.without("since")
    context = {
        "employer": employer,
        "form": form,
        "found": found,
        "band": "" if found.is_withheld else band(found.count),
        "rows": profile_rows(listed_profiles(found.numbers, employer), employer.pk, at, opened),
        "chosen": chosen_filters(path, criteria),
        "facets": profile_facets(criteria),
        "reason": why_nobody(criteria, found) if found.is_withheld else "",
        "ways_out": ways_out(path, criteria, found),
        "other_places": form.other_places,
        "left_out": bool(form.errors),
        "next_url": address(path, criteria, after=alias_of(found.next, employer.pk)) if found.next else "",
        "first_url": address(path, criteria),
        "is_later": after is not None,
        "save": {
            "query": kept.to_query(),
            "words": criteria_in_words(kept),
            "name": proposed_name(kept),
        },
        "may_write": may_write_jobs(member.role),
        "used": len(opened),
        "a_day": A_DAY,
        "crumbs": crumbs_of(employer, title=TITLE),
        "meta": PageMeta(TITLE, noindex=True),
    }
    return render(request, "careers/talent/list.html", context)


def profile_or_404(employer: Employer, alias: str) -> Profile:
    """The profile that this employer's pages call so, wherever it stands; an invented name is a 404."""
    number = profile_number(alias, employer.pk)
    found = Profile.objects.filter(pk=number).first() if number is not None else None
    if found is None:
        raise Http404
    return found


@require_POST
@confirmed_user
@limited("profile-open", times=300, seconds=3_600)
def profile_open(request: SignedInRequest, employer_id: str, alias: str) -> HttpResponse:
    """Open one: its person reads who did, and when. After their yes it is open to the whole team, and for good."""
    member = membership_of(request, employer_id)
    employer = member.employer
    profile = profile_or_404(employer, alias)
    has_said_yes = is_shown_after_yes(profile, employer)
    if not has_said_yes:
        if not may_write_jobs(member.role):
            raise Http404
        if locked := locked_page(request, member):
            return locked
    try:
        if has_said_yes:
            open_after_yes(profile, employer, request.user)
        else:
            open_profile(profile, employer, request.user, timezone.now())
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect(search_url(employer))
    return redirect("careers:profile-of", employer.public_id, alias)


@require_safe
@confirmed_user
def profile_of(request: SignedInRequest, employer_id: str, alias: str) -> HttpResponse:
    """One that was opened today; another shows the button that opens it, and one that is gone says so kindly."""
    member = membership_of(request, employer_id)
    employer, at = member.employer, timezone.now()
    profile = profile_or_404(employer, alias)
    has_said_yes = is_shown_after_yes(profile, employer)
    if not has_said_yes and (locked := locked_page(request, member)):
        return locked
    found = whole_profile(profile.pk) if has_said_yes else shown_profile(profile.pk, employer)
    reader, source = (
        (ProfileReader.AFTER, OpenedFrom.CONTACT) if has_said_yes else (ProfileReader.BEFORE, OpenedFrom.SEARCH)
    )
    is_opened = opened_on(employer, at, source).filter(profile=profile).exists()
    view = as_seen(found, reader, Openness.of(found)) if found and is_opened else None
    title = "A career profile"
    context = {
        "employer": employer,
        "alias": alias,
        "profile": found,
        "view": view,
        "has_said_yes": has_said_yes,
        "has_asked": ProfileContact.objects.filter(
            profile=profile, employer=employer, status=ContactStatus.ASKED
        ).exists(),
        "kept": ProfileBookmark.objects.filter(profile=profile, employer=employer).first(),
        "used": opened_on(employer, at).count(),
        "a_day": A_DAY,
        "may_write": may_write_jobs(member.role),
        "search_url": search_url(employer),
        "crumbs": crumbs_of(employer, (TITLE, search_url(employer)), title=title),
        "meta": PageMeta(title, noindex=True),
    }
    return render(request, "careers/talent/profile.html", context)
