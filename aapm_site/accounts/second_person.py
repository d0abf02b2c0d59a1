"""Lists of what needs a second member of staff, narrowed to what the reader of the list may decide."""

from aapm_site.core.admin.waiting_filter import WaitingFilter


class SecondPersonFilter(WaitingFilter):
    """What waits for somebody other than the one who asked."""

    choice = ("second", "What needs a second person")
