"""The actions on pages: what is decided about one, an earlier text that comes back, and one change for many."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aapm_site.accounts.people import Actor
from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import ActionView, change_url
from aapm_site.core.admin.actions import ActionOutcome, AdminAction, MoveAction
from aapm_site.core.transitions import Move
from content import rules
from content.admin.trash import ManyTrashableView, trash_actions, trash_list_actions
from content.domain import bulk, imported, pages, trash, versions
from content.forms.bulk import AudienceForm, CategoryForm, ReviewForm
from content.forms.restore import RestoreForm
from content.forms.schedule import MomentForm, ReadStepForm, ScheduleForm
from content.models import Page, PageVersion
from content.presenters import version_diff
from content.presenters.checklist import moment
from content.states import PAGE_LIFECYCLE, PageStatus

MOST_NAMED = 5
PUBLISH, CHANGE = "content.publish_page", "content.change_page"


class DecideView(ActionView):
    """A page that readers cannot read yet is led back to what it lacks."""

    def respond(self) -> HttpResponse:
        missing = [*rules.missing_for_readers(self.subject), *rules.pictures_without_words(self.subject)]
        if not missing or self.request.method == "POST":
            return super().respond()
        messages.warning(self.request, f"Not yet: {' '.join(sentence for _, sentence in missing)}")
        return HttpResponseRedirect(f"{change_url(self.subject)}#id_{missing[0][0]}")


# An earlier text comes back -------------------------------------------------------------------------------------------
class RestoreView(ActionView):
    """The page says what would change. The version's number stands in the address."""

    template = "content/admin/restore.html"

    @cached_property
    def version(self) -> PageVersion:
        return get_object_or_404(self.subject.versions.select_related("by"), number=self.given["number"])

    @cached_property
    def label(self) -> str:
        return f"Restore version {self.version.number}"

    @property
    def title(self) -> str:
        return f"{self.label} of “{self.subject}”"

    @property
    def back(self) -> str:
        return reverse("admin:content_page_versions", args=[self.subject.pk])

    def make_form(self, data: Any = None) -> RestoreForm:
        return RestoreForm(data, action=self.action, subject=self.subject, version=self.version)

    def context(self, form: Any) -> dict[str, Any]:
        changes = version_diff.fields_compared(
            versions.snapshot_page(self.subject), _restored(self.subject, self.version)
        )
        return {"version": self.version, "changes": changes}


def _restored(page: Page, version: PageVersion) -> dict[str, Any]:
    """What the page would say: the version's words, with the address and the dates of now."""
    now = versions.snapshot_page(page)
    return {name: now[name] if name in pages.NOT_RESTORED else version.fields.get(name, now[name]) for name in now}


def _restore(page: Page, form: RestoreForm, by: Actor) -> ActionOutcome:
    read = form.cleaned_data["read_version"]
    done = pages.restore_version(page, form.version, by=by, read_version=read)
    return ActionOutcome((f"“{done}” says again what it said in version {form.version.number}.",))


def _see_to_import(page: Page, form: ActionForm, by: Actor) -> ActionOutcome:
    imported.see_to_notes(page, by=by)
    return ActionOutcome((f"The import’s notes on “{page}” are seen to.",))


def _refusal(page: Page) -> str:
    return "It is in the trash. Put it back first." if page.is_trashed else ""


def _trash_words(page: Page) -> tuple[str, ...]:
    """What goes along, by name."""
    words = (
        "Visitors no longer find it. It keeps its address, its versions and its places in menus, and can be put back "
        "as it was until the trash is emptied.",
    )
    below = trash.pages_below(page)
    if not below:
        return words
    more = f" and {len(below) - MOST_NAMED} more" if len(below) > MOST_NAMED else ""
    named = ", ".join(f"“{one}”" for one in below[:MOST_NAMED])
    return (*words, f"What stands below it goes along and comes back with it: {named}{more}.")


class WithdrawAction(MoveAction):
    """What is public by its schedule is taken from readers, as what was published: the words say so."""

    def move_of(self, subject: Page) -> Move | None:
        move = super().move_of(subject)
        if move is None or not subject.on_site:
            return move
        return next(step for step in PAGE_LIFECYCLE[PageStatus.PUBLISHED] if step.to == self.to)


class ScheduleAction(MoveAction):
    """The page that asks names the day and the hour."""

    def perform(self, subject: Page, form: Any, by: Actor) -> ActionOutcome:
        given = form.cleaned_data
        done = self.do(subject, by=by, reason=given["reason"], at=given["at"])
        return _told_moment(done)


