"""Who has a page, or a question, open to edit it, for a minute and a half after their browser last said so.

It stands in the shared cache: nobody's work depends on it, so nothing is kept of it. What protects a text is the
version that a save must have read.
"""

import time

from django.core.cache import cache

LASTS = 90  # seconds; the browser says so every 20


def _key(kind: str, page_id: int) -> str:
    return f"content:editing:{kind}:{page_id}"


def mark_present(page_id: int, user_id: int, *, kind: str = "page") -> list[int]:
    """This person has the page open now; who else has. Two who speak at once may miss each other once."""
    now = time.time()
    here = {who: at for who, at in cache.get(_key(kind, page_id), {}).items() if now - at < LASTS}
    here[user_id] = now
    cache.set(_key(kind, page_id), here, LASTS)
    return sorted(who for who in here if who != user_id)


def mark_left(page_id: int, user_id: int, *, kind: str = "page") -> None:
    """This person has closed the page."""
    here = cache.get(_key(kind, page_id), {})
    if here.pop(user_id, None) is not None:
        cache.set(_key(kind, page_id), here, LASTS)
