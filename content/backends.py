"""Public pages may be read by everybody."""

from django.contrib.auth.backends import BaseBackend


class PublicPagesBackend(BaseBackend):
    pass
