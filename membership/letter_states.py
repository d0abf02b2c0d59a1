"""Why some members get no letter."""

from django.db import models


class WhyNotToMember(models.TextChoices):
    """Why a member gets no letter, beside what holds for every letter to many."""

    CLOSED = "closed", "the membership was closed meanwhile"
    NO_TERM = "no_term", "the letter names a term, and there is none"
    LEFT = "left", "had left the group, or the membership had lapsed"
