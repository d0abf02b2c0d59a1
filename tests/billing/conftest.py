"""The shop that billing's tests buy in."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.billing.shop import Shop


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A room that sells a posting for 99 dollars and a taxed one; it remembers what it was told."""
    made = Shop()
    made.sell("posting", "99.00")
    made.sell("three", "222.75", title="Three-pack", note="3 postings of 30 days each", details={"postings": 3})
    made.sell("taxed", "80.00", tax_rate=Decimal("8.25"))
    made.sell("gift", "0.00")
    made.open()
    yield made
    made.close()
