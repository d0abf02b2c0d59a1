"""The fixed lists of the career center. What staff may change are rows: professions, specialties, packages."""

from django.db import models

from aapm_site.accounts.languages import SpokenLanguage as SpokenLanguage


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


class DaysReason(models.TextChoices):
    """Why the days in an employer's account became more or fewer."""

    FILLED = "filled", "Back from a filled position"
    WITHDRAWN = "withdrawn", "Back from a withdrawn position"
    CLOSED = "closed", "Back, because a last day to apply comes first"
    GIVEN = "given", "Given"
    RESTORED = "restored", "Back, because the order is paid again"
    LENGTHENED = "lengthened", "Used to lengthen a position"
    REOPENED = "reopened", "Used to reopen a position"
    TAKEN_BACK = "taken_back", "Taken back"


DAYS_ARRIVE = (
    DaysReason.FILLED, DaysReason.WITHDRAWN, DaysReason.CLOSED, DaysReason.GIVEN, DaysReason.RESTORED,
)  # fmt: skip
DAYS_LEAVE = (DaysReason.LENGTHENED, DaysReason.REOPENED, DaysReason.TAKEN_BACK)
# What a run gave back, and took; the others are the employer's alone.
OF_RUNS = (
    DaysReason.FILLED, DaysReason.WITHDRAWN, DaysReason.CLOSED, DaysReason.LENGTHENED, DaysReason.REOPENED,
)  # fmt: skip


class SavedStage(models.TextChoices):
    """How far somebody is with a position that they saved, in their own words and for themselves."""

    INTERESTED = "interested", "Interested"
    APPLIED = "applied", "Applied"
    INTERVIEW = "interview", "Interview"
    OFFER = "offer", "Offer"
    NO = "no", "Not for me"


class AlertPace(models.TextChoices):
    """How often a saved search tells of new positions."""

    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"
    WEEKLY = "weekly", "Once a week"


# --- terms of work: in each of them nothing stated is an answer too, which readers see as “Ask” -----------------------


class YesNo(models.TextChoices):
    UNSTATED = "", "Not stated"
    YES = "yes", "Yes"
    NO = "no", "No"


class PayModel(models.TextChoices):
    """What pay is reckoned by. The range of it is the job's own."""

    UNSTATED = "", "Not stated"
    SALARY = "salary", "By salary"
    WRVU = "wrvu", "By wRVU"
    COLLECTIONS = "collections", "By collections"
    HOURLY = "hourly", "By the hour"


class TailPayer(models.TextChoices):
    """Who pays for claims that come after a clinician has left."""

    UNSTATED = "", "Not stated"
    EMPLOYER = "employer", "The employer pays"
    CLINICIAN = "clinician", "The clinician pays"
    SHARED = "shared", "Shared"
    NOT_NEEDED = "not-needed", "Not needed: an occurrence policy"


class LoanRepayment(models.TextChoices):
    UNSTATED = "", "Not stated"
    NONE = "none", "None"
    EMPLOYER = "employer", "From the employer"
    PROGRAM = "program", "Through a public program"
    BOTH = "both", "From the employer and a public program"


class OpioidShare(models.TextChoices):
    """For how many of the patients opioids are managed."""

    UNSTATED = "", "Not stated"
    NONE = "none", "No opioid management"
    QUARTER = "quarter", "Opioids for up to a quarter of patients"
    HALF = "half", "Opioids for up to half of patients"
    MOST = "most", "Opioids for more than half of patients"


class Procedure(models.TextChoices):
    """What an employer looks for in the hands of a clinician."""

    EPIDURAL = "epidural", "Epidural injections"
    FACET = "facet", "Facet joint and medial branch blocks"
    RADIOFREQUENCY = "radiofrequency", "Radiofrequency ablation"
    JOINT = "joint", "Joint and trigger point injections"
    NERVE_BLOCK = "nerve-block", "Peripheral nerve blocks"
    SYMPATHETIC = "sympathetic", "Sympathetic and plexus blocks"
    SPINAL_STIMULATION = "spinal-stimulation", "Spinal cord stimulation"
    PERIPHERAL_STIMULATION = "peripheral-stimulation", "Peripheral nerve stimulation"
    PUMP = "pump", "Intrathecal pumps"
    VERTEBRAL = "vertebral", "Vertebral augmentation"
    DECOMPRESSION = "decompression", "Minimally invasive decompression"
    BOTULINUM = "botulinum", "Botulinum toxin"
    INFUSION = "infusion", "Infusions"
    ELECTRODIAGNOSIS = "electrodiagnosis", "Electrodiagnosis"


