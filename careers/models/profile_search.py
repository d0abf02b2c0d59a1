"""A search of profiles that a team member keeps: who hears of new ones, which appear, and which it has found."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.people import Visitor
from aapm_site.core.ids import PublicIdField
from aapm_site.mail.models import OutgoingEmail, Subscription

from .compiled import CompiledSearch
from .employer import Employer, EmployerMember
from .profile import Profile

SEARCHES = "profile-searches"  # the kind of the subscription, and of the letters


class ProfileSearchQuerySet(models.QuerySet["ProfileSearch"]):
    def of_team(self, employer: Employer) -> "ProfileSearchQuerySet":
        """Those of everybody on the team, which share its room."""
        return self.filter(member__employer=employer)

    def for_user(self, user: Visitor) -> "ProfileSearchQuerySet":
        """Those that tell this person."""
        return self.filter(member__user=user) if user.is_authenticated else self.none()


class ProfileSearch(CompiledSearch):
    """One search of a team member's, by the name that they gave it. It ends with their place on the team.

    Only domain/profile_searches.py and the letters write it. `asked` holds the criteria themselves, since the list is
    asked once more before anything is told; `checked_at` says when that was last done.
    """

    public_id = PublicIdField()
    member = models.ForeignKey(EmployerMember, on_delete=models.CASCADE, related_name="profile_searches")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="profile_searches")
    name = models.CharField(max_length=80)
    address = models.CharField("address of the search, after its question mark", max_length=4_000, blank=True)
    asked = models.JSONField("criteria")
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)

    available_by = models.DateField(null=True)
    # Whoever would work anywhere in the state of the place is near it, too.
    near_state = models.CharField(max_length=2, blank=True, default="")

    objects = ProfileSearchQuerySet.as_manager()

    class Meta(CompiledSearch.Meta):
        verbose_name = "saved search of profiles"
        verbose_name_plural = "saved searches of profiles"
        constraints = (
            *CompiledSearch.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="careers_profilesearch_has_name"),
            models.UniqueConstraint(
                fields=["member", "name"],
                name="careers_profilesearch_name_once",
                violation_error_message="You have a saved search of this name already.",
            ),
            models.UniqueConstraint(
                fields=["member", "address"],
                name="careers_profilesearch_once",
                violation_error_message="You have saved this search already.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def search_url(self) -> str:
        """The list of what it finds at this moment."""
        profiles = reverse("careers:profile-search", args=[self.member.employer.public_id])
        return f"{profiles}?{self.address}" if self.address else profiles


class ProfileAppearance(models.Model):
    """A time during which employers may find a profile; one that ended less than thirty days ago goes on.

    The database writes it with the entry of the search (migration `saved_profile_searches`). `matched_at` says when
    it was looked for in all saved searches, which is done once.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="appearances")
    appeared_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    matched_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "appearance of a profile"
        verbose_name_plural = "appearances of profiles"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["appeared_at"],
                name="careers_appearance_new",
                condition=Q(matched_at__isnull=True, left_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=Q(left_at__isnull=True), name="careers_appearance_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"Profile {self.profile_id} since {self.appeared_at:%Y-%m-%d}"


class ProfileFind(models.Model):
    """A new profile that a saved search has found, once. Without `told_at` it waits for a letter.

    The letter asks for its finds before it goes (domain/profile_search_letters.py), so one whose search or profile is
    gone stays for a while, without them.
    """

    search = models.ForeignKey(ProfileSearch, on_delete=models.SET_NULL, null=True, related_name="finds")
    appearance = models.ForeignKey(ProfileAppearance, on_delete=models.SET_NULL, null=True, related_name="finds")
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    letter = models.ForeignKey(
        OutgoingEmail, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "find of a saved search"
        verbose_name_plural = "finds of saved searches"
        default_permissions = ()
        indexes = [
            models.Index(fields=["search"], name="careers_find_waiting", condition=Q(told_at__isnull=True)),
            models.Index(fields=["found_at"], name="careers_find_old"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["search", "appearance"], name="careers_find_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(told_at__isnull=False), name="careers_find_told_by_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"Found on {self.found_at:%Y-%m-%d}"
