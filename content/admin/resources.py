"""The directory of patient resources, and the links that the site names."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize

from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.background.queue import defer
from content import tasks
from content.domain import resources
from content.models import Link, Resource, ResourceTopic

MOST_AT_ONCE = 200


class LinkState(admin.SimpleListFilter):
    """Broken, failing or fine."""

    title = "state"
    parameter_name = "state"
    prefix = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("broken", "Broken"),
            ("failing", "Failing lately"),
            ("fine", "Answers"),
            ("new", "Not tried yet"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        link = self.prefix
        conditions: dict[str, dict[str, Any]] = {
            "broken": {f"{link}broken_since__isnull": False},
            "failing": {f"{link}broken_since__isnull": True, f"{link}failures__gt": 0},
            "fine": {f"{link}failures": 0, f"{link}checked_at__isnull": False},
            "new": {f"{link}checked_at__isnull": True},
        }
        return queryset.filter(**conditions.get(self.value(), {}))


class ResourceLinkState(LinkState):
    prefix = "link__"
    title = "link"


def state_of(link: Link | None) -> str:
    """In words: what the checks have found."""
    if link is None or link.checked_at is None:
        return "Not tried yet"
    if link.broken_since:
        return f"Broken: {_why(link)}"
    if link.failures:
        return f"Did not answer lately: {_why(link)}"
    return "Answers"


def tone_of(link: Link | None) -> str:
    """The tone of that word."""
    if link is None or link.checked_at is None:
        return ""
    return "back" if link.broken_since else "wait" if link.failures else "live"


def _why(link: Link) -> str:
    return link.problem or f"status {link.http_status}"


def try_now(request: HttpRequest, links: list[Link]) -> None:
    """Queue the checks of these links, and say what will come of it."""
    tried = [link for link in links if settings.LINK_CHECKS or not link.is_external][:MOST_AT_ONCE]
    if tried:
        defer(tasks.check_these_links, links=[link.pk for link in tried])
        messages.success(request, f"{len(tried)} will be tried within a minute; then look here again.")
    if len(tried) < len(links):
        why = "Links to other sites are not tried on this machine: LINK_CHECKS is off."
        messages.warning(request, f"At most {MOST_AT_ONCE} at once." if settings.LINK_CHECKS else why)


class ChecksLinks(admin.ModelAdmin):
    """The action “try now” for those who may."""

    def has_check_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("content.check_link")


@admin.register(Link)
class LinkAdmin(ReadOnlyAdmin, ChecksLinks):
    when_empty = "Links are read from every text that is saved, and tried once a week."
    states_in_lists = {"state": tone_of}
    list_display = ("url", "state", "checked_at", "named_by")
    list_filter = (LinkState, "is_external")
    search_fields = ("url", "pages__title", "resources__title")
    list_per_page = 50
    fields = (
        "url",
        "state",
        "named_on",
        "checked_at",
        "http_status",
        "problem",
        "failures",
        "broken_since",
        "reported_at",
    )
    actions = ("check_now",)

    @admin.display(description="state", ordering="broken_since")
    def state(self, link: Link) -> str:
        return state_of(link)

    @admin.display(description="named by")
    def named_by(self, link: Any) -> str:
        counted = (("page", link.page_count), ("resource", link.resource_count))
        return ", ".join(f"{number} {name}{pluralize(number)}" for name, number in counted if number) or "nothing"

    @admin.display(description="named on")
    def named_on(self, link: Link) -> str:
        names = [*(str(page) for page in link.pages.all()), *(f"{found} (resource)" for found in link.resources.all())]
        return ", ".join(names) or "nothing"

    @admin.action(description="Try the chosen links now", permissions=["check"])
    def check_now(self, request: HttpRequest, queryset: QuerySet[Link]) -> None:
        try_now(request, list(queryset[: MOST_AT_ONCE + 1]))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Link]:
        counted = {"page_count": Count("pages", distinct=True), "resource_count": Count("resources", distinct=True)}
        return super().get_queryset(request).annotate(**counted)


@admin.register(Resource)
class ResourceAdmin(ChecksLinks):
    when_empty = "The directory for patients lists them by topic, and tries their links every week."
    states_in_lists = {"link_state": lambda resource: tone_of(resource.link)}
    list_display = ("title", "source", "topic", "language", "is_published", "last_checked_on", "link_state")
    list_filter = (ResourceLinkState, "topic", "audience", "format", "language", "is_published")
    list_select_related = ("topic", "link")
    search_fields = ("title", "source", "summary", "url")
    date_hierarchy = "last_checked_on"
    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    actions = ("looked_at", "check_now")
    readonly_fields = ("link_state", "checked_by")
    fieldsets = (
        (None, {"fields": ("title", "url", "source", "summary")}),
        ("Where it stands", {"fields": ("topic", "audience", "format", "language", "order", "is_published")}),
        ("Is it still there?", {"fields": ("last_checked_on", "checked_by", "link_state")}),
    )

    @admin.display(description="link", ordering="link__broken_since")
    def link_state(self, resource: Resource) -> str:
        return state_of(resource.link)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resource]:
        return super().get_queryset(request).defer("search")

    def save_model(self, request: HttpRequest, obj: Resource, form: Any, change: bool) -> None:
        resources.save_resource(obj, by=request.user if not change or "last_checked_on" in form.changed_data else None)

    @admin.action(description="I have read the chosen ones today", permissions=["change"])
    def looked_at(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        number = resources.mark_looked_at(queryset, by=request.user)
        messages.success(request, f"Noted for today: {number}.")

    @admin.action(description="Try the links of the chosen ones now", permissions=["check"])
    def check_now(self, request: HttpRequest, queryset: QuerySet[Resource]) -> None:
        try_now(request, list(Link.objects.filter(resources__in=queryset)[: MOST_AT_ONCE + 1]))


@admin.register(ResourceTopic)
class ResourceTopicAdmin(admin.ModelAdmin):
    when_empty = "The directory for patients is put in order by them."
    list_display = ("name", "slug", "order")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
