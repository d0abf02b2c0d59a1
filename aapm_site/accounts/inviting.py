"""Inviting staff in the admin: one page with a few boxes, and the letter once more for who has not come yet."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.transitions import NotAllowed

from .domain.staff import ASSIGN_ROLES, invite_to_staff, write_invitation
from .models import User
from .people import Actor
from .staff_forms import StaffInvitationForm


def _again(person: User, form: ActionForm, by: Actor) -> ActionOutcome:
    write_invitation(person, by=by)
    return ActionOutcome((f"The invitation goes to {person.email} once more.",))


INVITE_AGAIN = AdminAction(
    verb="invite-again",
    label="Send the invitation again",
    permission=ASSIGN_ROLES,
    is_offered=lambda person: person.is_staff and person.is_active and person.last_login is None,
    words=lambda person: (
        f"It goes to {person.email}. If that address is wrong, go back and correct it first.",
        "The letter holds nothing that signs in: they get a code by mail, and set up a second step.",
    ),
    do=_again,
)


class InvitingAdmin(ActionsAdmin):
    """A mixin of the people's admin."""

    change_list_template = "admin/accounts/user_list.html"
    object_actions: Sequence[AdminAction] = (INVITE_AGAIN,)

    def get_urls(self) -> list[URLPattern]:
        invite = path("invite/", self.admin_site.admin_view(self.invite), name="accounts_user_invite")
        return [invite, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_invite = request.user.has_perm(ASSIGN_ROLES)
        return super().changelist_view(request, {"may_invite": may_invite, **(extra_context or {})})

    def invite(self, request: HttpRequest) -> HttpResponse:
        """GET asks whom, POST invites; a refusal keeps what was typed."""
        if not request.user.has_perm(ASSIGN_ROLES):
            raise PermissionDenied
        form = StaffInvitationForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                person = invite_to_staff(**form.cleaned_data, by=request.user)
            except NotAllowed as refused:
                form.add_error(None, str(refused))
            else:
                self.log_addition(request, person, "Invited to the staff.")
                messages.success(request, f"The invitation goes to {person.email}.")
                return HttpResponseRedirect(change_url(person))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Invite somebody to the staff",
            "form": form,
            "back": reverse("admin:accounts_user_changelist"),
        }
        return TemplateResponse(request, "admin/accounts/invite.html", context, status=422 if form.errors else 200)
