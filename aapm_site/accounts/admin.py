"""People and lists for staff."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast
from urllib.parse import quote

from allauth.account import admin as allauth_admin
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as usersessions_admin
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction
from aapm_site.core.admin.base import ReadOnlyAdmin
from aapm_site.core.admin.waiting_filter import WaitingFilter
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.bounce_admin import shown_address, with_marks

from . import place_admin, service_admin  # noqa: F401 - they register theirs
from .domain import addresses
from .inviting import INVITE_AGAIN, InvitingAdmin
from .models import AddressChange, Profession, Specialty, User
from .recovery_admin import RECOVER
from .rules import normal_email
from .second_person import SecondPersonFilter
from .staff_forms import RoleBoxes
from .staff_tasks import addresses_to_agree_to, people_without_mail

MARKS = reverse_lazy("admin:mail_undeliverableaddress_changelist")
RIGHTS = ("is_staff", "groups")
HIGHEST = ("is_superuser",)


class PersonForm(forms.ModelForm):
    """A person as staff see them; the address takes its one stored form."""

    class Meta:
        model = User
        fields = (
            "email",
            "first_name",
            "last_name",
            "degrees",
            "profession",
            "specialty",
            "orcid",
            "is_active",
            *RIGHTS,
            *HIGHEST,
        )
        labels: ClassVar = {
            "is_active": "May sign in",
            "is_staff": "Staff",
            "is_superuser": "Administrator of everything",
        }
        help_texts: ClassVar = {
            "email": "Another address counts at once: the old one is told, and the person is signed out everywhere.",
            "is_superuser": "May do everything, without a role.",
        }

    def clean_email(self) -> str:
        """Said here, at its field and once; else the column and the rule over all letters would both say it."""
        email = normal_email(self.cleaned_data["email"])
        if not email:
            return self._without_address()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody has an account with this e-mail address already.")
        return email

    def _without_address(self) -> str:
        """Somebody of whom only a letter box is known. An address that signs in is replaced, not taken away."""
        if self.instance.email:
            raise ValidationError("They sign in with this address. Enter another one, or uncheck “May sign in”.")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_staff = cleaned.get("is_staff", self.instance.is_staff)
        if is_staff and not cleaned.get("email", self.instance.email):
            self.add_error("email" if "email" in self.fields else None, "Staff sign in by mail; they need an address.")
        return cleaned


class WithoutMailFilter(WaitingFilter):
    """The people whom the front page counts."""

    parameter_name = "mail"
    choice = ("back", "People whom our mail does not reach")
    waiting = staticmethod(people_without_mail)


@admin.register(User)
class UserAdmin(InvitingAdmin):
    """People. Rights are roles, given by those who may, never to oneself; passwords are nobody's but the person's."""

    form = PersonForm
    object_actions = (INVITE_AGAIN, RECOVER)
    is_named_in_lists = True
    list_display = ("address", "last_name", "first_name", "profession", "is_active", "is_staff", "last_login")
    list_filter = (WithoutMailFilter, "is_active", "is_staff", "groups", "profession", "specialty")
    list_select_related = ("profession",)
    search_fields = ("email", "first_name", "last_name", "orcid")
    readonly_fields = ("mail", "date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "mail", "first_name", "last_name", "degrees", "profession", "specialty", "orcid")}),
        ("Rights", {"fields": ("is_active", *RIGHTS, *HIGHEST)}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return with_marks(super().get_queryset(request), "email")

    def choice_label(self, request: HttpRequest, row: User) -> str:
        """With the address for those who may look at people; for others a form says a name."""
        return f"{row} ({row.email})" if row.email and self.has_view_permission(request) else str(row)

    @admin.display(description="E-mail", ordering="email")
    def address(self, person: Any) -> SafeString | str:
        return shown_address(person.email, is_marked=person.is_undeliverable)

    @admin.display(description="Mail")
    def mail(self, person: Any) -> SafeString | str:
        """Whether it arrives."""
        if not person.email:
            return "No address is known, so they get no mail."
        if not getattr(person, "is_undeliverable", False):
            return "No letter has come back."
        words = quote(person.email, safe="@")
        return format_html('<a href="{}?q={}">Undeliverable: list mail has stopped</a>', MARKS, words)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """What this member of staff may not change; of a superuser, only superusers change anything."""
        own = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return own
        if obj is not None and (
            obj.is_superuser or (obj.is_staff and not request.user.has_perm("accounts.assign_roles"))
        ):
            return (*own, "email", "is_active", *RIGHTS, *HIGHEST)
        if obj == request.user or not request.user.has_perm("accounts.assign_roles"):
            return (*own, *RIGHTS, *HIGHEST)
        return (*own, *HIGHEST)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        if "email" in form.base_fields:
            form.base_fields["email"].help_text = (
                "The person signs in with it. After a change they confirm the new address by a code."
                if obj
                else "The person signs in with it, by a code that we mail; a password they set themselves. Empty, if "
                "you know none: then they get no mail and cannot sign in."
            )
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Roles are boxes with plain words, made nowhere else."""
        return RoleBoxes() if db_field.name == "groups" else super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """A new person has no password. A new address is a step of its own (domain/addresses.py)."""
        if not change:
            obj.set_unusable_password()
            super().save_model(request, obj, form, change)
            if obj.email:
                EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=False)
            return
        wanted, obj.email = obj.email, form.initial.get("email", obj.email)
        super().save_model(request, obj, form, change)
        if wanted != obj.email:
            self._move_address(request, obj, wanted)

    def _move_address(self, request: HttpRequest, person: User, wanted: str) -> None:
        try:
            asked = addresses.change_address(person, to=wanted, by=_staff(request))
        except NotAllowed as refused:
            messages.error(request, f"The address stays {person.email or 'unknown'}. {refused}")
            return
        if asked.is_agreed and not asked.from_email:
            messages.success(request, f"{person} can sign in with {wanted} now, by a code that we mail there.")
            return
        if asked.is_agreed:
            messages.success(
                request, f"A letter tells {asked.from_email} of it, and {person} is signed out everywhere."
            )
            return
        messages.warning(
            request,
            f"The address stays {asked.from_email} until a second member of staff agrees, under “New addresses”. "
            "The old address is told.",
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted here: what belongs to them would be left behind. People erase themselves."""
        return False


def _staff(request: HttpRequest) -> User:
    """Who presses: nobody else than staff gets into the admin."""
    return cast(User, request.user)


def _decided(change: AddressChange) -> str:
    return "" if change.is_agreed is None else f"It is decided already: {change.outcome.lower()}."


def _agree(change: AddressChange, form: ActionForm, by: User) -> ActionOutcome:
    agreed = addresses.agree_to_address(change, by=by)
    return ActionOutcome((f"{agreed.person} signs in with {agreed.to_email} now; {agreed.from_email} is told.",))


def _refuse(change: AddressChange, form: ActionForm, by: User) -> ActionOutcome:
    refused = addresses.refuse_address(change, by=by)
    return ActionOutcome((f"{refused.person} keeps {refused.from_email}.",))


class ToAgreeFilter(SecondPersonFilter):
    """The new addresses that the front page counts."""

    waiting = staticmethod(addresses_to_agree_to)


@admin.register(AddressChange)
class AddressChangeAdmin(ReadOnlyAdmin, ActionsAdmin):
    """New addresses that staff gave accounts, with who asked and who agreed. Those of staff wait here."""

    states_in_lists = {"outcome": lambda change: {None: "wait", True: "live", False: "back"}[change.is_agreed]}
    list_display = ("person", "from_email", "to_email", "outcome", "asked_by", "asked_at", "decided_by", "decided_at")
    list_filter = (ToAgreeFilter, "is_agreed", "asked_at")
    list_select_related = ("person", "asked_by", "decided_by")
    search_fields = ("from_email", "to_email", "person__email", "person__last_name")
    fields = readonly_fields = list_display
    object_actions = (
        AdminAction(
            verb="agree",
            label="Agree",
            permission="accounts.agree_addresschange",
            words=lambda change: (
                f"{change.person} will sign in with {change.to_email}. Whoever reads that mailbox holds all that this "
                "person may do here. Make sure that it is theirs, by telephone for example.",
            ),
            refusal=_decided,
            do=_agree,
        ),
        AdminAction(
            verb="refuse",
            label="Refuse",
            permission="accounts.agree_addresschange",
            words=lambda change: (f"{change.person} keeps {change.from_email}.",),
            danger=True,
            refusal=_decided,
            do=_refuse,
        ),
    )

    def buttons(self, request: HttpRequest, subject: AddressChange) -> list[dict[str, Any]]:
        """Whoever asked for it is not offered to agree: that is for somebody else."""
        is_theirs = subject.asked_by_id == request.user.pk
        return [one for one in super().buttons(request, subject) if one["verb"] != "agree" or not is_theirs]

    @admin.display(description="outcome", ordering="is_agreed")
    def outcome(self, change: Any) -> str:
        return change.outcome


@admin.register(Profession, Specialty)
class ListedAdmin(admin.ModelAdmin):
    list_display = ("name", "order", "slug")
    list_editable = ("order",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else dict(self.prepopulated_fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).order_by("order", "name")


class SecurityAdmin(ReadOnlyAdmin):
    """How people sign in, to look at only: the tables hold keys, and change by the people's own pages."""

    names_in_lists = {"person": "user"}
    list_select_related = ("user",)
    search_fields = ("user__email",)

    @admin.display(description="person", ordering="user__last_name")
    def person(self, row: Any) -> str:
        return str(row.user)


class EmailAddressAdmin(SecurityAdmin):
    fields = list_display = ("email", "person", "primary", "verified")
    list_filter = ("primary", "verified")
    search_fields = ("email",)


class AuthenticatorAdmin(SecurityAdmin):
    fields = list_display = ("person", "type", "created_at", "last_used_at")
    list_filter = ("type",)


class UserSessionAdmin(SecurityAdmin):
    fields = list_display = ("person", "ip", "browser", "created_at", "last_seen_at")

    @admin.display(description="browser")
    def browser(self, session: Any) -> str:
        """What it says of itself."""
        return session.user_agent


# allauth registers its tables when its own modules are imported; those pages would show the keys.
for _module, _model, _admin in (
    (allauth_admin, EmailAddress, EmailAddressAdmin),
    (mfa_admin, Authenticator, AuthenticatorAdmin),
    (usersessions_admin, UserSession, UserSessionAdmin),
):
    admin.site.unregister(_model)
    admin.site.register(_model, _admin)
