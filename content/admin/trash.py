"""The trash in the admin: a list of its own, one press to undo, and nothing that deletes past it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from aapm_site.core.admin.action_views import ListActionView, counted
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import NeverDeleted
from aapm_site.core.admin.empty import EmptyList
from aapm_site.core.models import Retention
from aapm_site.core.retention import retention_rules
from aapm_site.core.transitions import NotAllowed
from content.models import Page

WHERE, TRASH = "where", "trash"
ALREADY = ActionOutcome(number=0)  # it went along with another one of the choice
IN_TRASH = ("put_back", "delete_for_good")  # what can be done there with a choice of the list, and nothing else


class TrashFilter(admin.SimpleListFilter):
    """What lies in the trash is not among the others: it has a list of its own."""

    title = "place"
    parameter_name = WHERE

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(TRASH, "In the trash")]

    def choices(self, changelist: Any) -> Any:
        for place, choice in enumerate(super().choices(changelist)):
            yield choice if place else {**choice, "display": "Not in the trash"}

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        is_trash = self.value() == TRASH or request.GET.get("status__exact") == "trashed"
        if request.GET.get("status__exact") == "prepared":
            return queryset.prepared()
        return queryset.trashed() if is_trash else queryset.kept()


def _until() -> Callable[[Any], Any]:
    """A column: the day on which a row is deleted for good, as staff have set it; one query for the list."""
    chosen = Retention.objects.filter(name=TRASH).values_list("days", flat=True).first()
    rule = retention_rules.get(TRASH)
    days = timedelta(days=chosen or (rule.days if rule else 0))

    @admin.display(description="deleted for good on", ordering="trashed_at")
    def until(row: Any) -> Any:
        return timezone.localdate(row.trashed_at + days)

    return until


class ManyTrashableView(ListActionView):
    """After a choice of the list has gone into the trash, its undo stands in the message."""

    def do_each(self, ids: Sequence[int], form: Any) -> tuple[int, list[str]]:
        self.ids = ids
        return super().do_each(ids, form)

    def tell(self, done: int, refused: Sequence[str]) -> None:
        if self.action.verb != "trash" or not done:
            return super().tell(done, refused)
        moved = self.owner.model._default_manager.trashed().filter(pk__in=self.ids).values_list("pk", flat=True)
        said = f"{counted(self.owner.opts, done)} moved to the trash."
        messages.success(self.request, undo(self.owner.opts, said, sorted(moved)))
        super().tell(0, refused)
        return None


def undo(opts: Any, said: str, keys: Sequence[int]) -> SafeString:
    """What was done, and the press that undoes it; its form stands in every page of the admin."""
    return format_html(
        '{} <button class="undo" form="undo-form" formaction="{}" name="keys" value="{}">Undo</button>',
        said,
        reverse(f"admin:{opts.app_label}_{opts.model_name}_undo"),
        ",".join(map(str, keys)),
    )


class TrashAdmin(NeverDeleted, ActionsAdmin):
    """An admin whose rows go to the trash. Who may delete them may do so, and undo it."""

    list_action_view = ManyTrashableView
    put_back: Callable[..., Any]

    def may_trash(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"content.delete_{self.opts.model_name}")

    def in_trash(self, request: HttpRequest) -> bool:
        return request.GET.get(WHERE) == TRASH

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list of the trash says in its title what it is."""
        title = {"title": f"{capfirst(self.opts.verbose_name_plural)} in the trash"} if self.in_trash(request) else {}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def empty_list(self, request: HttpRequest, found: Any) -> EmptyList:
        """An empty trash is no cause for a first row."""
        if not self.in_trash(request) or found.query:
            return super().empty_list(request, found)  # type: ignore[misc]  # of every admin, by StaffSite.register
        many = self.opts.verbose_name_plural
        return EmptyList(
            f"No {many} lie in the trash. What is put there answers nobody, and can be put back until it is deleted "
            "for good.",
            request.path,
            f"Back to the {many}",
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return [*shown[:3], "since", _until()] if self.in_trash(request) else shown

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = super().get_actions(request)
        return {name: one for name, one in offered.items() if (name in IN_TRASH) == self.in_trash(request)}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Forms offer nothing that lies in the trash."""
        is_list = getattr(request.resolver_match, "url_name", "") != "autocomplete"
        return super().get_search_results(request, queryset if is_list else queryset.kept(), search_term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What lies in the trash is only read. A save that meets it there comes back with what was typed."""
        is_read = obj is not None and obj.is_trashed and request.method != "POST"
        return not is_read and super().has_change_permission(request, obj)

    @admin.display(description="in the trash since", ordering="trashed_at")
    def since(self, row: Any) -> Any:
        return row.trashed_at

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo"
        return [path("undo/", self.admin_site.admin_view(self.undo), name=name), *super().get_urls()]

    def undo(self, request: HttpRequest) -> HttpResponse:
        """The press in the message: everything that went into the trash with it comes back, each by itself."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_trash(request):
            raise PermissionDenied
        keys = [int(key) for key in request.POST.get("keys", "").split(",")[:500] if key.isascii() and key.isdigit()]
        done = 0
        # In the order of the model: a page comes back before those below it, and brings some along.
        for row in self.model._default_manager.filter(pk__in=[key for key in keys if key < 2**63]):
            try:
                done += _put_back(row, type(self).put_back, request.user).number
            except (NotAllowed, ValidationError) as refused:
                messages.warning(request, str(refused))
        if done:
            messages.success(request, f"{counted(self.opts, done)} put back, as before.")
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))


def trash_actions(
    model: Any, put_away: Callable[..., Any], put_back: Callable[..., Any], delete: Callable[..., Any], words: Any
) -> tuple[AdminAction, ...]:
    """The three buttons: into the trash, out of it, and for good."""
    permission = f"content.delete_{model._meta.model_name}"

    def put(row: Any, form: Any, by: Any) -> ActionOutcome:
        done = put_away(row, by=by)
        return ActionOutcome((undo(row._meta, f"“{done}” is in the trash.", [row.pk]),), url=_list(row))

    def back(row: Any, form: Any, by: Any) -> ActionOutcome:
        return ActionOutcome((f"“{put_back(row, by=by)}” is back, as it was.",))

    def for_good(row: Any, form: Any, by: Any) -> ActionOutcome:
        along = delete(row) - 1
        below = f", with {counted(row._meta, along)} below it" if along else ""
        return ActionOutcome((f"“{row}” is deleted for good{below}.",), url=f"{_list(row)}?{WHERE}={TRASH}")

    return (
        AdminAction(
            verb="put-back",
            label="Put it back",
            permission=permission,
            is_offered=lambda row: row.is_trashed,
            words=("It comes back where it was and as it was.",),
            do=back,
        ),
        AdminAction(
            verb="trash",
            label="Move to the trash",
            permission=permission,
            danger=True,
            is_offered=lambda row: not row.is_trashed and not getattr(row, "is_prepared", False),
            words=words,
            do=put,
        ),
        AdminAction(
            verb="delete-for-good",
            label="Delete for good",
            permission=permission,
            danger=True,
            is_offered=lambda row: row.is_trashed,
            words=("This cannot be undone. Nothing of it is kept: its versions and its files go too.",),
            do=for_good,
        ),
    )


def trash_list_actions(
    model: Any, put_away: Callable[..., Any], put_back: Callable[..., Any], delete: Callable[..., Any]
) -> tuple[AdminAction, ...]:
    """The same for a choice of the list. A page takes those below it along, chosen or not: all of them are counted."""
    permission = f"content.delete_{model._meta.model_name}"
    names = capfirst(str(model._meta.verbose_name_plural))

    def put(row: Any, form: Any, by: Any) -> ActionOutcome:
        if _lies_there(row):
            return ALREADY
        return ActionOutcome(number=1 + _along(put_away(row, by=by)))

    def for_good(row: Any, form: Any, by: Any) -> ActionOutcome:
        return ActionOutcome(number=delete(row)) if _is_kept(row) else ALREADY

    return (
        AdminAction(
            verb="put_back",
            label="Put them back",
            told="put back, as before",
            permission=permission,
            words=(f"{names} come back where they were and as they were.",),
            do=lambda row, form, by: _put_back(row, put_back, by),
        ),
        AdminAction(
            verb="delete_for_good",
            label="Delete them for good",
            told="deleted for good",
            permission=permission,
            danger=True,
            words=("This cannot be undone. Nothing of them is kept.",),
            do=for_good,
        ),
        AdminAction(
            verb="trash",
            label="Move to the trash",
            told="moved to the trash",
            permission=permission,
            danger=True,
            words=("Nobody finds them any more. They can be put back as they were until the trash is emptied.",),
            do=put,
        ),
    )


def _put_back(row: Any, put_back: Callable[..., Any], by: Any) -> ActionOutcome:
    if not _lies_there(row):
        return ALREADY
    along = _along(row)
    put_back(row, by=by)
    return ActionOutcome(number=1 + along)


def _lies_there(row: Any) -> bool:
    """Asked anew for each of a choice: a page takes those below it along."""
    return bool(type(row)._default_manager.trashed().filter(pk=row.pk).exists())


def _is_kept(row: Any) -> bool:
    return bool(type(row)._default_manager.filter(pk=row.pk).exists())


def _along(row: Any) -> int:
    """How many lie in the trash because of this page."""
    return row.trashed_along.count() if isinstance(row, Page) else 0


def _list(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
