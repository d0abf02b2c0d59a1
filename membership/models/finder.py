"""The questions that help somebody to the right category: rows, which staff edit."""

from django.db import models
from django.db.models import Q

from aapm_site.core.cache.revisions import revised

from .plan import Plan


class FinderQuestion(models.Model):
    """One question. The first of the list begins; the others are reached by answers that lead to them."""

    slug = models.SlugField("short name", max_length=60, unique=True)
    text = models.CharField("question", max_length=200)
    note = models.CharField(max_length=300, blank=True, help_text="A sentence below it, where one helps.")
    order = models.PositiveSmallIntegerField("place", default=100, help_text="The lowest number is asked first.")

    class Meta:
        verbose_name = "question of the finder"
        verbose_name_plural = "questions of the finder"
        ordering = ["order", "slug"]
        triggers = [revised()]

    def __str__(self) -> str:
        return self.text


class FinderAnswer(models.Model):
    """One answer: it leads to a category, with the reason, or to a further question."""

    question = models.ForeignKey(FinderQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField("answer", max_length=200)
    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="category"
    )
    leads_to = models.ForeignKey(
        FinderQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="or question"
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why this category: one sentence, which the person reads."
    )
    order = models.PositiveSmallIntegerField("place", default=100)

    class Meta:
        verbose_name = "answer"
        ordering = ["question", "order", "pk"]
        triggers = [revised()]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=False, leads_to__isnull=True) | Q(plan__isnull=True, leads_to__isnull=False),
                name="membership_finderanswer_leads_somewhere",
                violation_error_message="An answer leads either to a category or to a further question: choose one.",
            ),
            models.CheckConstraint(
                condition=Q(leads_to=None) | ~Q(leads_to=models.F("question")),
                name="membership_finderanswer_not_itself",
                violation_error_message="An answer cannot lead back to its own question.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
