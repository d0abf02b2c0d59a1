"""The staff's admin: Django's own, entered through the site's sign-in, with the page "What is due next"."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.functional import SimpleLazyObject

from .due_page import due_page, hold, release
from .every_list import EveryList
from .first_day import first_day_page, open_list, press_first_step
from .home import FOR_ADMINISTRATORS, parted, rooms_first, staff_alerts, tasks_of, waiting_for
from .known_keys import can_be_key
from .lookups import DeclaredLookups

View = Callable[..., HttpResponse]
LIBRARIES = ("account", "auth", "mfa", "procrastinate", "socialaccount", "usersessions")


def _without_impossible_filters(view: View) -> View:
    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or not request.GET:
            return view(request, *args, **kwargs)
        try:
            return view(request, *args, **kwargs)
        except DisallowedModelAdminLookup:
            messages.warning(request, "This list cannot be narrowed by what the address asks for. It is shown whole.")
            return HttpResponseRedirect(request.path)
        except (DataError, OverflowError, ValueError) as impossible:
            if isinstance(impossible, ValueError) and "\x00" not in "".join(map(str, request.GET.values())):
                raise
            messages.warning(request, "The address asked for something that cannot be. This is the whole list.")
            return HttpResponseRedirect(request.path)

    return checked


class ChoicesView(AutocompleteJsonView):
    """Rows that a form can choose, called as their admin calls them."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        owner: Any = self.model_admin
        return super().serialize_result(obj, to_field_name) | {"text": owner.choice_label(self.request, obj)}


class StaffSite(admin.AdminSite):
    site_header = "AAPM staff"
    site_title = "AAPM staff"
    index_title = "What would you like to do?"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # The same door for everybody: limits, second factor, one list of sessions.
        self.login = secure_admin_login(self.login)  # type: ignore[method-assign]  # as allauth tells one to

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Django's own, on what every admin has in common, a library's too."""
        given = admin_class or admin.ModelAdmin
        common = (DeclaredLookups, EveryList)
        bases = (given, *common) if given is not admin.ModelAdmin else common
        closed = type(given.__name__, bases, {"__module__": given.__module__})
        super().register(model_or_iterable, closed, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Only staff who are signed in get here, and go on. Django's own form, without limits and second factor,
        is never shown.
        """
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("due/", self.admin_view(due_page), name="due"),
            path("due/hold/", self.admin_view(hold), name="due_hold"),
            path("due/release/", self.admin_view(release), name="due_release"),
            path("first-day/", self.admin_view(first_day_page), name="first_day"),
            path("first-day/<slug:name>/", self.admin_view(press_first_step), name="first_day_press"),
            path("r/<path:content_type_id>/<path:object_id>/", self.admin_view(self.on_site), name="view_on_site"),
            *(one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site"),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        answer: Any = ChoicesView.as_view(admin_site=self)(request)
        return answer

    def on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """To a row's page on the site, for who may see the row here. Django's own asks for rows of any content type,
        one without a table too, and of anybody's.
        """
        kind = ContentType.objects.filter(pk=content_type_id).first() if content_type_id.isdecimal() else None
        owner = self._registry.get(kind.model_class()) if kind else None  # type: ignore[arg-type]  # None is no key
        if owner is None or not owner.has_view_permission(request) or not can_be_key(owner.opts.pk, object_id):
            raise Http404
        row = owner.get_object(request, object_id)
        address_of = getattr(row, "get_absolute_url", None)
        if address_of is None or not owner.has_view_permission(request, row):
            raise Http404
        return HttpResponseRedirect(address_of())

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's own, but that a list whose address asks for what the database cannot look for is shown whole."""
        return super().admin_view(_without_impossible_filters(view), cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits for this person and what they may do come first, then the tables of their room."""
        waiting = waiting_for(request.user)
        tables, technical = parted(self.get_app_list(request), self.technical_models())
        context = {
            "staff_notes": [found for source in staff_alerts if (found := source.note(request.user))],
            "first_day": open_list(request.user),
            "waiting": waiting,
            "idle": [found.queue.label for found in waiting if not found.number],
            "tasks": tasks_of(request.user, waiting),
            "app_list": rooms_first(tables),
            "technical": technical if request.user.has_perm(FOR_ADMINISTRATORS) else [],
        }
        return super().index(request, {**(extra_context or {}), **context})

    def technical_models(self) -> set[Any]:
        """Those whose tables are the site's own business: libraries' too, which say nothing of it."""
        return {
            model
            for model, owner in self._registry.items()
            if getattr(owner, "is_technical", model._meta.app_label in LIBRARIES)
        }

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Django's own, once somebody looks at it: every page is given the list, for a bar that is not shown here."""
        return SimpleLazyObject(functools.partial(super().get_app_list, request, app_label))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "can_see_due": request.user.has_perm("core.see_due_work")}
