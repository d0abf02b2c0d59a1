"""How the text of a letter is written in its template."""

import re

from django import template
from django.utils.safestring import SafeString

register = template.Library()

BREAK = re.compile(r"\s*\n\s*")


@register.simple_block_tag
def paragraph(content: SafeString) -> str:
    """One line of the letter, which mail programs wrap themselves, written in several lines.

    Values that may hold lines of their own, such as somebody's reason, stay outside.
    """
    return BREAK.sub(" ", content.strip())
