"""Employers, jobs and what a posting costs."""

from .employer import Employer, EmployerInvitation, EmployerMember
from .job import Job, JobLocation, JobReminder, JobStatusChange
from .package import Package

__all__ = [
    "Employer",
    "EmployerInvitation",
    "EmployerMember",
    "Job",
    "JobLocation",
    "JobReminder",
    "JobStatusChange",
    "Package",
]
