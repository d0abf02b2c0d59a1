"""The table of rates, with what a credit costs in each package and how much that saves."""

from dataclasses import dataclass, fields
from decimal import Decimal

from aapm_site.accounts.people import Visitor
from aapm_site.core.cache.remembered import remembered
from aapm_site.core.money import Money

from ..models import Package
from ..models.package import PackageTraits


@dataclass(frozen=True)
class PublicPackage(PackageTraits):
    """One package as readers see it."""

    slug: str
    name: str
    description: str
    postings: int
    runs_days: int
    featured: bool
    price: Decimal
    member_price: Decimal | None
    currency: str
    is_sample: bool


COLUMNS = [one.name for one in fields(PublicPackage)]


@remembered
def packages_on_offer() -> tuple[PublicPackage, ...]:
    """The packages on offer, in the order that staff give; one query."""
    return tuple(PublicPackage(*row) for row in Package.objects.filter(is_active=True).values_list(*COLUMNS))


@dataclass(frozen=True)
class Rate:
    """A package beside the single credit of the same kind."""

    package: PublicPackage
    each: Money
    saving_percent: int
    yours: Money

    @property
    def what(self) -> str:
        return self.package.kind.of(self.package.postings)

    @property
    def price(self) -> Money:
        return Money(self.package.price, self.package.currency)

    @property
    def member_price(self) -> Money | None:
        amount = self.package.member_price
        return None if amount is None else Money(amount, self.package.currency)


def rates_table(user: Visitor) -> list[Rate]:
    """The packages on offer, in the order that staff give, with what this person pays.

    A saving is against one credit of the same run and kind.
    """
    packages = packages_on_offer()
    singles = {_kind(package): package.price for package in packages if package.postings == 1}
    return [
        Rate(
            package,
            package.each,
            _saving(package, singles.get(_kind(package))),
            Money(package.price_for(user), package.currency),
        )
        for package in packages
    ]


def _kind(package: PublicPackage) -> tuple[int, bool, str]:
    return package.runs_days, package.featured, package.currency


def _saving(package: PublicPackage, single: Decimal | None) -> int:
    if not single or package.postings == 1:
        return 0
    return max(round(100 - 100 * package.each.amount / single), 0)
