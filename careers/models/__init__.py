"""Employers, jobs, what a credit costs, and the credits that employers own."""

from .alert import Alert, AlertMatch, AlertReader, JobAnnouncement
from .applicant_note import ApplicantNote
from .application import ApplicationOpening, JobApplication, JobApplicationChange
from .application_message import JobApplicationMessage
from .banned import BannedEmployer
from .blocked import BlockedEmployer
from .change import JobChange
from .credit import CreditBalance, CreditEntry
from .decision import DomainProof, EmployerDecision
from .draft import JobDraftVersion
from .employer import Employer, EmployerInvitation, EmployerMember
from .entry import JobEntry
from .fellowship import FellowshipOffer, FellowshipOfferChange, FellowshipRound
from .job import Job, JobLocation, JobReminder, JobStatusChange
from .open_question import OpenQuestion
from .opening import ProfileOpening
from .organization import EmployerLogo, EmployerSlug
from .owner_recovery import OwnerRecovery
from .package import Package
from .profile import Profile, ProfilePlace
from .profile_access import ProfileAccess
from .profile_contact import ProfileBookmark, ProfileContact, ProfileContactChange
from .profile_entry import ProfileEntry
from .profile_search import ProfileAppearance, ProfileFind, ProfileSearch
from .question import JobQuestion
from .reply_clock import ReplyClock
from .report import JobReport, ReportedJob
from .review import ReviewNote
from .run import DaysBalance, DaysEntry, JobRun
from .saved import SavedJob
from .statement import JobStatement
from .team_address import TeamAddress
from .template import JobTemplate
from .terms import JobTerms

__all__ = [
    "Alert",
    "AlertMatch",
    "AlertReader",
    "BannedEmployer",
    "BlockedEmployer",
    "ApplicantNote",
    "ApplicationOpening",
    "CreditBalance",
    "CreditEntry",
    "DaysBalance",
    "DaysEntry",
    "DomainProof",
    "Employer",
    "EmployerDecision",
    "EmployerInvitation",
    "EmployerLogo",
    "EmployerMember",
    "EmployerSlug",
    "FellowshipRound",
    "FellowshipOffer",
    "FellowshipOfferChange",
    "Job",
    "JobAnnouncement",
    "JobDraftVersion",
    "JobApplication",
    "JobApplicationChange",
    "JobApplicationMessage",
    "JobChange",
    "JobEntry",
    "JobLocation",
    "JobQuestion",
    "JobReminder",
    "JobReport",
    "JobRun",
    "JobStatement",
    "JobStatusChange",
    "JobTemplate",
    "JobTerms",
    "OpenQuestion",
    "OwnerRecovery",
    "Package",
    "Profile",
    "ProfileAccess",
    "ProfileAppearance",
    "ProfileBookmark",
    "ProfileContact",
    "ProfileContactChange",
    "ProfileEntry",
    "ProfileFind",
    "ProfileOpening",
    "ProfilePlace",
    "ProfileSearch",
    "ReplyClock",
    "ReportedJob",
    "ReviewNote",
    "SavedJob",
    "TeamAddress",
]
