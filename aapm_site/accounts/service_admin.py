"""Services that let members in, for staff: who they are, where they may send people back to, and their secret."""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.idp.oidc import admin as oidc_admin
from allauth.idp.oidc.models import Client, Token
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.action_views import LoggedActionView
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import NeverDeleted, ReadOnlyAdmin
from aapm_site.core.admin.worded_filter import worded

from .domain import services
from .models import Service, ServiceConsent
from .passage.scopes import OPENID
from .registry import passage_scopes

CHANGE = "accounts.change_service"
MOST_ADDRESSES = 20
KINDS = (
    (Client.Type.CONFIDENTIAL, "A website whose server keeps a secret"),
    (Client.Type.PUBLIC, "An app on people’s own devices, which can keep none"),
)
HERE = {"localhost", "127.0.0.1"}


class ServiceForm(forms.ModelForm):
    """A service in plain words; what else the protocol knows is not offered."""

    told = forms.MultipleChoiceField(
        label="What it may ask for",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each person reads it in these words and agrees, or does not. No more than the service needs.",
    )

    class Meta:
        model = Service
        fields = ("name", "purpose", "type", "redirect_uris")
        labels: ClassVar = {"name": "Name", "type": "Kind", "redirect_uris": "Addresses to come back to"}
        help_texts: ClassVar = {
            "name": "As people know it.",
            "redirect_uris": "One a line, exactly as the service sends them, beginning with https://.",
        }
        widgets: ClassVar = {"type": forms.RadioSelect, "redirect_uris": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if "told" in fields:
            scopes = [scope for scope in passage_scopes if scope.name != OPENID]
            fields["told"].choices = [(scope.name, scope.words) for scope in scopes]
            fields["told"].initial = [] if self.instance._state.adding else self.instance.get_scopes()
        if "type" in fields:
            fields["type"].choices = KINDS
        if "redirect_uris" in fields:
            fields["redirect_uris"].required = True

    def clean_redirect_uris(self) -> str:
        addresses = self.cleaned_data["redirect_uris"].split()
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(f"These are more than {MOST_ADDRESSES} addresses. Enter those that are in use.")
        for address in addresses:
            if not _is_exact(address):
                raise ValidationError(
                    "“%(address)s” is no address that we may send people to. It begins with https://, names a host, "
                    "and has no *, no # and no name before an @.",
                    params={"address": address[:200]},
                )
        return "\n".join(dict.fromkeys(addresses))

    def save(self, commit: bool = True) -> Service:
        if "told" in self.fields:
            self.instance.set_scopes([OPENID, *self.cleaned_data["told"]])
        return super().save(commit)


def _is_exact(address: str) -> bool:
    """One address, whole: nothing in it stands for something else, and nobody reads along on the way."""
    try:
        split = urlsplit(address)
        host, _ = split.hostname, split.port
    except ValueError:
        return False
    is_safe = split.scheme == "https" or (split.scheme == "http" and settings.EMBEDDED and host in HERE)
    return bool(is_safe and host and address.isascii() and address.isprintable()) and not (set("*#@\\") & set(address))


def _closed(service: Service) -> str:
    return "This service is closed. Open it again first." if service.closed_at else ""


class NewSecretView(LoggedActionView):
    """The secret stands on the answer alone: no message, no cookie and no log holds it."""

    def done(self, outcome: ActionOutcome) -> HttpResponse:
        self.owner.log_change(self.request, self.subject, "A new secret was made.")
        context = {
            **self.owner.admin_site.each_context(self.request),
            "opts": self.owner.opts,
            "title": f"The secret of {self.subject}",
            "subject": self.subject,
            "secret": outcome.sums,
            "back": self.back,
        }
        response = TemplateResponse(self.request, "admin/accounts/service_secret.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


def _make_secret(service: Service, form: ActionForm, by: Any) -> ActionOutcome:
    return ActionOutcome(sums=services.make_secret(service))


def _close(service: Service, form: ActionForm, by: Any) -> ActionOutcome:
    services.close_service(service)
    return ActionOutcome((f"{service} lets nobody in with a sign-in here any more.",))


def _reopen(service: Service, form: ActionForm, by: Any) -> ActionOutcome:
    services.reopen_service(service)
    return ActionOutcome((f"{service} lets people in again.",))


MAKE_SECRET = AdminAction(
    verb="new-secret",
    label=lambda service: "Make a new secret" if service.has_secret else "Make its secret",
    permission=CHANGE,
    refusal=_closed,
    is_offered=lambda service: not service.is_public,
    words=lambda service: (
        "You see the secret once, on the next page. Give it to the service’s people where nobody reads along.",
        *(
            ["The present secret stops working at once, and nobody is let in until the service uses the new one."]
            if service.has_secret
            else []
        ),
    ),
    do=_make_secret,
    view=NewSecretView,
)
CLOSE = AdminAction(
    verb="close",
    label="Close it",
    permission=CHANGE,
    danger=True,
    is_offered=lambda service: service.closed_at is None,
    words=("Nobody is let in there with a sign-in here any more, and what it was given stops working at once.",),
    do=_close,
    view=LoggedActionView,
)
REOPEN = AdminAction(
    verb="reopen",
    label="Open it again",
    permission=CHANGE,
    is_offered=lambda service: service.closed_at is not None,
    words=("People who agreed before are let in again without being asked once more.",),
    do=_reopen,
    view=LoggedActionView,
)


@admin.register(Service)
class ServiceAdmin(NeverDeleted, ActionsAdmin):
    """Sites of others that let our people in. One that is not needed any more is closed; who agreed is kept."""

    form = ServiceForm
    object_actions = (MAKE_SECRET, CLOSE, REOPEN)
    states_in_lists = {
        "state": lambda service: "end" if service.closed_at else "live" if settings.OPENID_KEYS else "wait"
    }
    list_display = ("name", "purpose", "state", "people")
    list_filter = (("closed_at", worded("closed or not", empty="Open", filled="Closed")), "type")
    search_fields = ("name", "id")
    fields = ("name", "purpose", "type", "redirect_uris", "told", "number", "secret_state", "state", "issuer")
    readonly_fields = ("number", "secret_state", "state", "issuer")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Of a new service there is nothing yet to be shown."""
        fields = [field for field in self.fields if obj is not None or field not in self.readonly_fields]
        if obj is not None and not self.has_change_permission(request, obj):
            fields[fields.index("told")] = "scopes"
        return fields

    @admin.display(description="client ID")
    def number(self, service: Service) -> str:
        return service.pk

    @admin.display(description="secret")
    def secret_state(self, service: Service) -> str:
        if service.is_public:
            return "None: it can keep no secret, and proves each sign-in by itself (PKCE)."
        return (
            "It has one; nobody can read it again." if service.has_secret else "Not made yet: press “Make its secret”."
        )

    @admin.display(description="today")
    def state(self, service: Service) -> str:
        if service.closed_at:
            return f"Closed since {formats.date_format(timezone.localdate(service.closed_at))}"
        return "Open" if settings.OPENID_KEYS else "Open, but this site has no key to sign with (OPENID_KEYS)"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Service]:
        given = Count("consents", filter=Q(consents__withdrawn_at=None))
        return super().get_queryset(request).annotate(number_of_people=given)

    @admin.display(description="people who agreed", ordering="number_of_people")
    def people(self, service: Any) -> int:
        return service.number_of_people

    @admin.display(description="what the service’s people enter")
    def issuer(self, service: Service) -> str:
        discovery = settings.SITE_ORIGIN + reverse("passage:discovery")
        return f"Issuer {settings.SITE_ORIGIN}; their program reads the rest from {discovery}"


@admin.register(ServiceConsent)
class ServiceConsentAdmin(ReadOnlyAdmin):
    """Who let which service know what. Only the person gives it and takes it back."""

    list_display = ("person", "service", "given_at", "used_at", "withdrawn_at")
    list_filter = ("service", ("withdrawn_at", worded("taken back or not", empty="Still given", filled="Taken back")))
    list_select_related = ("person", "service")
    search_fields = ("person__email", "person__last_name")
    fields = readonly_fields = ("person", "service", "scopes", "given_at", "used_at", "withdrawn_at")


# The library registers its tables when its module is imported: the parts of services, and what they hold.
for _module, _model in ((oidc_admin, Client), (oidc_admin, Token)):
    admin.site.unregister(_model)
