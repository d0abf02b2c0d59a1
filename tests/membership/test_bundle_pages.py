"""The pages of seats: the institution's list and its report, the person's answer, what each reads of the other."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from aapm_site.mail.models import OutgoingEmail
from membership import privacy
from membership.domain import bundles, seats
from membership.forms.seats import read_line
from membership.models import BundleAdministrator, BundleSeat, SeatPrice, Term
from membership.presenters.standing import next_step, sentence
from membership.queries.members import forget, standing_of
from membership.queries.seats import payer_of
from tests.billing.factories import payment
from tests.factories import client_of

from .factories import make_member
from .institutions import bought, invite, look_after, make_bundle, person, seat, terms_of
from .test_dues import order_dues

pytestmark = pytest.mark.django_db
LIST = "/membership/seats/"


def long(day) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("line", "email", "name", "wrong"),
    [
        ("lena@people.example", "lena@people.example", "", ""),
        ("  Lena Okafor <Lena@People.example> ", "lena@people.example", "Lena Okafor", ""),
        ("Okafor, Lena\tlena@people.example", "lena@people.example", "Okafor Lena", ""),
        ('"Dr. Żółć" <z@people.example>;', "z@people.example", "Dr. Żółć", ""),
        ("Lena Okafor", "", "", "There is no e-mail address on this line."),
        ("a@people.example b@people.example", "", "", "Write each address on a line of its own."),
        ("lena@nowhere", "", "", "Give a whole e-mail address, such as name@example.org."),
        ("mıke@people.example", "", "", "Give a whole e-mail address, such as name@example.org."),
        ("@", "", "", "Give a whole e-mail address, such as name@example.org."),
        ("x" * 300 + "@people.example", "", "", "Give a whole e-mail address, such as name@example.org."),
    ],
)
def test_a_line_is_read_as_people_paste_it(line, email, name, wrong):
    found = read_line(7, line)

    assert (found.line, found.email, found.name, found.wrong) == (7, email, name, wrong)
    assert len(found.text) <= 81


def test_a_pasted_list_is_reported_line_by_line_and_what_failed_stands_in_the_form_again():
    bundle, _ = bought(2)
    client = client_of(look_after(bundle))

    response = client.post(
        bundle.get_absolute_url(),
        {"people": "Lena <lena@people.example>\n\nnobody\ntomas@people.example\r\nthird@p.example"},
    )

    page = text(response)
    assert response.status_code == 200
    assert "2 of 4 invited" in page
    assert "Invited: we wrote to lena@people.example." in page
    assert "<b>Not invited.</b> There is no e-mail address on this line." in page
    assert "<b>Not invited.</b> No seat is free for it." in page
    assert response.context["form"]["people"].value() == "nobody\nthird@p.example"
    assert OutgoingEmail.objects.filter(template="membership/seat_offered").count() == 2


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("", "Write at least one e-mail address."),
        ("\n".join(f"p{number}@people.example" for number in range(201)), "at most 200 at a time"),
        ("x" * 40_001, "Please paste it in parts."),
    ],
)
def test_a_list_that_cannot_be_read_says_why_and_keeps_what_was_typed(people, words):
    bundle, _ = bought(1)

    response = client_of(look_after(bundle)).post(bundle.get_absolute_url(), {"people": people})

    assert (response.status_code, words in text(response)) == (422, True)
    assert response.context["form"]["people"].value() == people
    assert not BundleSeat.objects.exists()


def test_the_institution_reads_name_address_and_state_and_nothing_else():
    bundle, _ = bought(4)
    administrator = look_after(bundle)
    covered = make_member((-10, 900), user=person(first_name="Ada", last_name="Quist"))
    taken, waits = seat(bundle, person(first_name="Lena", last_name="Moreau")), seat(bundle, covered)
    invite(bundle, person())
    seats.decline_seat(invite(bundle, person())[0])

    page = text(client_of(administrator).get(bundle.get_absolute_url()))

    for words in ("Lena Moreau", "Ada Quist", taken.email, waits.email, "Has a seat", "Said yes, uses no seat now",
                  "Invited, no answer yet", "Said no"):  # fmt: skip
        assert words in page
    for term in Term.objects.filter(membership__user=covered):
        assert f"{term.ends_on:%B} {term.ends_on.day}, {term.ends_on.year}" not in page
    assert f"no. {covered.membership.number}" not in page
    assert "4 seats until" in page


def test_the_list_costs_the_same_with_one_person_and_with_many(django_assert_num_queries):
    bundle, _ = bought(9)
    client = client_of(look_after(bundle))
    seat(bundle)
    client.get(bundle.get_absolute_url())
    with django_assert_num_queries(18):
        client.get(bundle.get_absolute_url())
    for _ in range(7):
        seat(bundle)

    with django_assert_num_queries(18):
        client.get(bundle.get_absolute_url())


def test_another_institution_finds_nothing_and_changes_nothing():
    bundle, _ = bought(2)
    look_after(bundle)
    had = seat(bundle)
    other = make_bundle(bundle.plan, name="Lakeside")
    stranger = client_of(look_after(other))
    at = bundle.get_absolute_url()
    addresses = [at, f"{at}order/", f"{at}people/{had.public_id}/remove/",
                 f"{other.get_absolute_url()}people/{had.public_id}/remove/"]  # fmt: skip

    answers = [stranger.post(one, {"people": "x@people.example", "seats": "3"}).status_code for one in addresses]

    assert answers == [404] * 4
    assert BundleSeat.objects.open().get() == had


def test_who_could_pay_dues_reads_first_that_a_seat_is_offered():
    bundle, _ = bought(1, name="Harbor Fellowship")
    look_after(bundle)
    user = make_member((-400, -40))
    client = client_of(user)
    assert "offers to pay" not in text(client.get("/membership/mine/"))
    invite(bundle, user)
    page = text(client.get("/membership/mine/"))
    assert 0 < page.index("offers to pay for your membership") < page.index("Renew")


def test_a_person_says_yes_only_with_the_tick_and_reads_who_pays(client):
    bundle, _ = bought(1, name="Harbor Fellowship")
    administrator, user = look_after(bundle), person()
    (offered,) = invite(bundle, user)
    client = client_of(user)
    at = f"{LIST}{offered.public_id}/"
    assert "Harbor Fellowship offers you a seat" in text(client.get(LIST))
    assert "Harbor Fellowship sees your name, the address to which it wrote" in text(client.get(at))

    refused = client.post(at, {"answer": "yes"})
    assert (refused.status_code, terms_of(user)) == (422, [])
    assert "Please tick the box if you agree" in text(refused)
    client.post(at, {"answer": "yes", "consent": "on"})

    assert [source for *_, source in terms_of(user)] == ["bundle"]
    page = text(client.get("/membership/mine/"))
    assert "Harbor Fellowship pays for your membership until" in page
    assert f"mailto:{administrator.email}" in page
    assert "Paid by your institution" in page
    assert client.get(at).status_code == 404


def test_no_frees_the_seat_and_a_seat_is_given_back_by_a_press():
    bundle, _ = bought(2)
    said_no, leaves = person(), seat(bundle)
    (offered,) = invite(bundle, said_no)
    client_of(said_no).post(f"{LIST}{offered.public_id}/", {"answer": "no"})
    assert BundleSeat.objects.get(pk=offered.pk).declined_at is not None

    client = client_of(leaves.user)
    assert "ends with today" in text(client.get(f"{LIST}{leaves.public_id}/leave/"))
    client.post(f"{LIST}{leaves.public_id}/leave/")

    assert seats.count_seats(bundle).free == 2
    assert BundleSeat.objects.get(pk=leaves.pk).ended_by == leaves.user


def test_another_address_finds_nothing_and_is_told_with_which_one_to_sign_in():
    bundle, _ = bought(1)
    (offered,) = invite(bundle, person())
    stranger = person()
    client = client_of(stranger)

    assert f"No institution offers a seat to {stranger.email}" in text(client.get(LIST))
    assert client.post(f"{LIST}{offered.public_id}/", {"answer": "yes", "consent": "on"}).status_code == 404
    assert client.post(f"{LIST}{offered.public_id}/leave/").status_code == 404


def test_who_is_asked_to_look_after_seats_answers_on_the_page():
    bundle, user = make_bundle(), person()
    asked = bundles.ask_administrator(bundle, by=None, email=user.email)
    client = client_of(user)
    assert f"look after the seats of {bundle}?" in text(client.get(LIST))
    assert bundle.name in text(client.get("/account/"))

    client.post(f"{LIST}requests/{asked.public_id}/", {"answer": "perhaps"})
    assert BundleAdministrator.objects.get().user is None
    response = client.post(f"{LIST}requests/{asked.public_id}/", {"answer": "yes"})

    assert response["Location"] == bundle.get_absolute_url()
    assert "There are no seats at present" in text(client.get(response["Location"]))


def test_the_order_leads_to_the_checkout_at_the_price_for_so_many():
    bundle = make_bundle()
    for least, price in ((5, 430), (10, 390)):
        SeatPrice.objects.create(plan=bundle.plan, least_seats=least, price=price)
    client = client_of(look_after(bundle))
    at = f"{bundle.get_absolute_url()}order/"
    for wrong in ("4", "501", "", "many", "9" * 30):
        assert client.post(at, {"seats": wrong}).status_code == 422

    response = client.post(at, {"seats": "12"})

    assert response["Location"] == (
        f"/checkout/?sku=membership%3Abundle-physician-10&quantity=12&customer={bundle.customer.public_id}"
    )
    page = text(client.get(response["Location"]))
    assert "Seats of membership, Physician" in page
    assert "$4,680" in page
    assert "between 10 and 500" in text(client.post(response["Location"], {"quantity_0": "9", "update": "1"}))


def test_on_hold_the_page_says_so_and_offers_nothing():
    bundle, _ = bought(1)
    client = client_of(look_after(bundle))
    bundles.hold_bundle(bundle)

    page = text(client.get(bundle.get_absolute_url()))
    assert "These seats are on hold" in page
    assert "Invite them" not in page
    assert client.get(f"{bundle.get_absolute_url()}order/")["Location"] == bundle.get_absolute_url()
    assert client.post(bundle.get_absolute_url(), {"people": "x@people.example"}).status_code == 422


def test_erased_people_are_on_no_list_any_more():
    bundle, _ = bought(2)
    had, administrator = seat(bundle), look_after(bundle)
    BundleSeat.objects.create(bundle=bundle, email=had.email.upper(), declined_at=timezone.now() - timedelta(days=50))
    assert [one["institution"] for one in privacy.export(had.user)["seats_from_institutions"]] == [bundle.name] * 2

    privacy.erase(had.user)
    privacy.erase(administrator)

    assert (BundleSeat.objects.count(), BundleAdministrator.objects.count()) == (0, 0)


# What the member reads of it ------------------------------------------------------------------------------------------
def test_on_a_seat_the_page_says_who_pays_and_offers_own_dues_second():
    bundle, _ = bought(1, name="Harbor Fellowship")
    had = seat(bundle)
    says = f"category Physician: Harbor Fellowship pays for it until {long(Term.objects.get().ends_on)}."
    client = client_of(had.user)

    page = text(client.get("/membership/mine/"))
    assert says in strip_tags(page)
    assert ">Renew<" not in page
    assert page.index("Paid by your institution") < page.index("Dues of your own, after the seat")
    assert says in strip_tags(text(client.get("/account/")))


def test_dues_of_ones_own_after_the_seat_and_grace_are_said_too(time_machine):
    bundle, _ = bought(1, name="Harbor Fellowship")
    had = seat(bundle)
    end = Term.objects.get().ends_on

    def said() -> tuple[str, str]:
        forget(had.user)
        had.user.__dict__.pop("_membership_payer", None)
        standing = standing_of(had.user)
        payer = payer_of(had.user, standing)
        return strip_tags(sentence(standing, None, payer)), next_step(standing, None, payer=payer).text

    time_machine.move_to(timezone.now() + timedelta(days=380))
    assert said() == (
        f"Harbor Fellowship paid for your membership until {long(end)}; "
        f"everything stays open to you until {long(end + timedelta(days=60))}.",
        "Ask at Harbor Fellowship whether it pays for the next term. Or pay dues of your own: they follow the seat, so "
        "that no day is paid twice.",
    )
    time_machine.move_to(timezone.now() - timedelta(days=300))
    payment(order_dues(had.user))
    assert said()[0] == (
        f"You are a member, category Physician: Harbor Fellowship pays until {long(end)}, "
        f"then your own term runs to {long(Term.objects.latest('ends_on').ends_on)}."
    )
