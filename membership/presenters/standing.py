"""What is true of a person's membership, in words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.billing.models import Order
from aapm_site.core.templatetags.ui import date_range, day

from ..domain.dues import is_long_over, renewal_plan
from ..models import Application, ApplicationDraft, Membership, Term
from ..queries.seats import Payer
from ..rules import FOR_LIFE, Standing
from ..states import ApplicationStatus, MembershipStatus
from .access import AccessStep, pay_dues

SOON_DAYS = 30
TERM_WORDS = {
    MembershipStatus.GRACE: "Last term",
    MembershipStatus.LAPSED: "Last term",
    MembershipStatus.FUTURE: "First term",
}
PROGRESS = {ApplicationStatus.INFO_ASKED: "waiting for your answer", ApplicationStatus.APPROVED: "approved"}
RENEWING = "renew"
NONE = "You have no membership. Members read the whole Journal and meet their colleagues here."


def progress(application: Application) -> str:
    """What an application waits for, or that it does no more."""
    return PROGRESS.get(ApplicationStatus(application.status), "being read")


def sentence(standing: Standing, application: Application | None, payer: Payer | None = None) -> SafeString | str:
    """What is true today, in one sentence; nothing for a person who has never been a member nor applied. `payer` is the
    institution that pays for the term.
    """
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    ends_on = day(standing.ends_on)
    if standing.status == MembershipStatus.ACTIVE and standing.ends_on == FOR_LIFE:
        return _for_life(term)
    if payer is not None and standing.is_current:
        return _paid_by(payer, standing)
    if standing.status == MembershipStatus.ACTIVE:
        last: Any = standing.last
        then = "" if last.plan == term.plan else f", then {last.plan.name}"
        return format_html(
            "You are a <em>member</em>, category {}{}, until <em>{}</em>.", term.plan.name, then, ends_on
        )
    if standing.status == MembershipStatus.GRACE:
        until = day(standing.grace_ends_on)
        return format_html("Your term ended on {}; everything stays open to you until <em>{}</em>.", ends_on, until)
    if standing.status == MembershipStatus.FUTURE:
        words = "Your membership begins on <em>{}</em>."
        if term.membership.joined_on < term.starts_on:  # it rests in between
            words = "Your membership rests. It goes on by itself on <em>{}</em>."
        return format_html(words, day(term.starts_on))
    if standing.status == MembershipStatus.LAPSED:
        return format_html("Your membership ended on <em>{}</em>.", ends_on)
    if standing.status == MembershipStatus.CLOSED:
        return format_html("Your membership is <em>{}</em>.", "closed")
    if application is None:
        return ""
    return format_html("Your application, category {}, is <em>{}</em>.", application.plan.name, progress(application))


def _paid_by(payer: Payer, standing: Standing) -> SafeString:
    """Who pays, and until when; what the person pays afterwards, where that is arranged already."""
    term: Any = standing.term
    who, until = payer.institution, day(payer.until)
    if standing.status == MembershipStatus.GRACE:
        words = "{} paid for your membership until {}; everything stays open to you until <em>{}</em>."
        return format_html(words, who, until, day(standing.grace_ends_on))
    if standing.ends_on and standing.ends_on > payer.until:
        words = (
            "You are a <em>member</em>, category {}: {} pays until <em>{}</em>, then your own term runs to <em>{}</em>."
        )
        return format_html(words, term.plan.name, who, until, day(standing.ends_on))
    words = "You are a <em>member</em>, category {}: {} pays for it until <em>{}</em>."
    return format_html(words, term.plan.name, who, until)


def _for_life(term: Term) -> SafeString | str:
    """Of an honorary member, and of one who will be when what is paid has run out."""
    if term.source == Term.Source.HONORARY:
        return format_html(
            "You are an <em>honorary member</em>, for life. {}", "There are no dues, and nothing to renew."
        )
    words = "You are a <em>member</em>, category {}, then an <em>honorary member</em> for life."
    return format_html(words, term.plan.name)


def panel_sentence(standing: Standing, application: Application | None) -> str:
    """What the panel of My account adds to that sentence: how an application stands, or what a membership would be."""
    if application is not None:
        return f"Your application, category {application.plan.name}, is {progress(application)}."
    return NONE if standing.status == MembershipStatus.NONE else ""


def draft_sentence(draft: ApplicationDraft) -> str:
    """What the panel says of an application that is begun."""
    return f"You have begun an application, category {draft.plan.name}. Nothing has been sent yet."


def draft_step(draft: ApplicationDraft) -> "PanelStep":
    return PanelStep("", AccessStep("Go on with your application", draft.get_absolute_url()))


@dataclass(frozen=True)
class MembershipFacts:
    """The number and the dates of a membership, for the panel of My account."""

    number: int
    joined: SafeString
    term_label: str
    term: SafeString


def days_of(term: Any) -> SafeString:
    """From when to when; an honorary term has no end."""
    if term.ends_on == FOR_LIFE:
        return format_html("From {}, for life", day(term.starts_on))
    return date_range(term.starts_on, term.ends_on)


def membership_facts(membership: Membership, standing: Standing) -> MembershipFacts:
    term = standing.term
    is_going_on = standing.status == MembershipStatus.FUTURE and membership.joined_on < term.starts_on
    return MembershipFacts(
        membership.number,
        day(membership.joined_on),
        "Next term" if is_going_on else TERM_WORDS.get(standing.status, "This term"),
        days_of(term),
    )


@dataclass(frozen=True)
class PanelStep:
    """A word about what comes next, and the link that leads there."""

    text: str
    step: AccessStep | None = None


def _staying(standing: Standing) -> tuple[str, AccessStep]:
    """How somebody stays a member: by paying the dues of the category, or by a word where there are none."""
    term: Any = standing.term  # the rules know the days of a term, and nothing else of it
    if term and (plan := renewal_plan([term])) and plan.dues:
        return RENEWING, AccessStep("Renew your membership", f"{reverse('membership:mine')}#renew")
    if term and plan and not plan.dues:
        return "say so", AccessStep("Stay a member", f"{reverse('membership:mine')}#renew")
    return "tell us so", AccessStep("Tell us that you stay", "/ask/")


def checkout_of(sku: str) -> str:
    return f"{reverse('billing:checkout')}?{urlencode({'sku': sku})}"


def is_soon(standing: Standing) -> bool:
    """Whether a term that runs ends within a month."""
    ends_on = standing.ends_on
    return ends_on is not None and (ends_on - timezone.localdate()).days <= SOON_DAYS


def may_owe_dues(standing: Standing, application: Application | None) -> bool:
    """Whether the next step would be to pay dues, so that an open invoice for them changes it."""
    is_open = application is not None and application.is_open
    if is_open or standing.status in {MembershipStatus.FUTURE, MembershipStatus.CLOSED}:
        return False
    return standing.status != MembershipStatus.ACTIVE or is_soon(standing)


def next_step(
    standing: Standing,
    application: Application | None,
    invoice: Order | None = None,
    *,
    is_automatic: bool = False,
    payer: Payer | None = None,
) -> PanelStep:
    """What this person would do next about their membership. `invoice` is the open one for their dues: then nobody is
    asked to renew beside it, nor who renews by themselves (`is_automatic`). For whose term a `payer` pays, dues of
    their own come second.
    """
    if application is not None and application.is_open:
        return PanelStep("", AccessStep("See my application", application.get_absolute_url()))
    if invoice is not None and may_owe_dues(standing, application):
        what = "next term" if standing.term else "first term"
        return PanelStep(
            f"Invoice {invoice} for your dues is open. Your {what} is yours as soon as it is paid.",
            AccessStep(f"Pay invoice {invoice}", f"{invoice.get_absolute_url()}#pay"),
        )
    if application is not None:
        return PanelStep("Your term begins on the day on which your dues are paid.", pay_dues())
    if is_automatic and standing.status in {MembershipStatus.ACTIVE, MembershipStatus.GRACE}:
        return PanelStep(
            "Your membership renews by itself; we write to you before each payment.",
            AccessStep("See how, or stop it", f"{reverse('membership:mine')}#automatic"),
        )
    stay = _staying(standing)
    if payer is not None and stay[0] == RENEWING and (standing.status == MembershipStatus.GRACE or is_soon(standing)):
        return PanelStep(
            f"Ask at {payer.institution} whether it pays for the next term. Or pay dues of your own: they follow the "
            "seat, so that no day is paid twice.",
            AccessStep("Pay dues of your own", f"{reverse('membership:mine')}#renew"),
        )
    if standing.status == MembershipStatus.GRACE:
        return PanelStep(f"To stay a member, {stay[0]}. You lose no day by it.", stay[1])
    if standing.status == MembershipStatus.ACTIVE:
        if is_soon(standing):
            return PanelStep(f"To stay a member after that, {stay[0]}. You lose no day by it.", stay[1])
        return PanelStep("", AccessStep("Read the Journal", "/journal/"))
    if standing.status == MembershipStatus.FUTURE:
        return PanelStep("There is nothing to do until then.")
    if standing.status == MembershipStatus.LAPSED:
        if stay[0] == RENEWING and not is_long_over(standing, timezone.localdate()):
            return PanelStep(
                "What the Journal published during your terms stays open to you. You are welcome back: a new term "
                "begins on the day on which its dues are paid.",
                stay[1],
            )
        return PanelStep(
            "What the Journal published during your terms stays open to you. You are welcome back.",
            AccessStep("Join again", "/membership/join/"),
        )
    if standing.status == MembershipStatus.CLOSED:
        return PanelStep("To be a member again, write to us.", AccessStep("Ask us about your membership", "/ask/"))
    return PanelStep("", AccessStep("See the categories", "/membership/join/"))
