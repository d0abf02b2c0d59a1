"""Credits that come and go for an employer: bought, given by staff, taken back. Waiting jobs follow at once."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from aapm_site.accounts.people import Actor
from aapm_site.billing.models import OrderLine
from aapm_site.billing.states import OrderStatus
from aapm_site.core.transitions import NotAllowed, within_transaction

from ..choices import CreditReason, DaysReason
from ..credit_types import SHOP, CreditType
from ..models import CreditEntry, Employer
from . import credit_ledger, days_ledger, notifications, review_queue

MOST_AT_ONCE = 100


def credit_type_of(line: OrderLine) -> CreditType:
    """The kind that a line sold, as it was then."""
    return CreditType(int(line.details["runs_days"]), bool(line.details["featured"]))


def _buyer(line: OrderLine) -> Employer:
    """The employer that bought a line, locked. NotAllowed when there is none any more."""
    employer = credit_ledger.employers_to_lock().filter(customer=line.order.customer_id).first()
    if employer is None:
        raise NotAllowed(
            f"The account that bought “{line.title}” belongs to no employer any more, so nobody can have its postings. "
            "Cancel the order, or refund what was paid as an amount."
        )
    employer.customer = line.order.customer  # who asks this account for its employer need not ask the database
    return employer


def add_bought_credits(lines: Sequence[OrderLine]) -> int:
    """Give what paid lines of one order bought and the employer does not have yet; says how many that were.

    Safe to repeat and to race. Pieces that a credit note took back are not given again. NotAllowed without an employer.
    """
    if not lines:
        return 0
    with within_transaction():
        employer, had = _buyer(lines[0]), credit_ledger.credits_of_lines(lines)
        bought = {line: int(line.details["postings"]) * line.kept - had.get(line.pk, 0) for line in lines}
        entries = [
            credit_ledger.new_entry(employer, credit_type_of(line), missing, CreditReason.BOUGHT, order_line=line)
            for line, missing in bought.items()
            if missing > 0
        ]
        if had:
            _restore_days(employer, lines, had)
        if entries:
            review_queue.release_waiting_jobs(employer, credit_ledger.add_entries(employer, entries))
        return sum(entry.change for entry in entries)


def settle_days_of(line: OrderLine) -> None:
    """The days that are owed since a bank took the money for this line and others of its order back."""
    with within_transaction():
        settle_unpaid_days(_buyer(line))


@transaction.atomic
def take_back_credits(line: OrderLine, quantity: int, *, forced: bool = False) -> int:
    """Take back what `quantity` pieces of a line gave; says how many credits that were.

    Unless forced, NotAllowed when some of them have been used. Forced, it takes what is left; whoever forces it settles
    the days that the used ones owe.
    """
    employer, kind = _buyer(line), credit_type_of(line)
    wanted = min(int(line.details["postings"]) * quantity, credit_ledger.credits_of_lines([line]).get(line.pk, 0))
    left = credit_ledger.credits_left(employer, kind)
    if wanted > left and not forced:
        raise NotAllowed(
            f"{_unused(left, wanted)}, so {employer} keeps what it bought. Take back less, or refund an amount without "
            "taking postings back."
        )
    count = min(wanted, left)
    if count > 0:
        credit_ledger.remove_credits(employer, kind, count, CreditReason.TAKEN_BACK, order_line=line)
    return max(count, 0)


def settle_unpaid_days(employer: Employer) -> None:
    """Hold as many days of the account as used credits that nobody has paid for are worth, or as many as it has.

    A used credit of an unpaid order owes the days of its kind. What is held beyond that is restored. Call it under the
    employer's lock when days came, or when the credits of unpaid orders became fewer.
    """
    lines = _unpaid_lines(employer)
    had = credit_ledger.credits_of_lines(lines) if lines else {}
    owed = [(_owed_days(line, had[line.pk]), line) for line in lines if line.pk in had]
    for days, line in sorted(owed, key=lambda pair: (pair[0] > 0, pair[1].pk)):
        _hold_days(employer, line, days)


def days_held_of(employer: Employer, featured: bool, count: int) -> int:
    """How many of so many days would be held for used credits that are not paid, if they came now. Writes nothing."""
    lines = [line for line in _unpaid_lines(employer) if credit_type_of(line).featured == featured] if count else []
    had = credit_ledger.credits_of_lines(lines) if lines else {}
    owed = sum(max(0, _owed_days(line, had[line.pk])) for line in lines if line.pk in had)
    return min(count, owed)


def _unpaid_lines(employer: Employer) -> list[OrderLine]:
    """What was sold in orders that wait for a payment."""
    if employer.customer_id is None:
        return []
    ours = OrderLine.objects.filter(order__customer=employer.customer_id, order__status=OrderStatus.AWAITING_PAYMENT)
    return [line for line in ours.select_related("order__customer").order_by("pk") if line.room == SHOP]


def _owed_days(line: OrderLine, unpaid: int) -> int:
    """What so many unpaid credits of a line owe beyond what is held for it; below zero what is held too much."""
    return unpaid * credit_type_of(line).runs_days - days_ledger.taken_for(line)


def _hold_days(employer: Employer, line: OrderLine, days: int) -> None:
    featured = credit_type_of(line).featured
    if days < 0:
        days_ledger.add_days(employer, featured, -days, DaysReason.RESTORED, order_line=line)
    elif count := min(days, days_ledger.days_left(employer, featured)):
        days_ledger.remove_days(employer, featured, count, DaysReason.TAKEN_BACK, order_line=line)


def _restore_days(employer: Employer, lines: Sequence[OrderLine], had: Mapping[int, int]) -> None:
    """The lines are paid again: days that were held for them come back, but for pieces that nobody pays."""
    for line in lines:
        if line.pk in had:
            beyond = max(0, had[line.pk] - int(line.details["postings"]) * line.kept)
            _hold_days(employer, line, min(0, _owed_days(line, beyond)))


def collect_unpaid_credits(employer: Employer) -> int:
    """Take back what was given for orders that are not paid any more, because a payment came back; how many credits.

    Call it under the employer's lock when credits or days came back: the bank's debt goes before a new use.
    """
    lines = _unpaid_lines(employer)
    count = sum(take_back_credits(line, line.quantity, forced=True) for line in lines)
    if lines:
        settle_unpaid_days(employer)
    return count


def _unused(left: int, wanted: int) -> str:
    if left == 0:
        return "What was bought has been used"
    return f"Only {left} of {wanted} postings {'is' if left == 1 else 'are'} unused"


@transaction.atomic
def give_credits(
    employer: Employer, count: int, *, runs_days: int = 30, featured: bool = False, by: Actor, reason: str
) -> CreditEntry:
    """Staff give credits, or with a count below zero take unused ones back, always with a reason that the team reads.

    Raises NotAllowed for no count, more than 100 at once, no reason, or more than the employer owns.
    """
    kind, reason = CreditType(runs_days, featured), reason.strip()
    if not reason:
        raise NotAllowed("Please give a reason; the employer's team will read it.")
    if not 1 <= abs(count) <= MOST_AT_ONCE:
        raise NotAllowed(f"Give between 1 and {MOST_AT_ONCE} postings, or take as many back with a minus sign.")
    locked = credit_ledger.lock_employer(employer.pk)
    if count < 0:
        return _take(locked, kind, -count, by=by, reason=reason)
    entry = credit_ledger.new_entry(locked, kind, count, CreditReason.GIVEN, by=by, reason=reason)
    left = credit_ledger.add_entries(locked, [entry])
    notifications.tell_of_gift(locked, kind.of(count), reason)
    review_queue.release_waiting_jobs(locked, left)
    return entry


def _take(employer: Employer, kind: CreditType, count: int, *, by: Actor, reason: str) -> CreditEntry:
    try:
        return credit_ledger.remove_credits(employer, kind, count, CreditReason.TAKEN_BACK, by=by, reason=reason)
    except credit_ledger.TooFew as short:
        left = credit_ledger.credits_left(employer, kind)
        raise NotAllowed(f"{employer} has {left} left of {kind}, so {count} cannot be taken back.") from short
