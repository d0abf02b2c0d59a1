"""What was said and what was stored, each as one value, so that a second import knows what is whose."""

import hashlib
import json
from typing import Any

from content.models import Page


def state(page: Page) -> str:
    """What editors can change of a page, as one value."""
    held = [
        page.kind, page.parent_id, page.slug, page.title, page.menu_title, page.summary, page.description, page.body,
        page.audience, page.author_id, page.order, page.status, page.topic_id, page.reviewer_id,
        *(at.timestamp() if at else None for at in (page.published_at, page.unpublish_at)),
        sorted(page.categories.values_list("pk", flat=True)),
    ]  # fmt: skip
    return digest(held)


def digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
