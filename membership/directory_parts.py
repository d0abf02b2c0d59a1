"""The two directories and what an entry may show in each: lists, no database."""

from dataclasses import dataclass

from django.db import models

MILES = (5, 10, 25, 50, 100, 200)
USUAL_MILES = 25


class DirectoryAudience(models.TextChoices):
    """Who reads: two directories that know nothing of each other."""

    MEMBERS = "members", "Members"
    PUBLIC = "public", "Everybody"


class DirectoryPart(models.TextChoices):
    """What a member shows besides name and degrees, each part by itself. The words stand on the member's own form."""

    WORK = "work", "Profession and specialty"
    PRACTICE = "practice", "Name of the practice"
    PLACE = "place", "Town and ZIP code"
    LANGUAGES = "languages", "Languages"
    NEW_PATIENTS = "new-patients", "Whether you take new patients"
    REFERRALS = "referrals", "Whether you take referrals"
    TELEPHONE = "telephone", "Telephone of the practice"
    WEBSITE = "website", "Web page of the practice"
    CONTACT = "contact", "A form to write to you"


@dataclass(frozen=True)
class NearPoint:
    """A circle to look in: its middle in words and degrees, and its radius."""

    label: str
    latitude: float
    longitude: float
    miles: int


@dataclass(frozen=True)
class DirectoryCriteria:
    """What a reader looks for. Each condition finds only entries that show this reader what it asks about."""

    name: str = ""
    near: NearPoint | None = None
    state: str = ""
    profession: str = ""
    specialty: str = ""
    language: str = ""
    new_patients: bool = False
    referrals: bool = False

    @property
    def asks_who(self) -> bool:
        """Whether it says whom or where: without that the public directory shows nobody."""
        return bool(self.name or self.near or self.state)


class MessageReport(models.TextChoices):
    """What is wrong with a message."""

    ADVERTISING = "advertising", "It sells something"
    ABUSE = "abuse", "It insults or threatens"
    NOT_CARE = "not-care", "It has nothing to do with my work"
    OTHER = "other", "Something else"
