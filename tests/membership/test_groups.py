"""Special interest groups: joining, asking, leading, leaving; and that a new name or address locks no page."""

import threading
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail, Subscription
from content.forms.page import audience_choices
from content.models import readers_in_words
from membership.access import decide
from membership.domain import groups
from membership.domain.memberships import close_membership
from membership.models import Group, GroupJoinRequest, GroupMember, JoinRule
from membership.queries.groups import people_in, place_in, unanswered
from tests.house.world import page
from tests.racing import at_once

from .factories import make_member

ACTIVE, GRACE, LAPSED, FUTURE = (-100, 200), (-400, -10), (-400, -100), (10, 300)


def make_group(slug: str = "headache", **fields) -> Group:
    return Group.objects.create(slug=slug, **{"name": slug.capitalize(), "how_to_join": JoinRule.OPEN, **fields})


def put_in(group: Group, person: User, **fields) -> GroupMember:
    return GroupMember.objects.create(group=group, membership=person.membership, **fields)


def lead(group: Group, person: User) -> User:
    put_in(group, person, chair_since=timezone.localdate())
    return person


def confirmed(person: User) -> User:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


@pytest.mark.django_db
class TestKeys:
    def test_another_address_and_name_lock_no_page(self, client):
        group, person = make_group(), make_member(ACTIVE)
        put_in(group, person)
        page("minutes", audience=group.audience, body="<p>What we decided.</p>")
        Group.objects.filter(pk=group.pk).update(slug="migraine", name="Migraine")

        client.force_login(person)
        assert "What we decided." in client.get("/minutes/").text
        assert readers_in_words("group:headache") == "The group “Migraine”"
        assert client.get("/membership/groups/headache/")["Location"] == "/membership/groups/migraine/"

    def test_a_group_that_takes_over_an_address_gets_none_of_the_pages(self):
        group = make_group()
        Group.objects.filter(pk=group.pk).update(slug="migraine", name="Migraine")
        second, person = make_group(), make_member(ACTIVE)
        put_in(second, person)

        assert (group.key, second.key) == ("headache", "headache-2")
        assert not decide(person, group).allowed
        assert decide(fresh(person), second).allowed

    def test_a_long_address_fits_into_an_audience(self):
        first, second = make_group("a" * 60, name="One"), make_group("a" * 59, name="Two")
        assert first.key == "a" * 54
        assert second.key == "a" * 49 + "-2"
        assert len(second.audience) <= 60

    def test_editors_choose_open_groups_by_name_and_a_page_keeps_its_own(self):
        open_one, closed = make_group(), make_group("board", closed_at=timezone.now())
        names = [("public", "Everybody"), ("members", "Members"), ("group:headache", "The group “Headache”")]
        assert audience_choices() == names
        assert audience_choices(closed.audience) == [*names, ("group:board", "The group “Board”")]
        assert audience_choices("group:gone")[-1] == ("group:gone", "The group “gone”")
        assert audience_choices(open_one.audience) == names


