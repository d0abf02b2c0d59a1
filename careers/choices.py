"""The fixed lists of the career center. What staff may change are rows: professions, specialties, packages."""

from django.db import models


class EmployerKind(models.TextChoices):
    HEALTH_SYSTEM = "health-system", "Hospital or health system"
    PRIVATE_PRACTICE = "private-practice", "Private practice"
    ACADEMIC = "academic", "Medical school or university"
    GOVERNMENT = "government", "Government or military"
    TELEHEALTH = "telehealth", "Telehealth"
    INDUSTRY = "industry", "Industry or research"
    AGENCY = "agency", "Recruiting agency"


class MemberRole(models.TextChoices):
    OWNER = "owner", "Owner"
    POSTER = "poster", "Poster"
    VIEWER = "viewer", "Viewer"


class Setting(models.TextChoices):
    PRIVATE_PRACTICE = "private-practice", "Private practice"
    HOSPITAL = "hospital", "Hospital"
    ACADEMIC = "academic", "Academic center"
    AMBULATORY = "ambulatory", "Outpatient center"
    GOVERNMENT = "government", "Government or military"
    TELEHEALTH = "telehealth", "Telehealth"
    INDUSTRY = "industry", "Industry or research"


class EmploymentType(models.TextChoices):
    FULL_TIME = "full-time", "Full time"
    PART_TIME = "part-time", "Part time"
    LOCUM = "locum", "Locum tenens"
    PER_DIEM = "per-diem", "Per diem"
    CONTRACT = "contract", "Contract"
    FELLOWSHIP = "fellowship", "Fellowship"


class Remote(models.TextChoices):
    NO = "no", "On site"
    HYBRID = "hybrid", "Partly remote"
    FULL = "full", "Fully remote"


class PayPeriod(models.TextChoices):
    YEAR = "year", "a year"
    MONTH = "month", "a month"
    WEEK = "week", "a week"
    DAY = "day", "a day"
    HOUR = "hour", "an hour"


class CreditReason(models.TextChoices):
    """Why an employer's credits became more or fewer."""

    BOUGHT = "bought", "Bought"
    GIVEN = "given", "Given"
    SPENT = "spent", "Used"
    RETURNED = "returned", "Came back"
    TAKEN_BACK = "taken_back", "Taken back"


ARRIVES = (CreditReason.BOUGHT, CreditReason.GIVEN, CreditReason.RETURNED)
LEAVES = (CreditReason.SPENT, CreditReason.TAKEN_BACK)


class SavedStage(models.TextChoices):
    """How far somebody is with a position that they saved, in their own words and for themselves."""

    INTERESTED = "interested", "Interested"
    APPLIED = "applied", "Applied"
    INTERVIEW = "interview", "Interview"
    OFFER = "offer", "Offer"
    NO = "no", "Not for me"
