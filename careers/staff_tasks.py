"""What careers staff come to the admin for: what waits on its front page, and the tasks there."""

from django.urls import reverse

from aapm_site.core.admin.home import StaffQueue, StaffTask

from .fellowship_states import OfferStatus
from .models import FellowshipOffer, Job, JobApplicationMessage, ReportedJob
from .queries.review import waiting_for_staff
from .queries.verification import proved_and_waiting

REVIEW = StaffQueue(
    "positions-in-review",
    "Positions to review",
    "Review them",
    "careers.approve_job",
    lambda user: waiting_for_staff(),
    "waiting_since",
    lambda: reverse("admin:careers_desk"),
    order=10,
)
CHANGED = StaffQueue(
    "positions-changed",
    "Open positions whose words changed since we read them",
    "Read them",
    "careers.approve_job",
    lambda user: Job.objects.live().with_unread_words(),
    "updated_at",
    lambda: f"{reverse('admin:careers_job_changelist')}?stage=all&unread=1",
    order=13,
)
REPORTED = StaffQueue(
    "positions-reported",
    "Positions that readers have reported",
    "Decide on them",
    "careers.take_down_job",
    lambda user: ReportedJob.objects.waiting(),
    "opened_at",
    lambda: f"{reverse('admin:careers_reportedjob_changelist')}?waits=decision",
    order=9,
)
REPORTED_MESSAGES = StaffQueue(
    "messages-reported",
    "Messages that applicants or employers have reported",
    "Decide on them",
    "careers.settle_jobapplicationmessage",
    lambda user: JobApplicationMessage.objects.waiting(),
    "reported_at",
    lambda: f"{reverse('admin:careers_jobapplicationmessage_changelist')}?waits=decision",
    order=9,
)
FELLOWSHIPS = StaffQueue(
    "fellowships-in-review",
    "Fellowship places to review",
    "Review them",
    "careers.decide_fellowshipoffer",
    lambda user: FellowshipOffer.objects.filter(status=OfferStatus.IN_REVIEW),
    "submitted_at",
    lambda: f"{reverse('admin:careers_fellowshipoffer_changelist')}?status__exact=in_review",
    order=11,
)
PROVED = StaffQueue(
    "employers-proved",
    "Employers to verify: their domain is proved",
    "Decide on them",
    "careers.change_employer",
    lambda user: proved_and_waiting(),
    "proved_at",
    lambda: f"{reverse('admin:careers_employer_changelist')}?waits=proved",
    order=12,
)

TASKS = (
    StaffTask(
        "find-position",
        "Find a position",
        lambda: f"{reverse('admin:careers_job_changelist')}?stage=all",
        "careers.change_job",
        "Correct its words, pause it, take it down.",
        order=80,
    ),
    StaffTask(
        "find-employer",
        "Look after an employer",
        lambda: reverse("admin:careers_employer_changelist"),
        "careers.change_employer",
        "Its team, its postings, whether it is verified.",
        order=81,
    ),
    StaffTask(
        "fellowship-rounds",
        "Open the board of fellowships",
        lambda: reverse("admin:careers_fellowshipround_changelist"),
        "careers.change_fellowshipround",
        "The days from which and until which it shows open places.",
        order=82,
    ),
    StaffTask(
        "career-figures",
        "See the figures",
        lambda: reverse("admin:careers_figures"),
        "careers.change_job",
        "What was open, saved and reported week by week, and what readers looked for in vain.",
        order=83,
    ),
    StaffTask(
        "career-reports",
        "Read the reports of the Career Center",
        lambda: reverse("admin:careers_reports"),
        "careers.see_career_reports",
        "Revenue, time to approve, fill rate, renewals, applications and what readers looked for in vain.",
        order=84,
    ),
)
