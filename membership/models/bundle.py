"""An institution that pays for seats of membership, who looks after them, and who has them."""

from datetime import date
from typing import Any

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.billing.models import Customer, OrderLine
from aapm_site.core.ids import PublicIdField
from aapm_site.core.money import DEFAULT_CURRENCY, amount_field, currency_field

from ..bundle_rules import MOST_SEATS
from .membership import Term
from .plan import Plan


class SeatPrice(models.Model):
    """What each seat of a category costs to an institution that buys so many, or more."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="seat_prices", verbose_name="category")
    least_seats = models.PositiveSmallIntegerField(
        "from so many seats",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
        help_text="The lowest of these numbers is the fewest that an institution can buy.",
    )
    price = amount_field(verbose_name="price for each", help_text="For one term of the category, in its currency.")
    # The category's, as it was when the price was written: it counts as long as that is the same.
    currency = currency_field(db_default=DEFAULT_CURRENCY, editable=False)

    class Meta:
        ordering = ["plan", "least_seats"]
        verbose_name = "price of seats"
        verbose_name_plural = "prices of seats for institutions"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "least_seats"],
                name="membership_seat_price_once",
                violation_error_message="There is a price from so many seats already.",
            ),
            models.CheckConstraint(
                condition=Q(least_seats__range=(1, MOST_SEATS), price__gte=0),
                name="membership_seat_price_numbers",
                violation_error_message="Give from 1 to 500 seats, and a price that is not below nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, from {self.least_seats}"

    def save(self, **options: Any) -> None:
        self.currency = self.plan.currency
        super().save(**options)


class BundleQuerySet(models.QuerySet["Bundle"]):
    def for_user(self, user: Visitor) -> "BundleQuerySet":
        """Those whose seats the user looks after."""
        return self.filter(administrators__user=user) if user.is_authenticated else self.none()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["public_id"])
class Bundle(models.Model):
    """Seats of one category for the people of an institution. What it has bought are its periods.

    One that is held invites and admits nobody and cannot be ordered; who has a seat keeps it.
    """

    public_id = PublicIdField()
    name = models.CharField("institution", max_length=120, help_text="As its people know it: letters say it.")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bundles", verbose_name="category")
    customer = models.OneToOneField(Customer, on_delete=models.PROTECT, related_name="bundle", editable=False)
    note = models.TextField(max_length=1000, blank=True, help_text="For staff only.")
    created_at = models.DateTimeField("made", default=timezone.now, editable=False)
    held_at = models.DateTimeField("held since", null=True, blank=True, editable=False)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "institution with seats"
        verbose_name_plural = "institutions with seats"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="membership_bundle_has_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of who looks after the seats."""
        return reverse("membership:bundle-detail", args=[self.public_id])


class BundleAdministratorQuerySet(models.QuerySet["BundleAdministrator"]):
    def asked_of(self, user: Visitor) -> "BundleAdministratorQuerySet":
        """The requests to the user's address; whether it was confirmed is the caller's to ask."""
        if not user.is_authenticated or not user.email:
            return self.none()
        return self.filter(user=None, email__iexact=user.email).select_related("bundle")