# --- what readers look for among them ---------------------------------------------------------------------------------


class WantedTerm(models.TextChoices):
    """Terms that a reader insists on, all that are chosen."""

    NO_WEEKENDS = "no-weekends", "No weekends"
    PARTNERSHIP = "partnership", "Partnership"
    NO_NON_COMPETE = "no-non-compete", "No non-compete"
    TAIL = "tail", "Malpractice tail paid or not needed"
    LOAN_REPAYMENT = "loan-repayment", "Loan repayment"
    NEW_GRADUATES = "new-graduates", "New graduates and fellows welcome"
    J1_WAIVER = "j-1", "J-1 waiver"
    H1B = "h-1b", "H-1B"


class MostCall(models.TextChoices):
    """The most call that a reader takes."""

    NONE = "none", "No call"
    EIGHT = "8", "Call 1 in 8 or rarer"
    SIX = "6", "Call 1 in 6 or rarer"
    FOUR = "4", "Call 1 in 4 or rarer"


class WeeklyHours(models.TextChoices):
    """How many hours a week a reader looks for; of those that are stated each is in one of these."""

    FEW = "20", "Up to 20 hours a week"
    MOST_DAYS = "35", "21 to 35 hours a week"
    FULL = "40", "36 to 40 hours a week"
    LONG = "more", "More than 40 hours a week"


class OfferedBy(models.TextChoices):
    EMPLOYER = "employer", "Direct employer"
    AGENCY = "agency", "Recruiting agency"


class JobSort(models.TextChoices):
    """The orders of the list. Without a choice it is the best matches of words, else the newest first."""

    NEWEST = "newest", "Newest"
    RELEVANCE = "relevance", "Best match"
    PAY = "pay", "Pay"
    DISTANCE = "distance", "Distance"


class FellowshipVisa(models.TextChoices):
    """The visas for which a program takes fellows."""

    UNSTATED = "", "Not stated"
    J1 = "j-1", "J-1"
    H1B = "h-1b", "H-1B"
    BOTH = "both", "J-1 and H-1B"
    NONE = "none", "No visas"


class ReportReason(models.TextChoices):
    """Why a reader reports a position, in the reader's words."""

    FRAUD = "fraud", "It asks for money, or for private data such as a license or bank number"
    NOT_REAL = "not-real", "The position is filled, or does not exist"
    NOT_AS_STATED = "not-as-stated", "Pay, place or work are not as stated"
    NOT_ITS_OWN = "not-its-own", "It is not from the employer that it names"
    UNFAIR = "unfair", "It is discriminating or insulting"
    OTHER = "other", "Something else"


class ReportOutcome(models.TextChoices):
    """What staff decided about a reported position."""

    OPEN = "open", "To be decided"
    KEPT = "kept", "Kept"
    TAKEN_DOWN = "taken-down", "Taken down"


class ReturnReason(models.TextChoices):
    """Why a position goes back to its employer, as staff choose it."""

    PAY = "pay", "The pay is missing or cannot be right"
    NOT_PAIN = "not-pain", "It is not a position in pain medicine"
    CONTACT = "contact", "Contact details stand in the text"
    SEVERAL = "several", "It holds several positions in one"
    TWIN = "twin", "It is much like another of theirs"
    FAIR = "fair", "Words that shut people out"
    THIN = "thin", "It says too little of the work"


class ReviewNoteKind(models.TextChoices):
    RETURNED = "returned", "Sent back"
    QUESTION = "question", "Question to the team"
    NOTE = "note", "Note among staff"


class EmployerDecisionKind(models.TextChoices):
    """What was decided of an organization."""

    PROVED = "proved", "Domain proved by a mailed link"
    VERIFIED = "verified", "Verified by staff"
    TAKEN_BACK = "taken-back", "Verification taken back by staff"
    RENAMED = "renamed", "Verification lost with the former name"
    MOVED = "moved", "Verification lost with the former website"
    TRUSTED = "trusted", "Trusted by staff"
    TRUST_ENDED = "trust-ended", "Trust ended by staff"


