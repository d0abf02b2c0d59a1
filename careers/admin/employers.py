"""Employers in the admin, with their teams."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from aapm_site.core.transitions import NotAllowed

from ..domain import credit_ledger, employers
from ..domain import credits as posting_credits
from ..forms.credits import GiveForm
from ..models import Employer, EmployerInvitation, EmployerMember
from ..queries import credits

GIVE = "careers.give_credits"
ORDER = "billing.add_order"


class MemberInline(admin.StackedInline):
    model = EmployerMember
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    raw_id_fields = ("user",)
    extra = 0


class InvitationInline(admin.StackedInline):
    model = EmployerInvitation
    fields = ("email", "role", "invited_by", "invited_at")
    readonly_fields = fields
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Employer)
class EmployerAdmin(admin.ModelAdmin):
    """Who posts, and whether staff know that they are who they say."""

    list_display = ("name", "kind", "place", "verified", "job_count")
    list_filter = ("verified", "kind", "is_sample")
    list_select_related = ("place",)
    search_fields = ("name", "slug", "members__user__email")
    raw_id_fields = ("place",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (MemberInline, InvitationInline)
    # Its own page is the team's board, which staff are not on.
    view_on_site = False
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = ("name", "slug", "kind", "place", "website", "about", "verified", "is_sample", "customer", "owned")
    readonly_fields = ("customer", "owned")
    change_form_template = "careers/admin/employer_change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        return super().get_queryset(request).annotate(number_of_jobs=Count("jobs"))

    @admin.display(description="jobs", ordering="number_of_jobs")
    def job_count(self, employer: Employer) -> int:
        return employer.number_of_jobs

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        """A new name goes to the postings that show it."""
        if change:
            employers.lock_account(obj)
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            employers.spread_name(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who has bought, or began to, stays: an order must find its employer when it is paid."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.customer_id is None)

    def get_deleted_objects(self, objs: Iterable[Employer], request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Name those that stay, instead of a right that staff lack."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept = [employer for employer in objs if employer.customer_id is not None]
        if kept and self.has_delete_permission(request):
            lacking = lacking - {self.opts.verbose_name}
            protected = [*protected, *(f"Account with the billing office: {employer}" for employer in kept)]
        return deleted, counts, lacking, protected

    @admin.display(description="Postings left")
    def owned(self, employer: Employer) -> str:
        rows = credits.owned(employer) if employer.pk else []
        return "; ".join(f"{row.kind}: {row.left}" for row in rows) or "None"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rights = {"may_give": request.user.has_perm(GIVE), "may_order": request.user.has_perm(ORDER)}
        context = {**(extra_context or {}), **rights}
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/give/", view(self.give), name="careers_employer_give"),
            path("<path:object_id>/order/", view(self.order), name="careers_employer_order"),
            *super().get_urls(),
        ]

    def order(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """On to the order that staff write down; an employer's first one needs an account, which a button opens."""
        if not request.user.has_perm(ORDER):
            raise PermissionDenied
        employer = self.get_object(request, object_id)
        if employer is None:
            raise Http404
        if employer.customer_id is None and request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": f"Place an order: {employer}",
                "opts": self.opts,
                "employer": employer,
                "back": reverse("admin:careers_employer_change", args=[employer.pk], current_app=self.admin_site.name),
            }
            return TemplateResponse(request, "careers/admin/account.html", context)
        customer = employers.customer_of(employer)
        return redirect(reverse("admin:billing_customer_place", args=[customer.pk], current_app=self.admin_site.name))

    def give(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give an employer postings, or take unused ones back: GET shows the form, POST does it."""
        if not request.user.has_perm(GIVE):
            raise PermissionDenied
        employer = self.get_object(request, object_id)
        if employer is None:
            raise Http404
        back = reverse("admin:careers_employer_change", args=[employer.pk], current_app=self.admin_site.name)
        form = GiveForm(request.POST or None, employer=employer)
        if request.method == "POST" and form.is_valid() and self._given(request, employer, form):
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Give postings: {employer}",
            "opts": self.opts,
            "employer": employer,
            "owned": credits.owned(employer),
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "careers/admin/give.html", context, status=422 if form.errors else 200)

    def _given(self, request: HttpRequest, employer: Employer, form: GiveForm) -> bool:
        """Whether it was done; a refusal stands on the form."""
        count, kind = form.cleaned_data["count"], form.posting_kind
        reason = form.cleaned_data["reason"]
        try:
            with transaction.atomic():
                credit_ledger.lock_employer(employer.pk)
                if form.cleaned_data["seen"] not in ("", credits.last_entry(employer)):
                    raise NotAllowed(
                        "Not done: postings came or went since you opened this page. If that was your own press of the "
                        "button, you are done. Otherwise look at what is left now, and begin again."
                    )
                posting_credits.give_credits(
                    employer, count, runs_days=kind.runs_days, featured=kind.featured, by=request.user, reason=reason
                )
        except NotAllowed as refused:
            form.add_error(None, str(refused))
            return False
        done = f"has {kind.of(count)} more" if count > 0 else f"has {kind.of(-count)} less"
        messages.success(request, f"{employer} {done}.")
        return True
