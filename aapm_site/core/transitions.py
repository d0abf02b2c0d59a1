"""Lifecycles: which status may follow which, and the one function that writes a status.

A room's states.py holds the lifecycle as data. Pages, admin buttons, tasks and commands all reach `move()` through a
function of the room's domain/, so a status never changes without its row in the history.
"""

import copy
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone


class NotAllowed(Exception):
    """The step cannot be taken now; the text is a sentence for the person who tried."""


@dataclass(frozen=True)
class Move:
    """One allowed step of a lifecycle, in the words of its button."""

    to: str
    verb: str
    label: str
    stamps: tuple[str, ...] = ()
    needs_reason: bool = False
    danger: bool = False
    by_staff: bool = True
    confirm: str = ""


Lifecycle = Mapping[str, tuple[Move, ...]]


class StatusChange(models.Model):
    """One step of one object: an append-only row. Rooms subclass it with `subject` and related_name status_changes."""

    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"

    @property
    def label(self) -> str:
        """The status that was reached, in its own words."""
        return status_words(self._subject_model)[self.to_status]

    @property
    def staff_label(self) -> str:
        """The same in the words of the staff."""
        return staff_words(self._subject_model)[self.to_status]

    @property
    def _subject_model(self) -> Any:
        return self._meta.get_field("subject").related_model


def status_words(model: Any) -> dict[str, str]:
    """Each status as the person concerned reads it."""
    return dict(model._meta.get_field("status").flatchoices)


def staff_words(model: Any) -> dict[str, str]:
    """Each status as the staff read it: `STAFF_WORDS` of the model holds what is another from their side."""
    return {**status_words(model), **getattr(model, "STAFF_WORDS", {})}


def staff_word(subject: Any) -> str:
    """The present status in the words of the staff; a model may have another for what the clock made of it."""
    return getattr(subject, "staff_word_now", "") or staff_words(type(subject))[subject.status]


Subject = TypeVar("Subject", bound=models.Model)


def _locked(subject: Subject) -> Subject:
    return type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)


def within_transaction() -> AbstractContextManager[Any]:
    """The caller's transaction without a savepoint, or one of its own: for what refuses before it writes."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def actor(by: Any) -> Any:
    """Who did something, as a row names it: a person who is kept, or None for the site itself."""
    return by if by and by.pk else None


def moves_from(subject: Any) -> tuple[Move, ...]:
    """The steps that the lifecycle allows from the object's present status."""
    return tuple(subject.LIFECYCLE.get(subject.status, ()))


def move(
    subject: Subject, to: str, *, by: Any, reason: str = "", verb: str = "", is_locked: bool = False, **changes: Any
) -> Subject:
    """Take one step of the object's lifecycle and return the locked, saved copy.

    The row is locked and its status read again, so of two people who meet one wins and the other gets NotAllowed. Who
    has read it under its lock says `is_locked`: it is not read again, and the copy keeps what is loaded with it.
    Where steps of several kinds lead to a status, `verb` says which one is meant; no other is taken.
    `changes` are further fields that belong to the step and are saved with it. The object passed in is not touched:
    after a failed save it would show a status that the database refused. Inside a transaction of the caller's it needs
    no savepoint: what it refuses, it refuses before it writes.
    """
    with within_transaction():
        locked: Any = copy.copy(subject) if is_locked else _locked(subject)
        step = next((step for step in moves_from(locked) if step.to == to and verb in {"", step.verb}), None)
        if step is None:
            names = staff_words(type(locked)) if getattr(by, "is_staff", False) else status_words(type(locked))
            raise NotAllowed(
                f"This {locked._meta.verbose_name} is now “{names[locked.status]}” and cannot become “{names[to]}”."
            )
        if step.needs_reason and not reason.strip():
            raise NotAllowed("Please give a reason; the person concerned will read it.")
        locked.status_changes.create(from_status=locked.status, to_status=to, by=actor(by), reason=reason.strip())
        locked.status = to
        now = timezone.now()
        for field, value in {**dict.fromkeys(step.stamps, now), **changes}.items():
            setattr(locked, field, value)
        locked.save(update_fields=["status", *step.stamps, *changes])
        return locked
