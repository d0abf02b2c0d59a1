"""What the career center sells to billing: products, customers, and the way on."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.billing import registry
from aapm_site.billing.domain import credit_notes, payments
from aapm_site.billing.models import Customer
from aapm_site.mail.models import OutgoingEmail
from careers.choices import MemberRole
from careers.domain import employers, jobs
from careers.models import Employer
from careers.rules import may_buy

from .factories import make_employer, make_job, make_member, make_package, make_user, order_of, pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer):
    return make_member(employer)


@pytest.fixture
def customer(employer, owner):
    return employers.customer_of(employer, by=owner)


def find(sku: str, customer: Customer, user: User) -> registry.Product | None:
    return registry.find_products([sku], customer, user).get(sku)


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("poster", True), ("viewer", False)])
def test_who_writes_may_buy(employer, customer, role, may):
    assert may_buy(role) is may
    user = make_member(employer, role)
    assert (customer in Customer.objects.for_user(user)) is may


def test_a_stranger_buys_for_nobodys_organization(customer):
    assert list(Customer.objects.for_user(make_user())) == []


def test_the_account_is_made_once_with_the_names_of_that_day(employer, owner, customer):
    assert (customer.name, customer.bill_name, customer.bill_email) == (employer.name, employer.name, owner.email)
    assert employers.customer_of(employer, by=make_member(employer)) == customer


def test_a_new_name_is_the_accounts_and_not_the_invoices(employer, owner, customer):
    make_package("one", price=99)
    order = order_of(employer, owner, "one")
    employers.edit_employer(employer, by=owner, name="Harbor Lane Health")
    customer.refresh_from_db()
    order.invoice.refresh_from_db()
    assert (customer.name, order.invoice.bill_name) == ("Harbor Lane Health", "Harbor Lane Pain & Spine")


def test_a_package_is_sold_with_everything_that_its_line_must_know(owner, customer):
    make_package("three-pack", name="Three-pack", postings=3, price="222.75", tax_rate="8.25", featured=True)
    assert find("careers:three-pack", customer, owner) == registry.Product(
        sku="careers:three-pack",
        title="Three-pack",
        unit_price=Decimal("222.75"),
        currency="USD",
        tax_rate=Decimal("8.250"),
        note="3 featured postings of 30 days each",
        most=20,
        details={"postings": 3, "runs_days": 30, "featured": True},
    )


def test_members_pay_the_members_price_where_there_is_one(owner, customer):
    make_package("one", price=99, member_price="79.20")
    make_package("two", price=50)
    assert find("careers:one", customer, owner).unit_price == 99
    owner.user_permissions.add(Permission.objects.get(codename="member_price"))
    member = User.objects.get(pk=owner.pk)
    assert find("careers:one", customer, member).unit_price == Decimal("79.20")
    assert find("careers:two", customer, member).unit_price == 50


def test_what_is_not_on_offer_or_not_for_an_employer_is_not_sold(owner, customer):
    make_package("old", is_active=False)
    make_package("one")
    private = Customer.objects.create(name="Amara Okafor", user=owner)
    assert find("careers:old", customer, owner) is None
    assert find("careers:none", customer, owner) is None
    assert find("careers:one", private, owner) is None
    Employer.objects.update(closed_at=timezone.now())
    customer.employer.refresh_from_db()
    assert find("careers:one", customer, owner) is None


def test_coupons_may_name_what_is_on_offer():
    make_package("one", name="Single")
    make_package("old", is_active=False)
    assert ("careers:one", "Single") in registry.all_skus()
    assert "careers:old" not in dict(registry.all_skus())


@pytest.mark.parametrize(
    ("pay_by", "words"),
    [("card", "Waiting for your card payment."), ("invoice", "Waiting for your check or transfer.")],
)
def test_the_way_on_says_what_is_true_until_it_is_paid(employer, owner, pay_by, words):
    make_package("three-pack", postings=3, price=200)
    step = registry.after_purchase(order_of(employer, owner, quantity=2, pay_by=pay_by))
    assert step.url == reverse("careers:employer-credits", args=[employer.public_id])
    assert step.waiting.startswith(words)
    assert "goes to review by itself" in step.waiting
    assert step.paid == (
        "This order brought you 6 postings of 30 days each. A position uses one posting when it goes to review."
    )


def test_one_posting_is_spoken_of_as_one(employer, owner):
    make_package("one", price=99, featured=True)
    paid = registry.after_purchase(order_of(employer, owner, "one")).paid
    assert paid.startswith("This order brought you 1 featured posting of 30 days. ")


def test_what_was_taken_back_before_it_was_paid_was_not_brought(client, employer, owner):
    make_package("three-pack", postings=3, price=200)
    order = order_of(employer, owner, quantity=2)
    credit_notes.issue_credit_note(order, by=None, reason="One too many.", pieces={order.lines.get().pk: 1})
    payments.record_payment(
        order, by=None, method="check", amount=Decimal(200), received_on=timezone.localdate(), reference="1"
    )
    client.force_login(owner)
    letter = OutgoingEmail.objects.get(kind="billing.paid.buyer")
    for told in (client.get(order.get_absolute_url()).text, letter.text):
        assert "This order brought you 3 postings of 30 days each." in told


def test_who_bought_for_an_organization_sees_and_pays_its_orders_once_it_is_closed(client, employer, owner):
    make_package("one", price=99)
    order = order_of(employer, owner, "one")
    employers.close_employer(employer)
    client.force_login(owner)
    assert "How to pay $99" in client.get(order.get_absolute_url()).text
    again = f"{reverse('billing:checkout')}?sku=careers:one&customer={order.customer.public_id}"
    assert client.get(again).status_code == 404
    board = client.get(employer.get_absolute_url()).text
    assert ("closed on our site" in board, "Post a position" in board) == (True, False)
    assert client.get(reverse("careers:job-new", args=[employer.public_id]))["Location"] == employer.get_absolute_url()


@pytest.mark.parametrize("waits", [False, True])
def test_a_paid_order_says_the_same_whether_or_not_a_position_waited_for_it(client, employer, owner, waits):
    make_package("one", price=99)
    job = make_job(employer)
    if waits:
        jobs.await_payment(job, by=owner)
    order = order_of(employer, owner, "one")
    pay(order)
    job.refresh_from_db()
    assert (job.status == "in_review") is waits

    client.force_login(owner)
    said = "This order brought you 1 posting of 30 days. A position uses one posting when it goes to review."
    page = client.get(order.get_absolute_url()).text
    letter = OutgoingEmail.objects.get(kind="billing.paid.buyer")
    assert (said in page, said in " ".join(letter.text.split())) == (True, True)
    assert "waited" not in page + letter.text


def test_buying_roles_are_writing_roles():
    assert [role for role in MemberRole.values if may_buy(role)] == ["owner", "poster"]