class BundleAdministrator(models.Model):
    """Who looks after an institution's seats; without a person yet, the request to an address."""

    public_id = PublicIdField()
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="administrators")
    email = models.EmailField("address asked", max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="bundles_looked_after",
        verbose_name="person",
        editable=False,
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    invited_at = models.DateTimeField("asked", default=timezone.now, editable=False)
    accepted_at = models.DateTimeField("said yes", null=True, blank=True, editable=False)

    objects = BundleAdministratorQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        verbose_name = "administrator of seats"
        verbose_name_plural = "administrators of seats"
        constraints = [
            models.UniqueConstraint("bundle", Lower("email"), name="membership_bundle_asked_once"),
            models.UniqueConstraint(fields=["bundle", "user"], name="membership_bundle_administrator_once"),
            models.CheckConstraint(
                condition=Q(user=None, accepted_at=None) | Q(user__isnull=False, accepted_at__isnull=False),
                name="membership_bundle_administrator_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} for {self.bundle}"


class BundlePeriodQuerySet(models.QuerySet["BundlePeriod"]):
    def valid(self) -> "BundlePeriodQuerySet":
        return self.filter(void_at=None)

    def not_over(self, on: date) -> "BundlePeriodQuerySet":
        """Those that run on a day, or will."""
        return self.valid().filter(ends_on__gte=on)


class BundlePeriod(models.Model):
    """So many seats from a day to a day, as they were paid. Its dates were fixed by the payment."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="periods")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", verbose_name="category")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="bundle_periods")
    seats = models.PositiveSmallIntegerField()
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    grace_days = models.PositiveSmallIntegerField("days of grace", default=0)
    was_to = models.DateField("was to end on", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField("taken back", null=True, blank=True)
    void_reason = models.TextField("why it was taken back", blank=True)

    objects = BundlePeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "period of seats"
        verbose_name_plural = "periods of seats"
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="membership_period_dates_in_order"),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS)), name="membership_period_seats"),
            models.CheckConstraint(
                condition=Q(was_to=None) | Q(was_to__gt=F("ends_on")), name="membership_period_ended_early"
            ),
            models.CheckConstraint(
                condition=Q(void_at=None, void_reason="") | (Q(void_at__isnull=False) & ~Q(void_reason="")),
                name="membership_period_void_with_reason",
            ),
            models.UniqueConstraint(
                fields=["order_line"], condition=Q(void_at=None), name="membership_period_once_paid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats} × {self.plan}, {self.starts_on} to {self.ends_on}"

    @property
    def is_void(self) -> bool:
        return self.void_at is not None


class BundleSeatQuerySet(models.QuerySet["BundleSeat"]):
    def offered_to(self, user: Visitor) -> "BundleSeatQuerySet":
        """The invitations to the user's address; whether it was confirmed is the caller's to ask."""
        if not user.is_authenticated or not user.email:
            return self.none()
        return self.open().filter(user=None, email__iexact=user.email).select_related("bundle__plan")

    def of_user(self, user: Visitor) -> "BundleSeatQuerySet":
        """The seats to which the user has said yes."""
        found = self.open().filter(user=user) if user.is_authenticated else self.none()
        return found.select_related("bundle__plan")

    def open(self) -> "BundleSeatQuerySet":
        """Those of people who are invited, or have said yes and are still on the list."""
        return self.filter(declined_at=None, ended_at=None)


class BundleSeat(models.Model):
    """A person on an institution's list: invited, then here by their own yes, until one of the two ends it.

    The institution reads the address that it wrote, the name, and where it stands; nothing else of the person.
    """

    public_id = PublicIdField()
    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="people")
    email = models.EmailField("address invited", max_length=254)
    name = models.CharField("name", max_length=120, blank=True, help_text="As the institution wrote it.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="bundle_seats",
        verbose_name="person",
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField("invited", default=timezone.now)
    accepted_at = models.DateTimeField("said yes", null=True, blank=True)
    consent = models.CharField("said yes to", max_length=20, blank=True)
    declined_at = models.DateTimeField("said no", null=True, blank=True)
    ended_at = models.DateTimeField("taken off the list", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = BundleSeatQuerySet.as_manager()

    class Meta:
        ordering = ["invited_at", "pk"]
        verbose_name = "person on a list of seats"
        verbose_name_plural = "people on lists of seats"
        constraints = [
            models.UniqueConstraint(
                "bundle",
                Lower("email"),
                condition=Q(declined_at=None, ended_at=None),
                name="membership_seat_once_an_address",
            ),
            models.UniqueConstraint(
                fields=["bundle", "user"], condition=Q(ended_at=None), name="membership_seat_once_a_person"
            ),
            models.CheckConstraint(
                condition=Q(user=None, accepted_at=None, consent="")
                | (Q(user__isnull=False, accepted_at__isnull=False, declined_at=None) & ~Q(consent="")),
                name="membership_seat_by_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.bundle}"

    @property
    def shown_name(self) -> str:
        """The person's own name once they are here, until then what the institution wrote."""
        return self.user.display_name if self.user is not None else self.name


class SeatTerm(models.Model):
    """Which term of a member somebody's seat gave, out of which period."""

    seat = models.ForeignKey(BundleSeat, on_delete=models.CASCADE, related_name="terms")
    period = models.ForeignKey(BundlePeriod, on_delete=models.CASCADE, related_name="terms")
    term = models.OneToOneField(Term, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        ordering = ["pk"]
        verbose_name = "term of a seat"
        verbose_name_plural = "terms of seats"

    def __str__(self) -> str:
        return f"{self.term}"
