"""Terms in the database: what it refuses, the day's end in the association's zone, and who is a member now."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from aapm_site.core.transitions import NotAllowed
from membership.domain.memberships import add_term, admit_member, void_term
from membership.models import Membership, Plan, Term
from membership.rules import standing_on
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def test_two_terms_of_a_membership_cannot_share_a_day():
    user = make_member((0, 364))
    membership = user.membership

    with pytest.raises(IntegrityError, match="membership_term_no_overlap"), transaction.atomic():
        Term.objects.create(membership=membership, plan=make_plan(), starts_on=day(364), ends_on=day(500))

    Term.objects.create(membership=membership, plan=make_plan(), starts_on=day(365), ends_on=day(500))
    assert membership.terms.count() == 2


def test_two_members_may_have_terms_on_the_same_days():
    make_member((0, 364))
    make_member((0, 364))

    assert Term.objects.count() == 2


def test_a_term_cannot_end_before_it_begins():
    membership = make_member((0, 10)).membership

    with pytest.raises(IntegrityError, match="membership_term_dates_in_order"), transaction.atomic():
        Term.objects.create(membership=membership, plan=make_plan(), starts_on=day(100), ends_on=day(99))


def test_terms_and_memberships_keep_their_history_even_past_update():
    user = make_member((0, 364))

    Term.objects.filter(membership__user=user).update(ends_on=day(100))
    Term.objects.filter(membership__user=user).delete()

    labels = apps.get_model("membership", "TermEvent").objects.order_by("pgh_id").values_list("pgh_label", "ends_on")
    assert list(labels) == [("insert", day(364)), ("update", day(100)), ("delete", day(100))]


def test_admitting_makes_a_member_and_a_further_term_follows_without_a_gap():
    user, plan = make_user(), make_plan()

    first = admit_member(user, plan, on=date(2026, 3, 10), state_code="ME")
    second = add_term(first.membership, plan, on=date(2026, 12, 1))

    assert (first.starts_on, first.ends_on) == (date(2026, 3, 10), date(2027, 3, 9))
    assert (second.starts_on, second.ends_on) == (date(2027, 3, 10), date(2028, 3, 9))
    assert first.membership.state_code == "ME"


def test_a_term_keeps_what_its_category_granted():
    user = make_member((-300, 64), plan=make_plan(grace_days=60, reads_journal=True))
    term = Term.objects.get()

    Plan.objects.update(grace_days=5, reads_journal=False)
    term.refresh_from_db()
    term.save()
    later = add_term(user.membership, Plan.objects.get(), on=day(0))

    assert [(one.grace_days, one.reads_journal) for one in Term.objects.order_by("starts_on")] == [
        (60, True),
        (5, False),
    ]
    assert later.source == "given"


def test_a_term_that_is_taken_back_counts_for_nothing_and_frees_its_days():
    user = make_member((-400, -36), (-35, 329))
    membership, (_, running) = user.membership, Term.objects.order_by("starts_on")
    assert membership.standing().status == "active"

    taken = void_term(running, reason="  Paid with a check that bounced. ")

    assert taken.void_reason == "Paid with a check that bounced."
    assert membership.standing().status == "grace"
    assert list(Membership.objects.current(day(30))) == []
    again = add_term(membership, make_plan(), on=day(0))
    assert again.starts_on == running.starts_on
    with pytest.raises(NotAllowed, match="Somebody has taken this term back already."):
        void_term(running, reason="Again.")
    with pytest.raises(IntegrityError, match="membership_term_void_with_reason"), transaction.atomic():
        Term.objects.filter(pk=again.pk).update(void_at=timezone.now())


def test_member_numbers_differ():
    assert make_member((0, 1)).membership.number != make_member((0, 1)).membership.number


@pytest.mark.parametrize(
    ("instant", "status"),
    [
        (datetime(2027, 1, 1, 5, 59, tzinfo=UTC), "active"),  # 23:59 on December 31 in Chicago
        (datetime(2027, 1, 1, 6, 0, tzinfo=UTC), "grace"),
        (datetime(2027, 7, 1, 4, 59, tzinfo=UTC), "grace"),  # daylight saving: 23:59 on June 30
        (datetime(2027, 7, 1, 5, 0, tzinfo=UTC), "lapsed"),
    ],
)
def test_the_last_day_lasts_until_midnight_in_the_associations_zone(instant, status):
    user = make_user()
    membership = Membership.objects.create(user=user, number=1, joined_on=date(2026, 1, 1))
    plan = make_plan(grace_days=181)
    Term.objects.create(membership=membership, plan=plan, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))

    with time_machine.travel(instant, tick=False):
        assert membership.standing().status == status


@hypothesis_settings(max_examples=40)
@given(
    lengths=st.lists(st.tuples(st.integers(0, 90), st.integers(1, 200)), max_size=4),
    grace=st.integers(0, 90),
    offset=st.integers(-60, 900),
)
def test_the_query_for_current_members_says_what_the_rule_says(lengths, grace, offset):
    with transaction.atomic():
        plan, starts, terms = make_plan(grace_days=grace), 0, []
        for gap, length in lengths:
            starts += gap
            terms.append((starts, starts + length - 1))
            starts += length
        user = make_member(*terms, plan=plan)
        on = day(offset)

        found = Membership.objects.current(on).filter(user=user).exists()
        expected = standing_on(user.membership.terms.all(), on).is_current
        transaction.set_rollback(True)

    assert found == expected


@pytest.mark.django_db(transaction=True)
def test_two_who_admit_one_person_at_once_make_one_membership_with_two_terms():
    user, plan = make_user(), make_plan()

    outcomes = at_once(*[lambda: admit_member(user, plan, on=date(2026, 3, 10))] * 2)

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    terms = list(Term.objects.order_by("starts_on"))
    assert Membership.objects.count() == 1
    assert terms[1].starts_on == terms[0].ends_on + timedelta(days=1)
