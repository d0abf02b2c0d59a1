"""A membership category: who belongs in it, what it costs, how long it runs."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from aapm_site.core.cache.revisions import revised
from aapm_site.core.money import Money, amount_field, currency_field

LONGEST_GRACE_DAYS = 730


class PlanTraits:
    """What follows from the fields of a category: of a row, and of the values that readers are shown."""

    dues: Decimal
    currency: str
    term_months: int
    joinable: bool
    sample: bool

    @property
    def price(self) -> Money:
        return Money(self.dues, self.currency)

    @property
    def is_free(self) -> bool:
        return not self.dues

    @property
    def price_words(self) -> str:
        return "Free" if self.is_free else str(self.price)

    @property
    def terms_words(self) -> str:
        """What stands after the price: a year; by invitation."""
        return " ".join([*([] if self.is_free else [self.per_term]), *([] if self.joinable else ["by invitation"])])

    @property
    def has_sample_dues(self) -> bool:
        return self.sample and not self.is_free

    @property
    def per_term(self) -> str:
        """What one term is called after its price: a year, 6 months."""
        if self.term_months == 12:
            return "a year"
        if self.term_months % 12 == 0:
            return f"for {self.term_months // 12} years"
        return "a month" if self.term_months == 1 else f"for {self.term_months} months"


class PlanQuerySet(models.QuerySet["Plan"]):
    def offered(self) -> "PlanQuerySet":
        """What readers see: not a sample that staff have neither confirmed nor opened."""
        return self.exclude(sample=True, joinable=False)


class Plan(PlanTraits, models.Model):
    """A category as staff write it. Rows are never deleted while a term points at them: uncheck joinable instead."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    summary = models.CharField(max_length=250, help_text="One sentence: whom the category is for.")
    eligibility = models.TextField(help_text="Who belongs here, in plain words.")
    papers_needed = models.CharField(max_length=300, blank=True, help_text="What an applicant should have at hand.")
    dues = amount_field(help_text="For one term.")
    currency = currency_field()
    term_months = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(1), MaxValueValidator(120)], help_text="How long one term runs."
    )
    grace_days = models.PositiveSmallIntegerField(
        default=60,
        validators=[MaxValueValidator(LONGEST_GRACE_DAYS)],
        help_text="Days after a term in which everything stays open. Terms that exist keep the days they have.",
    )
    reads_journal = models.BooleanField(
        default=True,
        help_text="Who joins or renews in this category reads the full text. Terms that exist keep what they have.",
    )
    joinable = models.BooleanField(default=True, help_text="People may apply for it on the join page.")
    sample = models.BooleanField(default=False, help_text="The dues are a sample; the page says so.")
    order = models.PositiveSmallIntegerField(default=100)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "category"
        verbose_name_plural = "categories"
        ordering = ["order", "name"]
        triggers = [revised()]
        constraints = [
            models.CheckConstraint(
                condition=Q(dues__gte=0),
                name="membership_plan_dues_not_negative",
                violation_error_message="Dues cannot be negative.",
            ),
            models.CheckConstraint(
                condition=Q(term_months__range=(1, 120)),
                name="membership_plan_term_months",
                violation_error_message="A term runs for 1 to 120 months.",
            ),
            models.CheckConstraint(
                condition=Q(grace_days__range=(0, LONGEST_GRACE_DAYS)),
                name="membership_plan_grace_days",
                violation_error_message="Grace lasts two years at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
