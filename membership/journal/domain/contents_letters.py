"""The contents of an issue by mail, once, to everybody who asked for them.

What is due is asked of the issues' dates and of a moment beside each, so that a run which was missed is caught up and
one that is repeated sends nothing twice. Letters name what everybody may read: titles, authors and pages.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core.background.due import DueRow
from aapm_site.core.background.reminder_schedule import moment
from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import compose_email, queue_emails
from aapm_site.mail.domain.readers import KnownReader
from aapm_site.mail.domain.subscriptions import pause_subscription, subscribe
from aapm_site.mail.models import Subscription

from ..models import Issue
from ..queries.issues import ListedArticle, articles_of

KIND = "journal-contents"
TITLE = "Contents of each new issue of Pain Medicine"
AT = time(7, 0)  # in the association's zone
TOO_LATE = timedelta(days=14)  # after a longer standstill, and for back issues, the news is no news


def contents_subscription(user: User) -> Subscription | None:
    return Subscription.objects.filter(user=user, kind=KIND).first()


def want_contents(user: User) -> None:
    """Get the contents by mail from the next issue on; repeating it changes nothing."""
    subscribe(user, KIND, TITLE)


def stop_contents(user: User) -> None:
    """No more of them, what is waiting too; repeating it changes nothing."""
    if subscription := contents_subscription(user):
        pause_subscription(subscription)


def due_contents(at: datetime) -> Iterator[DueRow]:
    """Issues that are out by `at`, whose contents nobody was told of yet."""
    oldest, newest = timezone.localdate(min(at, timezone.now()) - TOO_LATE), timezone.localdate(at)
    issues = Issue.objects.filter(published_on__range=(oldest, newest), contents_told_at=None, articles__isnull=False)
    for issue in issues.distinct().order_by("published_on", "pk"):
        if issue.published_on and (when := moment(issue.published_on, AT)) <= at:
            url = reverse("admin:membership_issue_change", args=[issue.pk])
            yield DueRow(key=str(issue.pk), title=f"{issue}: its contents by mail", at=when, url=url)


def send_contents(key: str) -> None:
    """Queue the letters of one issue. Locks the issue, so that of two runs at once one sends."""
    issue = Issue.objects.select_for_update().filter(pk=int(key), contents_told_at=None).first()
    if issue is None:
        return
    issue.contents_told_at = timezone.now()
    issue.save(update_fields=["contents_told_at"])
    context = _context(issue)
    queue_emails([_letter(one, context) for one in _readers()])


def _readers() -> Iterator[Any]:
    """Who asked for it, may sign in and has an address; each with whether that is confirmed. One query."""
    proof = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    wanted = Subscription.objects.filter(kind=KIND, paused_at=None, user__is_active=True, user__email__isnull=False)
    return wanted.annotate(is_proved=Exists(proof)).select_related("user").order_by("pk").iterator()


def _context(issue: Issue) -> dict[str, Any]:
    on = issue.published_on or timezone.localdate()
    articles = articles_of(issue.pk, on)
    return {
        "issue": str(issue), "month": issue.month, "title": issue.title, "theme": issue.theme,
        "url": absolute(issue.get_absolute_url()),
        "sections": [
            {"title": kind, "articles": [_line(article, on) for article in found]}
            for kind, found in groupby(articles, key=lambda article: article.kind)
        ],
    }  # fmt: skip


def _line(article: ListedArticle, on: date) -> dict[str, str]:
    return {
        "title": f"{'Retracted: ' if article.is_taken_back else ''}{article.title}",
        "byline": article.byline, "pages": article.pages, "url": absolute(article.get_absolute_url()),
        "open": "free for everybody" if article.free_on(on) else "",
    }  # fmt: skip


def _letter(subscription: Any, context: dict[str, Any]) -> Any:
    user = subscription.user
    return compose_email(
        user.email, "membership/journal_contents", {"person": user, **context}, kind=KIND, user=user,
        subscription=subscription, reader=KnownReader(user.email, subscription.is_proved),
    )  # fmt: skip
