"""What every admin has in common, a library's too: the titles of lists, where deleting stands, how rows are chosen."""

import functools
from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from .boxes import BoxesOfFew
from .checked_fields import CheckedFields, with_read_days
from .empty import SaysWhenEmpty
from .kept_words import KeepsWords
from .known_keys import KnownKeyFields
from .named import NamesInLists
from .overtaken import RefusesOvertaken
from .states import StatesInLists
from .what_is_wrong import focus_first, what_is_wrong

DELETE = "delete_selected"
# In place of what Django says of a press on a list, word for word.
OUR_WORDS = {
    "Items must be selected in order to perform actions on them. No items have been changed.": (
        "Nothing has been changed: no row was chosen. Tick at least one, then press again."
    ),
    "No action selected.": "Nothing has been changed: choose first what to do with the rows.",
}


class EveryForm(BoxesOfFew, KnownKeyFields, CheckedFields):
    """What a form of the admin and the tables below it have in common: how their fields are made."""


@functools.cache
def _as_the_form(inline: Any) -> Any:
    return type(inline.__name__, (inline, EveryForm), {"__module__": inline.__module__})


class EveryList(EveryForm, RefusesOvertaken, KeepsWords, NamesInLists, StatesInLists, SaysWhenEmpty):
    """Every admin of the site stands on this: StaffSite.register sees to it."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list bears the name of what it lists, not "Select … to change"."""
        title = {} if IS_POPUP_VAR in request.GET else {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def choice_label(self, request: HttpRequest, row: Any) -> str:
        """What forms call the row that they offer this person: with its address, where two can bear one title."""
        return str(row)

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        super().message_user(request, OUR_WORDS.get(str(message), message), *args, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Whoever may see no row is refused before one is looked for: nor are they told which rows there are."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().get_object(request, object_id, from_field)

    def get_action_choices(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Deleting comes last: the first action of a list is the one that a slip presses."""
        return sorted(super().get_action_choices(request, *args, **kwargs), key=lambda choice: choice[0] == DELETE)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The tables below a form choose rows, and check days, as the form does."""
        return [_as_the_form(inline) for inline in super().get_inlines(request, obj)]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A refused form names what is wrong, in place of Django's note that something is (`errors`)."""
        context |= {"wrong": what_is_wrong(context), "errors": None}
        focus_first(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return with_read_days(self.model, super().get_changeform_initial_data(request))
