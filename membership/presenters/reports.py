"""The reports about members for the staff, in words, charts and tables."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils import dateformat, timezone

from aapm_site.billing.queries.revenue import revenue_of_shop
from aapm_site.core.money import Money
from aapm_site.core.periods import ReportPeriod
from aapm_site.core.report_tables import (
    Cell,
    Report,
    ReportBars,
    Reported,
    ReportLines,
    ReportTable,
    Share,
    lines_of_months,
)

from .. import regions
from ..queries import reports as figures
from ..queries.reports import Cohort, MemberCount, MonthOfDues, MonthOfMembers
from ..skus import SHOP

NOT_KNOWN = "Not known"
STATES = dict(regions.CHOICES)
MOST_BARS = 12


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


# On a day -------------------------------------------------------------------------------------------------------------
def members_on_a_day(period: ReportPeriod) -> Reported:
    """Who is a member on a day, by category, state, specialty and career stage."""
    on = period.last
    found = figures.members_on(on)
    parts = (
        ("category", "Category", _named(found.categories)),
        ("career stage", "Career stage", _named(found.stages)),
        ("specialty", "Specialty", _named(found.specialties)),
        ("state", "State", _named(found.states, STATES)),
    )
    return Reported(
        _members_words(found.whole, on),
        tuple(_bars(f"Members by {by}", rows) for by, _, rows in parts if rows),
        tuple(
            ReportTable(
                f"By {by}",
                (head, "Paid up", "In grace", "Members"),
                [_line(row) for row in rows],
                _line(found.whole, "All"),
            )
            for by, head, rows in parts
        ),
        (
            "A member is whoever has a term on this day, or is in the days of grace after one. Closed memberships and "
            "terms that were taken back do not count. Everybody is counted once in each table.",
            "Category is that of the term. State, specialty and career stage are as we know them today, since nobody "
            "tells us when they change. Who asked to be forgotten is counted, without a name, until that day.",
        ),
        ReportTable(
            "Members",
            ("By", "Name", "Paid up", "In grace", "Members"),
            [(head, *_line(row)) for _, head, rows in parts for row in rows],
        ),
    )


def _members_words(whole: MemberCount, on: date) -> str:
    if not whole.members:
        return f"Nobody is a member on {dateformat.format(on, 'F j, Y')}."
    grace = f", {whole.grace:,} of them in grace" if whole.grace else ""
    return f"{_count(whole.members, 'member')} on {dateformat.format(on, 'F j, Y')}{grace}."


def _named(rows: Iterable[MemberCount], names: dict[str, str] | None = None) -> list[MemberCount]:
    """What is not known comes last."""
    named = [MemberCount((names or {}).get(row.name, row.name) or NOT_KNOWN, row.active, row.grace) for row in rows]
    return sorted(named, key=lambda row: row.name == NOT_KNOWN)


def _line(row: MemberCount, name: str = "") -> tuple[Cell, ...]:
    return name or row.name, row.active, row.grace, row.members


def _bars(caption: str, rows: Sequence[MemberCount]) -> ReportBars:
    """The first of many; the table has all."""
    first = f"{caption}, the first {MOST_BARS}" if len(rows) > MOST_BARS else caption
    return ReportBars(first, [(row.name, row.members) for row in rows[:MOST_BARS]])


# By month -------------------------------------------------------------------------------------------------------------
def comings_and_goings(period: ReportPeriod) -> Reported:
    """Who joined, renewed, came back and lapsed, month by month."""
    period = ReportPeriod(period.first, max(min(period.last, timezone.localdate()), period.first))
    months = figures.movements(period)
    whole = {
        name: sum(getattr(one, name) for one in months)
        for name in ("joined", "renewed", "returned", "lapsed", "closed")
    }
    over = Share(whole["renewed"], whole["renewed"] + whole["lapsed"])
    answer = (
        f"{_count(whole['joined'], 'person', 'people')} joined, {_count(whole['renewed'], 'member')} renewed, "
        f"{whole['returned']:,} came back after a gap, {whole['lapsed']:,} lapsed and {whole['closed']:,} left by a "
        f"decision. Of those whose time was over, {over} renewed."
        if any(whole.values())
        else "Nobody joined, renewed or lapsed in these days."
    )
    head = ("Month", "Joined", "Renewed", "Came back", "Lapsed", "Closed", "Members at its end")
    return Reported(
        answer,
        (
            *lines_of_months(
                "Joined and lapsed", period.months,
                ("joined or came back", [one.joined + one.returned for one in months]),
                ("lapsed", [one.lapsed for one in months]),
            ),
            *lines_of_months(
                "Members at the end of each month", period.months, ("members", [one.members for one in months])
            ),
        ),
        (
            ReportTable(
                "By month",
                head,
                [_month(month, one) for month, one in zip(period.months, months, strict=True)],
                ("All of these days", *whole.values(), months[-1].members),
            ),
        ),
        (
            "Joined is a first term, on its first day. Renewed is a term that begins before the grace of the earlier "
            "one is over; later, somebody came back. Lapsed is counted on the first day after grace, and closed on the "
            "day of the decision. So the members at the end of a month are those at its beginning, and who joined or "
            "came back, less who lapsed or was closed.",
            "Days ahead are left out: whoever has not renewed yet may still do so.",
        ),
    )  # fmt: skip


def _month(month: ReportPeriod, one: MonthOfMembers) -> tuple[Cell, ...]:
    return month, one.joined, one.renewed, one.returned, one.lapsed, one.closed, one.members


# Retention ------------------------------------------------------------------------------------------------------------
def retention(period: ReportPeriod) -> Reported:
    """How many of those who joined in a year were still members one, two, three years later."""
    cohorts = figures.retention(period.last)
    longest = max((len(one.kept) for one in cohorts), default=0)
    return Reported(
        _retention_words(cohorts),
        tuple(_retention_charts(cohorts)),
        (
            ReportTable(
                "By the year of joining",
                ("Joined in", "People", *(f"After {_count(years, 'year')}" for years in range(1, longest + 1))),
                [
                    (str(one.year), one.joined, *(_kept(one, years) for years in range(1, longest + 1)))
                    for one in cohorts
                ],
            ),
        ),
        (
            "A cohort is everybody whose first term began in that year. “After two years” is the share of them who "
            "had a term on the same day two years after their own first one: who left and came back in between counts, "
            "and grace alone does not. A share is shown once that day has passed for the whole cohort.",
            "Who asked to be forgotten stays in their cohort, without a name.",
        ),
        ReportTable(
            "Retention",
            ("Joined in", "People", "Years after", "Members", "Percent"),
            [
                (str(one.year), one.joined, years, kept, Share(kept, one.joined))
                for one in cohorts
                for years, kept in enumerate(one.kept, start=1)
            ],
        ),
    )


def _kept(one: Cohort, years: int) -> Cell:
    return Share(one.kept[years - 1], one.joined) if years <= len(one.kept) else None


def _after(cohorts: Sequence[Cohort], years: int) -> Share:
    """Over all cohorts that are known so far."""
    known = [one for one in cohorts if len(one.kept) >= years]
    return Share(sum(one.kept[years - 1] for one in known), sum(one.joined for one in known))


def _retention_words(cohorts: Sequence[Cohort]) -> str:
    if not any(one.kept for one in cohorts):
        return "A year must have passed since the first members joined."
    later = f", and {_after(cohorts, 3)} after three" if any(len(one.kept) >= 3 for one in cohorts) else ""
    return f"Of those who join, {_after(cohorts, 1)} are members a year later{later}."


def _retention_charts(cohorts: Sequence[Cohort]) -> Iterator[ReportLines | ReportBars]:
    one_year = [(str(one.year), _after([one], 1).percent) for one in cohorts if one.kept]
    three_years = {str(one.year): _after([one], 3).percent for one in cohorts if len(one.kept) >= 3}
    known = [(year, share, three_years.get(year)) for year, share in one_year if share is not None]
    both = [(year, first, third) for year, first, third in known if third is not None]
    if len(both) > 1:
        series = (("after one year", [row[1] for row in both]), ("after three years", [row[2] for row in both]))
        yield ReportLines("Still members, by the year of joining", series, [row[0] for row in both], "%")
    longest = max((len(one.kept) for one in cohorts), default=0)
    shares = [(f"After {_count(years, 'year')}", _after(cohorts, years)) for years in range(1, longest + 1)]
    if shares:
        yield ReportBars(
            "Still members, all years together",
            [
                (f"{name}, of {_count(one.whole, 'person', 'people')}", one.percent)
                for name, one in shares
                if one.percent is not None
            ],
            "%",
        )


# Dues -----------------------------------------------------------------------------------------------------------------
def dues(period: ReportPeriod) -> Reported:
    """What renewals would bring, and what was paid for dues."""
    expected = figures.expected_dues(period)
    received = {
        one.currency: [net + tax for net, tax in zip(one.net, one.tax, strict=True)]
        for one in revenue_of_shop(SHOP, period)
    }
    nothing = [MonthOfDues(0, Decimal(0), 0)] * len(period.months)
    sums = [
        (currency, expected.get(currency, nothing), received.get(currency, [Decimal(0)] * len(period.months)))
        for currency in sorted({*expected, *received})
    ]
    return Reported(
        " ".join(_dues_words(*one) for one in sums) or "No dues were due and none were paid in these days.",
        tuple(chart for one in sums for chart in _dues_charts(period, *one)),
        tuple(_dues_table(period, *one, several=len(sums) > 1) for one in sums),
        (
            "Expected is what the terms that end in a month would cost at today’s dues, if all of them were renewed; "
            "who pays early or late, or for several years, pays in another month. Categories without dues, terms that "
            "an institution pays and honorary ones are left out.",
            "Received is what was paid for dues, first ones and changes of category too, on the day on which it came, "
            "less what was refunded. It follows from the ledger, so it agrees with Finance to the cent.",
        ),
        ReportTable(
            "Dues",
            ("Month", "Terms that end", "Expected", "Renewed", "Received", "Currency"),
            [
                (month, due.terms, due.dues, due.renewed, paid, currency)
                for currency, expected_then, paid_then in sums
                for month, due, paid in zip(period.months, expected_then, paid_then, strict=True)
            ],
        ),
    )


def _dues_words(currency: str, expected: Sequence[MonthOfDues], received: Sequence[Decimal]) -> str:
    terms, renewed = sum(one.terms for one in expected), sum(one.renewed for one in expected)
    due = Money(sum((one.dues for one in expected), Decimal(0)), currency)
    paid = Money(sum(received, Decimal(0)), currency)
    return (
        f"{_count(terms, 'term')} with dues of {due} {'ends' if terms == 1 else 'end'} in these days; {renewed:,} of "
        f"them ({Share(renewed, terms)}) {'is' if renewed == 1 else 'are'} renewed. {paid} was paid for dues."
    )


def _dues_charts(
    period: ReportPeriod, currency: str, expected: Sequence[MonthOfDues], received: Sequence[Decimal]
) -> Iterable[ReportLines]:
    series = (("expected", [one.dues for one in expected]), ("received", received))
    return lines_of_months("Dues by month", period.months, *series, axis=currency)


def _dues_table(
    period: ReportPeriod, currency: str, expected: Sequence[MonthOfDues], received: Sequence[Decimal], *, several: bool
) -> ReportTable:
    rows: list[tuple[Cell, ...]] = [
        (month, due.terms, due.dues, due.renewed, Share(due.renewed, due.terms), paid)
        for month, due, paid in zip(period.months, expected, received, strict=True)
    ]
    terms, renewed = sum(one.terms for one in expected), sum(one.renewed for one in expected)
    whole = sum((one.dues for one in expected), Decimal(0))
    return ReportTable(
        f"By month, {currency}" if several else "By month",
        ("Month", "Terms that end", f"Expected, {currency}", "Renewed", "Share renewed", f"Received, {currency}"),
        rows,
        ("Together", terms, whole, renewed, Share(renewed, terms), sum(received, Decimal(0))),
    )


REPORTS = (
    Report(
        "members", "Members on a day",
        "How many members are there, by category, career stage, specialty and state, today or on any past day?",
        members_on_a_day, is_of_a_day=True,
    ),
    Report(
        "movement", "Joined, renewed, lapsed", "Who joined, renewed and lapsed, month by month?", comings_and_goings
    ),
    Report(
        "retention", "Retention", "How many of those who joined in a year are still members years later?",
        retention, is_of_a_day=True,
    ),
    Report("dues", "Dues", "What do renewals bring, and what was paid?", dues),
)  # fmt: skip