class ChangeOutcome(models.TextChoices):
    """What became of a change that an employer asked for."""

    OPEN = "open", "Waits for our staff"
    APPROVED = "approved", "Approved"
    RETURNED = "returned", "Came back"
    TAKEN_BACK = "taken-back", "Taken back"
    ENDED = "ended", "Ended with its position"


# --- what somebody who looks for a position says of themselves: lists, so that an answer names nobody ----------------


class SeekerStage(models.TextChoices):
    UNSTATED = "", "Not stated"
    RESIDENT = "resident", "In residency"
    FELLOW = "fellow", "In fellowship"
    EARLY = "early", "In the first five years of practice"
    PRACTICE = "practice", "In practice"
    RETURNING = "returning", "Coming back after time away"


class RemoteWish(models.TextChoices):
    UNSTATED = "", "Not stated"
    ON_SITE = "on-site", "On site"
    PARTLY = "partly", "Partly remote, if possible"
    FULLY = "fully", "Fully remote only"


class VisaNeed(models.TextChoices):
    UNSTATED = "", "Not stated"
    NONE = "none", "No visa needed"
    J1_WAIVER = "j-1", "Needs a J-1 waiver"
    H1B = "h-1b", "Needs an H-1B"
    EITHER = "either", "Needs a J-1 waiver or an H-1B"


class BoardCertification(models.TextChoices):
    """The boards of the pain care team. What is not here stands in the person's own words, and those come later."""

    PAIN = "pain", "Pain medicine (ABMS)"
    PAIN_ABPM = "pain-abpm", "Pain medicine (ABPM)"
    PAIN_AOA = "pain-aoa", "Pain medicine (AOA)"
    FIPP = "fipp", "Interventional pain practice (FIPP)"
    ANESTHESIOLOGY = "anesthesiology", "Anesthesiology"
    PMR = "pmr", "Physical medicine and rehabilitation"
    NEUROLOGY = "neurology", "Neurology"
    PSYCHIATRY = "psychiatry", "Psychiatry"
    FAMILY = "family", "Family medicine"
    INTERNAL = "internal", "Internal medicine"
    EMERGENCY = "emergency", "Emergency medicine"
    NEUROSURGERY = "neurosurgery", "Neurological surgery"
    ORTHOPEDICS = "orthopedics", "Orthopedic surgery"
    RADIOLOGY = "radiology", "Radiology"
    PEDIATRICS = "pediatrics", "Pediatrics"
    PALLIATIVE = "palliative", "Hospice and palliative medicine"
    ADDICTION = "addiction", "Addiction medicine"
    SPORTS = "sports", "Sports medicine"
    HEADACHE = "headache", "Headache medicine (UCNS)"
    PA = "pa", "Physician assistant (PA-C)"
    NP_FAMILY = "np-family", "Family nurse practitioner"
    NP_ADULT = "np-adult", "Adult-gerontology nurse practitioner"
    NP_MENTAL = "np-mental", "Psychiatric mental health nurse practitioner"
    CRNA = "crna", "Nurse anesthetist (CRNA)"
    PAIN_NURSING = "pain-nursing", "Pain management nursing"
    HEALTH_PSYCHOLOGY = "health-psychology", "Clinical health psychology (ABPP)"
    ORTHOPEDIC_PT = "orthopedic-pt", "Orthopedic physical therapy (OCS)"
    HAND_THERAPY = "hand-therapy", "Hand therapy (CHT)"


class OpenedFrom(models.TextChoices):
    """Where an employer was when it opened a profile."""

    SEARCH = "search", "A search of profiles"
    APPLICATION = "application", "An application"
    CONTACT = "contact", "A yes to a request"
    CV = "cv", "The CV, after a yes to a request"


class ContactReason(models.TextChoices):
    """Why an employer asks somebody for contact: a whole sentence, which the person reads."""

    POSITION = "position", "This position seems to fit what you do, and we would like to tell you more about it."
    TALK = "talk", "We would like to talk for twenty minutes about what you look for, without obligation."
    VISIT = "visit", "We would like to show you where we work, and have you meet the team."
