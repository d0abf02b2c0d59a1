"""A code that makes something cheaper."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Upper

from aapm_site.core.money import amount_field, currency_field

from ..states import CouponKind
from .base import kept_history


class CouponQuerySet(models.QuerySet["Coupon"]):
    def by_code(self, code: str) -> "CouponQuerySet":
        """People type codes in any case and with a space too many."""
        return self.filter(code__iexact=" ".join(code.split()))


@kept_history()
class Coupon(models.Model):
    """Percent or amount off, for some products, between two days, so many times in all and for each customer.

    A use is an order that names the coupon and was not cancelled; the coupon's row is locked while it is counted.
    """

    code = models.CharField(max_length=40, help_text="What the customer types. Small and capital letters are the same.")
    note = models.CharField(max_length=200, blank=True, help_text="For staff: whom it is for.")
    kind = models.CharField(max_length=10, choices=CouponKind.choices, default=CouponKind.PERCENT)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    amount = amount_field(null=True, blank=True)
    currency = currency_field()
    skus = ArrayField(
        models.CharField(max_length=100),
        blank=True,
        default=list,
        verbose_name="products",
        help_text="What it is good for; none chosen means everything.",
    )
    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField("last day", null=True, blank=True)
    most_uses = models.PositiveIntegerField("uses in all", null=True, blank=True, help_text="Empty: no limit.")
    most_per_customer = models.PositiveIntegerField(
        "uses by one customer", null=True, blank=True, default=1, help_text="Empty: no limit."
    )
    is_active = models.BooleanField("can be used", default=True)
    is_sample = models.BooleanField("sample", default=False)

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                Upper("code"), name="billing_coupon_code_once", violation_error_message="This code exists already."
            ),
            models.CheckConstraint(condition=models.Q(kind__in=CouponKind.values), name="billing_coupon_kind_known"),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and a check lets that pass: so nothing is named.
                condition=models.Q(
                    kind=CouponKind.PERCENT, percent__isnull=False, percent__gt=0, percent__lte=100, amount__isnull=True
                )
                | models.Q(kind=CouponKind.AMOUNT, amount__isnull=False, amount__gt=0, percent__isnull=True),
                name="billing_coupon_percent_or_amount",
                violation_error_message="Give a percentage from 0.01 to 100, or an amount above zero, not both.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="billing_coupon_amount_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="billing_coupon_dates_in_order",
                violation_error_message="The last day may not come before the first.",
            ),
            models.CheckConstraint(condition=~models.Q(code=""), name="billing_coupon_has_code"),
        ]

    def __str__(self) -> str:
        return self.code

    def applies_to(self, sku: str) -> bool:
        return not self.skus or sku in self.skus

    def is_open_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)
