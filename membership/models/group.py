"""Special interest groups. A page whose audience is `group:<key>` is for the members of that group.

The key is made once and stays, so that a group which gets another name or address keeps its pages.
"""

from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.cache.revisions import revised, revised_where

from .membership import Membership

PREFIX = "group:"
KEY_LENGTH = 54  # with the prefix as long as an audience may be


class JoinRule(models.TextChoices):
    OPEN = "open", "At once, by a press"
    ASKED = "asked", "The chairs decide"
    APPOINTED = "appointed", "By appointment of the office"


class GroupQuerySet(models.QuerySet["Group"]):
    def open(self) -> "GroupQuerySet":
        """Those that are not closed."""
        return self.filter(closed_at=None)


class Group(models.Model):
    """A group with its public face: the name, what it is for, and how one joins. It is closed, and never deleted."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(
        "address word",
        max_length=60,
        unique=True,
        help_text="The last word of its address. Another one changes nothing about its pages.",
    )
    # The default in the database is for a site that does not know the column yet.
    key = models.SlugField(
        max_length=KEY_LENGTH,
        unique=True,
        editable=False,
        default="",
        db_default=Cast(RandomUUID(), models.CharField()),
    )
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence: whom the group is for.")
    purpose = models.TextField(
        max_length=4_000,
        blank=True,
        default="",
        db_default="",
        help_text="What the group does, in plain words; an empty line begins a new paragraph. Everybody reads it.",
    )
    # Nobody joins by themselves before staff say so: its pages may be confidential.
    how_to_join = models.CharField(
        max_length=10,
        choices=JoinRule,
        default=JoinRule.APPOINTED,
        db_default=JoinRule.APPOINTED.value,
        help_text="Who joins at once reads its pages at once.",
    )
    closed_at = models.DateTimeField("closed since", null=True, blank=True, editable=False)
    members = models.ManyToManyField(Membership, through="GroupMember", related_name="groups")

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "special interest group"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how_to_join__in=["open", "asked", "appointed"]), name="membership_group_joined_known"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="membership_group_has_key"),
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name

    def save(self, **options: Any) -> None:
        if not self.key:
            self.key = free_key(self.slug)
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("membership:group-detail", args=[self.slug])

    @property
    def audience(self) -> str:
        """The word by which a page says that this group reads it."""
        return f"{PREFIX}{self.key}"

    @property
    def joins_at_once(self) -> bool:
        return self.how_to_join == JoinRule.OPEN


def free_key(slug: str) -> str:
    """A key that no group has or had: the slug, with a number where a group was called so before."""
    begins = slug[: KEY_LENGTH - 5]
    taken = set(Group.objects.filter(key__startswith=begins).values_list("key", flat=True))
    candidates = (slug[:KEY_LENGTH], *(f"{begins}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in candidates if key not in taken)


class GroupMember(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="group_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="group_members")
    joined_on = models.DateField(default=timezone.localdate)
    # Only domain/chairs.py writes it.
    chair_since = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "member of the group"
        verbose_name_plural = "members of the group"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "membership"],
                name="membership_group_member_once",
                violation_error_message="This member is in the group already.",
            )
        ]
        # The page of a group names its chairs.
        triggers = [*revised_where("changed.chair_since IS NOT NULL")]

    def __str__(self) -> str:
        return f"{self.membership} in {self.group}"

    @property
    def is_chair(self) -> bool:
        return self.chair_since is not None
