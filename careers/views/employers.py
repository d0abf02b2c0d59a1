"""An employer's own pages: where it begins, its details and its team."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import has_verified_email
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.accounts.place_field import unknown_places
from aapm_site.accounts.requests import SignedInRequest
from aapm_site.core.cache.page_cache import public_page
from aapm_site.core.seo import PageMeta
from aapm_site.core.transitions import NotAllowed

from ..choices import MemberRole
from ..domain import employers
from ..forms.employer import EmployerForm, InvitationForm, PackageWantedForm, RoleForm
from ..models import EmployerInvitation, EmployerMember, Package
from ..presenters import team
from ..queries.organizations import has_page
from ..rules import may_manage_employer
from .access import confirmed_user, employers_of, limited, membership_of, owner_of
from .jobs import CAREERS

FOR_EMPLOYERS = "/career-center/employers/"


@require_safe
@public_page()
def employer_home(request: HttpRequest) -> HttpResponse:
    """How posting works, and the way on: sign in, register, say yes to an invitation, or go to the board."""
    user = request.user
    is_known = user.is_authenticated and has_verified_email(user)
    found = employers_of(request) if is_known else []
    invitations = list(EmployerInvitation.objects.for_user(user)) if is_known else []
    if len(found) == 1 and not invitations:
        return redirect(found[0].get_absolute_url())
    context = {
        "employers": found,
        "invitations": invitations,
        "is_known": is_known,
        "back_here": urlencode({"next": request.path}, safe="/"),
        "crumbs": [*CAREERS, ("For employers", None)],
        "meta": PageMeta(
            "For employers",
            "Post a position in pain medicine: one form, a preview, a person who reads it, and a board.",
            path=FOR_EMPLOYERS,
        ),
    }
    return render(request, "careers/employers/home.html", context)


@confirmed_user
@limited("employer-register", times=10, seconds=24 * 60 * 60)
def employer_register(request: SignedInRequest) -> HttpResponse:
    """A new organization; the person who registers it is its owner."""
    form = EmployerForm(request.POST or None)
    if request.method == "POST" and _fits(form):
        try:
            employer = employers.register_employer(by=request.user, **form.details)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            if wanted := _wanted(request):
                messages.success(request, f"{employer} is registered. Now back to what you wanted to buy: {wanted}.")
                return redirect("careers:package-buy", wanted.slug)
            messages.success(request, f"{employer} is registered. Now you can write your first position.")
            return redirect("careers:employer-board", employer.public_id)
    context = {
        "form": form,
        "crumbs": [*CAREERS, ("For employers", FOR_EMPLOYERS), ("Register an organization", None)],
        "meta": PageMeta("Register your organization", noindex=True),
    }
    return render(request, "careers/employers/register.html", context, status=422 if form.errors else 200)


def _fits(form: EmployerForm) -> bool:
    """Whether the form is right. A town that nobody knows is noted for the staff."""
    fits = form.is_valid()
    note_unknown_places(unknown_places(form))
    return fits


def _wanted(request: HttpRequest) -> Package | None:
    """The package that brought the person here, if one did and it is on offer."""
    form = PackageWantedForm(request.GET)
    slug = form.cleaned_data["buy"] if form.is_valid() else ""
    return Package.objects.filter(slug=slug, is_active=True).first() if slug else None


@confirmed_user
def employer_edit(request: HttpRequest, employer_id: str) -> HttpResponse:
    """The organization as readers meet it. Owners only."""
    employer = owner_of(request, employer_id).employer
    form = EmployerForm(request.POST or None, instance=employer)
    if request.method == "POST" and _fits(form):
        try:
            done = employers.edit_employer(employer, by=request.user, **form.details)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The details of {done} are saved.")
            return redirect(done.get_absolute_url())
    context = {
        "form": form,
        "employer": employer,
        "has_page": has_page(employer),
        "crumbs": _crumbs(employer, "Details"),
        "meta": PageMeta("Your organization", noindex=True),
    }
    return render(request, "careers/employers/edit.html", context, status=422 if form.errors else 200)


def _crumbs(employer: Any, last: str) -> list[tuple[str, str | None]]:
    return [*CAREERS, (employer.name, employer.get_absolute_url()), (last, None)]


@confirmed_user
@limited("team-invitation", times=30, seconds=60 * 60)
def employer_team(request: SignedInRequest, employer_id: str) -> HttpResponse:
    """Who posts for the organization. Everybody on the team reads it; owners invite."""
    member = membership_of(request, employer_id)
    is_owner = may_manage_employer(member.role)
    form = InvitationForm(request.POST or None)
    if request.method == "POST":
        if not is_owner:
            raise Http404
        if form.is_valid():
            try:
                invitation = employers.invite_member(member.employer, by=request.user, **form.cleaned_data)
            except NotAllowed as refused:
                form.add_error("email", str(refused))
            else:
                messages.success(request, f"We wrote to {invitation.email}.")
                return redirect("careers:employer-team", employer_id)
    context = {
        "form": form,
        "employer": member.employer,
        "is_owner": is_owner,
        "members": [(one, one.user == request.user) for one in member.employer.members.select_related("user")],
        "invitations": member.employer.invitations.all(),
        "roles": MemberRole.choices,
        "crumbs": _crumbs(member.employer, "Team"),
        "meta": PageMeta("Your team", noindex=True),
    }
    return render(request, "careers/employers/team.html", context, status=422 if form.errors else 200)


@require_POST
@confirmed_user
def member_role(request: HttpRequest, employer_id: str, member_id: int) -> HttpResponse:
    """Give somebody on the team another role. Owners only: nobody raises oneself."""
    employer = owner_of(request, employer_id).employer
    member = get_object_or_404(employer.members.select_related("user"), pk=member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles.")
        return redirect("careers:employer-team", employer_id)
    try:
        employers.set_member_role(member, by=request.user, role=form.cleaned_data["role"])
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The role of {member.user.display_name} is changed.")
    return redirect("careers:employer-team", employer_id)


@confirmed_user
def member_remove(request: HttpRequest, employer_id: str, member_id: int) -> HttpResponse:
    """Take somebody off the team, after a confirmation. One may leave oneself."""
    member = _member(request, employer_id, member_id)
    if request.method == "POST":
        try:
            employers.remove_member(member, by=request.user)
        except NotAllowed as refused:
            messages.error(request, str(refused))
            return redirect("careers:employer-team", employer_id)
        messages.success(request, f"{member.user.display_name} is off the team.")
        if member.user == request.user:
            return redirect("careers:employer-home")
        return redirect("careers:employer-team", employer_id)
    context = {
        "member": member,
        "employer": member.employer,
        "leaving": team.leaving_of(member, is_self=member.user == request.user),
        "crumbs": _crumbs(member.employer, "Team"),
        "meta": PageMeta("Take somebody off the team", noindex=True),
    }
    return render(request, "careers/employers/member_remove.html", context)


def _member(request: HttpRequest, employer_id: str, member_id: int) -> EmployerMember:
    """Somebody on a team that the person owns, or the person."""
    own = membership_of(request, employer_id)
    if own.pk == member_id:
        return own
    if not may_manage_employer(own.role):
        raise Http404
    return get_object_or_404(own.employer.members.select_related("user", "employer"), pk=member_id)


@require_POST
@confirmed_user
def invitation_cancel(request: HttpRequest, employer_id: str, invitation_id: str) -> HttpResponse:
    """Take an invitation back."""
    employer = owner_of(request, employer_id).employer
    invitation = get_object_or_404(employer.invitations, public_id=invitation_id)
    employers.decline_invitation(invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.email} is taken back.")
    return redirect("careers:employer-team", employer_id)


@require_POST
@confirmed_user
def invitation_answer(request: SignedInRequest, invitation_id: str) -> HttpResponse:
    """Say yes or no. The confirmed address is the proof, so a link in a stranger's hands opens nothing."""
    invitation = get_object_or_404(EmployerInvitation.objects.for_user(request.user), public_id=invitation_id)
    answer = request.POST.get("answer")
    if answer not in {"yes", "no"}:
        messages.error(request, "Please press one of the two buttons.")
        return redirect("careers:employer-home")
    if answer == "no":
        employers.decline_invitation(invitation, by=request.user)
        messages.success(request, f"You are not on the team of {invitation.employer}.")
        return redirect("careers:employer-home")
    try:
        employers.accept_invitation(invitation, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return redirect("careers:employer-home")
    messages.success(request, f"Welcome to the team of {invitation.employer}.")
    return redirect(invitation.employer.get_absolute_url())
