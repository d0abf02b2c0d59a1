"""Prepared changes in the admin: what is decided about one, beside what readers read now."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_views import ActionView, LoggedActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from content.admin.preview_links import LendingAdmin
from content.domain import prepared, versions
from content.forms.prepared import ComesForm, ReadForm, ReadPublicForm
from content.models import Page
from content.presenters import version_diff
from content.presenters.checklist import moment

PUBLISH, CHANGE = "content.publish_page", "content.change_page"


def differences(change: Page) -> list[version_diff.FieldChange]:
    """From what the page says now to what it would say with its change."""
    page = change.prepares
    if page is None:
        return []
    now = prepared.carried(versions.snapshot_page(page))
    return version_diff.fields_compared(now, {**now, **prepared.merge_change(page, change).said})


class PreparedAdmin(LendingAdmin):
    """The page that compares a change with its page. A mixin of the pages' admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.compare_prepared)
        return [path("<int:object_id>/prepared/", view, name="content_page_prepared"), *super().get_urls()]

    def compare_prepared(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """What readers would read otherwise; of a page without a change the way back to it."""
        change = self.page_or_404(request, object_id)
        if not change.is_prepared:
            return HttpResponseRedirect(change_url(change))
        context = {
            **self.page_context(request, change, f"The prepared change of “{change.prepares}”"),
            "changes": differences(change),
            "parted": prepared.parted_from(change),
        }
        return TemplateResponse(request, "content/admin/prepared.html", context)


class PublishChangeView(LoggedActionView):
    """Shows what readers will read otherwise, before they do."""

    template = "content/admin/prepared_publish.html"

    def context(self, form: Any) -> dict[str, Any]:
        return {"changes": differences(self.subject)}

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        """The history of the page tells it: the change is gone."""
        self.subject = self.subject.prepares
        return super().done(outcome)


class BringUpView(ActionView):
    """Shows what comes in, and where both sides changed the same."""

    template = "content/admin/prepared_bring_up.html"

    def context(self, form: Any) -> dict[str, Any]:
        page = self.subject.prepares
        merged = prepared.merge_change(page, self.subject)
        began = prepared.carried(versions.said_in(page.versions.get(number=self.subject.prepared_from)))
        now = prepared.carried(versions.snapshot_page(page))
        mine = prepared.carried(versions.snapshot_page(self.subject))

        def of(names: tuple[str, ...], old: Any, new: Any) -> list[version_diff.FieldChange]:
            return version_diff.fields_compared(*({name: said[name] for name in names} for said in (old, new)))

        return {"taken": of(merged.taken, began, now), "both": of(merged.both, now, mine)}


def _publish(change: Page, form: ReadForm, by: Actor) -> ActionOutcome:
    done = prepared.publish_change(change, by=by, read_version=form.cleaned_data["read"])
    return ActionOutcome((f"“{done}” says what the prepared change said. Readers see it now.",), url=change_url(done))


def _publish_refusal(change: Page) -> str:
    if not change.is_prepared:
        return prepared.GONE
    parted = prepared.parted_from(change)
    if parted is None:
        return ""
    return f"{parted.who} has saved version {parted.number} of the public page. Bring the change up to date first."


def _bring_up(change: Page, form: ReadPublicForm, by: Actor) -> ActionOutcome:
    prepared.bring_up_to_date(change, by=by, seen_version=form.cleaned_data["read"])
    return ActionOutcome(("The change is up to date with the public page, and can be published.",))


def _schedule(change: Page, form: ComesForm, by: Actor) -> ActionOutcome:
    at = form.cleaned_data["at"]
    prepared.schedule_change(change, at, by=by)
    return ActionOutcome((f"The change is published by itself on {moment(at)}.",))


def _schedule_label(change: Page) -> str:
    return "Change the day or hour" if change and change.comes_at else "Schedule the change"


def _schedule_words(change: Page) -> tuple[str, ...]:
    first = "The change comes by itself at the day and hour that you choose. Until then readers read the old text."
    return (first, f"Now it comes on {moment(change.comes_at)}.") if change.comes_at else (first,)


def _unschedule(change: Page, form: Any, by: Actor) -> ActionOutcome:
    prepared.unschedule_change(change)
    return ActionOutcome(("The change waits until somebody publishes it.",))


def _discard(change: Page, form: Any, by: Actor) -> ActionOutcome:
    page = prepared.discard_change(change)
    return ActionOutcome(
        (f"The prepared change of “{page}” is discarded. Readers read what they read before.",), url=change_url(page)
    )


class DiscardView(LoggedActionView):
    """The history of the page tells it."""

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        self.subject = self.subject.prepares
        return super().done(outcome)


CHANGE_ACTIONS = (
    AdminAction(
        verb="publish-change",
        label="Publish the change",
        permission=PUBLISH,
        is_offered=lambda page: page.is_prepared,
        refusal=_publish_refusal,
        form=ReadForm,
        view=PublishChangeView,
        do=_publish,
    ),
    AdminAction(
        verb="bring-up",
        label="Bring the change up to date",
        permission=CHANGE,
        is_offered=lambda page: page.is_prepared and page.prepares.version != page.prepared_from,
        refusal=lambda page: "" if page.is_prepared else prepared.GONE,
        form=ReadPublicForm,
        view=BringUpView,
        do=_bring_up,
    ),
    AdminAction(
        verb="schedule-change",
        label=_schedule_label,
        permission=PUBLISH,
        is_offered=lambda page: page.is_prepared,
        refusal=lambda page: "" if page.is_prepared else prepared.GONE,
        words=_schedule_words,
        form=ComesForm,
        do=_schedule,
    ),
    AdminAction(
        verb="unschedule-change",
        label="Do not publish it by itself",
        permission=PUBLISH,
        is_offered=lambda page: page.comes_at is not None,
        refusal=lambda page: "" if page.is_prepared else prepared.GONE,
        words=("The change waits until somebody publishes it. Its text stays as it is.",),
        do=_unschedule,
    ),
    AdminAction(
        verb="discard-change",
        label="Discard the change",
        permission=CHANGE,
        danger=True,
        is_offered=lambda page: page.is_prepared,
        refusal=lambda page: "" if page.is_prepared else prepared.GONE,
        words=(
            "The change and the steps by which it was written are gone for good, and links to it end.",
            "The public page stays as readers read it now.",
        ),
        view=DiscardView,
        do=_discard,
    ),
)
