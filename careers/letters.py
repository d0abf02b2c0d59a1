"""The mail of the career center: who sees it, and what of it may go to an address that nobody has confirmed."""

from aapm_site.mail.registry import MailKind, OpenLetter

from .domain.profile_search_letters import letter_holds
from .models.profile_search import SEARCHES

ALERTS = MailKind(
    "alerts",
    "Alerts of new positions",
    "careers.change_job",
    (OpenLetter("careers/alert_confirm", reads=("token", "pace")),),
    own_page="careers:alert-list",
)
CAREERS = MailKind(
    "careers",
    "Positions and teams",
    "careers.change_job",
    (
        OpenLetter("careers/team_invitation", reads=("role", "url"), typed=("by", "employer")),
        OpenLetter("careers/domain_proof", reads=("url", "hours")),
    ),
)
PROFILES = MailKind("profiles", "Profiles of job seekers", "careers.view_profile")
PROFILE_SEARCHES = MailKind(
    SEARCHES,
    "New profiles for employers",
    "careers.view_profile",
    own_page="careers:own-profile-searches",
    still_holds=letter_holds,
)
APPLICATIONS = MailKind(
    "applications",
    "Applications for positions",
    "careers.view_jobapplication",
    (OpenLetter("careers/application_confirm", reads=("token", "number", "hours")),),
)
