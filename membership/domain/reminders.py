"""Mail about a term's end, as the rows of `Reminder` say: before it, after it, and around the end of grace.

What is due is asked of the dates and of the notices already written, so that a run which was missed is caught up and
one that is repeated sends nothing twice. After a standstill only the latest letter is sent: the earlier ones would no
longer be true.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email

from ..models import AutomaticRenewal, Membership, Reminder, SeatTerm, Term, TermNotice
from ..reminder_words import ends, fill, written
from ..rules import last_day_of_grace
from .dues import renewal_plan
from .renewals import renewal_address
from .resignations import resignation_of

AT = time(8, 0)  # in the association's zone: mail that is read with the day's first coffee
TOO_LATE = timedelta(days=30)  # after a longer standstill the news is no news
PREVIEWED_LINK = "/membership/renew/…/"

# Each letter of the last term of everybody who may get one, on its day. All terms are read once, and compared with the
# days between which any letter lies (`span`); only what is left is asked for a further term, by its index. Written as
# an anti join of terms with terms, the planner sorts all of them.
DUE = """
    WITH letter AS (
        SELECT r.id, r.slug, r.name, r.kind IN ('before_grace', 'after_grace') AS by_grace,
            CASE WHEN r.kind IN ('before_end', 'before_grace') THEN -r.days ELSE r.days END AS shift,
            (SELECT array_agg(p.plan_id) FROM membership_reminder_plans p WHERE p.reminder_id = r.id) AS plans
        FROM membership_reminder r WHERE r.is_on
    ),
    span AS (SELECT %(first)s::date - max(shift) AS first, %(last)s::date - min(shift) AS last FROM letter),
    near AS MATERIALIZED (
        SELECT t.id, t.membership_id, t.plan_id, t.starts_on, t.ends_on, t.grace_days, t.created_at
        FROM membership_term t
        WHERE t.ends_on <= (SELECT last FROM span) AND t.ends_on + t.grace_days >= (SELECT first FROM span)
            AND t.void_at IS NULL AND t.source <> 'honorary'
            AND t.starts_on = (
                SELECT max(f.starts_on) FROM membership_term f
                WHERE f.membership_id = t.membership_id AND f.void_at IS NULL
            )
    ),
    step AS MATERIALIZED (
        SELECT l.slug, l.name, t.id AS term, t.membership_id, t.ends_on, t.created_at, d.day, a.due_at,
            max(d.day) FILTER (WHERE a.due_at <= %(reached)s) OVER (PARTITION BY t.id) AS latest
        FROM near t
        CROSS JOIN letter l
        CROSS JOIN LATERAL (SELECT t.ends_on + CASE WHEN l.by_grace THEN t.grace_days ELSE 0 END + l.shift AS day) d
        CROSS JOIN LATERAL (SELECT (d.day + %(clock)s::time) AT TIME ZONE %(zone)s AS due_at) a
        WHERE d.day BETWEEN %(first)s AND %(last)s AND d.day > t.starts_on
            AND (t.grace_days > 0 OR NOT l.by_grace)
            AND (l.plans IS NULL OR t.plan_id = ANY (l.plans))
    )
    SELECT s.term, s.slug, s.name, s.due_at, m.id, m.number,
        coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), split_part(u.email, '@', 1), 'Without a name')
    FROM step s
    JOIN membership_membership m ON m.id = s.membership_id AND m.closed_at IS NULL
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        AND NOT EXISTS (
            SELECT 1 FROM membership_automaticrenewal a JOIN billing_keptcard c ON c.id = a.card_id
            WHERE a.membership_id = m.id AND a.stopped_at IS NULL AND a.confirmed_at IS NOT NULL AND c.state = 'kept'
        )
    WHERE s.due_at BETWEEN %(oldest)s AND %(at)s AND s.due_at >= s.created_at
        AND NOT EXISTS (SELECT 1 FROM membership_termnotice n WHERE n.term_id = s.term AND n.step = s.slug)
        AND NOT EXISTS (
            SELECT 1 FROM membership_resignation r
            WHERE r.membership_id = m.id AND r.withdrawn_at IS NULL AND r.last_day >= s.ends_on
        )
        AND s.day >= coalesce(s.latest, s.day)
    ORDER BY s.due_at, s.term, s.slug
