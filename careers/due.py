"""What the career center does by the clock."""

from aapm_site.core.background.due import DueWork

from .domain import job_reports, owner_recoveries, reminders

JOB_ENDING = DueWork(
    "job-ending",
    "Mail before a position ends",
    reminders.due_reminders,
    reminders.send_reminder,
    permission="careers.change_job",
    order=30,
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
