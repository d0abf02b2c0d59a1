"""Two records of one person become one: nothing is lost, nothing doubled, and who decides what."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain.merging import merge_people, references
from aapm_site.accounts.domain.privacy import erase_person
from aapm_site.accounts.models import User
from aapm_site.accounts.registry import handovers
from aapm_site.billing.models import Customer, Order
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail, Subscription
from membership.domain import applications, memberships
from membership.domain.merging import OVERLAP
from membership.models import (
    Application,
    FormerNumber,
    Group,
    GroupMember,
    Membership,
    PastTerm,
    Term,
)
from tests.billing.factories import payment
from tests.racing import at_once

from .factories import day, make_application, make_member, make_plan, make_user
from .test_dues import order_dues

pytestmark = pytest.mark.django_db


def terms():
    """Every term, whoever has it."""
    return sorted(Term.objects.values_list("plan__name", "starts_on", "ends_on", "source", "note"))


def again(person):
    return User.objects.filter(pk=person.pk).first()


# Terms, numbers, groups -----------------------------------------------------------------------------------------------
def test_the_terms_of_both_are_one_membership_and_the_old_number_leads_to_it():
    kept, gone = make_member((-300, 64)), make_member((-900, -400), state_code="ME")
    number = gone.membership.number
    before = terms()

    said = merge_people(kept, gone)

    assert terms() == before
    membership = Membership.objects.get()
    assert (membership.user, membership.joined_on, membership.state_code) == (kept, day(-900), "ME")
    assert list(membership.former_numbers.values_list("number", flat=True)) == [number]
    assert f"The number {number} leads to no. {membership.number} from now on." in said
    assert again(gone) is None


def test_where_one_has_no_membership_it_is_handed_over_with_its_number():
    kept, gone = make_user(), make_member((-300, 64))
    number = gone.membership.number

    merge_people(kept, gone)

    assert (Membership.objects.get().number, Membership.objects.get().user) == (number, kept)
    assert not FormerNumber.objects.exists()


def test_an_overlap_asks_and_is_decided():
    kept, gone = make_member((-300, 64)), make_member((-310, 54), (-700, -311))
    before = terms()
    with pytest.raises(NotAllowed, match="for the same days"):
        merge_people(kept, gone)
    assert Membership.objects.count() == 2

    merge_people(kept, gone, answers=frozenset({OVERLAP}))

    assert terms() == before  # a term that is taken back stays
    assert [term.starts_on for term in Term.objects.filter(void_at__isnull=False)] == [day(-310)]
    assert Term.objects.valid().count() == 2


def test_groups_and_applications_follow():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    both, one = (Group.objects.create(name=name, slug=name) for name in ("cancer", "rural"))
    for group, person, since in ((both, kept, -5), (both, gone, -50), (one, gone, -70)):
        GroupMember.objects.create(group=group, membership=person.membership, joined_on=day(since))
    applications.decline_application(make_application(user=gone), by=None, reason="Too early.")

    merge_people(kept, gone)

    rows = GroupMember.objects.order_by("group__name").values_list("group__name", "membership__user", "joined_on")
    assert list(rows) == [("cancer", kept.pk, day(-50)), ("rural", kept.pk, day(-70))]
    assert Application.objects.get().user == kept


def test_a_second_merge_keeps_every_number():
    first, second, third = make_member((-300, 64)), make_member((-900, -400)), make_member((-1900, -1400))
    numbers = {person.membership.number for person in (first, second, third)}

    merge_people(second, third)
    merge_people(first, again(second))

    found = set(FormerNumber.objects.values_list("number", flat=True)) | {Membership.objects.get().number}
    assert found == numbers
    assert Membership.objects.get().terms.count() == 3


LAYOUT = st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 15), st.booleans()), max_size=5)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(LAYOUT, LAYOUT, st.booleans())
def test_nothing_is_lost_or_doubled(mine, theirs, decided):
    """Whatever the terms of both are: they are all there afterwards, no two that count overlap, or nothing changed."""
    plan = make_plan()
    kept, gone = (_with_terms(layout, plan) for layout in (mine, theirs))
    people = (kept.pk, gone.pk)
    of_both = Term.objects.filter(membership__user__in=people)
    before = sorted(of_both.values_list("pk", flat=True))
    valid = set(of_both.valid().values_list("pk", flat=True))

    try:
        merge_people(kept, gone, answers=frozenset({OVERLAP} if decided else ()))
    except NotAllowed:
        assert not decided
        assert sorted(of_both.values_list("pk", flat=True)) == before
        assert set(of_both.valid().values_list("pk", flat=True)) == valid
        assert Membership.objects.filter(user__in=people).count() == 2
        return
    after = list(Term.objects.filter(membership__user=kept))
    assert sorted(term.pk for term in after) == before
    counted = sorted((term for term in after if not term.is_void), key=lambda term: term.starts_on)
    assert all(later.starts_on > earlier.ends_on for earlier, later in zip(counted, counted[1:], strict=False))
    assert {term.pk for term in counted} == valid or decided


def _with_terms(layout, plan):
    """Terms as drawn, those left out that would overlap another that counts."""
    person = make_member(plan=plan)
    taken = []
    for start, length, is_void in layout:
        if is_void or all(start + length < first or last < start for first, last in taken):
            term = Term(membership=person.membership, plan=plan, starts_on=day(start), ends_on=day(start + length))
            term.save() if not is_void else _void(term)
            taken += [] if is_void else [(start, start + length)]
    return person


def _void(term):
    term.void_at, term.void_reason = timezone.now(), "Entered twice."
    term.save()


# Accounts, money, everything else -------------------------------------------------------------------------------------
def test_the_one_with_orders_keeps_the_account_and_two_with_orders_stay_apart():
    kept, gone = make_member((-300, 64), plan=make_plan(dues=480)), make_member((-800, -400), plan=make_plan(dues=480))
    payment(order_dues(gone))
    account = Customer.objects.get()

    merge_people(kept, gone, answers=frozenset({OVERLAP}))

    account.refresh_from_db()
    assert (account.user, Order.objects.get().customer) == (kept, account)
    third = make_member((-2000, -1700), (-300, 64), plan=make_plan(dues=480))
    payment(order_dues(third))
    with pytest.raises(NotAllowed, match="orders of their own"):
        merge_people(kept, third, answers=frozenset({OVERLAP}))
    assert Membership.objects.count() == 2


def test_both_addresses_are_told_and_only_one_signs_in():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    for person in (kept, gone):
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    merge_people(kept, gone)

    assert list(EmailAddress.objects.values_list("email", flat=True)) == [kept.email]
    letters = OutgoingEmail.objects.filter(template="accounts/merged")
    assert {letter.to for letter in letters} == {kept.email, gone.email}
    assert not User.objects.filter(email=gone.email).exists()


def test_who_has_no_address_gets_the_other_ones():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    User.objects.filter(pk=kept.pk).update(email=None)
    EmailAddress.objects.create(user=gone, email=gone.email, verified=True, primary=True)

    merge_people(again(kept), gone)

    assert again(kept).email == gone.email
    assert EmailAddress.objects.get().user == kept


def test_what_both_get_by_mail_they_get_once():
    kept, gone = make_user(), make_user()
    for person, kind in ((kept, "news"), (gone, "news"), (gone, "journal")):
        Subscription.objects.create(user=person, kind=kind, title=kind)

    assert "1 choice of mail." in merge_people(kept, gone)

    assert sorted(Subscription.objects.values_list("kind", "user")) == [("journal", kept.pk), ("news", kept.pk)]


def test_where_two_things_cannot_stand_beside_each_other_nothing_is_moved():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    for person in (kept, gone):
        make_application(user=person)
    with pytest.raises(NotAllowed, match="cannot stand beside each other"):
        merge_people(kept, gone)
    assert Membership.objects.count() == 2
    assert Application.objects.filter(user=gone).exists()


def test_staff_are_never_merged_nor_somebody_with_themselves():
    kept, staff = make_user(), make_user(is_staff=True)
    for one, other in ((kept, staff), (staff, kept), (kept, kept)):
        with pytest.raises(NotAllowed):
            merge_people(one, other)
    assert User.objects.count() == 2


def test_every_reference_to_people_is_moved_or_answered_for():
    """A table that is added tomorrow is moved too, without a word of it here."""
    named = {f"{model._meta.label}.{field.name}" for model, field in references()}
    assert {"membership.Application.user", "careers.SavedJob.user", "content.Question.user"} <= named
    answered = {label for room in handovers for label in room.models}
    assert answered == {"billing.Customer", "membership.Membership"}


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_at_once_merge_once():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    before = terms()

    at_once(lambda: merge_people(kept, gone), lambda: merge_people(gone, kept))

    assert Membership.objects.count() == 1
    assert terms() == before
    assert FormerNumber.objects.count() == 1


# Staff ----------------------------------------------------------------------------------------------------------------
def test_staff_see_what_moves_before_anything_is_done(desk):
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    url = reverse("admin:membership_membership_merge", args=[kept.membership.pk])
    said = {"other": str(gone.membership.number), "overlap": "", "reason": "Same license."}

    shown = desk.post(url, said)
    page = shown.content.decode()
    assert "leads to no." in page
    assert Membership.objects.count() == 2

    desk.post(url, {**said, "agreed": shown.context["outcome"].sums})
    assert Membership.objects.count() == 1
    entry = LogEntry.objects.filter(object_id=str(kept.membership.pk)).latest("pk")
    assert "Same license." in entry.change_message


@pytest.mark.parametrize("other", ["", "nobody@example.org", "999999999999", "x" * 10_000, "a\x00b"])
def test_who_is_not_found_is_told(desk, other):
    kept = make_member((-300, 64))
    url = reverse("admin:membership_membership_merge", args=[kept.membership.pk])
    assert desk.post(url, {"other": other, "reason": "Same."}).status_code == 422
    assert desk.post(url, {"other": kept.email, "reason": "Same."}).status_code == 422


def test_a_former_number_finds_the_person_in_a_list_and_on_the_pages(desk):
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    number = gone.membership.number
    merge_people(kept, gone)

    page = desk.get(f"/admin/membership/membership/?q={number}").content.decode()
    assert kept.display_name in page


# Forgetting -----------------------------------------------------------------------------------------------------------
def test_erasure_keeps_the_terms_without_a_name():
    person = make_member((-900, -400), (-300, 64), state_code="ME")
    memberships.void_term(Term.objects.first(), reason="Entered twice.")
    other = make_member((-10, 100))

    erase_person(person)

    assert [row.user for row in Membership.objects.all()] == [other]
    kept = PastTerm.objects.get()
    assert (kept.starts_on, kept.ends_on, kept.state_code, kept.source) == (day(-300), day(-1), "ME", "given")
    assert kept.grace_days == 0  # whoever is forgotten today is a member no longer


def test_the_terms_of_one_stay_one_persons_and_of_two_two():
    first, second = make_member((-900, -400), (-300, 64)), make_member((-10, 100))
    erase_person(first)
    erase_person(second)
    keys = [row.member for row in PastTerm.objects.order_by("starts_on")]
    assert keys[0] == keys[1] != keys[2]


def test_a_merged_person_is_forgotten_whole():
    kept, gone = make_member((-300, 64)), make_member((-900, -400))
    merge_people(kept, gone)
    erase_person(again(kept))
    for name in ("TermEvent", "MembershipEvent"):
        assert not apps.get_model("membership", name).objects.exists(), name
    assert not FormerNumber.objects.exists()
    assert PastTerm.objects.count() == 2