def _told_moment(page: Page) -> ActionOutcome:
    at = page.published_at
    return ActionOutcome((f"“{page}” goes public by itself on {moment(at)}." if at else f"“{page}” has no date.",))


def _reschedule(page: Page, form: Any, by: Actor) -> ActionOutcome:
    return _told_moment(pages.reschedule_page(page, form.cleaned_data["at"], by=by))


def _moment_now(page: Page) -> tuple[str, ...]:
    return (f"Now it goes public on {moment(page.published_at)}.",) if page.published_at else ()


PAGE_ACTIONS = (
    MoveAction(
        verb="publish",
        to=PageStatus.PUBLISHED,
        do=pages.publish_page,
        permission=PUBLISH,
        refusal=lambda page: pages.PUBLIC_ALREADY if page.on_site else "",
        form=ReadStepForm,
        view=DecideView,
    ),
    ScheduleAction(
        verb="schedule",
        to=PageStatus.SCHEDULED,
        do=pages.schedule_page,
        permission=PUBLISH,
        form=ScheduleForm,
        view=DecideView,
    ),
    AdminAction(
        verb="reschedule",
        label="Change the day or hour",
        permission=PUBLISH,
        words=_moment_now,
        refusal=pages.reschedule_refusal,
        form=MomentForm,
        do=_reschedule,
    ),
    WithdrawAction(verb="withdraw", to=PageStatus.DRAFT, do=pages.withdraw_page, permission=PUBLISH, refusal=_refusal),
    *trash_actions(Page, trash.trash_page, trash.put_back_page, trash.delete_trashed_page, _trash_words),
    AdminAction(
        verb="see-to-import",
        label="The old site’s notes are seen to",
        permission=CHANGE,
        words=("What the import asked you to look at goes from the checklist and from the inventory.",),
        is_offered=lambda page: bool(imported.notes_on(page)),
        do=_see_to_import,
    ),
    AdminAction(
        verb="restore",
        route="versions/<int:number>/restore",
        permission=CHANGE,
        is_offered=lambda page: False,  # the list of versions leads to it
        form=RestoreForm,
        view=RestoreView,
        do=_restore,
    ),
)


# Many pages at once ---------------------------------------------------------------------------------------------------
class ManyPagesView(ManyTrashableView):
    template = "content/admin/bulk.html"


def _words(first: str) -> tuple[str, ...]:
    return (f"{first} Each page gets a new version in your name, so it can be undone.",)


def _mark_reviewed(page: Page, form: ReviewForm, by: Actor) -> None:
    bulk.mark_page_reviewed(page, form.cleaned_data["reviewer"], by=by)


def _add_category(page: Page, form: CategoryForm, by: Actor) -> None:
    bulk.add_page_category(page, form.cleaned_data["category"], by=by)


def _set_audience(page: Page, form: AudienceForm, by: Actor) -> None:
    bulk.set_page_audience(page, form.cleaned_data["audience"], by=by)


def _publish(page: Page, form: ActionForm, by: Actor) -> None:
    pages.publish_page(page, by=by)


def _withdraw(page: Page, form: ActionForm, by: Actor) -> None:
    pages.withdraw_page(page, by=by)


MANY_PAGES_ACTIONS = (
    AdminAction(
        verb="mark_reviewed",
        label="Mark as reviewed today",
        told="marked as reviewed",
        permission=CHANGE,
        words=_words("Their readers see this name and today’s date as the last medical check."),
        form=ReviewForm,
        do=_mark_reviewed,
    ),
    AdminAction(
        verb="add_category",
        label="Add a category",
        permission=CHANGE,
        words=_words("They stand in this category of the news too, beside those that they are in already."),
        form=CategoryForm,
        do=_add_category,
    ),
    AdminAction(
        verb="change_audience",
        label="Change who reads them",
        permission=CHANGE,
        danger=True,
        words=_words("Title and summary can be read by everybody; the text only by those you choose, from now on."),
        form=AudienceForm,
        do=_set_audience,
    ),
    AdminAction(
        verb="publish",
        label="Publish now",
        told="published",
        permission=PUBLISH,
        words=_words(
            "They are public at once. Dates of publication that have passed are kept, so the archives stay right."
        ),
        do=_publish,
    ),
    AdminAction(
        verb="withdraw",
        label="Withdraw to draft",
        told="withdrawn to draft",
        permission=PUBLISH,
        danger=True,
        words=_words("Visitors no longer find them. Texts and dates are kept."),
        do=_withdraw,
    ),
    *trash_list_actions(Page, trash.trash_page, trash.put_back_page, trash.delete_trashed_page),
)
