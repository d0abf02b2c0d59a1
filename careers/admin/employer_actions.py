"""The actions on an employer: credits that staff give, and the order that staff write down."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.accounts.people import Actor
from aapm_site.accounts.rules import normal_email
from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import ActionView, LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.closing import closing_actions

from ..domain import employers
from ..domain.credits import give_credits
from ..domain.days import give_days
from ..domain.days_ledger import in_days
from ..forms.credits import GiveForm
from ..forms.days import GiveDaysForm
from ..models import Employer
from ..queries import credits
from .owner_recoveries import NAME_OWNER
from .profile_access import PROFILE_ACCESS
from .verification import END_TRUST, TRUST, UNVERIFY, VERIFY


class GiveView(ActionView):
    """A press that carries nothing asks again."""

    def make_form(self, data: Any = None) -> ActionForm:
        return super().make_form(data or None)


def _give_words(employer: Employer) -> tuple[str, ...]:
    owned = "; ".join(f"{row.kind}: {row.left}" for row in credits.owned(employer))
    left = f"Left now: {owned}." if owned else f"{employer} has no postings left."
    return (
        f"{left} The team gets an e-mail about what you give, with your reason, and a position that waits goes to "
        "review at once.",
    )


def _give(employer: Employer, form: GiveForm, by: Actor) -> ActionOutcome:
    count, kind = form.cleaned_data["count"], form.credit_type
    give_credits(
        employer, count, runs_days=kind.runs_days, featured=kind.featured, by=by, reason=form.cleaned_data["reason"]
    )
    done = f"has {kind.of(count)} more" if count > 0 else f"has {kind.of(-count)} less"
    return ActionOutcome((f"{employer} {done}.",))


def _give_days_words(employer: Employer) -> tuple[str, ...]:
    owned = [in_days(left, featured) for featured, left in credits.days_owned(employer).items()]
    left = f"In its account now: {' and '.join(owned)}." if owned else f"The account of {employer} holds no days."
    return (f"{left} Seven or more at a time lengthen a position. The team gets an e-mail, with your reason.",)


def _give_days(employer: Employer, form: GiveDaysForm, by: Actor) -> ActionOutcome:
    count, featured = form.cleaned_data["count"], form.cleaned_data["kind"] == "featured"
    give_days(employer, count, featured=featured, by=by, reason=form.cleaned_data["reason"])
    return ActionOutcome((f"{employer} has {in_days(abs(count), featured)} {'more' if count > 0 else 'less'}.",))


class OpenAccountView(ActionView):
    """Asks once; an employer that has its account is led on to the order."""

    def ask(self) -> HttpResponse:
        if self.subject.customer_id is None:
            return super().ask()
        return HttpResponseRedirect(_place_url(self.subject.customer_id))


def _account_words(employer: Employer) -> tuple[str, ...]:
    return (
        f"{employer} has not bought anything yet. This opens its account with the billing office, where its orders, "
        "invoices and terms will stand; the order itself comes next.",
    )


def _open_account(employer: Employer, form: ActionForm, by: Actor) -> ActionOutcome:
    return ActionOutcome(url=_place_url(employers.customer_of(employer).pk))


def _place_url(customer: int) -> str:
    """Where the order is written down."""
    return reverse("admin:billing_customer_place", args=[customer])


class FirstOwnerForm(ActionForm):
    """Whom, and how one knows that they act for it."""

    email = forms.EmailField(
        label="E-mail of the first owner",
        max_length=254,
        help_text="They sign in, or make an account, with this very address and say yes.",
    )
    reason = reason_for_colleagues("How do you know?", "Say how you know that they act for it.")

    def clean_email(self) -> str:
        return normal_email(self.cleaned_data["email"])


def _first_owner_words(employer: Employer) -> tuple[str, ...]:
    named = "" if employer.verified else " It does not name the organization until that is verified."
    return (
        f"Nobody posts for {employer} yet. This person gets a letter that says who asks, by your address.{named}",
        "Once they have said yes they own it: its details, its team, its positions and its postings.",
    )


def _invite_first_owner(employer: Employer, form: FirstOwnerForm, by: User) -> ActionOutcome:
    invited = employers.invite_first_owner(employer, by=by, email=form.cleaned_data["email"])
    return ActionOutcome((f"The first owner is invited, at {invited.email}: {form.cleaned_data['reason']}",))


EMPLOYER_ACTIONS = (
    VERIFY,
    TRUST,
    AdminAction(
        verb="give",
        label="Give postings",
        permission="careers.give_credits",
        words=_give_words,
        form=GiveForm,
        view=GiveView,
        do=_give,
    ),
    AdminAction(
        verb="give-days",
        label="Give days",
        permission="careers.give_credits",
        words=_give_days_words,
        form=GiveDaysForm,
        view=GiveView,
        do=_give_days,
    ),
    AdminAction(
        verb="order",
        label="Place an order",
        button="Open the account",
        permission="billing.add_order",
        words=_account_words,
        view=OpenAccountView,
        do=_open_account,
    ),
    AdminAction(
        verb="invite-owner",
        label="Invite the first owner",
        button="Send the invitation",
        permission="careers.open_ownerrecovery",
        words=_first_owner_words,
        form=FirstOwnerForm,
        refusal=employers.first_owner_refusal,
        view=LoggedActionView,
        do=_invite_first_owner,
    ),
    NAME_OWNER,
    END_TRUST,
    UNVERIFY,
    *PROFILE_ACCESS,
    *closing_actions(
        "careers.change_employer",
        employers.close_employer,
        employers.reopen_employer,
        words=(
            "It can no longer post or buy, and open invitations to its team end. Its positions, orders and papers are "
            "kept, and its team still reads them. Positions that are open must be withdrawn first."
        ),
        again="It may post and buy again, with the postings that it has left.",
    ),
)
