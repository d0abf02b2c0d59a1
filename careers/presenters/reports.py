"""The reports of the career center for its staff, in words, charts and tables."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from aapm_site.billing.queries.revenue import ShopRevenue, revenue_of_shop
from aapm_site.core.money import Money
from aapm_site.core.periods import ReportPeriod
from aapm_site.core.report_tables import (
    Cell,
    Mean,
    Report,
    ReportBars,
    Reported,
    ReportLines,
    ReportTable,
    Share,
    hours_of,
    lines_of_months,
    time_in_words,
)

from ..credit_types import SHOP
from ..queries import reports as figures

MOST_WORDS, MOST_WORDS_IN_A_FILE = 50, 5_000


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def _lines_of_times(
    caption: str, period: ReportPeriod, times: Sequence[tuple[timedelta | None, timedelta | None]]
) -> tuple[ReportLines, ...]:
    """Medians and ninetieth percentiles, over the months that have them."""
    known = [(month, *pair) for month, pair in zip(period.months, times, strict=True) if pair[0] is not None]
    half, most = ("half", [hours_of(one[1]) for one in known]), ("nine of ten", [hours_of(one[2]) for one in known])
    return lines_of_months(caption, [one[0] for one in known], half, most, axis="hours")


# Revenue --------------------------------------------------------------------------------------------------------------
REVENUE_HEAD = ("Month", "Package", "Before tax", "Tax", "Together", "Currency")


def revenue(period: ReportPeriod) -> Reported:
    """What was paid for packages, month by month and package by package."""
    found = revenue_of_shop(SHOP, period)
    return Reported(
        " ".join(_earned(one) for one in found) or "Nothing was paid for postings in these days, and nothing is owed.",
        tuple(chart for one in found for chart in _revenue_charts(one, period)),
        tuple(table for one in found for table in _revenue_tables(one, several=len(found) > 1)),
        (
            "A payment counts on the day on which it came; what was refunded, or taken back by a bank, is taken off on "
            "the day on which that happened. A part of an invoice counts for its packages in proportion.",
            "What is invoiced and not paid, and what came too much, are as of the last day. All of it follows from the "
            "ledger, so it agrees with the ledger report of Finance to the cent.",
        ),
        ReportTable("Revenue", REVENUE_HEAD, [row for one in found for row in _revenue_rows(one)]),
    )


def _earned(one: ShopRevenue) -> str:
    net, tax = Money(sum(one.net, Decimal(0)), one.currency), Money(sum(one.tax, Decimal(0)), one.currency)
    taxed = f", and {tax} of tax with it" if tax else ""
    unpaid = f" {Money(one.unpaid, one.currency)} is invoiced and not paid yet." if one.unpaid else ""
    kept = f" {Money(one.kept, one.currency)} came too much and is kept for customers." if one.kept else ""
    return f"{net} was paid for postings{taxed}.{unpaid}{kept}"


def _revenue_charts(one: ShopRevenue, period: ReportPeriod) -> Iterable[ReportBars | ReportLines]:
    yield from lines_of_months(
        "Revenue by month", period.months, ("before tax", one.net), axis=f"{one.currency}, before tax"
    )
    if products := [(product.title, product.total_net) for product in one.products if product.total_net]:
        yield ReportBars("Revenue by package", products, one.currency)


def _revenue_tables(one: ShopRevenue, *, several: bool) -> Iterable[ReportTable]:
    of = f", {one.currency}" if several else ""
    net, tax = sum(one.net, Decimal(0)), sum(one.tax, Decimal(0))
    yield ReportTable(
        f"By package{of}",
        ("Package", "Before tax", "Tax", "Paid together", "Not paid yet"),
        [(each.title, each.total_net, each.total_tax, each.total, each.unpaid) for each in one.products],
        ("All packages", net, tax, net + tax, one.unpaid),
    )
    months = zip(one.months, one.net, one.tax, strict=True)
    yield ReportTable(
        f"By month{of}",
        ("Month", "Before tax", "Tax", "Paid together"),
        [(month, net, tax, net + tax) for month, net, tax in months],
        ("Together", net, tax, net + tax),
    )


def _revenue_rows(one: ShopRevenue) -> Iterable[tuple[Cell, ...]]:
    for place, month in enumerate(one.months):
        for product in one.products:
            net, tax = product.net[place], product.tax[place]
            if net or tax:
                yield month, product.title, net, tax, net + tax, one.currency


# Reviews --------------------------------------------------------------------------------------------------------------
REVIEW_HEAD = ("Month", "Approved", "Median", "Nine of ten within", "Sent back")


def time_to_approve(period: ReportPeriod) -> Reported:
    """How long what was approved had lain with the staff."""
    months, whole = figures.review_times(period)
    if whole.median is None or whole.ninetieth is None:
        answer = "No position was approved in these days."
    else:
        answer = (
            f"{_count(whole.approved, 'position')} approved: half of them within {time_in_words(whole.median)}, nine "
            f"of ten within {time_in_words(whole.ninetieth)}."
        )
    return Reported(
        answer,
        _lines_of_times("From sending to approval", period, [(one.median, one.ninetieth) for one in months]),
        (
            ReportTable(
                "By month of the decision",
                REVIEW_HEAD,
                [
                    (month, one.approved, one.median, one.ninetieth, one.returned)
                    for month, one in zip(period.months, months, strict=True)
                ],
                ("All of these days", whole.approved, whole.median, whole.ninetieth, whole.returned),
            ),
        ),
        (
            "Counted is the time that a position lay with our staff, nights and weekends too: when it was sent back "
            "and came again, the days with its employer are left out. A renewal that is read again is a review of its "
            "own.",
        ),
    )


# Ends -----------------------------------------------------------------------------------------------------------------
def fill_rate(period: ReportPeriod) -> Reported:
    """How the positions ended whose time was over."""
    found = figures.endings(period, timezone.now())
    ended, filled = sum(one.ended for one in found), sum(one.filled for one in found)
    withdrawn, unfilled = sum(one.withdrawn for one in found), sum(one.unfilled for one in found)
    answer = (
        f"{_count(ended, 'position')} ended: {_shared(filled, ended, 'filled')}, "
        f"{_shared(withdrawn, ended, 'withdrawn')}, {_shared(unfilled, ended, 'at their last day without a word')}."
        if ended
        else "No position ended in these days."
    )
    shares = [(one.profession, Share(one.filled, one.ended).percent) for one in found]
    return Reported(
        answer,
        (ReportBars("Filled, by profession", [pair for pair in shares if pair[1] is not None], "%"),) if found else (),
        (
            ReportTable(
                "By profession",
                ("Profession", "Ended", "Filled", "Withdrawn", "Unfilled", "Fill rate"),
                [
                    (one.profession, one.ended, one.filled, one.withdrawn, one.unfilled, Share(one.filled, one.ended))
                    for one in found
                ],
                ("All professions", ended, filled, withdrawn, unfilled, Share(filled, ended)),
            ),
        ),
        (
            "A position counts when readers could see it and it has ended: the day on which its employer filled or "
            "withdrew it, else its last day. What was renewed or reopened since has not ended. Employers do not always "
            "say that they have filled a position, so the true rate is rather higher.",
        ),
    )


def _shared(part: int, whole: int, words: str) -> str:
    return f"{part:,} {words} ({Share(part, whole)})"


# Renewals -------------------------------------------------------------------------------------------------------------
def renewals(period: ReportPeriod) -> Reported:
    """How many postings whose days were over another one followed."""
    months = figures.renewals(period, timezone.now())
    ended, renewed = sum(one.ended for one in months), sum(one.renewed for one in months)
    over, left = sum(one.over for one in months), sum(one.not_renewed for one in months)
    answer = (
        f"The days of {_count(ended, 'posting')} ended: {_shared(renewed, ended, 'renewed')}, "
        f"{_shared(over, ended, 'with a position that was filled or withdrawn')}, "
        f"{_shared(left, ended, 'not renewed')}."
        if ended
        else "The days of no posting ended."
    )
    return Reported(
        answer,
        lines_of_months(
            "Postings whose days ended",
            period.months,
            ("ended", [one.ended for one in months]),
            ("renewed", [one.renewed for one in months]),
        ),
        (
            ReportTable(
                "By month of the last day",
                ("Month", "Ended", "Renewed", "Filled or withdrawn", "Not renewed", "Share renewed"),
                [
                    (month, one.ended, one.renewed, one.over, one.not_renewed, Share(one.renewed, one.ended))
                    for month, one in zip(period.months, months, strict=True)
                ],
                ("All of these days", ended, renewed, over, left, Share(renewed, ended)),
            ),
        ),
        (
            "Each posting that a position used counts by its last day; days of the account that lengthened it belong "
            "to it. Renewed is a posting that another one followed, early or late; one that our staff read again "
            "counts once it is approved. What is paused and can still come back has not ended.",
        ),
    )


# Searches -------------------------------------------------------------------------------------------------------------
def vain_searches(period: ReportPeriod) -> Reported:
    """What readers looked for and did not find."""
    found, months = figures.vain_searches(period, MOST_WORDS_IN_A_FILE), figures.vain_by_month(period)
    rows = [(one.words, one.times, one.days, one.last) for one in found]
    times = sum(months)
    many = f"More than {MOST_WORDS_IN_A_FILE:,} different words" if len(rows) == MOST_WORDS_IN_A_FILE else ""
    answer = (
        f"{_count(times, 'search', 'searches')} found nothing, by {many or _count(len(rows), 'different text')}."
        if times
        else "Every search with words has found something in these days."
    )
    head = ("Words", "Times", "Days", "Last")
    return Reported(
        answer,
        (
            *lines_of_months("Searches that found nothing", period.months, ("searches", months)),
            *((ReportBars("Looked for most often", [(one.words, one.times) for one in found[:10]]),) if found else ()),
        ),
        (ReportTable(f"Looked for most often{_first(rows)}", head, rows[:MOST_WORDS]),),
        (
            "Words of the search for positions that no open position answered, by day, in small letters. Who asked is "
            "not kept, robots and cries for help are left out, and so are texts that hold an address or a long number.",
        ),
        ReportTable("Searches that found nothing", head, rows),
    )


def _first(rows: Sequence[object]) -> str:
    return f", the first {MOST_WORDS}" if len(rows) > MOST_WORDS else ""


# Applications ---------------------------------------------------------------------------------------------------------
APPLIED_HEAD = (
    "Profession", "Positions", "Sent on this site", "Each", "Went on to the employer’s page", "None sent", "1 to 4",
    "5 to 9", "10 or more",
)  # fmt: skip


def applications(period: ReportPeriod) -> Reported:
    """How many applications a position gets."""
    found = figures.applications(period, timezone.now())
    columns = ("positions", "sent", "went_on", "none", "few", "some", "many")
    whole = {name: sum(getattr(one, name) for one in found) for name in columns}
    answer = (
        f"{_count(whole['sent'], 'application')} sent on this site for {_count(whole['positions'], 'position')}: "
        f"{Mean(whole['sent'], whole['positions'])} each."
        f"{_went_on(whole['went_on'])}"
        if found
        else "No position was open in these days."
    )
    means = [(one.profession, Mean(one.sent, one.positions).value) for one in found]
    bands = [
        ("None", whole["none"]),
        ("1 to 4", whole["few"]),
        ("5 to 9", whole["some"]),
        ("10 or more", whole["many"]),
    ]
    return Reported(
        answer,
        (
            ReportBars("Applications for each position", [pair for pair in means if pair[1] is not None]),
            ReportBars("Positions by their applications", bands),
        )
        if found
        else (),
        (
            ReportTable(
                "By profession",
                APPLIED_HEAD,
                [
                    (
                        one.profession, one.positions, one.sent, Mean(one.sent, one.positions), one.went_on, one.none,
                        one.few, one.some, one.many,
                    )
                    for one in found
                ],
                (
                    "All professions", whole["positions"], whole["sent"], Mean(whole["sent"], whole["positions"]),
                    whole["went_on"], whole["none"], whole["few"], whole["some"], whole["many"],
                ),
            ),
        ),
        (
            "Positions that readers could see on one of these days, and what came for them in these days. Applications "
            "are kept for a limited time after their position has ended, so of long ago fewer are left to be counted.",
        ),
    )  # fmt: skip


def _went_on(number: int) -> str:
    return f" {_count(number, 'reader')} went on to an employer’s page." if number else ""


# Replies --------------------------------------------------------------------------------------------------------------
REPLY_HEAD = ("Month", "Sent", "Answered", "Median", "Nine of ten within", "Withdrawn before", "No answer yet")


def reply_times(period: ReportPeriod) -> Reported:
    """How long applicants wait for a first answer."""
    months, whole = figures.reply_times(period)
    if not whole.sent:
        answer = "No application was sent on this site in these days."
    elif whole.median is None or whole.ninetieth is None:
        answer = f"{_count(whole.sent, 'application')} sent, and none of them has an answer yet."
    else:
        answer = (
            f"{whole.answered:,} of {_count(whole.sent, 'application')} answered "
            f"({Share(whole.answered, whole.sent)}): half of these within {time_in_words(whole.median)}, nine of ten "
            f"within {time_in_words(whole.ninetieth)}."
        )
    return Reported(
        answer,
        _lines_of_times("From sending to the first answer", period, [(one.median, one.ninetieth) for one in months]),
        (
            ReportTable(
                "By month of sending",
                REPLY_HEAD,
                [
                    (month, one.sent, one.answered, one.median, one.ninetieth, one.withdrawn, one.waiting)
                    for month, one in zip(period.months, months, strict=True)
                ],
                (
                    "All of these days", whole.sent, whole.answered, whole.median, whole.ninetieth, whole.withdrawn,
                    whole.waiting,
                ),
            ),
        ),
        (
            "An answer is the first thing that an employer says; opening an application is none. What nobody has "
            "answered is in no median here, so months that have just begun look better than they are; the figure "
            "beside an employer’s positions counts who still waits.",
        ),
    )  # fmt: skip


REPORTS = (
    Report("revenue", "Revenue", "What was paid for postings, by package and month?", revenue),
    Report("time-to-approve", "Time to approve", "How long do positions lie with our staff?", time_to_approve),
    Report("fill-rate", "Fill rate", "How many positions end filled, and in which professions?", fill_rate),
    Report("renewals", "Renewals", "How many postings are renewed when their days are over?", renewals),
    Report("applications", "Applications", "How many applications does a position get?", applications),
    Report("reply-times", "Reply times", "How long do applicants wait for a first answer?", reply_times),
    Report("searches", "Searches without result", "What do readers look for that nobody offers?", vain_searches),
)


def report_called(slug: str) -> Report | None:
    return next((report for report in REPORTS if report.slug == slug), None)
