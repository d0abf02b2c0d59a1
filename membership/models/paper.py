"""Papers of a member that others may check: the card, and the letter of good standing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from aapm_site.core.ids import PublicIdField

from ..check_codes import LENGTH, new_code
from .membership import Membership


class MemberPaper(models.Model):
    """One card or letter with its code, and what it says. The code answers until `ends_on`, unless another card has
    taken its place; it leads to nothing else, and cannot be guessed.
    """

    class Kind(models.TextChoices):
        CARD = "card", "Membership card"
        LETTER = "letter", "Letter of good standing"

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    public_id = PublicIdField()
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    name = models.CharField("name as printed", max_length=240)
    full_name = models.CharField("name as we know it", max_length=240)
    category = models.CharField(max_length=100)
    member_until = models.DateField("member until")
    made_on = models.DateField(default=timezone.localdate)
    made_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField("the code answers until")
    replaced_at = models.DateTimeField("replaced", null=True, blank=True)

    class Meta:
        verbose_name = "card or letter"
        verbose_name_plural = "cards and letters"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["card", "letter"]), name="membership_paper_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("made_on")), name="membership_paper_ends_after_it_was_made"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(kind="card", replaced_at=None),
                name="membership_paper_one_card",
                violation_error_message="This member has a card already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.made_on}"

    @property
    def is_card(self) -> bool:
        return self.kind == self.Kind.CARD


class LatinName(models.Model):
    """How a member's name is printed whose letters our papers do not have. They write it themselves."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="latin_name")
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name = "name in Latin letters"
        verbose_name_plural = "names in Latin letters"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="membership_latin_name_not_empty")]

    def __str__(self) -> str:
        return self.name
