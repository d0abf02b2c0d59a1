"""Browsers in which an account has signed in before: a signed cookie says so, for each account by itself.

It lets nobody in. It only gives its browser a count of its own, so that wrong tries from elsewhere do not lock it out.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "accounts.known-device"
DAYS = 400  # as long as browsers keep any cookie
LASTS = DAYS * 24 * 60 * 60
MOST_ACCOUNTS = 5  # of one browser; the one that signed in longest ago makes room


def known_device(request: HttpRequest, account: str) -> str:
    """What this browser was given when the account signed in here; empty when it never did."""
    return _kept(request).get(_mark(account), "")


def remember_device(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Mark the browser as one in which this account has signed in."""
    kept = _kept(request)
    kept.pop(_mark(account), None)
    kept[_mark(account)] = secrets.token_urlsafe(12)
    newest = dict(list(kept.items())[-MOST_ACCOUNTS:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(newest, salt=SALT),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, str]:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return dict(signing.loads(cookie, salt=SALT, max_age=LASTS))
    except signing.BadSignature:
        return {}


def _mark(account: str) -> str:
    """The account, so that who borrows the browser reads no address in the cookie."""
    return salted_hmac(SALT, account, algorithm="sha256").hexdigest()[:16]
