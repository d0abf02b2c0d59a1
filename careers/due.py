"""What the career center does by the clock."""

from aapm_site.core.background.due import DueWork

from .domain import reminders

JOB_ENDING = DueWork(
    "job-ending",
    "Mail before a position ends",
    reminders.due_reminders,
    reminders.send_reminder,
    permission="careers.change_job",
    order=30,
)
