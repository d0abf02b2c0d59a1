"""Categories: everything about them is a row."""

from django.contrib import admin

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction

from ..domain.plans import confirm_dues
from ..forms.plan import ConfirmDuesForm
from ..models import Plan
from .bundles import SeatPriceInline


def _words(plan: Plan | None) -> tuple[str, ...]:
    shown = "From now on readers see it, and the page no longer calls the dues a sample."
    if plan is None:
        return (shown, "Each is offered at the dues that the list shows.")
    dues = "free of charge" if plan.is_free else f"{plan.price} {plan.per_term}"
    return (f"{plan}: {dues}. {shown}", "If the dues should be others, change and save them first.")


def _confirm(plan: Plan, form: ConfirmDuesForm, by: Actor) -> ActionOutcome:
    done = confirm_dues(plan, joinable=form.is_joinable)
    return ActionOutcome((f"{done}: {'people can apply for it' if done.joinable else 'shown, by invitation'}.",))


CONFIRM = AdminAction(
    verb="confirm-dues",
    label="Confirm the dues",
    button="Confirm, and show the category",
    permission="membership.change_plan",
    words=_words,
    form=ConfirmDuesForm,
    refusal=lambda plan: "" if plan.sample else "Its dues have been confirmed already.",
    do=_confirm,
)


@admin.register(Plan)
class PlanAdmin(ActionsAdmin):
    when_empty = "A category of membership with its dues: nobody can join before there is one."
    list_display = ("name", "price", "term_months", "grace_days", "reads_journal", "joinable", "sample", "order")
    list_editable = ("order",)
    list_filter = ("joinable", "reads_journal", "sample")
    search_fields = ("name", "eligibility")
    prepopulated_fields = {"slug": ("name",)}
    object_actions = (CONFIRM,)
    list_actions = (CONFIRM,)
    inlines = (SeatPriceInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "order")}),
        ("What the join page says", {"fields": ("summary", "eligibility", "papers_needed", "joinable")}),
        ("Dues and terms", {"fields": (("dues", "currency"), "sample", "term_months", "grace_days")}),
        (
            "A fixed year",
            {"fields": ("year_begins", "late_days", ("is_prorated", "least_dues"))},
        ),
        ("What it opens", {"fields": ("reads_journal",)}),
        ("Where it leads", {"fields": ("steps_up_to",)}),
    )

    @admin.display(description="dues", ordering="dues")
    def price(self, plan: Plan) -> str:
        return str(plan.price)
