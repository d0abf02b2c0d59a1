"""What careers staff see and decide."""

from .applications import JobApplicationAdmin
from .bans import BannedEmployerAdmin
from .credits import CreditEntryAdmin, DaysEntryAdmin
from .employers import EmployerAdmin
from .fellowships import FellowshipOfferAdmin, FellowshipRoundAdmin
from .jobs import JobAdmin
from .messages import ReportedMessageAdmin
from .packages import PackageAdmin
from .profiles import ProfileAdmin
from .reports import ReportedJobAdmin
from .verification import EmployerDecisionAdmin

__all__ = [
    "BannedEmployerAdmin",
    "CreditEntryAdmin",
    "DaysEntryAdmin",
    "EmployerAdmin",
    "EmployerDecisionAdmin",
    "FellowshipRoundAdmin",
    "FellowshipOfferAdmin",
    "JobAdmin",
    "JobApplicationAdmin",
    "PackageAdmin",
    "ProfileAdmin",
    "ReportedJobAdmin",
    "ReportedMessageAdmin",
]