"""


def due_reminders(at: datetime) -> Iterator[DueRow]:
    """Every letter that is due by `at`, not sent yet and not overtaken by a later one or a further term. One statement,
    without a row of a model. People who cannot sign in get no mail, nor does a membership that is closed or resigned,
    nor one that renews by itself: that one has letters of its own (`automatic_due.py`).
    """
    reached = min(at, timezone.now())
    oldest = reached - TOO_LATE
    asked: dict[str, Any] = {
        "clock": AT,
        "zone": settings.TIME_ZONE,
        "at": at,
        "reached": reached,
        "oldest": oldest,
        "first": timezone.localdate(oldest),
        "last": timezone.localdate(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(DUE, asked)
        rows = cursor.fetchall()
    for term, slug, name, due_at, membership, number, who in rows:
        yield DueRow(
            key=f"{term}:{slug}",
            title=f"{name}: mail to {who} (no. {number})",
            at=due_at,
            url=reverse("admin:membership_membership_change", args=[membership]),
        )


@transaction.atomic
def send_reminder(key: str) -> None:
    """Write the notice and queue its mail, once. A row that is no longer due, or unknown, is left alone.

    Locks the membership, so that no letter goes to somebody whose renewal is being booked at this moment.
    """
    number, _, slug = key.partition(":")
    reminder = Reminder.objects.filter(slug=slug, is_on=True).first()
    if reminder is None or not (number.isascii() and number.isdigit()):
        return
    term = Term.objects.valid().select_related("membership__user").filter(pk=number).first()
    if term is None or not _may_get(reminder, term):
        return
    try:
        with transaction.atomic():
            TermNotice.objects.create(term=term, step=slug)
            user = term.membership.user
            # Secret: the link in it orders in the member's name.
            context = letter(reminder, term, renewal_address(term))
            queue_email(user.email, "membership/reminder", context, user=user, kind="membership-ending", secret=True)
    except IntegrityError:
        return  # somebody else has sent it


def _may_get(reminder: Reminder, term: Term) -> bool:
    membership = Membership.objects.select_for_update().get(pk=term.membership_id)
    further = Term.objects.valid().filter(membership=membership, starts_on__gt=term.starts_on)
    if resignation_of(membership) is not None or AutomaticRenewal.objects.on().filter(membership=membership).exists():
        return False
    if membership.closed_at is not None or not term.membership.user.is_active or further.exists():
        return False
    if term.source == Term.Source.HONORARY:  # nothing is to be renewed
        return False
    plans = set(reminder.plans.values_list("pk", flat=True))
    return reminder.fits(term) and (not plans or term.plan_id in plans)


def letter(reminder: Reminder, term: Term, link: str) -> dict[str, Any]:
    """The subject and the text for one member, as they are mailed; a preview gives a link that is none."""
    values = _values(term, link)
    return {"subject": " ".join(fill(reminder.subject, values).split()), "body": fill(reminder.text, values)}


def _values(term: Term, link: str) -> Mapping[str, str]:
    today, grace_ends_on = timezone.localdate(), last_day_of_grace(term)
    return {
        "name": term.membership.user.get_short_name(),
        "category": term.plan.name,
        "number": str(term.membership.number),
        "ends_on": written(term.ends_on),
        "ends": ends(term.ends_on, today),
        "grace_ends_on": written(grace_ends_on),
        "grace_ends": ends(grace_ends_on, today),
        "grace": f"Everything stays open to you until {written(grace_ends_on)}." if term.grace_days else "",
        "stay": _way_to_stay(term, link),
        "site": settings.SITE_ORIGIN,
    }


def _way_to_stay(term: Term, link: str) -> str:
    """Where a member stays one: by the letter's link where there are dues, by a press where there are none."""
    plan = renewal_plan([term])
    if plan is None:
        return f"To stay a member, tell us so here:\n{absolute('/ask/')}"
    if not plan.dues:
        return f"Your category has no dues. Stay a member by a press here:\n{absolute(reverse('membership:mine'))}"
    return _who_has_paid(term) + (
        f"The dues are {plan.price_words} {plan.per_term}. Renew here, by card or with an invoice, without signing "
        f"in:\n{link}\n\nYou owe nothing: a renewal is an offer, and without a payment it simply ends. The link is "
        "yours and good once."
    )


def _who_has_paid(term: Term) -> str:
    """For a member on a seat: an institution paid, and may do so again."""
    link = SeatTerm.objects.filter(term=term).select_related("seat__bundle").first()
    if link is None:
        return ""
    return f"{link.seat.bundle} paid for this term; ask there whether it pays for the next. Or renew by yourself.\n\n"


__all__ = ["AT", "due_reminders", "letter", "moment", "send_reminder"]
