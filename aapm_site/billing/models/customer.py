"""Who buys: a person, or an organization that a room knows."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField

from ..registry import customer_sources
from .base import kept_history


class BillTo(models.Model):
    """Name and address as an invoice prints them."""

    bill_name = models.CharField("name on the invoice", max_length=160)
    bill_attention = models.CharField("attention of", max_length=120, blank=True)
    bill_street = models.CharField("street", max_length=200)
    bill_city = models.CharField("city", max_length=100)
    bill_region = models.CharField("state or region", max_length=60, blank=True)
    bill_postal_code = models.CharField("ZIP or postal code", max_length=20, blank=True)
    bill_country = models.CharField("country", max_length=60, default="United States")
    bill_email = models.EmailField("e-mail for invoices", max_length=254)

    class Meta:
        abstract = True

    @property
    def bill_lines(self) -> tuple[str, ...]:
        """The address as printed, the name first; the country only when it is another one."""
        place = " ".join(part for part in (self.bill_region, self.bill_postal_code) if part)
        town = ", ".join(part for part in (self.bill_city, place) if part)
        attention = f"Attn: {self.bill_attention}" if self.bill_attention else ""
        country = "" if self.bill_country == "United States" else self.bill_country
        return tuple(line for line in (self.bill_name, attention, self.bill_street, town, country) if line)


BILL_FIELDS = tuple(field.name for field in BillTo._meta.local_fields)


class CustomerQuerySet(models.QuerySet["Customer"]):
    def for_user(self, user: Visitor) -> "CustomerQuerySet":
        """The customers for whom the user may buy: the user's own, and those of the rooms' sources."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(user=user)
        for source in customer_sources:
            own |= models.Q(pk__in=source.customers(user).values("pk"))
        return self.filter(own)

    def with_owners(self) -> "CustomerQuerySet":
        """Each with the rooms' own row about it: what is sold to it depends on that."""
        owners = [source.owner for source in customer_sources if source.owner]
        return self.select_related(*owners) if owners else self


@kept_history("public_id")
class Customer(BillTo):
    """Somebody who has an account with the billing office, with what the next invoice will say unless changed."""

    public_id = PublicIdField()
    name = models.CharField(max_length=160, help_text="As the staff's lists and statements show it.")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="customer",
        verbose_name="person",
    )
    bill_name = models.CharField("name on the invoice", max_length=160, blank=True)
    bill_street = models.CharField("street", max_length=200, blank=True)
    bill_city = models.CharField("city", max_length=100, blank=True)
    bill_email = models.EmailField("e-mail for invoices", max_length=254, blank=True)
    net_days = models.PositiveSmallIntegerField(
        "days to pay",
        default=0,
        help_text="How many days after its date an invoice is due. 0: on receipt. Give 30 to those you trust.",
    )
    tax_exempt_number = models.CharField(
        "tax exemption certificate", max_length=60, blank=True, help_text="With a number here, no tax is charged."
    )
    note = models.TextField(max_length=1000, blank=True, help_text="For staff only.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="billing_customer_has_name"),
            models.CheckConstraint(
                condition=models.Q(net_days__range=(0, 120)),
                name="billing_customer_net_days",
                violation_error_message="Give between 0 and 120 days.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_address(self) -> bool:
        return bool(self.bill_name and self.bill_street and self.bill_city and self.bill_email)
