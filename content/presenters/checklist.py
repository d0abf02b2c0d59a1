"""What an editor should know of a page before it is public: what is missing, what happens when, how hard it reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.html import format_html

from content import rules
from content.domain import imported
from content.models import MEMBERS, PUBLIC, Page, readers_in_words
from content.models.inventory import REVIEW_AFTER, broken_addresses_in
from content.states import HIDDEN_STATUSES, PageStatus
from content.text import readability

MOST_NOTES = 8


@dataclass(frozen=True)
class Checklist:
    """`missing` are sentences about what should be mended first; `plan` is what happens at which moment.

    `praise` says how plain a text for patients is, if it is.
    """

    heading: str
    missing: list[str]
    plan: str
    praise: str


def checklist(page: Page, at: datetime) -> Checklist:
    """Looks at what has been saved; at most four queries."""
    text = page.body + page.recap
    grade = readability.grade(f"<p>{page.summary}</p>{text}") if page.for_patients else None
    is_plain = grade is None or grade <= readability.PLAIN_GRADE
    missing = [*_words(page), *_review(page, at), *_links(text, at), *_brought(page)]
    if not is_plain:
        missing.append(
            f"It reads like grade {grade:g}. For patients, grade {readability.PLAIN_GRADE:g} or lower is kinder: "
            "shorter sentences, everyday words."
        )
    heading = "Before you publish" if page.status in HIDDEN_STATUSES else "How it stands"
    praise = f"It reads like school grade {grade}, which is plain enough for patients."
    return Checklist(heading, missing, plan(page, at), praise if is_plain and grade is not None else "")


def _words(page: Page) -> list[str]:
    """What readers need leads to its field."""
    needed = [*rules.missing_for_readers(page), *rules.pictures_without_words(page)]
    found: list[str] = [format_html('<a href="#id_{}">{}</a>', name, sentence) for name, sentence in needed]
    if not page.description:
        found.append("There is no description for search engines, so they show the summary.")
    if not page.body.strip():
        found.append("There is no text yet.")
    return found


def _review(page: Page, at: datetime) -> list[str]:
    if page.needs_signature and page.reviewer_id is None:
        return ["It explains treatment, and cannot be published before a clinician has checked it and is named."]
    if page.for_patients and page.reviewed_on is None:
        return ["It is written for patients, and nobody has checked yet that what it says of medicine is right."]
    if page.reviewed_on and page.reviewed_on < timezone.localdate(at) - REVIEW_AFTER:
        return [f"Its medical check of {day(page.reviewed_on)} is more than twelve months old."]
    return []


def _links(text: str, at: datetime) -> list[str]:
    broken = broken_addresses_in(text, at)
    return [f"A link leads to {path[:80]}, where nothing answers." for path in broken[:10]]


def _brought(page: Page) -> list[str]:
    """What the import from the former site left to be looked at, as many lines as one reads."""
    notes = imported.notes_on(page)
    more = [f"{len(notes) - MOST_NOTES} more of this kind."] if len(notes) > MOST_NOTES else []
    return [f"From the old site: {note[:200].rstrip('.')}." for note in notes[:MOST_NOTES]] + more


def day(on: date) -> str:
    return dateformat.format(on, "F j, Y")


def moment(at: datetime) -> str:
    """In the association's zone, and its name."""
    local = timezone.localtime(at)
    return f"{dateformat.format(local, 'F j, Y, P')} ({local.tzname()})"


READERS = {PUBLIC: "everybody", MEMBERS: "members"}


def readers_of(audience: str) -> str:
    """Who reads it, in the middle of a sentence."""
    return READERS.get(audience) or f"t{readers_in_words(audience)[1:]}"


def plan(page: Page, at: datetime) -> str:
    """What readers find and when, in sentences."""
    readers = readers_of(page.audience)
    if page.status == PageStatus.PREPARED:
        comes = (
            f"This change is published by itself on {moment(page.comes_at)}."
            if page.comes_at
            else ("Press “Publish the change”, and this is what they read.")
        )
        return f"Readers go on reading the page as it is. {comes}"
    if page.status == PageStatus.DRAFT:
        if page.published_at and page.published_at > at:
            ahead = moment(page.published_at)
            return f"This is a draft: readers do not see it. Press “Schedule”, and on {ahead} {readers} can read it."
        return f"This is a draft: readers do not see it. Press “Publish now” and {readers} can read it at once."
    if page.published_at and page.published_at > at:
        return f"It goes public by itself on {moment(page.published_at)}, for {readers}.{_end(page, at)}"
    if page.unpublish_at and page.unpublish_at <= at:
        return f"Its publication ended on {moment(page.unpublish_at)}. Readers do not find it any more."
    return (
        f"It is public for {readers}. What you save is on the site within two seconds, "
        f"and the text before stays a version.{_end(page, at)}"
    )


def _end(page: Page, at: datetime) -> str:
    if page.unpublish_at and page.unpublish_at > at:
        return f" It ends by itself on {moment(page.unpublish_at)}."
    return " It has no end."
