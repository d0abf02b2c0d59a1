"""What a purchase costs the database, with everything that the career center does in the money's transaction.

Counted are all statements but those that begin and end a transaction.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aapm_site.billing.models import CardSession, Payment
from aapm_site.mail.models import OutgoingEmail
from careers.domain import credit_ledger, employers
from careers.models import Employer
from tests.billing import provider as at_provider
from tests.billing.shop import make_letterhead
from tests.billing.test_checkout import filled
from tests.billing.test_webhook import DONE, tell

from .factories import make_employer, make_member, make_package

pytestmark = pytest.mark.django_db
provider = at_provider.provider
BEGINS_OR_ENDS = re.compile(r"^(SELECT set_config\([^;]+; )?(BEGIN|COMMIT|SAVEPOINT|RELEASE SAVEPOINT)\b")


@contextmanager
def queries(count: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    found = [query["sql"] for query in captured if not BEGINS_OR_ENDS.match(query["sql"])]
    assert len(found) == count, "\n".join(f"{number}. {sql[:300]}" for number, sql in enumerate(found, 1))


@pytest.fixture
def employer() -> Employer:
    make_letterhead()
    make_package("three", postings=3, price="222.75", member_price=200)
    make_package("long", postings=1, price=149, member_price=139, runs_days=60)
    make_package("shown", postings=2, price=199, featured=True)
    return make_employer()


@pytest.fixture
def owner(client, employer):
    person = make_member(employer)
    client.force_login(person)
    return person


@pytest.fixture
def checkout(employer, owner) -> str:
    """The form's address; the account is there, since the rates' button made it."""
    customer = employers.customer_of(employer, by=owner)
    return f"/checkout/?sku=careers:three&customer={customer.public_id}"


# The invoice goes to accounts payable, so the buyer gets a copy; the members' price asks for the buyer's rights. One
# statement asks whether the buyer's and the invoice's addresses are confirmed, and counts the letter to the latter; one
# asks for the newest position, whose reach stands beside the price; one reads who the association is.
def test_a_first_order_writes_down_the_address(client, checkout):
    data = filled(client.get(checkout))
    with queries(22):
        assert client.post(checkout, data).status_code == 302
    assert OutgoingEmail.objects.count() == 2


@pytest.mark.parametrize("more", ["", "&sku=careers:long&sku=careers:shown"])
@pytest.mark.parametrize("before", [1, 5])
def test_an_order(client, checkout, more, before):
    for _ in range(before):
        client.post(checkout, filled(client.get(checkout)))
    data = filled(client.get(checkout + more))
    with queries(21):
        assert client.post(checkout + more, data).status_code == 302


def test_the_card_page(client, checkout, provider):
    data = filled(client.get(checkout), pay_by="card")
    with queries(22):
        ordered = client.post(checkout, data)
    assert ordered.status_code == 307
    with queries(13):  # one of them asks whether a kept card is being charged for it
        opened = client.post(ordered["Location"], data)
    assert (opened.status_code, opened["Location"]) == (303, CardSession.objects.get().url)


@pytest.mark.parametrize("more", ["", "&sku=careers:long&sku=careers:shown"])
@pytest.mark.parametrize("before", [0, 5])
def test_the_payment(client, employer, checkout, provider, more, before):
    for _ in range(before):
        client.post(checkout, filled(client.get(checkout)))
    ordered = client.post(checkout + more, filled(client.get(checkout + more), pay_by="card"))
    client.post(ordered["Location"])
    session = CardSession.objects.get()
    provider.pay(session.session_id)
    message, visitor = provider.event(DONE, session.session_id), Client()
    with queries(20):
        assert tell(message, visitor).status_code == 200
    assert Payment.objects.get().amount == session.amount
    assert sum(credit_ledger.owned_credits(employer).values()) == (6 if more else 3)
