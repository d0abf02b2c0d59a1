"""What a posting costs: rows that staff edit."""

from django.db import models

from aapm_site.core.money import Money, amount_field, currency_field
from aapm_site.core.revisions import revised


class Package(models.Model):
    """One or several postings at one price."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=40, blank=True, help_text="A short word for buttons and invoices.")
    description = models.TextField(max_length=400, blank=True)
    postings = models.PositiveSmallIntegerField(default=1)
    runs_days = models.PositiveSmallIntegerField("days live", default=30)
    featured = models.BooleanField(default=False)
    price = amount_field()
    member_price = amount_field(null=True, blank=True, help_text="What a member pays; empty if there is no such price.")
    currency = currency_field()
    order = models.PositiveSmallIntegerField(default=100)
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
                condition=models.Q(postings__gte=1, runs_days__range=(1, 365)), name="careers_package_sizes"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def each(self) -> Money:
        """The price of one posting."""
        return Money(self.price / self.postings, self.currency)
