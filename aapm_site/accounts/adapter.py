"""allauth's doors into the site: its mail goes through our queue, its links begin with SITE_ORIGIN."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from aapm_site.core.association import association_name
from aapm_site.core.forms import client_ip
from aapm_site.mail.domain.queue import queue_email

from . import factor_secrets, sign_in_limits
from .devices import device
from .known_devices import remember_device
from .middleware import has_second_factor
from .models import User
from .rules import normal_email

# Messages with a code or a link that resets; all others only tell what was done.
SECRET_MAIL = frozenset(
    {
        "email_confirmation",
        "email_confirmation_signup",
        "login_code",
        "mailbox_code",
        "password_reset_code",
        "password_reset_key",
    }
)
# Letters that anybody can have us write to any address, without an account.
ASKED_BY_ANYBODY = frozenset({"account_already_exists", "login_code", "password_reset_code", "unknown_account"})
# What the messages may read; whatever was made from the request's Host stays out.
MAIL_CONTEXT = ("code", "ip", "user_agent", "timestamp", "from_email", "to_email", "deleted_email")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and their messages."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Please write to us if that surprises you.",
        "cannot_remove_primary_email": "This is the address that we write to. Give another one first.",
        "duplicate_email": "This is your address already.",
        "email_password_mismatch": "This e-mail address and password do not belong together. Please check both.",
        "email_taken": "Somebody has an account with this e-mail address already.",
        "enter_current_password": "Please type your present password.",
        "incorrect_code": "This is not the code that we sent. Please check it, or ask for a new one.",
        "incorrect_password": "This is not your password. Please try again.",
        "invalid_login": "That did not work. Please try again, or sign in with a code.",
        "invalid_or_expired_key": "This link is over. Please ask for a new one.",
        "invalid_password_reset": "This link is over. Please ask for a new one.",
        "too_many_login_attempts": "That went wrong several times. Please wait five minutes, or sign in with a code.",
        "too_many_in_an_hour": "That went wrong many times. Please wait an hour, or sign in with a passkey.",
        "too_many_codes": "Several codes are on their way already. Please wait ten minutes; a passkey works at once.",
        "rate_limited": "That was a lot of tries in a short time. Please wait a minute.",
        "same_as_current": "This is your address already.",
        "select_only_one": "Please choose only one.",
        "unknown_email": "We know no account with this e-mail address. Please check it.",
        "username_taken": "Somebody has an account with this name already.",
        "unverified_primary_email": "Please confirm this address first, by the code that we have sent there.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a message in the present transaction: emails/accounts/<event>.

        Whoever asks sees the same answer when the mailbox has had its letters for this hour and none is written.
        """
        event = template_prefix.rsplit("/", 1)[1]
        if event in ASKED_BY_ANYBODY and not sign_in_limits.may_write(self.request, email):
            return
        known = {name: context[name] for name in MAIL_CONTEXT if name in context}
        if "user_agent" in known:
            known["device"] = device(known.pop("user_agent"))
        # Asked for in every case, so that known and unknown addresses take the same time.
        named = User.objects.filter(email=email).first()
        queue_email(
            email,
            f"accounts/{event}",
            known,
            user=context.get("user") or named,
            kind="account",
            secret=event in SECRET_MAIL,
        )

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def clean_email(self, email: str) -> str:
        return normal_email(super().clean_email(email))

    def is_safe_url(self, url: str) -> bool:
        """Only this site's own pages may be returned to, whatever other hosts the server answers to."""
        here = {self.request.get_host(), urlsplit(settings.SITE_ORIGIN).netloc}
        return url_has_allowed_host_and_scheme(url, allowed_hosts=here, require_https=self.request.is_secure())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try with the password before it is looked at; allauth's own limits come after ours."""
        refusing = sign_in_limits.what_refuses(request, sign_in_limits.PASSWORD, credentials.get("email", ""))
        if refusing:
            raise self.validation_error(refusing.words("too_many_login_attempts"))
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user:
            sign_in_limits.was_right(request, sign_in_limits.PASSWORD, credentials.get("email", ""))
        return user

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        response = super().post_login(request, user, **more)
        remember_device(request, response, user.email)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor shows it, and never the password in its place: allauth asks here at each post."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def get_client_ip(self, request: Any) -> str:
        return client_ip(request)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor: passkeys belong to the site's own host, whatever the request calls it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Whoever signs in with a second step keeps one address. Please change it instead.",
        "cannot_delete_authenticator": "Your account needs its second step. Please set up another one first.",
        "cannot_generate_recovery_codes": "Recovery codes belong to a second step. Please set one up first.",
        "incorrect_code": "That did not match. Please try once more; an app shows a new code every 30 seconds.",
        "unverified_email": "Please confirm your e-mail address first; then set up the second step.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.SITE_ORIGIN).hostname or "localhost", "name": association_name()}

    def encrypt(self, text: str) -> str:
        return factor_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factor_secrets.unseal_or_none_fits(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the name of the base class
        count = user.authenticator_set.filter(type=type).count()
        return "My passkey" if count == 0 else f"Passkey {count + 1}"
