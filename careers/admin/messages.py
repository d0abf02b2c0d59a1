"""Messages between applicants and employers that their readers have reported. Staff read no others."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from aapm_site.accounts.models import User
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.waiting_filter import WaitingFilter

from ..domain import application_messages
from ..models import JobApplicationMessage

SETTLE = "careers.settle_jobapplicationmessage"


class WaitsForReading(WaitingFilter):
    """What the queue of the front page counts."""

    choice = ("decision", "To be decided")

    @staticmethod
    def waiting(user: Any) -> QuerySet[JobApplicationMessage]:
        return JobApplicationMessage.objects.waiting()


def _keep(message: JobApplicationMessage, form: ActionForm, by: User) -> ActionOutcome:
    application_messages.settle_message(message, by=by, removes=False)
    return ActionOutcome(("The message stays.",))


def _remove(message: JobApplicationMessage, form: ActionForm, by: User) -> ActionOutcome:
    application_messages.settle_message(message, by=by, removes=True)
    return ActionOutcome(("The message is removed.",))


def _refusal(message: JobApplicationMessage) -> str:
    return application_messages.DECIDED if message.settled_at else ""


@admin.register(JobApplicationMessage)
class ReportedMessageAdmin(ReadOnlyAdmin, ActionsAdmin):
    """What one side of an application has shown to our staff, and the decision on it."""

    names_in_lists = {"employer": "application__job__employer"}
    list_display = ("position", "employer", "written_by", "reported_at", "settled_at", "removed_at")
    list_filter = (WaitsForReading, "by_employer", "reported_at")
    list_select_related = ("application__job__employer",)
    search_fields = ("application__job__title", "application__job__employer__name", "=application__job__id")
    fields = readonly_fields = (
        *("position", "employer", "written_by", "sent_at", "text"),
        *("reported_at", "settled_at", "settled_by", "removed_at"),
    )
    ordering = ("reported_at", "pk")
    view_on_site = False
    object_actions = (
        AdminAction(
            verb="keep",
            label="Let it stand",
            permission=SETTLE,
            words=("Both sides go on reading it. Whoever reported it is not named to anybody.",),
            refusal=_refusal,
            view=LoggedActionView,
            do=_keep,
        ),
        AdminAction(
            verb="remove",
            label="Remove the message",
            permission=SETTLE,
            words=("Both sides read that our staff have removed it. Its words are deleted for good.",),
            danger=True,
            refusal=_refusal,
            view=LoggedActionView,
            do=_remove,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobApplicationMessage]:
        return super().get_queryset(request).filter(reported_at__isnull=False)

    @admin.display(description="position", ordering="application__job__title")
    def position(self, message: JobApplicationMessage) -> str:
        job = message.application.job
        return f"{job} (position {job.pk})"

    @admin.display(description="employer", ordering="application__job__employer__name")
    def employer(self, message: JobApplicationMessage) -> str:
        return str(message.application.job.employer)

    @admin.display(description="written by", ordering="by_employer")
    def written_by(self, message: JobApplicationMessage) -> str:
        return "the employer" if message.by_employer else "the applicant"
