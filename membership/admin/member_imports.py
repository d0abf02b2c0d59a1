"""Bringing a list of members: a file, its columns, every line as it would be, and then the press that applies it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import change_url
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.files import csv_export
from aapm_site.core.files.upload_checks import FileRefused
from aapm_site.core.transitions import NotAllowed

from ..domain import member_imports
from ..forms.member_import import ImportColumnsForm, ImportedLinesForm, MemberFileForm
from ..import_columns import COLUMNS, Outcome
from ..models import MemberImport, Plan

IMPORT = "membership.import_members"
ON_A_PAGE = 100


def _words(made: MemberImport) -> tuple[str, ...]:
    new, changed, wrong = (made.count(outcome) for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.WRONG))
    become = "1 person becomes a member here" if new == 1 else f"{new:,} people become members here"
    change = "1 member changes" if changed == 1 else f"{changed:,} members change"
    follows = ", and ".join(words for words, count in ((become, new), (change, changed)) if count)
    left_out = "1 wrong line is" if wrong == 1 else f"{wrong:,} wrong lines are"
    return (
        f"{follows}, as the preview shows.",
        *([f"{left_out} left out; you can download them with their reasons."] if wrong else []),
        "Nobody gets a letter. Whoever is new signs in by a code that we mail to their address, without an invitation.",
    )


def _apply(made: MemberImport, form: ActionForm, by: Any) -> ActionOutcome:
    member_imports.ask_to_apply(made, by=by)
    return ActionOutcome(("It is being applied. This page says how far it is.",))


APPLY = AdminAction(
    verb="apply",
    label="Apply this list",
    permission=IMPORT,
    words=_words,
    refusal=member_imports.refusal_to_apply,
    do=_apply,
)


@admin.register(MemberImport)
class MemberImportAdmin(ReadOnlyAdmin, ActionsAdmin):
    """Lists of members that were brought, each with its lines while they are kept."""

    change_list_template = "admin/membership/import_list.html"
    list_display = ("name", "uploaded_at", "uploaded_by", "lines_count", "new", "changed", "wrong", "applied_at")
    list_filter = ("uploaded_at", "applied_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("name",)
    object_actions = (APPLY,)

    @admin.display(description="new")
    def new(self, made: MemberImport) -> int:
        return made.count(Outcome.NEW)

    @admin.display(description="changed")
    def changed(self, made: MemberImport) -> int:
        return made.count(Outcome.CHANGED)

    @admin.display(description="wrong")
    def wrong(self, made: MemberImport) -> int:
        return made.count(Outcome.WRONG)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "membership_memberimport_{}".format
        return [
            path("upload/", wrap(self.upload), name=name("upload")),
            path("template/", wrap(self.template), name=name("template")),
            path("<int:number>/columns/", wrap(self.columns), name=name("columns")),
            path("<int:number>/wrong-lines/", wrap(self.wrong_lines), name=name("wrong_lines")),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"may_import": request.user.has_perm(IMPORT), **(extra_context or {})})

    def upload(self, request: HttpRequest) -> HttpResponse:
        """GET asks for the file, POST reads it; its columns come next."""
        _may_import(request)
        form = MemberFileForm(request.POST, request.FILES) if request.method == "POST" else MemberFileForm()
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                made = member_imports.upload_members(file.read(), file.name or "", by=request.user)
            except FileRefused as refused:
                form.add_error("file", str(refused))
            else:
                self.log_addition(request, made, "Uploaded.")
                return HttpResponseRedirect(reverse("admin:membership_memberimport_columns", args=[made.pk]))
        return self._page(request, "import_upload", "Import members", form=form, columns=COLUMNS)

    def columns(self, request: HttpRequest, number: int) -> HttpResponse:
        """GET shows what each column is taken for, POST checks every line by it."""
        _may_import(request)
        made = _found(number)
        if made.asked_at:
            messages.warning(request, "This list is applied, or being applied.")
            return HttpResponseRedirect(change_url(made))
        form = ImportColumnsForm(request.POST if request.method == "POST" else None, made=made)
        if form.is_valid():
            try:
                member_imports.ask_to_check(made, form.cleaned_data["columns"], form.cleaned_data["date_order"])
            except NotAllowed as refused:
                messages.warning(request, str(refused))
            return HttpResponseRedirect(change_url(made))
        return self._page(request, "import_columns", f"Columns of {made}", form=form, made=made)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every line, by what it would do. One whose columns are not chosen yet begins there."""
        made = self.get_object(request, object_id)
        if made is None:
            # The stock page says that there is no such list, and leads on.
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method == "POST" or not self.has_view_permission(request, made):
            raise PermissionDenied
        if made.checked_at is None and not made.is_being_checked and request.user.has_perm(IMPORT):
            return HttpResponseRedirect(reverse("admin:membership_memberimport_columns", args=[made.pk]))
        return self._page(request, "import_preview", str(made), made=made, **self._lines(request, made))

    def _lines(self, request: HttpRequest, made: MemberImport) -> dict[str, Any]:
        form = ImportedLinesForm(request.GET)
        form.full_clean()
        chosen = form.cleaned_data.get("outcome", "")
        lines = made.lines.filter(outcome=chosen) if chosen else made.lines.all()
        counts = [(value, label, made.count(value)) for value, label in Outcome.choices]
        return {
            "page": Paginator(lines.defer("cells"), ON_A_PAGE).get_page(form.cleaned_data.get("page") or 1),
            "chosen": chosen,
            "counts": [("", "All", made.lines_count), *counts],
            "buttons": self.buttons(request, made),
            "may_choose": made.asked_at is None and request.user.has_perm(IMPORT),
        }

    def wrong_lines(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """What was not applied, as it stood in the file, with the line and the reasons: to be mended and brought."""
        _may_import(request)
        made = _found(number)
        rows = ([line.line, " ".join(line.reasons), *line.cells] for line in member_imports.wrong_lines(made))
        return csv_export.download("wrong-lines.csv", ["Line", "What is wrong", *made.headings], rows)

    def template(self, request: HttpRequest) -> HttpResponseBase:
        """An empty list with the headings that are understood by themselves, and one example."""
        _may_import(request)
        plan = Plan.objects.values_list("name", flat=True).first() or ""
        example = [plan if column.name == "category" else column.example for column in COLUMNS]
        return csv_export.download("members.csv", [column.label for column in COLUMNS], [example])

    def _page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        form = context.get("form")
        return TemplateResponse(
            request,
            f"admin/membership/{template}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context},
            status=422 if form is not None and form.errors else 200,
        )


def _may_import(request: HttpRequest) -> None:
    if not request.user.has_perm(IMPORT):
        raise PermissionDenied


def _found(number: int) -> MemberImport:
    """The import of this number, or 404; one beyond what the database counts is none."""
    made = MemberImport.objects.filter(pk=number).first() if number < 2**63 else None
    if made is None:
        raise Http404
    return made
