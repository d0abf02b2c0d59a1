"""Requests as views behind a sign-in get them."""

from django.http import HttpRequest

from .models import User


class SignedInRequest(HttpRequest):
    """A request to a view that lets nobody in who is not signed in."""

    user: User
