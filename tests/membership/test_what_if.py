"""What would happen if: the terms, rights and letters that would follow from an act, and that nothing is written."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from aapm_site.core.money import Money
from membership.models import Membership, Plan, Reminder, Term
from membership.queries.what_if import what_if
from membership.rules import TermRule, term_end
from membership.states import MembershipStatus
from membership.stepping import Held
from membership.what_if import (
    SupposedPlan,
    SupposedTerm,
    bounces,
    changes_next,
    changes_now,
    journal_until,
    pays,
    refunded,
    turns,
)

from .factories import day, make_member, make_plan

PLAN = SupposedPlan("Physician", TermRule(dues=Decimal(480), grace_days=60), reads_journal=True)
OTHER = SupposedPlan("Affiliate", TermRule(dues=Decimal(600), grace_days=30), reads_journal=False)
NOW = SupposedTerm("Physician", date(2027, 3, 1), date(2028, 2, 29), 60, reads_journal=True, pk=1)
ACTIVE, GRACE, LAPSED = MembershipStatus.ACTIVE, MembershipStatus.GRACE, MembershipStatus.LAPSED
CLOSED = MembershipStatus.CLOSED


def said(terms) -> list[tuple]:
    return [(term.starts_on, term.ends_on, term.is_void) for term in terms]


ONE = (date(2027, 3, 1), date(2028, 2, 29), False)
NEXT = (date(2028, 3, 1), date(2029, 2, 28), False)
LATER = (date(2029, 3, 1), date(2030, 2, 28), False)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (pays((NOW,), PLAN, date(2028, 1, 10), 2), [ONE, NEXT, LATER]),
        (pays((NOW,), PLAN, date(2028, 4, 29), 1), [ONE, NEXT]),
        (pays((NOW,), PLAN, date(2028, 4, 30), 1), [ONE, (date(2028, 4, 30), date(2029, 4, 29), False)]),
        (bounces(pays((NOW,), PLAN, date(2028, 1, 10), 1), date(2028, 1, 20)), [ONE, (*NEXT[:2], True)]),
        (
            bounces(pays((NOW,), PLAN, date(2028, 4, 20), 1), date(2028, 4, 30)),
            [ONE, (date(2028, 3, 1), date(2028, 4, 30), False)],
        ),
        (refunded((NOW,), date(2028, 1, 10)), [(date(2027, 3, 1), date(2028, 1, 10), False)]),
        (refunded(pays((NOW,), PLAN, date(2028, 1, 10), 1), date(2028, 1, 12)), [ONE, (*NEXT[:2], True)]),
        (refunded((NOW,), date(2028, 3, 10)), [ONE]),
        (refunded((), date(2028, 3, 10)), []),
        (changes_next((NOW,), OTHER, date(2028, 1, 10)), [ONE, NEXT]),
    ],
)
def test_the_terms_that_would_be_there(terms, expected):
    assert said(terms) == expected


def test_a_change_at_once_credits_the_rest_and_is_refused_where_no_term_runs():
    held = Held(NOW.starts_on, NOW.ends_on, Decimal(480), 12, Decimal(480))
    found = changes_now((NOW,), OTHER, date(2028, 2, 1), held)
    assert found is not None
    assert said(found.terms) == [
        (date(2027, 3, 1), date(2028, 1, 31), False),
        (date(2028, 2, 1), date(2029, 1, 31), False),
    ]
    assert found.step.price == Decimal(600) - Decimal("38.03")
    assert changes_now((NOW,), OTHER, date(2028, 3, 1), held) is None
    assert changes_now(pays((NOW,), PLAN, date(2028, 1, 1), 1), OTHER, date(2028, 2, 1), held) is None


@pytest.mark.parametrize(
    ("terms", "closed_on", "expected", "until"),
    [
        (
            (NOW,),
            None,
            [(date(2028, 1, 10), ACTIVE, True), (date(2028, 3, 1), GRACE, True), (date(2028, 4, 30), LAPSED, False)],
            date(2028, 4, 29),
        ),
        ((NOW,), date(2028, 1, 10), [(date(2028, 1, 10), CLOSED, False)], None),
        (
            changes_next((NOW,), OTHER, date(2028, 1, 10)),
            None,
            [
                (date(2028, 1, 10), ACTIVE, True),
                (date(2028, 3, 1), ACTIVE, False),
                (date(2029, 3, 1), GRACE, False),
                (date(2029, 3, 31), LAPSED, False),
            ],
            date(2028, 2, 29),
        ),
    ],
)
def test_how_the_membership_would_stand(terms, closed_on, expected, until):
    found = turns(terms, date(2028, 1, 10), closed_on=closed_on)
    assert [(turn.on, turn.status, turn.reads_journal) for turn in found] == expected
    assert journal_until(found) == until


def whole_database() -> dict[str, str]:
    """A sum over every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{name}\" t")
            found[name] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_the_answer_names_prices_and_letters_and_writes_nothing():
    person = make_member((-300, 64), plan=make_plan(name="Physician", dues=480, grace_days=60))
    other = make_plan(name="Affiliate", dues=600)
    Term.objects.update(source="paid")
    membership = Membership.objects.get(user=person)
    before = whole_database()

    nothing = what_if(membership, "nothing", day(0))
    years = what_if(membership, "pays", day(10), years=2)
    answers = [
        what_if(membership, act, day(10), plan=other)
        for act in ("bounces", "refund", "changes-next", "changes-now", "dies")
    ]

    assert whole_database() == before
    on = list(Reminder.objects.filter(is_on=True))
    term = Term.objects.get()
    assert [letter.on for letter in nothing.letters] == sorted(one.day_of(term) for one in on)
    assert years.said == f"{Money(Decimal(960), 'USD')} in the category Physician."
    assert years.terms[-1].ends_on == term_end(day(65), 24)
    assert min(letter.on for letter in years.letters) > day(64)
    assert [answer.letters == [] for answer in answers] == [False, False, False, False, True]
    assert answers[-1].turns[0].status == CLOSED


@pytest.mark.django_db
def test_staff_ask_from_the_members_page_and_nothing_is_written(desk):
    person = make_member((-300, 64), plan=make_plan(name="Physician", dues=480))
    address = f"/admin/membership/membership/{person.membership.pk}/what-if/"
    assert address in desk.get(f"/admin/membership/membership/{person.membership.pk}/change/").content.decode()

    page = desk.get(address, {"act": "pays", "on": day(10).isoformat(), "years": "3"}).content.decode()
    assert "$1,440" in page
    assert page.count("New, paid") == 3

    for typed, refusal in (
        ({"act": "changes-now"}, "Choose the category into which they change."),
        ({"act": "pays", "on": (day(0) - timedelta(days=1)).isoformat()}, "Choose today or a later day"),
        ({"act": "pays", "on": "9999-12-31"}, "What happens"),
        ({"act": "\x00", "on": "x" * 10_000}, "What happens"),
    ):
        answer = desk.get(address, typed)
        assert answer.status_code == 200
        assert refusal in answer.content.decode()
        assert "answer-heading" not in answer.content.decode()
    assert Plan.objects.filter(name="Physician").count() == 1
