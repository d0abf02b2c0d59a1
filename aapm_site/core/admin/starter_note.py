"""What administrators are told while the starter content, or a part of it, has not been loaded."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from .. import starter
from .first_day import PERMISSION, FirstStep, StepStanding

COMMAND = "manage.py load_starter_content"


def starter_content_missing(user: Any) -> tuple[str, str, str] | None:
    """For the staff's front page; one query. The demonstration loads its own."""
    if settings.DEMO or not user.has_perm(PERMISSION) or not (number := starter.missing()):
        return None
    return _words(number), "How to load it", f"{reverse('admin:first_day')}#step-starter-content"


def _words(number: int) -> str:
    if number == starter.shipped():
        return "The Academy’s own pages, menus and lists are not loaded yet: the site is empty."
    if number == 1:
        return "Of the Academy’s own content one entry is not loaded yet."
    return f"Of the Academy’s own content {number} entries are not loaded yet."


def _look(user: Any) -> StepStanding:
    if number := starter.missing():
        return StepStanding(False, f"{_words(number)} Whoever runs the server loads them with: {COMMAND}")
    return StepStanding(True, "It is loaded. What you have changed or removed since stays as you left it.")


STARTER_CONTENT = FirstStep("starter-content", "The Academy’s own content", _look, order=10)