@pytest.mark.django_db
class TestJoining:
    @pytest.mark.parametrize(
        ("term", "rule", "joins"),
        [
            (ACTIVE, JoinRule.OPEN, True),
            (GRACE, JoinRule.OPEN, True),
            (LAPSED, JoinRule.OPEN, False),
            (FUTURE, JoinRule.OPEN, False),
            (ACTIVE, JoinRule.ASKED, False),
            (ACTIVE, JoinRule.APPOINTED, False),
        ],
    )
    def test_who_joins_by_a_press(self, term, rule, joins):
        group, person = make_group(how_to_join=rule), make_member(term)
        if joins:
            groups.join_group(person, group, with_letters=True)
        else:
            with pytest.raises(NotAllowed):
                groups.join_group(person, group, with_letters=True)
        assert GroupMember.objects.exists() is joins
        assert decide(fresh(person), group).allowed is joins

    def test_a_closed_membership_or_group_joins_nothing(self):
        person, group = make_member(ACTIVE), make_group()
        groups.close_group(group)
        with pytest.raises(NotAllowed, match="This group is closed"):
            groups.join_group(person, group, with_letters=True)
        groups.reopen_group(group)
        close_membership(person.membership)
        with pytest.raises(NotAllowed, match="does not run"):
            groups.join_group(person, group, with_letters=True)

    @pytest.mark.parametrize(("with_letters", "gets"), [(True, True), (False, False)])
    def test_letters_are_a_choice_that_stands_with_the_others(self, client, with_letters, gets):
        person, group = make_member(ACTIVE), make_group()
        groups.join_group(person, group, with_letters=with_letters)
        subscription = Subscription.objects.get(user=person, kind="group-letters", key="headache")
        assert subscription.wants_mail is gets
        client.force_login(person)
        assert "Letters of the group “Headache”" in client.get("/account/mail/").text

        groups.rename_letters(Group.objects.get(pk=group.pk))
        groups.leave_group(person, group)
        assert not Subscription.objects.get().wants_mail
        assert not GroupMember.objects.exists()
        groups.leave_group(person, group)  # again changes nothing

    def test_rights_rest_with_the_membership_and_come_back(self):
        person, group = make_member((-400, -60)), make_group()
        lead(group, person)
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            lapsed = fresh(person)
            assert not decide(lapsed, group).allowed
            assert not place_in(lapsed, group).is_chair
            assert not people_in(group).exists()
            with pytest.raises(NotAllowed, match="Only a chair"):
                groups.describe_group(group, by=lapsed, summary="x", purpose="")
        back = make_member_again(person)
        assert decide(back, group).allowed
        assert place_in(back, group).is_chair

    def test_presses_of_the_page(self, client):
        person, group = make_member(ACTIVE), make_group()
        page("minutes", audience=group.audience, summary="Of our last call.")
        at = group.get_absolute_url()
        assert "Join, with its letters" not in client.get(at).text
        client.force_login(person)
        before = client.get(at).text
        assert "Join, with its letters" in before
        assert "Of our last call." not in before

        said = client.post(f"{at}join/", {"letters": "yes"}, follow=True).text
        assert "Its pages are open to you, and its letters come." in said
        assert "Of our last call." in said
        assert 'href="/minutes/"' in said
        assert "Its letters come to you." in said

        assert "You get no letters of it." in client.post(f"{at}letters/", follow=True).text
        assert "Its letters come to you." in client.post(f"{at}letters/", {"want": "1"}, follow=True).text
        assert "Headache" in client.get("/membership/mine/").text
        assert "You have left the group" in client.post(f"{at}leave/", follow=True).text
        assert "Its letters are for the members" in client.post(f"{at}letters/", {"want": "1"}, follow=True).text


def make_member_again(person: User) -> User:
    """The same person with a term from today."""
    term = person.membership.terms.first()
    today = timezone.localdate()
    person.membership.terms.create(plan=term.plan, starts_on=today, ends_on=today + timedelta(days=300))
    return fresh(person)


