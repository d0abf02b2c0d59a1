"""What the finder says of the category that it found: the sum today, the papers, and what comes after it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.money import Money

from ..finding import FoundWay
from ..models import Plan
from ..rules import period_from


@dataclass(frozen=True)
class TakenStep:
    """One thing that was answered; the address changes it, and with it what follows."""

    question: str
    answer: str
    url: str


@dataclass(frozen=True)
class SuggestedPlan:
    """A category with what joining it today would mean."""

    plan: Plan
    reason: str
    sum_today: str
    days: str
    papers: str
    then: str


def finder_url(keys: list[int]) -> str:
    """The finder after these answers."""
    address = reverse("membership:finder")
    return f"{address}?a={'-'.join(map(str, keys))}" if keys else address


def taken_steps(way: FoundWay) -> list[TakenStep]:
    keys = [answer.key for _, answer in way.taken]
    return [
        TakenStep(question.text, answer.text, finder_url(keys[:at])) for at, (question, answer) in enumerate(way.taken)
    ]


def choices_of(way: FoundWay) -> list[tuple[str, str]]:
    """The answers to the question that is asked now, each with its address."""
    keys = [answer.key for _, answer in way.taken]
    return [(one.text, finder_url([*keys, one.key])) for one in (way.question.answers if way.question else ())]


def suggested(plan: Plan, reason: str, on: date | None = None) -> SuggestedPlan:
    period = period_from(on or timezone.localdate(), plan.term_rule)
    until = date_format(period.ends_on)
    if not period.price:
        sum_today, days = "Nothing", f"You would be a member until {until}, and may stay longer."
    else:
        sum_today = str(Money(period.price, plan.currency))
        days = f"If it is approved and paid today, you are a member until {until}."
        if period.months < plan.term_months:
            days = f"{days} That is for the whole months that are left of the year; a full year costs {plan.price}."
    return SuggestedPlan(plan, reason, sum_today, days, plan.papers_needed, _then(plan))


def _then(plan: Plan) -> str:
    following = plan.steps_up_to
    if following is None:
        return ""
    price = "free" if following.is_free else f"{following.price_words} {following.per_term}"
    return (
        f"{following} ({price}), with the first term after your training ends. You say when that is as you apply, and "
        "need no second application."
    )
