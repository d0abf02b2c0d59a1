"""What staff teach the search: places that are meant by certain words, and words that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from aapm_site.core.cache.revisions import revised
from content.models.menu import LEADS_SOMEWHERE
from content.models.page import Page
from content.models.urgency import whole_phrases
from content.text.urgency import phrases_in

ONE_A_LINE = "One a line. Capitals, accents and punctuation do not matter."


def words_for_the_same(lines: str) -> None:
    """Two wordings at least, none of them open at its end: each is looked for in place of the others."""
    whole_phrases(lines)
    found = phrases_in(lines)
    if len(found) < 2:
        raise ValidationError("Write at least two wordings, one a line: each is looked for in place of the others.")
    if starred := next((phrase for phrase in found if "*" in phrase), None):
        raise ValidationError(f"“{starred}” holds a star. Endings are found anyway; write whole words.")


class BestBet(models.Model):
    """A place that is shown above all results of certain words."""

    title = models.CharField(
        max_length=120, unique=True, help_text="What readers press, for example: Find a clinician near you."
    )
    phrases = models.TextField(
        "wordings",
        max_length=10_000,
        validators=[whole_phrases],
        help_text=f"{ONE_A_LINE} A star stands for every ending of a word: newsletter*.",
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="best_bets",
        help_text="Shown while everybody may read the page; it is followed when it moves.",
    )
    url = models.CharField(
        "address",
        max_length=255,
        blank=True,
        validators=[LEADS_SOMEWHERE],
        help_text="For what is not a page, for example /find-a-clinician/.",
    )
    note = models.CharField(
        max_length=200, blank=True, help_text="One sentence about what is there, so that nobody has to guess."
    )
    order = models.PositiveSmallIntegerField("place", default=100, help_text="Small numbers stand first.")
    is_on = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True, url__gt="") | Q(page__isnull=False, url=""),
                name="content_bestbet_one_target",
                violation_error_message="Choose a page or write an address: one of the two.",
            )
        ]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.title


class Synonym(models.Model):
    """Wordings of the same thing: whoever types one of them finds what holds any."""

    name = models.CharField(max_length=80, unique=True, help_text="For staff: what all of them mean.")
    phrases = models.TextField(
        "wordings",
        max_length=2_000,
        validators=[words_for_the_same],
        help_text=f"{ONE_A_LINE} Whoever types one of them finds what holds any of them.",
    )
    is_on = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "words that mean the same"
        verbose_name_plural = "words that mean the same"
        triggers = [revised()]

    def __str__(self) -> str:
        return self.name
