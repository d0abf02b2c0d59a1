"""Meetings and education: what the Academy invites people to, at a time of the place where it is held."""

from datetime import datetime
from decimal import Decimal

from django.core.validators import MaxLengthValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised_where, sql_list
from aapm_site.core.ids import PublicIdField
from aapm_site.core.richtext import RichTextField
from aapm_site.core.search import query
from aapm_site.core.transitions import StatusChange
from content.models.initiative import secure
from content.states import (
    MEETING_LIFECYCLE,
    SHOWN_MEETINGS,
    MeetingFormat,
    MeetingKind,
    MeetingStatus,
    MeetingZone,
)

# Words that the list's own addresses use.
TAKEN_WORDS = ("past", "page", "calendar")


def instant(day: str | Func, hour: str, otherwise: str) -> models.GeneratedField:
    """The moment of a day and an hour by the clock of the place, kept by the database; `otherwise` is the hour of one
    that has none.
    """
    none = Func(template=f"time '{otherwise}'", output_field=models.TimeField())
    by_the_clock = Func(
        F(day) if isinstance(day, str) else day,
        Coalesce(F(hour), none),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=models.DateTimeField(),
    )
    moment = Func(F("time_zone"), by_the_clock, function="timezone", output_field=models.DateTimeField())
    return models.GeneratedField(expression=moment, output_field=models.DateTimeField(), db_persist=True)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def shown(self) -> "MeetingQuerySet":
        """Those that everybody may read: published, and canceled, which say so."""
        return self.filter(status__in=SHOWN_MEETINGS)

    def taking_place(self) -> "MeetingQuerySet":
        return self.filter(status=MeetingStatus.PUBLISHED)

    def ahead(self, at: datetime) -> "MeetingQuerySet":
        """Those that are not over, the next one first."""
        return self.filter(ends_at__gt=at).order_by("begins_at", "pk")

    def over(self, at: datetime) -> "MeetingQuerySet":
        """Those that are over, the newest first."""
        return self.filter(ends_at__lte=at).order_by("-begins_at", "-pk")

    def next_end(self, after: datetime) -> datetime | None:
        """When the clock alone moves the next one to those that are over."""
        found: datetime | None = self.filter(ends_at__gt=after).aggregate(at=models.Min("ends_at"))["at"]
        return found


