"""Special interest groups. A page whose audience is `group:<slug>` is for the members of that group."""

from django.db import models
from django.utils import timezone

from .membership import Membership


class Group(models.Model):
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="A page for this group has the audience group:slug.")
    summary = models.CharField(max_length=300, blank=True)
    members = models.ManyToManyField(Membership, through="GroupMember", related_name="groups")

    class Meta:
        verbose_name = "special interest group"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="group_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="group_members")
    joined_on = models.DateField(default=timezone.localdate)

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

    def __str__(self) -> str:
        return f"{self.membership} in {self.group}"
