"""Fellowship places that did not fill, and the rounds in which the board of them is open."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Place
from aapm_site.accounts.people import Visitor
from aapm_site.core.cache.revisions import revised, revised_where, sql_list
from aapm_site.core.ids import PublicIdField
from aapm_site.core.transitions import StatusChange

from ..choices import FellowshipVisa
from ..fellowship_states import OFFER_ENDED, OFFER_LIFECYCLE, OFFER_SEEN, OFFER_STAFF_WORDS, OfferStatus
from ..rules import WRITERS
from .employer import Employer

MOST_PLACES = 20
SEEN_OFFERS = f"status IN {sql_list(OFFER_SEEN)}"


class FellowshipRoundQuerySet(models.QuerySet["FellowshipRound"]):
    def open_on(self, day: date) -> "FellowshipRoundQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def not_over(self, day: date) -> "FellowshipRoundQuerySet":
        """Those that are open, and those to come, the soonest first."""
        return self.filter(closes_on__gte=day).order_by("opens_on", "pk")


class FellowshipRound(models.Model):
    """The days on which the board shows what did not fill in one match; staff set them."""

    name = models.CharField(max_length=80, help_text="As readers see it: After the 2026 match")
    opens_on = models.DateField("opens on")
    closes_on = models.DateField("closes on", help_text="The last day on which the board shows open places.")

    objects = FellowshipRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "fellowship round"
        ordering = ["-opens_on", "-pk"]
        triggers = [revised()]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="careers_fellowshipround_days",
                violation_error_message="A round closes on the day on which it opens, or later.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FellowshipOfferQuerySet(models.QuerySet["FellowshipOffer"]):
    def live(self, day: date | None = None) -> "FellowshipOfferQuerySet":
        """What everybody may read: approved, and its round is open."""
        day = day or timezone.localdate()
        return self.filter(status=OfferStatus.APPROVED, round__opens_on__lte=day, round__closes_on__gte=day)

    def writable_by(self, user: Visitor) -> "FellowshipOfferQuerySet":
        """Those of the programs for which the user may post."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(employer__members__user=user, employer__members__role__in=WRITERS)


class FellowshipOffer(models.Model):
    """Places of one fellowship program that are still open. Free for programs that staff have verified."""

    LIFECYCLE = OFFER_LIFECYCLE
    STAFF_WORDS = OFFER_STAFF_WORDS

    public_id = PublicIdField()
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="offers")
    round = models.ForeignKey(FellowshipRound, on_delete=models.PROTECT, related_name="offers")
    program = models.CharField(max_length=120)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    open_places = models.PositiveSmallIntegerField(
        "open places", default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    begins_on = models.DateField("begins on")
    accredited = models.BooleanField("accredited by the ACGME", default=False)
    visa = models.CharField("visas", max_length=10, choices=FellowshipVisa.choices, blank=True, default="")
    summary = models.TextField("what the year is like", max_length=800)
    wanted = models.TextField("who may apply", max_length=600)
    apply_url = models.URLField("address to apply at", max_length=500, blank=True)
    apply_email = models.EmailField("e-mail to apply to", max_length=254, blank=True)
    status = models.CharField(max_length=20, choices=OfferStatus.choices, default=OfferStatus.IN_REVIEW)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_sample = models.BooleanField(default=False, help_text="Invented for the demonstration; the page says so.")

    objects = FellowshipOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "fellowship offer"
        verbose_name_plural = "fellowship offers"
        ordering = ["-submitted_at", "-pk"]
        triggers = [*revised_where(SEEN_OFFERS)]
        permissions = [("decide_fellowshipoffer", "Can decide on fellowship offers")]
        indexes = [models.Index(fields=["status", "round"], name="careers_offer_status")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=OfferStatus.values), name="careers_offer_status_known"),
            models.CheckConstraint(condition=Q(visa__in=FellowshipVisa.values), name="careers_offer_visa_known"),
            models.CheckConstraint(
                condition=Q(open_places__range=(1, MOST_PLACES)),
                name="careers_offer_places",
                violation_error_message=f"A program has from 1 to {MOST_PLACES} open places.",
            ),
            models.CheckConstraint(
                condition=~Q(apply_url="", apply_email=""),
                name="careers_offer_can_be_applied_to",
                violation_error_message="Say where to apply: an address or an e-mail.",
            ),
        ]

    def __str__(self) -> str:
        return self.program

    def get_absolute_url(self) -> str:
        """Its entry on the board."""
        return f"{reverse('careers:fellowship-list')}#offer-{self.pk}"

    @property
    def is_ended(self) -> bool:
        return self.status in OFFER_ENDED

    @property
    def is_past(self) -> bool:
        """Whether its round is over, so that it stands on the board no more."""
        return self.round.closes_on < timezone.localdate()


class FellowshipOfferChange(StatusChange):
    """One step in the life of a fellowship offer."""

    subject = models.ForeignKey(FellowshipOffer, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        verbose_name = "step of a fellowship offer"
        verbose_name_plural = "steps of fellowship offers"
