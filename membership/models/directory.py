"""What a member shows in the two directories, and what is written to them through it."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.languages import SpokenLanguage
from aapm_site.accounts.models import Place
from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField

from ..directory_parts import DirectoryAudience, DirectoryPart, MessageReport
from .membership import Membership


def _several(choices: type[models.TextChoices], label: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=choices), verbose_name=label, default=list, blank=True)


class DirectoryEntryQuerySet(models.QuerySet["DirectoryEntry"]):
    def shown_to(self, audience: str, on: date | None = None) -> "DirectoryEntryQuerySet":
        """What this audience finds on a day, today unless given, as one condition.

        Listed there, a member as access.decide says, with an account that is open and a name, and not hidden by staff.
        """
        today = on or timezone.localdate()
        return self.filter(
            **{f"for_{DirectoryAudience(audience)}": True},
            hidden_at=None,
            membership__user__is_active=True,
            membership__in=Membership.objects.current(today),
        ).exclude(membership__user__last_name="")

    def for_user(self, user: Visitor) -> "DirectoryEntryQuerySet":
        return self.filter(membership__user=user) if user.is_authenticated else self.none()

    def with_person(self) -> "DirectoryEntryQuerySet":
        """With all that a page says of it."""
        return self.select_related("place", "membership__user__profession", "membership__user__specialty")


class DirectoryEntry(models.Model):
    """One a member. Nothing is shown anywhere that is not ticked for that directory.

    Name, degrees, profession and specialty are those of the account. Only domain/directory.py writes here.
    """

    public_id = PublicIdField()
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="directory_entry")

    practice = models.CharField("name of the practice", max_length=160, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    postal_code = models.CharField("ZIP code", max_length=10, blank=True)
    # Degrees: of the ZIP code where one is known, else of the town. What a search measures from.
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True, editable=False)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True, editable=False)
    languages = _several(SpokenLanguage, "languages")
    takes_new_patients = models.BooleanField("takes new patients", default=False)
    takes_referrals = models.BooleanField("takes referrals", default=False)
    telephone = models.CharField(max_length=40, blank=True)
    website = models.URLField("web page", max_length=300, blank=True)

    for_members = models.BooleanField("in the members’ directory", default=False)
    for_public = models.BooleanField("in “Find a clinician”", default=False)
    members_parts = _several(DirectoryPart, "shown to members")
    public_parts = _several(DirectoryPart, "shown to everybody")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    hidden_at = models.DateTimeField("hidden", null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    hidden_reason = models.TextField("why it is hidden", max_length=2_000, blank=True, editable=False)

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "entry in the directory"
        verbose_name_plural = "entries in the directory"
        ordering = ["membership__user__last_name", "membership__user__first_name", "pk"]
        permissions = [("hide_directoryentry", "Can hide entries in the directory, and show them again")]
        indexes = [
            models.Index(
                fields=["latitude", "longitude"],
                name="membership_entry_public_where",
                condition=Q(for_public=True, hidden_at=None),
            ),
            models.Index(
                fields=["latitude", "longitude"],
                name="membership_entry_members_where",
                condition=Q(for_members=True, hidden_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(members_parts__contained_by=DirectoryPart.values)
                & Q(public_parts__contained_by=DirectoryPart.values),
                name="membership_entry_parts_known",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=SpokenLanguage.values), name="membership_entry_languages_known"
            ),
            models.CheckConstraint(
                condition=Q(place=None, latitude=None, longitude=None)
                | Q(place__isnull=False, latitude__isnull=False, longitude__isnull=False),
                name="membership_entry_place_whole",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_reason="") | (Q(hidden_at__isnull=False) & ~Q(hidden_reason="")),
                name="membership_entry_hidden_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)

    @property
    def place_text(self) -> str:
        """Portland, Maine 04101: typed again, it means this place."""
        return f"{self.place.label} {self.postal_code}".strip() if self.place else ""

    def parts(self, audience: str) -> frozenset[str]:
        """What is ticked for this directory, whether the entry stands in it or not."""
        return frozenset(self.members_parts if audience == DirectoryAudience.MEMBERS else self.public_parts)

    def is_listed(self, audience: str) -> bool:
        """Whether the member wants to stand there."""
        return self.for_members if audience == DirectoryAudience.MEMBERS else self.for_public


class DirectoryMessageQuerySet(models.QuerySet["DirectoryMessage"]):
    def for_user(self, user: Visitor) -> "DirectoryMessageQuerySet":
        """What a member has got through the directory."""
        if not user.is_authenticated:
            return self.none()
        return self.exclude(sent_at=None).filter(entry__membership__user=user)

    def waiting(self) -> "DirectoryMessageQuerySet":
        """What staff have to decide on: reported, or kept apart as spam."""
        return self.filter(decided_at=None).filter(Q(reported_at__isnull=False) | ~Q(spam_reason=""))

    def for_staff(self) -> "DirectoryMessageQuerySet":
        """What concerns staff at all: other messages are between two people."""
        return self.filter(Q(reported_at__isnull=False) | ~Q(spam_reason="") | Q(is_barred=True))


class DirectoryMessage(models.Model):
    """A message to a member. It goes out by mail, once, when the sender's address is confirmed.

    It is kept for some weeks, so that the member can report it; staff read it only then. `email` is in small letters.
    """

    public_id = PublicIdField()
    entry = models.ForeignKey(DirectoryEntry, on_delete=models.CASCADE, related_name="messages")
    audience = models.CharField("written through", max_length=10, choices=DirectoryAudience)
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail", max_length=254)
    text = models.TextField(max_length=2_000, blank=True)
    created_at = models.DateTimeField("written", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("sent", null=True, blank=True, editable=False)
    spam_reason = models.CharField("why it was kept apart", max_length=200, blank=True, editable=False)
    reported_at = models.DateTimeField("reported", null=True, blank=True, editable=False)
    report_reason = models.CharField("why it was reported", max_length=20, choices=MessageReport, blank=True)
    report_note = models.TextField("what the member says", max_length=1_000, blank=True)
    decided_at = models.DateTimeField("decided", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_barred = models.BooleanField("its sender writes to no member any more", default=False, editable=False)

    objects = DirectoryMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message through the directory"
        verbose_name_plural = "messages through the directory"
        ordering = ["-created_at", "-pk"]
        permissions = [("decide_directorymessage", "Can decide on messages that members report")]
        indexes = [
            models.Index(fields=["email"], name="membership_message_email"),
            models.Index(fields=["created_at"], name="membership_message_created"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=DirectoryAudience.values), name="membership_message_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(report_reason__in=MessageReport.values) | Q(report_reason=""),
                name="membership_message_report_known",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, report_reason="")
                | (Q(reported_at__isnull=False, sent_at__isnull=False) & ~Q(report_reason="")),
                name="membership_message_reported_once_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"Message of {timezone.localtime(self.created_at):%Y-%m-%d}"

    def get_report_url(self) -> str:
        """Where the member reads it again and reports it."""
        return reverse("membership:directory-message", args=[self.public_id])
