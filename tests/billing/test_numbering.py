"""Numbers of documents: gapless in each series and year, also when orders are rolled back or placed at once."""

from datetime import date

import pytest
from django.db import transaction

from aapm_site.billing.domain import numbering
from aapm_site.billing.models import Counter, Invoice
from tests import racing

from .shop import make_customer, place

pytestmark = pytest.mark.django_db


def test_each_series_and_each_year_counts_from_one():
    said = [numbering.next_number(*of) for of in (("INV", date(2026, 12, 31)), ("INV", date(2027, 1, 1)))]
    said += [numbering.next_number("CN", date(2026, 12, 31)), numbering.next_number("INV", date(2026, 12, 31))]
    assert said == ["INV-2026-00001", "INV-2027-00001", "CN-2026-00001", "INV-2026-00002"]


def test_a_rollback_gives_the_number_back():
    numbering.next_number("INV", date(2026, 1, 1))
    with transaction.atomic():
        assert numbering.next_number("INV", date(2026, 1, 1)) == "INV-2026-00002"
        transaction.set_rollback(True)
    assert numbering.next_number("INV", date(2026, 1, 1)) == "INV-2026-00002"


def test_the_number_after_99999_is_longer_not_another():
    Counter.objects.create(series="INV-2026", last=99_999)
    assert numbering.next_number("INV", date(2026, 1, 1)) == "INV-2026-100000"


@pytest.mark.django_db(transaction=True)
def test_twenty_orders_at_once_have_twenty_numbers_without_a_gap(shop):
    customers = [make_customer(f"Practice {number}") for number in range(20)]

    def order(customer, place_in_row):
        if place_in_row % 4 == 0:  # every fourth one fails after its number was taken
            with transaction.atomic():
                place(("shop:posting", 1), customer=customer)
                raise LookupError
        return place(("shop:posting", 1), customer=customer)

    said = racing.at_once(*[lambda c=customer, n=number: order(c, n) for number, customer in enumerate(customers)])

    assert sum(isinstance(one, LookupError) for one in said) == 5
    numbers = sorted(int(number.rpartition("-")[2]) for number in Invoice.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 16))