@pytest.mark.django_db
class TestAsking:
    def test_a_chair_is_told_and_lets_somebody_in(self, client):
        group, chair, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE), make_member(ACTIVE)
        lead(group, confirmed(chair)), confirmed(person)
        at = group.get_absolute_url()
        client.force_login(person)
        assert "Take the request back" in client.post(f"{at}ask/", {"message": "I see many."}, follow=True).text
        letter = OutgoingEmail.objects.get(user=chair)
        assert person.display_name in letter.subject
        assert "I see many." in letter.text
        assert person.email not in letter.text

        client.force_login(chair)
        asked = GroupJoinRequest.objects.get()
        shown = client.get(f"{at}chairs/").text
        assert "I see many." in shown
        assert person.email not in shown
        client.post(f"{at}chairs/requests/{asked.pk}/", {"accept": "1"})
        assert decide(fresh(person), group).allowed
        assert OutgoingEmail.objects.get(user=person).subject == "You are in the group Headache"
        assert not GroupJoinRequest.objects.exists()

    def test_a_no_has_a_reason_which_is_kept_when_it_is_missing(self, client):
        group, chair, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE), make_member(ACTIVE)
        lead(group, chair), confirmed(person)
        asked = groups.ask_to_join(person, group, "")
        client.force_login(chair)
        address = f"{group.get_absolute_url()}chairs/requests/{asked.pk}/"
        refused = client.post(address, {"reason": " "})
        assert (refused.status_code, GroupJoinRequest.objects.count()) == (422, 1)
        assert "Say why; they read it." in refused.text
        client.post(address, {"reason": "You do not treat headache."})
        assert "You do not treat headache." in OutgoingEmail.objects.get(user=person).text
        assert not GroupMember.objects.filter(membership=person.membership).exists()

    def test_asking_twice_is_one_request_and_one_letter(self):
        group, chair, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE), make_member(ACTIVE)
        lead(group, confirmed(chair))
        groups.ask_to_join(person, group, "One.")
        groups.ask_to_join(person, group, "Two.")
        assert GroupJoinRequest.objects.get().message == "Two."
        assert OutgoingEmail.objects.count() == 1
        groups.take_request_back(person, group)
        groups.take_request_back(person, group)
        assert not GroupJoinRequest.objects.exists()

    def test_asking_and_taking_back_over_and_over_fills_no_mailbox_and_asks_all_the_same(self):
        group, chair, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE), make_member(ACTIVE)
        lead(group, confirmed(chair))
        for _ in range(groups.TOLD_A_DAY + 2):
            groups.take_request_back(person, group)
            groups.ask_to_join(person, group, "Please.")
        assert OutgoingEmail.objects.filter(user=chair).count() == groups.TOLD_A_DAY
        assert GroupJoinRequest.objects.count() == 1
        groups.ask_to_join(make_member(ACTIVE), group, "")  # another person is counted by themselves
        assert OutgoingEmail.objects.filter(user=chair).count() == groups.TOLD_A_DAY + 1

    def test_who_has_lapsed_meanwhile_is_not_let_in(self):
        group, chair, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE), make_member(ACTIVE)
        lead(group, chair)
        asked = groups.ask_to_join(person, group, "")
        close_membership(person.membership)
        with pytest.raises(NotAllowed, match="does not run"):
            groups.accept_request(asked.pk, group, by=chair)
        assert GroupJoinRequest.objects.exists()

    def test_the_office_answers_where_no_chair_does(self):
        led, free = make_group("led", how_to_join=JoinRule.ASKED), make_group("free", how_to_join=JoinRule.ASKED)
        lead(led, make_member(ACTIVE))
        person = make_member(ACTIVE)
        for group in (led, free):
            groups.ask_to_join(person, group, "")
        assert [one.group for one in unanswered()] == [free]
        GroupJoinRequest.objects.update(asked_at=timezone.now() - timedelta(days=15))
        assert unanswered().count() == 2

    def test_a_chair_of_another_group_finds_nothing(self, client):
        group, other = make_group(how_to_join=JoinRule.ASKED), make_group("rural", how_to_join=JoinRule.ASKED)
        chair, person = lead(other, make_member(ACTIVE)), make_member(ACTIVE)
        asked = groups.ask_to_join(person, group, "")
        client.force_login(chair)
        for address in ("chairs/", "chairs/purpose/"):
            assert client.get(f"{group.get_absolute_url()}{address}").status_code == 404
        for at in (group, other):  # by the other group's own address either
            client.post(f"{at.get_absolute_url()}chairs/requests/{asked.pk}/", {"accept": "1"})
        assert not GroupMember.objects.filter(membership=person.membership).exists()


