"""What is measured besides the entries: the demonstration, with a member who is signed in. This runs in the site."""

import json
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.demo import SIGN_INS
from benchmarks import entries
from careers.models import Job
from content.models import Page
from membership.models import Article

SEVERAL = 5


def prepare(count: int) -> str:
    """Make what is missing; as JSON, the addresses that depend on it and the cookie of a member who is signed in."""
    call_command("load_demo", stdout=StringIO())
    if not Page.objects.filter(slug="entry-1").exists():
        entries.make(count)
    connection.cursor().execute("VACUUM (ANALYZE)")
    return json.dumps({"job": _jobs(), "article": _articles(), "cookie": _cookie()})


def _jobs() -> list[str]:
    return _addresses(Job.objects.live(timezone.now()).order_by("pk")[:SEVERAL])


def _articles() -> list[str]:
    """Articles for members, so that each is read with the decision on access."""
    articles = Article.objects.published(timezone.localdate()).filter(free_to_read=False)
    return _addresses(articles.order_by("pk")[:SEVERAL])


def _addresses(rows: Any) -> list[str]:
    found = [row.get_absolute_url() for row in rows]
    if not found:
        raise RuntimeError("The sample is too old to be measured: delete var/bench, and it is made anew.")
    return found


def _cookie() -> str:
    client = Client()
    client.force_login(User.objects.get(email=SIGN_INS[0].email))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
