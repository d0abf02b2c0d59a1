"""Reading answers in tests."""

import re

from django.http import HttpResponse

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def without_tokens(answer: HttpResponse) -> str:
    """A page's text without what differs in every answer."""
    return TOKEN.sub("", answer.content.decode())