@pytest.mark.django_db
class TestChairs:
    def test_staff_appoint_and_end_with_a_reason(self, desk):
        group, person = make_group(), confirmed(make_member(ACTIVE))

        at = f"/admin/membership/group/{group.pk}"
        assert desk.post(f"{at}/appoint-chair/", {"person": person.email, "reason": "The board."}).status_code == 302
        row = GroupMember.objects.get()
        assert row.chair_since == timezone.localdate()
        assert OutgoingEmail.objects.get(user=person).subject == "You lead the group Headache now"
        assert "Led by" in desk.get(group.get_absolute_url()).text
        again = desk.post(f"{at}/appoint-chair/", {"person": str(person.membership.number), "reason": "Once more."})
        assert "is a chair of this group already" in again.text
        desk.post(f"{at}/dismiss-chair/", {"chair": row.pk, "reason": "Two years are over."})
        assert GroupMember.objects.get().chair_since is None

    def test_a_chair_writes_what_the_group_is_for(self, client):
        group = make_group()
        client.force_login(lead(group, make_member(ACTIVE)))
        at = f"{group.get_absolute_url()}chairs/purpose/"
        refused = client.post(at, {"summary": "Two\nlines", "purpose": "Kept."})
        assert refused.status_code == 422
        assert "Kept." in refused.text
        client.post(at, {"summary": "For headaches.", "purpose": "We meet.\n\n<b>Often</b>."})
        shown = client.get(group.get_absolute_url()).text
        assert "For headaches." in shown
        assert "&lt;b&gt;Often&lt;/b&gt;" in shown

    @pytest.mark.parametrize("people", [1, 40])
    def test_the_chairs_page_costs_the_same_for_many(self, client, people, django_assert_num_queries):
        group = make_group(how_to_join=JoinRule.ASKED)
        client.force_login(lead(group, make_member(ACTIVE)))
        for _ in range(people):
            put_in(group, make_member(ACTIVE))
            GroupJoinRequest.objects.create(group=group, membership=make_member(ACTIVE).membership)
        at = f"{group.get_absolute_url()}chairs/"
        client.get(at)
        with django_assert_num_queries(11):
            client.get(at)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_presses_of_join_make_one_member(self):
        person, group = make_member(ACTIVE), make_group()
        rows = at_once(*[lambda: groups.join_group(person, group, with_letters=True)] * 4)
        assert {row.pk for row in rows} == {GroupMember.objects.get().pk}
        assert Subscription.objects.filter(user=person).count() == 1

    def test_control_without_the_lock_the_second_press_would_fail(self):
        person, group = make_member(ACTIVE), make_group()
        both_have_looked = threading.Barrier(2)

        def careless() -> None:
            with transaction.atomic():
                known = GroupMember.objects.filter(group=group, membership=person.membership).exists()
                both_have_looked.wait(timeout=20)
                if not known:
                    GroupMember.objects.create(group=group, membership=person.membership)

        said = at_once(careless, careless)
        assert sorted(type(one) for one in said if one is not None) == [IntegrityError]

    def test_two_chairs_answer_at_once(self):
        group, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE)
        first, second = (lead(group, make_member(ACTIVE)) for _ in range(2))
        asked = groups.ask_to_join(person, group, "")
        said = at_once(
            lambda: groups.accept_request(asked.pk, group, by=first),
            lambda: groups.decline_request(asked.pk, group, by=second, reason="No."),
        )
        refused = [one for one in said if isinstance(one, NotAllowed)]
        assert [str(one) for one in refused] == ["Somebody has answered this request already, or it was taken back."]
        told = OutgoingEmail.objects.filter(user=person).values_list("template", flat=True)
        assert len(told) == 1

    def test_a_chair_whose_office_ends_meanwhile_decides_nothing(self):
        """The end of the office waits at the row that a decision holds, and a decision waits for that end."""
        group, person = make_group(how_to_join=JoinRule.ASKED), make_member(ACTIVE)
        chair = lead(group, make_member(ACTIVE))
        asked = groups.ask_to_join(person, group, "")
        row = GroupMember.objects.get(membership=chair.membership)
        ended, answered = threading.Event(), threading.Event()

        def end_office() -> None:
            with transaction.atomic():
                groups.dismiss_chair(row)
                ended.set()
                assert not answered.wait(timeout=1)  # the decision waits

        def accept() -> None:
            assert ended.wait(timeout=20)
            try:
                groups.accept_request(asked.pk, group, by=chair)
            finally:
                answered.set()

        said = at_once(end_office, accept)
        assert isinstance(said[1], NotAllowed)
        assert str(said[1]) == groups.NO_CHAIR
        assert said[0] is None
        assert not GroupMember.objects.filter(membership=person.membership).exists()
