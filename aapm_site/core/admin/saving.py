"""A button that decides, above a form, saves what stands in the form before it leads anywhere: no typed word is lost.

The button is a press of the form itself, so this needs no script. Its value is the address of the action's page. What
cannot be saved comes back as after "Save", and nothing is decided.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    from .actions import AdminAction

THEN = "_then"  # the name of such a button
KEPT_BACK = (
    "Nothing has been decided, and nothing saved yet. What you typed stands below: correct what is marked first."
)


class SavesFirst(admin.ModelAdmin):
    """An admin whose forms carry the buttons of its `object_actions`."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Who has typed nothing is led on at once, whatever may be wrong in the form already."""
        if object_id and THEN in request.POST:
            subject = self.get_object(request, unquote(object_id))
            may_change = subject is not None and self.has_change_permission(request, subject)
            if may_change and (pressed := self.pressed(request, subject)) and not self.has_typed(request, subject):
                return HttpResponseRedirect(pressed.url_of(subject))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def pressed(self, request: HttpRequest, subject: Any) -> "AdminAction | None":
        """The action whose button was pressed; its own page asks for the right."""
        wanted = request.POST.get(THEN)
        actions: Any = getattr(self, "object_actions", ())
        return next((action for action in actions if _leads_to(action, subject, wanted)), None) if wanted else None

    def has_typed(self, request: HttpRequest, subject: Any) -> bool:
        """Whether the form that was sent, or a table below it, says something else than what is stored."""
        form = self.get_form(request, subject, change=True)(request.POST, request.FILES, instance=subject)
        tables, _ = self._create_formsets(request, form.instance, change=True)  # type: ignore[attr-defined]  # Django's
        return form.has_changed() or any(table.has_changed() for table in tables)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """It is saved: on to the page that asks."""
        pressed = self.pressed(request, obj)
        if pressed is None:
            return super().response_change(request, obj)
        messages.success(request, "What you typed is saved. Nothing has been decided yet.")
        return HttpResponseRedirect(pressed.url_of(obj))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The buttons belong to the form for who may change it; a press that comes back here was not saved."""
        subject = context.get("original")
        if subject is not None and self.has_change_permission(request, subject):
            context["saved_form"] = f"{self.opts.model_name}_form"  # as Django names it
            if THEN in request.POST:
                messages.warning(request, KEPT_BACK)
        return super().render_change_form(request, context, *args, **kwargs)


def _leads_to(action: "AdminAction", subject: Any, address: str | None) -> bool:
    """Actions with more in their address than the object have no button of this kind."""
    return "<" not in action.route and action.url_of(subject) == address
