"""What the career center does by the clock."""

from aapm_site.core.background.due import DueWork

from .domain import (
    alert_letters,
    alert_matching,
    alert_silence,
    job_ends,
    job_reports,
    owner_recoveries,
    profile_rest,
    profile_search_letters,
    profile_search_matching,
    reminders,
    still_open,
)

JOB_ENDING = DueWork(
    "job-ending",
    "Mail about positions that end, and pauses",
    reminders.due_reminders,
    reminders.send_reminder,
    permission="careers.change_job",
    order=30,
)
JOB_ENDS = DueWork(
    "job-ends",
    "Positions that end, and pauses that run out",
    job_ends.due_ends,
    do=None,
    permission="careers.change_job",
    order=29,
)
STILL_OPEN = DueWork(
    "still-open",
    "Positions of a month: still open?",
    still_open.due_questions,
    still_open.ask_or_pause,
    permission="careers.change_job",
    order=37,
)
NEW_OWNERS = DueWork(
    "owner-recoveries",
    "New owners of organizations",
    owner_recoveries.due_owner_recoveries,
    owner_recoveries.carry_out_owner_recovery,
    permission="careers.view_ownerrecovery",
    order=31,
)
REPORTED_JOBS = DueWork(
    "reported-positions",
    "Reported positions, a day on",
    job_reports.due_decisions,
    job_reports.remind_of_decision,
    permission="careers.view_reportedjob",
    order=32,
)
NEW_POSITIONS = DueWork(
    "alert-matching",
    "New positions to be looked for in alerts",
    alert_matching.due_announcements,
    alert_matching.announce_job,
    permission="careers.change_job",
    order=33,
)
ALERT_LETTERS = DueWork(
    "alert-letters",
    "Letters about new positions",
    alert_letters.due_letters,
    alert_letters.write_letters,
    permission="careers.change_job",
    order=34,
)
SILENT_READERS = DueWork(
    "alert-silence",
    "Readers of alerts who press nothing",
    alert_silence.due_silences,
    alert_silence.answer_silence,
    permission="careers.change_job",
    order=35,
)
UNCONFIRMED_PROFILES = DueWork(
    "profile-rest",
    "Profiles that nobody confirms",
    profile_rest.due_rests,
    profile_rest.ask_or_rest,
    permission="careers.view_profile",
    order=36,
)
NEW_PROFILES = DueWork(
    "profile-matching",
    "New profiles to be looked for in saved searches",
    profile_search_matching.due_appearances,
    profile_search_matching.announce_appearance,
    permission="careers.view_profile",
    order=38,
)
PROFILE_LETTERS = DueWork(
    "profile-letters",
    "Letters about new profiles",
    profile_search_letters.due_profile_letters,
    profile_search_letters.write_profile_letters,
    permission="careers.view_profile",
    order=39,
)
