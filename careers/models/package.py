"""What a credit costs: rows that staff edit."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from aapm_site.accounts.people import Visitor
from aapm_site.billing.models.base import kept_history
from aapm_site.core.cache.revisions import revised
from aapm_site.core.money import CURRENCIES, SIGNS, Money, amount_field, currency_field

from ..credit_types import CreditType

MOST_POSTINGS = 100


class PackageTraits:
    """What follows from the fields of a package: of a row, and of the values that readers are shown."""

    slug: str
    postings: int
    runs_days: int
    featured: bool
    price: Decimal
    member_price: Decimal | None
    currency: str

    @property
    def kind(self) -> CreditType:
        return CreditType(self.runs_days, self.featured)

    @property
    def sku(self) -> str:
        """What orders and coupons call it."""
        return f"careers:{self.slug}"

    def price_for(self, user: Visitor) -> Decimal:
        """What this person pays: the members' price when there is one and membership says so."""
        lower = self.member_price
        return lower if lower is not None and user.has_perm("billing.member_price") else self.price

    @property
    def each(self) -> Money:
        """The price of one credit."""
        return Money(self.price / self.postings, self.currency)


@kept_history()
class Package(PackageTraits, models.Model):
    """One or several credits at one price."""

    slug = models.SlugField("address word", max_length=60, unique=True)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=40, blank=True, help_text="A short word for buttons and invoices.")
    description = models.TextField(max_length=400, blank=True)
    postings = models.PositiveSmallIntegerField(
        default=1,
        validators=[
            MinValueValidator(1, "A package has at least one posting."),
            MaxValueValidator(
                MOST_POSTINGS, f"A package has at most {MOST_POSTINGS} postings. Who wants more buys it several times."
            ),
        ],
    )
    runs_days = models.PositiveSmallIntegerField("days live", default=30)
    featured = models.BooleanField(default=False)
    price = amount_field()
    member_price = amount_field(null=True, blank=True, help_text="What a member pays; empty if there is no such price.")
    currency = currency_field(choices=CURRENCIES)
    tax_rate = models.DecimalField(
        "tax in percent",
        max_digits=6,
        decimal_places=3,
        default=Decimal(0),
        # So that a site which does not know the column yet can still write rows.
        db_default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="Added to the price when it is sold. 0 where no tax is due.",
    )
    order = models.PositiveSmallIntegerField("place", default=100)
    is_active = models.BooleanField("on offer", default=True)
    is_sample = models.BooleanField("sample price", default=False, help_text="The rates page says that it is a sample.")

    class Meta:
        ordering = ["order", "name"]
        triggers = [revised()]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="careers_package_price_not_negative"),
            models.CheckConstraint(
                condition=models.Q(member_price__isnull=True)
                | models.Q(member_price__gte=0, member_price__lte=models.F("price")),
                name="careers_package_member_price_lower",
                violation_error_message="The members' price may not be higher than the price.",
            ),
            models.CheckConstraint(
                condition=models.Q(postings__range=(1, MOST_POSTINGS), runs_days__range=(1, 365)),
                name="careers_package_sizes",
                violation_error_message=f"A package has 1 to {MOST_POSTINGS} postings, live for 1 to 365 days.",
            ),
            models.CheckConstraint(
                condition=models.Q(currency__in=tuple(SIGNS)),
                name="careers_package_currency_known",
                violation_error_message=f"The site sells in {', '.join(SIGNS)}. Choose one of them.",
            ),
            models.CheckConstraint(
                condition=models.Q(tax_rate__range=(0, 100)),
                name="careers_package_tax_rate",
                violation_error_message="Tax is between 0 and 100 percent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
