"""A member's category in words: where it leads, from when, and what a change now would cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from aapm_site.core.money import Money
from aapm_site.core.templatetags.ui import date_range, day

from ..domain.category_changes import ChangeNow, change_now, first_day_of_next, next_category
from ..domain.dues import renewal_plan
from ..models import Membership, Plan, Term


@dataclass(frozen=True)
class NowWords:
    """What a change now gives and costs; without an address it is a press, because it costs nothing."""

    days: SafeString
    dues: Money
    credit: Money | None
    why: str
    price: Money
    url: str


@dataclass(frozen=True)
class ChangeWords:
    """The present category, the one that follows, and what can be pressed. `chosen` says that a change waits; where the
    end of training chose it, `by_training` is that day.
    """

    current: Plan
    following: Plan
    begins: SafeString
    chosen: bool
    by_training: SafeString | str
    is_asked: bool
    now: NowWords | None = None

    @property
    def price(self) -> str:
        plan = self.following
        return plan.price_words.lower() if plan.is_free else f"{plan.price_words} {plan.per_term}"


def change_words(
    membership: Membership | None, terms: Sequence[Term], *, is_invoiced: bool = False
) -> ChangeWords | None:
    """Nothing for a category that leads nowhere, unless another one was chosen for the next term.

    `is_invoiced`: an invoice for dues is open, so no change that costs something is offered beside it.
    """
    valid = [term for term in terms if not term.is_void]
    if membership is None or membership.closed_at or not valid:
        return None
    current = max(valid, key=lambda term: term.starts_on).plan
    leads_to = next_category(membership, valid)
    chosen = renewal_plan(valid)
    if chosen is None or (chosen == current and leads_to is None):
        return None
    is_chosen = chosen != current
    following = chosen if is_chosen else leads_to
    if following is None:
        return None
    now = change_now(membership, valid, following) if following == leads_to else None
    return ChangeWords(
        current,
        following,
        day(first_day_of_next(valid, following)),
        is_chosen,
        day(membership.training_ends_on) if is_chosen and membership.next_plan_id is None else "",
        leads_to is not None,
        _now(now) if now and not (is_invoiced and now.step.price) else None,
    )


def _now(change: ChangeNow) -> NowWords:
    step, currency = change.step, change.plan.currency
    left = "1 day" if step.days == 1 else f"{step.days} days"
    return NowWords(
        date_range(step.period.starts_on, step.period.ends_on),
        Money(step.period.price, currency),
        Money(step.credit, currency) if step.credit else None,
        f"{left} that you do not use",
        Money(step.price, currency),
        f"{reverse('billing:checkout')}?{urlencode({'sku': change.sku})}" if step.price else "",
    )
