"""Issues: put together, given their day and their cover."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction

from ..domain import issues
from ..forms.issues import AsReadIssueForm, CoverForm, IssueDayForm, LineupForm
from ..models import Issue

CHANGE = "membership.change_issue"


class LineupView(LoggedActionView):
    """A table in place of a form's list of fields."""

    template = "admin/membership/issue_lineup.html"

    def make_form(self, data: Any = None) -> LineupForm:
        return LineupForm(data, action=self.action, subject=self.subject)

    def context(self, form: Any) -> dict[str, Any]:
        return {"warnings": issues.warnings_of(self.subject, form.inside)}


class CoverView(LoggedActionView):
    """A form that takes a file."""

    template = "admin/membership/issue_cover.html"

    def make_form(self, data: Any = None) -> CoverForm:
        files = self.request.FILES if data is not None else None
        return CoverForm(data, files, action=self.action, subject=self.subject)


def is_out(issue: Issue) -> bool:
    return issue.is_out_on(timezone.localdate())


def _put_together(issue: Issue, form: LineupForm, by: Any) -> ActionOutcome:
    number = issues.put_together(
        issue, form.placed(), taken_out=form.taken_out(), seen=form.cleaned_data["seen"] or None
    )
    return ActionOutcome((f"{number} article{'' if number == 1 else 's'} stand in this order now.",))


def _schedule(issue: Issue, form: IssueDayForm, by: Any) -> ActionOutcome:
    done = issues.schedule_issue(issue, form.cleaned_data["day"])
    return ActionOutcome((f"It comes out by itself on {date_format(done.published_on)}.",))


def _publish(issue: Issue, form: ActionForm, by: Any) -> ActionOutcome:
    issues.publish_issue(issue)
    return ActionOutcome(("It is out. Its contents go by mail to everybody who asked for them.",))


def _hold(issue: Issue, form: ActionForm, by: Any) -> ActionOutcome:
    issues.hold_issue(issue)
    return ActionOutcome(("It has no day any more, and is with the editors.",))


def _correct_day(issue: Issue, form: IssueDayForm, by: Any) -> ActionOutcome:
    done = issues.correct_day(issue, form.cleaned_data["day"])
    return ActionOutcome((f"It stands under {date_format(done.published_on)}.",))


def _keep_cover(issue: Issue, form: CoverForm, by: Any) -> ActionOutcome:
    issues.keep_cover(issue, form.cleaned_data["picture"])
    return ActionOutcome(("It has its cover.",))


def _remove_cover(issue: Issue, form: ActionForm, by: Any) -> ActionOutcome:
    issues.remove_cover(issue)
    return ActionOutcome(("The drawn cover is shown again.",))


AS_ONE = (
    "On that day the issue and its articles are on the site, in the feed and in the search, and its contents go by "
    "mail at 7:00 in the morning to everybody who asked for them."
)
ACTIONS = (
    AdminAction(
        verb="put-together",
        label="Put it together",
        button="Keep this order",
        permission=CHANGE,
        do=_put_together,
        view=LineupView,
        words=(
            "A number says where an article stands; equal numbers keep the order of this page. Articles under one "
            "heading stand together. Without a heading of its own an article stands under its type.",
        ),
    ),
    AdminAction(
        verb="schedule",
        label=lambda issue: "Schedule it" if issue.published_on is None else "Choose another day",
        permission=CHANGE,
        do=_schedule,
        form=IssueDayForm,
        view=LoggedActionView,
        is_offered=lambda issue: not is_out(issue),
        words=(AS_ONE, "An article whose own day is later comes out with the issue."),
    ),
    AdminAction(
        verb="publish",
        label="Publish it now",
        permission=CHANGE,
        do=_publish,
        form=AsReadIssueForm,
        view=LoggedActionView,
        refusal=lambda issue: "This issue is out already." if is_out(issue) else "",
        words=(
            "The issue and its articles are on the site at once, in the feed and in the search. Its contents go by "
            "mail within minutes, or at 7:00 if it is earlier in the morning.",
        ),
    ),
    AdminAction(
        verb="hold",
        label="Take its day away",
        permission=CHANGE,
        do=_hold,
        view=LoggedActionView,
        is_offered=lambda issue: issue.published_on is not None and not is_out(issue),
        words=("It does not come out before you schedule it again.",),
    ),
    AdminAction(
        verb="correct-day",
        label="Correct its day",
        permission=CHANGE,
        do=_correct_day,
        form=IssueDayForm,
        view=LoggedActionView,
        is_offered=is_out,
        words=("For the record only: what is out stays out, and nobody is written to again.",),
    ),
    AdminAction(
        verb="cover",
        label=lambda issue: "Choose another cover" if issue.cover else "Give it a cover",
        button="Show this cover",
        permission=CHANGE,
        do=_keep_cover,
        form=CoverForm,
        view=CoverView,
        words=("Everybody sees it: on the journal’s page, among the issues and beside the contents.",),
    ),
    AdminAction(
        verb="remove-cover",
        label="Remove its cover",
        permission=CHANGE,
        do=_remove_cover,
        view=LoggedActionView,
        danger=True,
        is_offered=lambda issue: bool(issue.cover),
        words=("The drawn cover is shown again.",),
    ),
)


@admin.register(Issue)
class IssueAdmin(ActionsAdmin, admin.ModelAdmin):
    """A new issue may have a day at once, as a back issue has; from then on the buttons change it."""

    object_actions = ACTIONS
    list_display = ("__str__", "title", "published_on", "articles_in_it", "contents_told_at", "sample")
    list_filter = ("volume", "published_on", "sample")
    search_fields = ("title", "theme", "=volume", "=number")
    date_hierarchy = "published_on"
    fields = (("volume", "number"), ("volume_label", "number_label"), "published_on", "title", "theme", "sample")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "published_on") if obj is not None else fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        return super().get_queryset(request).annotate(size=Count("articles"))

    @admin.display(description="articles", ordering="size")
    def articles_in_it(self, issue: Any) -> int:
        return issue.size
