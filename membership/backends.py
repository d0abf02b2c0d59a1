"""Membership answers permission questions for members-only pages."""

from django.contrib.auth.backends import BaseBackend


class MembershipBackend(BaseBackend):
    pass
