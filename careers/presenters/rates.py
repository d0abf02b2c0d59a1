"""What stands around the table of rates."""

from collections.abc import Sequence

from ..queries.credits import Owned
from ..queries.rates import Rate


def rates_caption(rates: Sequence[Rate], *, pays_member_price: bool) -> str:
    """What the prices are, and who pays less."""
    prices = "Sample prices" if any(rate.package.is_sample for rate in rates) else "Prices"
    members = ""
    if has_member_prices(rates):
        who = "as a member of the Academy you pay" if pays_member_price else "members of the Academy pay"
        members = f"; {who} the members’ price"
    return f"{prices} for postings{members}. A posting that is not used yet never expires."


def has_member_prices(rates: Sequence[Rate]) -> bool:
    return any(rate.package.member_price is not None for rate in rates)


def owned_words(owned: Sequence[Owned]) -> str:
    return ", ".join(row.words for row in owned) or "no posting at the moment"
