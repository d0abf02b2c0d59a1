"""What the lists of every admin have in common, a library's too: their titles, and where deleting stands."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

DELETE = "delete_selected"


class EveryList(admin.ModelAdmin):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list bears the name of what it lists, not "Select … to change"."""
        title = {} if IS_POPUP_VAR in request.GET else {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_action_choices(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Deleting comes last: the first action of a list is the one that a slip presses."""
        return sorted(super().get_action_choices(request, *args, **kwargs), key=lambda choice: choice[0] == DELETE)
