"""Newsletters: gathered, written, looked at as a letter, tried on oneself, sent, watched and stopped."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from aapm_site.accounts.second_person import SecondPersonFilter
from aapm_site.core.admin.actions import ActionOutcome, AdminAction
from aapm_site.core.admin.rich_text import RichTextAdmin
from aapm_site.mail.admin import MESSAGE_POLICY
from aapm_site.mail.domain.queue import compose_email
from aapm_site.mail.letter_states import LetterStatus
from aapm_site.mail.letters_admin import StaffLetterAdmin, letter_actions, refusal_of_sent, stands
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.presenters.mailings import figures_table
from content.domain import newsletter_portions, newsletters
from content.domain.newsletter_readers import KIND
from content.forms.newsletter_letter import EntryForm, EntryFormSet, NewsletterForm
from content.models import Newsletter, NewsletterEntry
from content.presenters.newsletters import NOT_TRACKED, readers_words, send_words
from content.queries.newsletters import newsletters_to_agree_to, with_figures

SEND, AGREE, WRITE = "content.send_newsletter", "content.agree_newsletter", "content.change_newsletter"


def _test(newsletter: Newsletter, form: Any, by: Any) -> ActionOutcome:
    newsletters.send_test(newsletter, by=by)
    return ActionOutcome((f"Sent to {by.email}. Readers got nothing.",))


def _gather(newsletter: Newsletter, form: Any, by: Any) -> ActionOutcome:
    return ActionOutcome((_gathered(newsletters.gather_what_is_new(newsletter, by=by)),))


def _gathered(number: int) -> str:
    if not number:
        return "Nothing is new since the last newsletter, or all of it is in here."
    what = "One entry is" if number == 1 else f"{number} entries are"
    return f"{what} in it, newest first. Put them in order, and take out what is not for this letter."


def _words_to_agree(newsletter: Newsletter) -> tuple[str, ...]:
    return (f"“{newsletter}”", *send_words(newsletters.audience_size(), newsletter.per_hour, is_agreed=True))


def _words_to_gather(newsletter: Newsletter) -> tuple[str, ...]:
    held = newsletter.entries.values("page")
    titles = [page.title for page in newsletters.what_is_new().exclude(pk__in=held)[: newsletters.MOST_ENTRIES]]
    return tuple(titles) or ("Nothing is new since the last newsletter, or all of it is in here.",)


ACTIONS = (
    AdminAction(
        verb="gather",
        label="Add what is new",
        permission=WRITE,
        words=_words_to_gather,
        is_offered=stands(LetterStatus.DRAFT),
        refusal=refusal_of_sent,
        do=_gather,
    ),
    AdminAction(
        verb="send-test",
        label="Send me a test",
        permission=SEND,
        words=("It comes to your own address, as readers would get it. They get nothing.",),
        is_offered=stands(LetterStatus.DRAFT, LetterStatus.WAITING),
        do=_test,
    ),
    *letter_actions(
        send=newsletters.send_newsletter,
        agree=newsletters.agree_to_newsletter,
        words=lambda newsletter: send_words(newsletters.audience_size(), newsletter.per_hour),
        words_to_agree=_words_to_agree,
        may_send=SEND,
        may_agree=AGREE,
        says=newsletter_portions.letter_of,
    ),
)


class NewslettersToAgreeFilter(SecondPersonFilter):
    waiting = staticmethod(newsletters_to_agree_to)


class EntryInline(admin.TabularInline):
    """News and statements in their order; only of a draft are they changed."""

    model = NewsletterEntry
    form = EntryForm
    formset = EntryFormSet
    fields = ("page", "order")
    autocomplete_fields = ("page",)
    extra = 1
    verbose_name = "entry"
    verbose_name_plural = "News and statements, in their order"

    def get_queryset(self, request: HttpRequest) -> QuerySet[NewsletterEntry]:
        return super().get_queryset(request).select_related("page")

    def has_add_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or obj.is_draft)

    def has_change_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)


@admin.register(Newsletter)
class NewsletterAdmin(RichTextAdmin, StaffLetterAdmin):
    """Its entries are fixed with it."""

    form = NewsletterForm
    has_pictures = False
    inlines = (EntryInline,)
    object_actions = ACTIONS
    change_form_template = "content/admin/newsletter.html"
    change_list_template = "content/admin/newsletter_list.html"
    list_display = ("subject", "status", "begun", "sent", "came_back", "stopped", "written_by")
    list_filter = (NewslettersToAgreeFilter, "status")
    list_select_related = ("written_by", "mailing")
    search_fields = ("subject", "opening")
    date_hierarchy = "created_at"
    list_per_page = 20
    view_on_site = False  # a draft is not there; the form links to the archive's page
    fieldsets = (
        ("The letter", {"fields": ("subject", "preview_line", "opening")}),
        ("How it goes out", {"fields": ("staff_status", "readers_today", "per_hour")}),
        ("What became of it", {"fields": ("who", "figures")}),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("digest/", view(require_POST(self.digest)), name="content_newsletter_digest"),
            path("<int:object_id>/preview/", view(self.preview), name="content_newsletter_preview"),
            path("<int:object_id>/preview/html/", view(self.as_html), name="content_newsletter_html"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Newsletter]:
        return with_figures(super().get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Newsletter | None = None) -> Any:
        """Of a new one nothing has become yet."""
        shown = super().get_fieldsets(request, obj)
        if obj is None:
            return (shown[0], ("How it goes out", {"fields": ("readers_today", "per_hour")}))
        return shown[:2] if obj.is_draft else shown

    def get_readonly_fields(self, request: HttpRequest, obj: Newsletter | None = None) -> tuple[str, ...]:
        own = ("readers_today", "who", "figures")
        return (*super().get_readonly_fields(request, obj), *own)

    def has_change_permission(self, request: HttpRequest, obj: Newsletter | None = None) -> bool:
        """What was sent is looked at by whoever may write, and changed by nobody."""
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    # Saved ------------------------------------------------------------------------------------------------------------
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The admin saves in one transaction, so the draft is still locked."""
        if not form.was_sent:
            super().save_related(request, form, formsets, change)
            if any(formset.has_changed() for formset in formsets):  # entries are words of it, too
                form.instance.written_by = request.user
                form.instance.save(update_fields=["written_by"])
            return
        for formset in formsets:  # what the admin's log asks of those that were saved
            formset.new_objects = formset.changed_objects = formset.deleted_objects = []

    def digest(self, request: HttpRequest) -> HttpResponse:
        """One press: a draft that holds what is new."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        made = newsletters.begin_digest(by=request.user)
        messages.success(request, _gathered(made.entries.count()))
        return HttpResponseRedirect(reverse("admin:content_newsletter_change", args=[made.pk]))

    # Looked at --------------------------------------------------------------------------------------------------------
    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The letter as a reader would get it today. Nothing is sent."""
        newsletter, letter = self._letter(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"As a reader gets it: {newsletter}",
            "opts": self.opts,
            "newsletter": newsletter,
            "letter": letter,
            "readers": readers_words(newsletters.audience_size()),
        }
        return TemplateResponse(request, "content/admin/newsletter_preview.html", context)

    def as_html(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The same as mail programs show it, in a sandbox."""
        response = HttpResponse(self._letter(request, object_id)[1].html)
        response["Content-Security-Policy"] = MESSAGE_POLICY
        return response

    def _letter(self, request: HttpRequest, object_id: int) -> tuple[Newsletter, OutgoingEmail]:
        if not self.has_view_permission(request):
            raise PermissionDenied
        newsletter = Newsletter.objects.filter(pk=object_id).first() if object_id < 2**63 else None
        if newsletter is None:
            raise Http404
        person: Any = request.user
        said = newsletter_portions.letter_of(newsletter)
        to = person.email or "you@example.org"
        return newsletter, compose_email(to, newsletter_portions.TEMPLATE, said, user=person, kind=KIND)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        number = newsletters.audience_size()
        context = {"readers": readers_words(number), "note": NOT_TRACKED, **(extra_context or {})}
        return super().changelist_view(request, {**context, "may_add": self.has_add_permission(request)})

    # Shown ------------------------------------------------------------------------------------------------------------
    @admin.display(description="begun", ordering="mailing__begun_at")
    def begun(self, newsletter: Newsletter) -> Any:
        return newsletter.mailing.begun_at if newsletter.mailing else None

    @admin.display(description="sent", ordering="sent_number")
    def sent(self, newsletter: Any) -> int | None:
        return newsletter.sent_number if newsletter.mailing_id else None

    @admin.display(description="came back", ordering="back_number")
    def came_back(self, newsletter: Any) -> int | None:
        return newsletter.back_number if newsletter.mailing_id else None

    @admin.display(description="stopped", ordering="stopped_number")
    def stopped(self, newsletter: Any) -> int | None:
        return newsletter.stopped_number if newsletter.mailing_id else None

    @admin.display(description="readers today")
    def readers_today(self, newsletter: Newsletter) -> str:
        return f"{newsletters.audience_size():,}"

    @admin.display(description="figures")
    def figures(self, newsletter: Newsletter) -> SafeString | str:
        return figures_table(newsletter.mailing, "Readers", note=NOT_TRACKED)
