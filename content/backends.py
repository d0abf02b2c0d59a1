"""Who may read a page, as far as this room can tell: public pages are for everybody, editors read what they edit.

What members may read is answered by another backend, from their terms.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from content.models import PUBLIC, Document
from content.models.page import PageTraits


class PublicPagesBackend(BaseBackend):
    """Answers `content.read_page` for one page or document."""

    serves_everybody = True  # asked for staff without their second factor, too

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm != "content.read_page" or not isinstance(obj, PageTraits | Document):
            return False
        if obj.audience == PUBLIC and (isinstance(obj, Document) or obj.is_published(timezone.now())):
            return True
        return user_obj.is_authenticated and user_obj.acts_as_staff and user_obj.has_perm("content.read_page")
