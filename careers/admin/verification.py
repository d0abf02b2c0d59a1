"""The actions by which staff verify an employer and take that back, and the record of all such decisions."""

import hashlib

from django.contrib import admin

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin

from ..domain import credit_ledger, trust, verifications
from ..models import Employer, EmployerDecision
from ..presenters.verification import decision_words


class VerifyForm(ActionForm):
    """How one knows it. What is verified is what the page showed: a name, and a website."""

    changed_since = "The organization has another name or website since you opened this page. Please look at it again."
    reason = reason_for_colleagues("How do you know?", "Say how you know; your colleagues will read it.")

    def mark(self) -> str:
        name, website = Employer.objects.values_list("name", "website").get(pk=self.subject.pk)
        return hashlib.sha256(f"{name}\n{website}".encode()).hexdigest()

    def refuse_if_changed(self) -> None:
        credit_ledger.lock_employer(self.subject.pk)
        super().refuse_if_changed()


class UnverifyForm(ActionForm):
    """Why, for whoever asks later."""

    reason = reason_for_colleagues("Why?", "Say why; your colleagues will read it.")


def _verify_words(employer: Employer) -> tuple[str, ...]:
    website = f" Its website is {employer.website}." if employer.website else " It names no website."
    return (
        f"You know that {employer} is who it says it is.{website}",
        "Its positions come without a warning, and its team may invite as many people as it likes.",
    )


def _verify(employer: Employer, form: VerifyForm, by: Actor) -> ActionOutcome:
    how = form.cleaned_data["reason"]
    return ActionOutcome((f"{verifications.verify_employer(employer, by=by, how=how)} is verified: {how}",))


def _take_back(employer: Employer, form: UnverifyForm, by: Actor) -> ActionOutcome:
    why = form.cleaned_data["reason"]
    done = verifications.unverify_employer(employer, by=by, why=why)
    return ActionOutcome((f"{done} is not verified any more: {why}",))


VERIFY = AdminAction(
    verb="verify",
    label="Verify",
    permission="careers.change_employer",
    is_offered=lambda employer: not employer.verified,
    words=_verify_words,
    form=VerifyForm,
    view=LoggedActionView,
    do=_verify,
)
UNVERIFY = AdminAction(
    verb="unverify",
    label="Take the verification back",
    permission="careers.change_employer",
    danger=True,
    is_offered=lambda employer: employer.verified,
    words=("Whoever reviews its positions is warned again. What is live stays so.",),
    form=UnverifyForm,
    view=LoggedActionView,
    do=_take_back,
)


class TrustForm(VerifyForm):
    """Why. Who is trusted is whom the page showed."""

    reason = reason_for_colleagues("Why do you trust it?", "Say why; your colleagues will read it.")


def _trust(employer: Employer, form: TrustForm, by: Actor) -> ActionOutcome:
    why = form.cleaned_data["reason"]
    return ActionOutcome((f"{trust.trust_employer(employer, by=by, why=why)} is trusted: {why}",))


def _end_trust(employer: Employer, form: UnverifyForm, by: Actor) -> ActionOutcome:
    why = form.cleaned_data["reason"]
    return ActionOutcome((f"{trust.end_trust(employer, by=by, why=why)} is not trusted any more: {why}",))


TRUST = AdminAction(
    verb="trust",
    label="Trust it",
    permission="careers.change_employer",
    is_offered=lambda employer: employer.verified and not employer.trusted and employer.closed_at is None,
    words=(
        "Its new positions may be approved together with others, from a list that shows each of them.",
        "The trust ends by itself when the organization takes another name, or is not verified any more.",
    ),
    form=TrustForm,
    view=LoggedActionView,
    do=_trust,
)
END_TRUST = AdminAction(
    verb="end-trust",
    label="End the trust",
    permission="careers.change_employer",
    danger=True,
    is_offered=lambda employer: employer.trusted,
    words=("Each of its positions is read by itself again. What is live stays so.",),
    form=UnverifyForm,
    view=LoggedActionView,
    do=_end_trust,
)


@admin.register(EmployerDecision)
class EmployerDecisionAdmin(ReadOnlyAdmin):
    """Who decided what of which employer, when, and how they knew."""

    list_display = ("employer", "kind", "at", "by", "in_words")
    list_filter = ("kind",)
    linked_by = ("employer__id__exact",)
    list_select_related = ("employer", "by")
    search_fields = ("employer__name", "domain", "reason")
    fields = ("employer", "kind", "at", "by", "domain", "reason")

    @admin.display(description="how or why")
    def in_words(self, decision: EmployerDecision) -> str:
        return decision_words(decision)
