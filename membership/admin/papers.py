"""The cards and letters of members: staff see them, open them as PDF, and make new ones."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm, reason_for_colleagues
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.templatetags.ui import day

from ..domain import papers
from ..models import MemberPaper, Membership
from ..presenters.papers import paper_pdf
from .term_actions import CHANGE

MOST_SHOWN = 6


class PaperReasonForm(ActionForm):
    """Why staff make it, and not the member."""

    reason = reason_for_colleagues("Why do you make it?", "Say why; your colleagues will read it.")


def _make_card(membership: Membership, form: PaperReasonForm, by: Any) -> ActionOutcome:
    card = papers.make_card(membership.user, anew=True)
    return _made(card, "A card with a new code. An older card answers no more.", form)


def _make_letter(membership: Membership, form: PaperReasonForm, by: Any) -> ActionOutcome:
    return _made(papers.make_letter(membership.user), "A letter of good standing.", form)


def _made(paper: MemberPaper, said: str, form: PaperReasonForm) -> ActionOutcome:
    url = reverse("admin:membership_memberpaper_change", args=[paper.pk])
    return ActionOutcome((f"{said} {form.cleaned_data['reason'].strip()}",), url=url)


MAKE_CARD = AdminAction(
    verb="make-card",
    label="Make a card",
    permission=CHANGE,
    words=("It has a new code; an older card answers no more. Nobody is written to: print it, or tell the member.",),
    form=PaperReasonForm,
    view=LoggedActionView,
    do=_make_card,
)
MAKE_LETTER = AdminAction(
    verb="make-letter",
    label="Make a letter of good standing",
    permission=CHANGE,
    words=("It has today’s date. Only a member whose term runs has good standing; nobody is written to.",),
    form=PaperReasonForm,
    view=LoggedActionView,
    do=_make_letter,
)


def papers_of(membership: Membership) -> SafeString | str:
    """The newest cards and letters of a member, each with its page."""
    found = membership.papers.all()[:MOST_SHOWN] if membership.pk else []
    rows = (
        (reverse("admin:membership_memberpaper_change", args=[paper.pk]), paper.get_kind_display(), day(paper.made_on))
        for paper in found
    )
    return format_html_join(SafeString("<br>"), '<a href="{}">{}</a>, {}', rows) or "None"


@admin.register(MemberPaper)
class MemberPaperAdmin(ReadOnlyAdmin):
    """What was made, what it says, and until when its code answers. New ones are made on the member's page."""

    list_display = ("made_on", "kind", "name", "category", "member_until", "ends_on", "replaced_at")
    list_filter = ("kind",)
    date_hierarchy = "made_on"
    fields = readonly_fields = (
        "kind", "membership", "name", "full_name", "category", "member_until", "made_on", "ends_on",
        "replaced_at", "pdf",
    )  # fmt: skip

    @admin.display(description="paper")
    def pdf(self, paper: MemberPaper) -> SafeString:
        url = reverse("admin:membership_memberpaper_pdf", args=[paper.pk])
        return format_html('<a href="{}">Open the PDF</a>', url)

    def get_urls(self) -> list[Any]:
        pdf = path("<int:number>/pdf/", self.admin_site.admin_view(self.open_pdf), name="membership_memberpaper_pdf")
        return [pdf, *super().get_urls()]

    def open_pdf(self, request: HttpRequest, number: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return paper_pdf(get_object_or_404(MemberPaper.objects.select_related("membership"), pk=number))
