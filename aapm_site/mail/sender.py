"""Who writes: the sender whom people see in their mail."""

from email.utils import formataddr, parseaddr

from django.conf import settings

from aapm_site.core.association import association_name


def sender() -> str:
    """The setting's address, with the name that it says, or with what the association is called."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return settings.DEFAULT_FROM_EMAIL if name else formataddr((association_name(), address))
