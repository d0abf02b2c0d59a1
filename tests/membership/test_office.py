"""The office of a practice: asked first, a receipt by a press, noted and limited; and the line of time."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.states import EmailState
from membership.domain import office, papers, pauses, resignations
from membership.models import Membership, OfficeAddress, OfficeSending
from membership.presenters.history import history_rows
from tests.billing.factories import payment
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .test_dues import order_dues

OFFICE = "accounts@clinic.example"
MINE = "/membership/mine/office/"
pytestmark = pytest.mark.django_db


def member(**more):
    person = make_member((-300, 64), plan=make_plan(dues=480), **more)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def paid(person):
    return payment(order_dues(person)).order.payments.get()


def named(person, email=OFFICE) -> OfficeAddress:
    return office.confirm_office(office.name_office(person, email))


def mails(template):
    return OutgoingEmail.objects.filter(template=f"membership/{template}")


def test_the_reader_is_asked_first_and_nothing_typed_goes_along():
    person = member()
    person.first_name = "Win a prize at evil"
    person.save()
    office.name_office(person, OFFICE)

    letter = mails("office_confirm").get()

    assert (letter.to, letter.state) == (OFFICE, EmailState.QUEUED)
    assert person.email in letter.text
    assert "evil" not in letter.text + letter.subject + letter.html
    with pytest.raises(NotAllowed, match="has not said yes"):
        office.send_receipt(person, paid(person), by=person)
    assert not mails("office_receipt").exists()


def test_whose_own_address_nobody_confirmed_asks_no_office():
    person = make_member((-300, 64), user=make_user(password="a sign-up that was not finished"))
    with pytest.raises(NotAllowed, match="your own e-mail"):
        office.name_office(person, OFFICE)
    assert not OutgoingEmail.objects.exists()


def test_the_office_says_yes_by_its_link_and_a_press_sends_the_receipt(client):
    person = member()
    receipt = paid(person)
    link = office.address_of(office.name_office(person, OFFICE))
    path = link[link.index("/membership/") :]
    assert "would like receipts" in client.get(path).content.decode()
    assert OfficeAddress.objects.get().confirmed_at is None  # looking says nothing
    client.post(path, {"say": "yes"})

    client.force_login(person)
    client.post(f"{MINE}receipts/{receipt.public_id}/")

    letter = mails("office_receipt").get()
    assert (letter.to, letter.state) == (OFFICE, EmailState.QUEUED)
    for said in (receipt.number, "$480", person.full_name, f"/receipts/{receipt.public_id}.pdf", "/membership/office/"):
        assert said in letter.text
    (sent,) = OfficeSending.objects.all()
    assert (sent.payment, sent.email, sent.by) == (receipt, OFFICE, person)
    page = client.get(MINE).content.decode()
    assert f"Receipt {receipt} to {OFFICE}" in page
    assert f"Send receipt {receipt} to the office" in client.get("/membership/mine/").content.decode()

    client.logout()
    client.post(path, {"say": "no"})
    assert not OfficeAddress.objects.exists()
    assert client.get(path).status_code == 404


def test_another_address_is_asked_anew_and_an_old_link_opens_nothing():
    person = member()
    old = office.address_of(named(person)).rstrip("/").rpartition("/")[2]
    changed = office.name_office(person, "other@clinic.example")
    assert changed.confirmed_at is None
    assert office.office_by_link(old) is None
    assert office.name_office(person, "other@clinic.example")  # asked again
    for forged in ("", "x", old[:-1], "a:b:c"):
        assert office.office_by_link(forged) is None


def test_an_office_that_said_no_is_not_asked_again_by_the_same_member(client, time_machine):
    person, colleague = member(), member()
    link = office.address_of(office.name_office(person, OFFICE))
    client.post(link[link.index("/membership/") :], {"say": "no"})

    for address in (OFFICE, "Accounts+dues@clinic.example"):
        with pytest.raises(NotAllowed, match="has said no"):
            office.name_office(person, address)
    assert mails("office_confirm").count() == 1
    office.name_office(person, "other@clinic.example")
    office.name_office(colleague, OFFICE)
    assert mails("office_confirm").count() == 3
    time_machine.move_to(timezone.now() + timedelta(days=91))
    assert office.name_office(person, OFFICE)


def test_a_question_is_good_for_a_month():
    made = office.name_office(member(), OFFICE)
    OfficeAddress.objects.update(asked_at=timezone.now() - timedelta(days=31))
    with pytest.raises(NotAllowed, match="old"):
        office.confirm_office(made)


def test_asking_and_sending_are_limited(monkeypatch):
    person = member()
    for number in range(office.ASKED_A_DAY):
        office.name_office(person, f"office{number}@clinic.example")
    with pytest.raises(NotAllowed, match="several times"):
        office.name_office(person, "one.more@clinic.example")

    OfficeAddress.objects.update(confirmed_at=timezone.now())
    receipt = paid(person)
    office.send_receipt(person, receipt, by=person)
    with pytest.raises(NotAllowed, match="today"):
        office.send_receipt(person, receipt, by=person)
    monkeypatch.setattr(office, "SENT_A_DAY", 1)
    OfficeSending.objects.update(email="elsewhere@clinic.example")
    with pytest.raises(NotAllowed, match="Several"):
        office.send_receipt(person, receipt, by=person)
    assert mails("office_receipt").count() == 1


def test_another_members_receipt_is_not_there(client):
    person, other = member(), member()
    receipt = paid(other)
    named(person)
    client.force_login(person)
    assert client.post(f"{MINE}receipts/{receipt.public_id}/").status_code == 404
    assert not OfficeSending.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "no", "a@b", "x" * 250 + "@example.org", "a@b.example, c@d.example", "a\x00@b.example"]
)
def test_what_is_no_address_is_said(client, email):
    client.force_login(member())
    assert (client.post(MINE, {"email": email}).status_code, OfficeAddress.objects.count()) == (422, 0)


@pytest.mark.django_db(transaction=True)
def test_two_presses_send_one_letter():
    person = member()
    receipt = paid(person)
    named(person)
    said = at_once(*[lambda: office.send_receipt(person, receipt, by=person)] * 3)
    assert sorted(type(one).__name__ for one in said) == ["NotAllowed", "NotAllowed", "OfficeSending"]
    assert mails("office_receipt").count() == 1


# The line of time -----------------------------------------------------------------------------------------------------
def test_the_line_of_time_tells_what_happened_the_newest_first(client):
    person = member()
    papers.make_card(person)
    pauses.ask_for_pause(person, reason="parental", starts_on=day(5), back_on=day(50), by=person)
    pauses.end_pause(person, by=person)
    resignations.resign(person, when="end", seen=None, by=person)
    resignations.withdraw_resignation(person, by=person)

    rows = history_rows(Membership.objects.get())

    assert {row.what for row in rows} == {
        "You became a member",
        "A term was added",
        "Membership card made",
        "You asked for a pause",
        "Your pause was granted",
        "Your pause was taken back",
        "You resigned",
        "You took the resignation back",
    }
    client.force_login(person)
    page = client.get("/membership/mine/history/").content.decode()
    assert page.index("Membership card made") < page.index("You became a member")


def test_the_line_of_time_costs_the_same_with_many_rows(client, django_assert_num_queries):
    person = member()
    membership = Membership.objects.get()
    with django_assert_num_queries(7):
        history_rows(membership)
    for _ in range(3):
        papers.make_card(person, anew=True)
        pauses.ask_for_pause(person, reason="other", starts_on=day(5), back_on=day(50), by=person)
        pauses.end_pause(person, by=person)
    with django_assert_num_queries(7):
        history_rows(membership)
