"""A membership category: who belongs in it, what it costs, how long it runs."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from aapm_site.core.cache.revisions import revised
from aapm_site.core.money import Money, amount_field, currency_field

from ..rules import TermRule

LONGEST_GRACE_DAYS = 730
LONGEST_LATE_DAYS = 180
MONTHS = [
    (number, f"{name} 1")
    for number, name in enumerate(
        (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        start=1,
    )
]  # fmt: skip


class PlanTraits:
    """What follows from the fields of a category: of a row, and of the values that readers are shown."""

    dues: Decimal
    currency: str
    term_months: int
    joinable: bool
    sample: bool
    reads_journal: bool

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
    def journal_words(self) -> str:
        """What a term of it opens of the Journal, as the gate has it."""
        return "Full text of the Journal" if self.reads_journal else "Abstracts and free articles of the Journal"

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
    slug = models.SlugField("address word", max_length=100, unique=True)
    summary = models.CharField(max_length=250, help_text="One sentence: whom the category is for.")
    eligibility = models.TextField("whom it is for", help_text="Who belongs here, in plain words.")
    papers_needed = models.CharField(max_length=300, blank=True, help_text="What an applicant should have at hand.")
    dues = amount_field(help_text="For one term.")
    currency = currency_field()
    term_months = models.PositiveSmallIntegerField(
        "months of a term",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="How long one term runs.",
    )
    grace_days = models.PositiveSmallIntegerField(
        "days of grace",
        default=60,
        validators=[MaxValueValidator(LONGEST_GRACE_DAYS)],
        help_text="Days after a term in which everything stays open. Terms that exist keep the days they have.",
    )
    year_begins = models.PositiveSmallIntegerField(
        "the year begins on",
        choices=MONTHS,
        null=True,
        blank=True,
        help_text="For a fixed year of membership, the same for everybody. Left empty, a term runs from its first day.",
    )
    late_days = models.PositiveSmallIntegerField(
        "last days that count for the next year",
        default=0,
        db_default=0,
        validators=[MaxValueValidator(LONGEST_LATE_DAYS)],
        help_text="Who joins so many days before a fixed year ends, or later, is a member to the end of the next one.",
    )
    is_prorated = models.BooleanField(
        "first dues by month",
        default=False,
        db_default=False,
        help_text="Who joins within a fixed year pays for the whole months that are left of it.",
    )
    least_dues = amount_field(
        verbose_name="first dues at least",
        default=0,
        db_default=0,
        help_text="However few months are left of a fixed year.",
    )
    reads_journal = models.BooleanField(
        "reads the Journal",
        default=True,
        help_text="Who joins or renews in this category reads the full text. Terms that exist keep what they have.",
    )
    steps_up_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="next category",
        help_text="Members change there by themselves, without an application: leave it empty where papers are to be "
        "read. Who told us when their training ends gets there with the first term after it.",
    )
    joinable = models.BooleanField(
        "open to applications", default=True, help_text="People may apply for it on the join page."
    )
    sample = models.BooleanField(default=False, help_text="The dues are a sample; the page says so.")
    order = models.PositiveSmallIntegerField("place", default=100)

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
            models.CheckConstraint(
                condition=Q(year_begins=None) | Q(year_begins__in=[number for number, _ in MONTHS], term_months=12),
                name="membership_plan_fixed_year",
                violation_error_message="A fixed year has twelve months: let a term run for 12 months.",
            ),
            models.CheckConstraint(
                condition=Q(late_days__range=(0, LONGEST_LATE_DAYS)) & (Q(late_days=0) | Q(year_begins__isnull=False)),
                name="membership_plan_late_days",
                violation_error_message="Only a fixed year has last days: choose when it begins, or write 0 days.",
            ),
            models.CheckConstraint(
                condition=Q(is_prorated=False) | Q(year_begins__isnull=False),
                name="membership_plan_prorated_year",
                violation_error_message="Dues by month are for a fixed year: choose when it begins.",
            ),
            models.CheckConstraint(
                condition=Q(steps_up_to=None) | ~Q(steps_up_to=models.F("id")),
                name="membership_plan_steps_elsewhere",
                violation_error_message="A category does not lead to itself: choose another one, or none.",
            ),
            models.CheckConstraint(
                condition=Q(least_dues__gte=0, least_dues__lte=models.F("dues")),
                name="membership_plan_least_dues",
                violation_error_message="The least of the first dues is between nothing and the dues.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def term_rule(self) -> TermRule:
        """How its terms run today."""
        return TermRule(
            months=self.term_months,
            dues=self.dues,
            grace_days=self.grace_days or 0,
            year_begins=self.year_begins,
            late_days=self.late_days,
            is_prorated=self.is_prorated,
            least=self.least_dues,
        )
