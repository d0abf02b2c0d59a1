"""What the career center does by the clock."""

from aapm_site.core.registries import DueWork

from .domain import reminders

JOB_ENDING = DueWork("job-ending", "Mail before a posting ends", reminders.due, reminders.remind, order=30)
