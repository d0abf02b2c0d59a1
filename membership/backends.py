"""Membership answers Django's permission questions, so that no other room knows what a member is.

`content.read_page` is asked about a page (anything with an `audience`), `billing.member_price` about nothing.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from .access import decide
from .queries.members import standing_of

READ_PAGE, MEMBER_PRICE = "content.read_page", "billing.member_price"


class MembershipBackend(BaseBackend):
    """Grants members what members have. Nobody signs in through it; visitors and inactive accounts get nothing."""

    serves_everybody = True  # asked for staff without their second factor, too: they may be members

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not user_obj.is_authenticated or not user_obj.is_active:
            return False
        if perm == READ_PAGE and hasattr(obj, "audience"):
            return decide(user_obj, obj).allowed
        return perm == MEMBER_PRICE and standing_of(user_obj).is_current