class Meeting(models.Model):
    """One event of the Academy's. Days and hours are those of its place; without hours it takes whole days."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=12, choices=MeetingKind, default=MeetingKind.MEETING)
    title = models.CharField(max_length=160)
    slug = models.CharField(
        "address word",
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Use lower-case letters, digits and single hyphens."),
            RegexValidator(
                rf"^({'|'.join(TAKEN_WORDS)})$", "The site itself uses this address. Add a word.", inverse_match=True
            ),
        ],
        help_text="The last word of the address, for example annual-meeting-2027. Fixed once it was published.",
    )
    summary = models.TextField(
        max_length=300, validators=[MaxLengthValidator(300)], help_text="One or two sentences. Lists show them."
    )
    body = RichTextField("text", blank=True)
    for_whom = models.CharField(
        "who it is for", max_length=160, blank=True, help_text="For example: physicians, fellows and nurses."
    )

    starts_on = models.DateField("first day")
    starts_time = models.TimeField("begins at", null=True, blank=True, help_text="Empty: whole days.")
    ends_on = models.DateField("last day", null=True, blank=True, help_text="Empty: the same day.")
    ends_time = models.TimeField("ends at", null=True, blank=True)
    time_zone = models.CharField(
        max_length=40,
        choices=MeetingZone,
        default=MeetingZone.CENTRAL,
        help_text="Of the place; online, the one in which the hours are announced.",
    )
    begins_at = instant("starts_on", "starts_time", "00:00")
    ends_at = instant(Coalesce(F("ends_on"), F("starts_on")), "ends_time", "24:00")

    format = models.CharField(
        "how one takes part", max_length=12, choices=MeetingFormat, default=MeetingFormat.IN_PERSON
    )
    venue = models.CharField(max_length=140, blank=True, help_text="The house: a hotel, a hospital, a hall.")
    street = models.CharField(max_length=140, blank=True)
    town = models.CharField(max_length=80, blank=True)
    region = models.CharField("state or country", max_length=80, blank=True)

    credits = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(Decimal("0.25"))]
    )
    credit_kind = models.CharField(
        "kind of credit",
        max_length=120,
        blank=True,
        help_text="As the accreditor words it, for example: AMA PRA Category 1 Credits™.",
    )
    registration_url = models.URLField("address to register", max_length=300, blank=True, validators=[secure])
    registration_until = models.DateField("last day to register", null=True, blank=True)
    price = models.CharField(
        "what it costs", max_length=200, blank=True, help_text="In words: Free. Or: Members $450, others $650."
    )
    organizer = models.CharField(max_length=140, blank=True, help_text="Empty for the Academy itself.")

    status = models.CharField(max_length=12, choices=MeetingStatus, default=MeetingStatus.DRAFT)
    published_at = models.DateTimeField("first published", null=True, blank=True, editable=False)
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False)
    canceled_because = models.TextField("why it was canceled", max_length=1000, blank=True, editable=False)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts the changes that calendars must be told."
    )
    updated_at = models.DateTimeField(auto_now=True)

    search = query.vector(("title", "A"), ("summary", "B"), ("town", "B"), ("venue", "C"), ("body", "D"))

    objects = MeetingQuerySet.as_manager()
    LIFECYCLE = MEETING_LIFECYCLE

    class Meta:
        ordering = ["-starts_on", "-pk"]
        permissions = [("publish_meeting", "Can publish, cancel and withdraw meetings")]
        indexes = [
            query.index("content_meeting_search"),
            models.Index(
                fields=["begins_at", "id"], name="content_meeting_next", condition=Q(status__in=SHOWN_MEETINGS)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="content_meeting_kind_known"),
            models.CheckConstraint(condition=Q(format__in=MeetingFormat.values), name="content_meeting_format_known"),
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="content_meeting_status_known"),
            models.CheckConstraint(condition=Q(time_zone__in=MeetingZone.values), name="content_meeting_zone_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="content_meeting_days_in_order",
                violation_error_message="The last day must not come before the first.",
            ),
            models.CheckConstraint(
                condition=Q(starts_time__isnull=True, ends_time__isnull=True)
                | Q(starts_time__isnull=False, ends_time__isnull=False),
                name="content_meeting_hours_whole",
                violation_error_message="Give both hours, or neither for whole days.",
            ),
            models.CheckConstraint(
                condition=Q(ends_time__isnull=True)
                | Q(ends_on__isnull=False, ends_on__gt=F("starts_on"))
                | Q(ends_time__gt=F("starts_time")),
                name="content_meeting_hours_in_order",
                violation_error_message="It must end after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(format=MeetingFormat.ONLINE, venue="", street="", town="", region="")
                | (~Q(format=MeetingFormat.ONLINE) & Q(town__gt="")),
                name="content_meeting_place_fits",
                violation_error_message="What is held in a place needs its town; what is online has no place.",
            ),
            models.CheckConstraint(
                condition=Q(credits__isnull=True, credit_kind="")
                | Q(credits__isnull=False, credits__gt=0, credit_kind__gt=""),
                name="content_meeting_credit_whole",
                violation_error_message="Credits have a number and a kind: give both or neither.",
            ),
            models.CheckConstraint(
                condition=Q(registration_until__isnull=True) | Q(registration_url__gt=""),
                name="content_meeting_deadline_of_something",
                violation_error_message="A last day to register needs an address to register.",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.CANCELED, canceled_at__isnull=False, canceled_because__gt="")
                | (~Q(status=MeetingStatus.CANCELED) & Q(canceled_at__isnull=True, canceled_because="")),
                name="content_meeting_canceled_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.DRAFT) | Q(published_at__isnull=False),
                name="content_meeting_shown_has_date",
            ),
        ]
        triggers = [*revised_where(f"changed.status IN {sql_list(SHOWN_MEETINGS)}")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:meeting", args=[self.slug])

    @property
    def is_shown(self) -> bool:
        return self.status in SHOWN_MEETINGS

    @property
    def staff_word_now(self) -> str:
        """What the clock alone has made of one that was announced."""
        is_over = self.status == MeetingStatus.PUBLISHED and self.ends_at and self.ends_at <= timezone.now()
        return "Published, and over" if is_over else ""


class MeetingStatusChange(StatusChange):
    subject = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="status_changes")

    class Meta(StatusChange.Meta):
        abstract = False
