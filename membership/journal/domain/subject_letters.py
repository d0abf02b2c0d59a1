"""New articles about a subject by mail, once, to everybody who follows it.

What is due is asked of the articles' dates and of a moment beside each, so that a run which was missed is caught up and
one that is repeated sends nothing twice. Letters name what everybody may read: titles, authors and pages.
"""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import groupby
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
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

from ..models import Article
from ..queries.collections import PublicSubject, subjects
from ..queries.notices import is_taken_back
from . import contents_letters

KIND = "journal-subject"
AT = time(7, 5)  # in the association's zone, after the contents of an issue
MOST = 200  # articles of one run; those that are left are of the next


def subject_subscription(user: User, subject: PublicSubject) -> Subscription | None:
    return Subscription.objects.filter(user=user, kind=KIND, key=str(subject.pk)).first()


def follow_subject(user: User, subject: PublicSubject) -> None:
    """Get what is new about it by mail; repeating it changes nothing."""
    subscribe(user, KIND, f"New articles of Pain Medicine: {subject.name}", key=str(subject.pk))


def leave_subject(user: User, subject: PublicSubject) -> None:
    """No more of it, what is waiting too; repeating it changes nothing."""
    if subscription := subject_subscription(user, subject):
        pause_subscription(subscription)


def followed_by(user: User) -> set[str]:
    """The keys of the subjects that a person follows."""
    return set(Subscription.objects.filter(user=user, kind=KIND, paused_at=None).values_list("key", flat=True))


def _untold(at: datetime) -> QuerySet[Article]:
    """Articles that are out by `at`, not longer than a fortnight, of which nobody was told yet, the oldest first.

    An article of an issue is out with it, unless it was out before.
    """
    today, oldest = timezone.localdate(at), timezone.localdate(min(at, timezone.now()) - contents_letters.TOO_LATE)
    ahead = Q(is_advance=True, published_on__gte=oldest)
    with_issue = Q(is_advance=False) & (Q(published_on__gte=oldest) | Q(issue__published_on__gte=oldest))
    out = Article.objects.published(today).filter(ahead | with_issue, subjects_told_at=None)
    return out.order_by("published_on", "pk")


def due_subjects(at: datetime) -> Iterator[DueRow]:
    """One row for all of them, named by its day; none while no article is new or nobody follows a subject."""
    rows = _untold(at).values_list("published_on", "is_advance", "issue__published_on")
    days = [day if ahead or not issue_day else max(day, issue_day) for day, ahead, issue_day in rows[:MOST]]
    if not days or not Subscription.objects.filter(kind=KIND, paused_at=None).exists():
        return
    if (when := moment(min(days), AT)) <= at:
        articles = f"{len(days)} new article{'' if len(days) == 1 else 's'}"
        url = reverse("admin:membership_article_changelist")
        yield DueRow(key=min(days).isoformat(), title=f"{articles}, by subject, by mail", at=when, url=url)


def send_subjects(key: str) -> None:
    """Queue the letters about everything that is new. Locks the articles, so that of two runs at once one sends."""
    now = timezone.now()
    keys = list(_untold(now).values_list("pk", flat=True)[:MOST])
    mine = Article.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, subjects_told_at=None)
    articles = list(mine.order_by("pk").values_list("pk", flat=True))
    Article.objects.filter(pk__in=articles).update(subjects_told_at=now)
    queue_emails(list(_letters(articles)))


def _letters(articles: list[int]) -> Iterator[Any]:
    """A letter a subject and reader; nobody reads of the same article twice, nor of one in the contents they get."""
    named = {str(one.pk): one for one in subjects()}
    lines = _lines(articles, list(named.values()))
    gets_contents = set(
        Subscription.objects.filter(kind=contents_letters.KIND, paused_at=None).values_list("user_id", flat=True)
    )
    for reader, follows in groupby(_readers(), key=lambda one: one.user_id):
        told: set[int] = set()
        for subscription in follows:
            subject = named.get(subscription.key)
            new = [
                (key, line) for key, is_ahead, line in lines.get(subscription.key, [])
                if key not in told and (is_ahead or reader not in gets_contents)
            ]  # fmt: skip
            if subject and new:
                told |= {key for key, _ in new}
                yield _letter(subscription, subject, [line for _, line in new])


def _lines(articles: list[int], named: list[PublicSubject]) -> dict[str, list[tuple[int, bool, dict[str, str]]]]:
    """The new articles of each subject, the newest first, each with whether it is ahead of its issue."""
    today = timezone.localdate()
    rows = Article.objects.filter(pk__in=articles).annotate(taken_back=is_taken_back(today)).select_related("issue")
    columns = ("title", "slug", "byline", "keywords", "is_advance", "issue__published_on", "free_to_read", "free_from",
               "chosen_from", "chosen_until")  # fmt: skip
    found: dict[str, list[tuple[int, bool, dict[str, str]]]] = {}
    for row in rows.only(*columns).order_by("-published_on", "-pk"):
        words = {word.lower() for word in row.keyword_list}
        line = {
            "title": f"{'Retracted: ' if row.taken_back else ''}{row.title}", "byline": row.byline,
            "url": absolute(row.get_absolute_url()), "open": "free for everybody" if row.free_on(today) else "",
        }  # fmt: skip
        is_ahead = row.issue is None or not row.issue.is_out_on(today)
        for one in named:
            if not words.isdisjoint(one.words):
                found.setdefault(str(one.pk), []).append((row.pk, is_ahead, line))
    return found


def _readers() -> Iterator[Any]:
    """Who follows a subject, may sign in and has an address; each with whether that is confirmed. One query."""
    proof = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    wanted = Subscription.objects.filter(kind=KIND, paused_at=None, user__is_active=True, user__email__isnull=False)
    return wanted.annotate(is_proved=Exists(proof)).select_related("user").order_by("user_id", "pk").iterator()


def _letter(subscription: Any, subject: PublicSubject, lines: list[dict[str, str]]) -> Any:
    user = subscription.user
    return compose_email(
        user.email, "membership/journal_subject",
        {"person": user, "subject_name": subject.name, "articles": lines, "page_url": absolute(subject.url)},
        kind=KIND, user=user, subscription=subscription, reader=KnownReader(user.email, subscription.is_proved),
    )  # fmt: skip
