"""Forms of sign-in, sign-up and the account: allauth's, without placeholders and in the site's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest, HttpResponse

from aapm_site.core.field_words import E_MAIL
from aapm_site.core.forms import NameField, OneLineField, SiteForm, SiteModelForm, field_of
from aapm_site.mail.domain.queue import ADDRESS_LENGTH, NotAnAddress, one_address

from .models import User
from .rules import validate_orcid, written_orcid
from .sign_in_limits import CODE, RESET, SECOND_STEP, was_right, what_refuses

PASSWORD_HINT = "At least 12 characters. A few words you can remember are better than a short riddle."  # noqa: S105
CODE_HINT = "The message comes within a minute. Capital and small letters are the same."


def validate_reachable(address: str) -> None:
    """Only what our mail can be sent to. An account's own address is no longer than its column."""
    try:
        one_address(address)
    except NotAnAddress as refused:
        raise ValidationError(E_MAIL) from refused


class Plain(forms.BaseForm):
    """Labels and hints in our words, and no placeholder: it vanishes when one begins to type. A mixin."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.widget.attrs["maxlength"] = ADDRESS_LENGTH
                field.validators = [*(own for own in field.validators if own is not validate_email), validate_reachable]
            if name in self.words:
                field.label, field.help_text = self.words[name]


class LoginForm(Plain, account.LoginForm):
    words = {
        "login": ("E-mail address", ""),
        "password": ("Password", ""),
        "remember": ("Keep me signed in on this device", ""),
    }


class SignupForm(Plain, account.SignupForm):
    """Asks for the name too: everything we write to a person begins with it."""

    account_already_exists: bool  # whether the address has one: allauth finds out when it cleans the form
    first_name = NameField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = NameField(max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    field_order = ["first_name", "last_name", "email", "password1"]
    words = {
        "first_name": ("First name", ""),
        "last_name": ("Last name", ""),
        "email": ("E-mail address", "We send a code there to be sure that it is yours."),
        "password1": ("Password", PASSWORD_HINT),
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that got its account in this very moment (the button pressed twice) is one that has an account.

        The password is worked on in every case, so that the time tells nobody who has an account.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email__iexact=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            return super().try_save(request)


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    words = {"email": ("E-mail address", "")}

    def clean_email(self) -> str:
        if refusing := what_refuses(context.request, CODE, self.cleaned_data["email"]):
            raise get_adapter().validation_error(refusing.words("too_many_codes"))
        return super().clean_email()


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    words = {"code": ("Code", CODE_HINT)}


class ConfirmEmailVerificationCodeForm(Plain, account.ConfirmEmailVerificationCodeForm):
    words = {"code": ("Code", CODE_HINT)}


class ConfirmPasswordResetCodeForm(Plain, account.ConfirmPasswordResetCodeForm):
    words = {"code": ("Code", CODE_HINT)}


class AddEmailForm(Plain, account.AddEmailForm):
    words = {"email": ("New e-mail address", "We send a code there. Until you have typed it, the old address stays.")}


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    words = {"email": ("E-mail address", "")}

    def clean_email(self) -> str:
        if what_refuses(context.request, RESET, self.cleaned_data["email"]):
            raise ImmediateHttpResponse(respond_429(context.request))
        return super().clean_email()


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    words = {"password1": ("New password", PASSWORD_HINT), "password2": ("New password again", "")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Present password", ""),
        "password1": ("New password", PASSWORD_HINT),
        "password2": ("New password again", ""),
    }


class SetPasswordForm(Plain, account.SetPasswordForm):
    words = {"password1": ("Password", PASSWORD_HINT), "password2": ("Password again", "")}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    words = {"password": ("Password", "")}


class CountedCode(forms.Form):
    """A code of the second step, whose tries are counted before it is looked at. A mixin."""

    user: User

    def clean_code(self) -> str:
        request, email = context.request, self.user.email
        if refusing := what_refuses(request, SECOND_STEP, email):
            raise get_adapter().validation_error(refusing.words("too_many_login_attempts"))
        code: str = super().clean_code()  # type: ignore[misc]  # the form that it is mixed into has it
        was_right(request, SECOND_STEP, email)
        return code


class AuthenticateForm(CountedCode, Plain, mfa.AuthenticateForm):
    words = {"code": ("Code", "Six digits from your authenticator app, or one of your recovery codes.")}


class MFAReauthenticateForm(CountedCode, Plain, mfa.ReauthenticateForm):
    words = AuthenticateForm.words


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    words = {"code": ("Code from the app", "Six digits; the app shows a new one every 30 seconds.")}


@contextmanager
def refusing_what_is_not_whole() -> Iterator[None]:
    """What a passkey has not said is refused like a wrong answer: the library expects every part to be there."""
    try:
        yield
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as odd:
        raise get_mfa_adapter().validation_error("incorrect_code") from odd


class PasskeyField(forms.JSONField):
    """What the browser sends of a passkey, as JSON that is not nested without end."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        with refusing_what_is_not_whole():
            return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


class PasskeyAnswer(forms.Form):
    """A passkey signs in, or confirms who is signed in. A mixin."""

    credential = PasskeyField()

    def clean_credential(self) -> Any:
        with refusing_what_is_not_whole():
            return super().clean_credential()  # type: ignore[misc]  # the form that it is mixed into has it


class AuthenticateWebAuthnForm(PasskeyAnswer, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(PasskeyAnswer, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(PasskeyAnswer, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    credential = PasskeyField()
    words = {
        "name": ("Name", "So that you can tell your passkeys apart: “Phone”, “Laptop at the clinic”."),
        "passwordless": ("Sign in with it alone", "Then it takes the place of the password, too."),
    }

    def clean(self) -> dict[str, Any]:
        with refusing_what_is_not_whole():
            return super().clean()


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    words = {"name": ("Name", "")}


class ProfileForm(SiteModelForm):
    """What a person says of themselves; rights and the e-mail address are not here."""

    first_name = NameField(max_length=80, label="First name")
    last_name = NameField(max_length=80, label="Last name")
    degrees = NameField(max_length=60, required=False, help_text="As they stand after your name: MD, MPH")

    orcid = OneLineField(
        max_length=60,  # room for the address of a record
        required=False,
        label="ORCID iD",
        help_text="Sixteen characters that tell you apart from others of your name: 0000-0002-1825-0097",
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "degrees", "profession", "specialty", "orcid"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, completes in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("degrees", "honorific-suffix"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = completes
        for name in ("profession", "specialty"):
            field_of(self, name, forms.ModelChoiceField).empty_label = "Choose one, or leave it open"

    def clean_orcid(self) -> str:
        """Take the address of an ORCID record for its iD, and what is written without hyphens."""
        orcid = written_orcid(self.cleaned_data["orcid"])
        if orcid:
            validate_orcid(orcid)
        return orcid


class DeleteAccountForm(SiteForm):
    """The last word before an account is erased."""

    sure = forms.BooleanField(
        label="Yes, delete my account and everything that belongs to it",
        help_text="Nobody can undo it.",
        error_messages={"required": "Please tick this if you are sure."},
    )
