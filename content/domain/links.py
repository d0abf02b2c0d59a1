"""Which addresses the site names, and what the checks have found there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.seo import absolute
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail
from content.models import Link, Page, PageLink, Resource
from content.models.link import LONGEST
from content.rules import Verdict, is_broken

RECORD_LOCK = 0x6C696E6B73  # "links": results are recorded by one process at a time
DIGEST = "content/links_broken"
DIGEST_EVERY = timedelta(days=1)
MOST_IN_A_MAIL = 30
NAMED_BY = (
    Prefetch("pages", Page.objects.only("title", "path")),
    Prefetch("resources", Resource.objects.only("title", "link")),
)


class _Targets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def link_targets(html: str) -> list[str]:
    """Every address that a text links to, in its order."""
    parser = _Targets()
    parser.feed(html)
    parser.close()
    return parser.found


def normal_address(target: str, base: str = "/") -> str:
    """The address as it is checked: a path for one of ours, without its fragment; empty for what is not checked."""
    try:
        whole = urldefrag(urljoin(absolute(base), target.strip().replace("\x00", ""))).url
        split = urlsplit(whole)
    except ValueError:
        return ""
    if split.scheme not in ("http", "https") or not split.netloc or len(whole) > LONGEST:
        return ""
    if whole == settings.SITE_ORIGIN or whole.startswith(f"{settings.SITE_ORIGIN}/"):
        return whole[len(settings.SITE_ORIGIN) :] or "/"
    return whole


def ensure_links(urls: Iterable[str]) -> list[Link]:
    """The links of normal addresses, made where they are missing. Safe when several make the same at once."""
    wanted = sorted({url for url in urls if url})
    if not wanted:
        return []
    Link.objects.bulk_create(
        [Link(url=url, is_external=not url.startswith("/")) for url in wanted], ignore_conflicts=True
    )
    return list(Link.objects.filter(url__in=wanted))


def _named(page: Page) -> set[str]:
    """The normal addresses in a page's text, recap, partners and events."""
    beside = [*(partner.url for partner in page.partners.all()), *(event.url for event in page.events.all())]
    found = {
        normal_address(target, page.path)
        for target in (*link_targets(page.body), *link_targets(page.recap), *beside)
        if target
    }
    return found - {""}


def note_links(page: Page) -> None:
    """Remember what a stored page names now."""
    with transaction.atomic():
        links = ensure_links(_named(page))
        PageLink.objects.filter(page=page).exclude(link__in=links).delete()
        PageLink.objects.bulk_create([PageLink(page=page, link=link) for link in links], ignore_conflicts=True)


def catch_up_links() -> int:
    """Note every page whose links are not what it says, however it was written; how many there were."""
    behind = 0
    pages = (
        Page.objects.written()
        .only("path", "body", "recap")
        .order_by("pk")
        .prefetch_related("links", "partners", "events")
    )
    for page in pages.iterator(chunk_size=200):
        if _named(page) != {link.url for link in page.links.all()}:
            note_links(page)
            behind += 1
    return behind


def forget_unused_links() -> int:
    """Drop the links that nothing names any more."""
    return Link.objects.unused().delete()[0]


def one_at_a_time() -> None:
    """Let those who record and report pass one after another, until the end of the present transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [RECORD_LOCK])


@dataclass(frozen=True)
class Result:
    """What one try has found."""

    link: int
    verdict: Verdict
    status: int | None = None
    problem: str = ""


def record_results(results: Iterable[Result], at: datetime) -> list[Link]:
    """Write what was found, in one statement; the links that broke with it.

    A link is broken after failures on several different days (rules.is_broken), and whole again with one answer. Takes
    a lock, so that two runs do not count one day twice.
    """
    found = {result.link: result for result in results}
    broke: list[Link] = []
    with transaction.atomic():
        one_at_a_time()
        links = list(Link.objects.select_for_update().filter(pk__in=found).order_by("pk"))
        for link in links:
            if _apply(link, found[link.pk], at):
                broke.append(link)
        Link.objects.bulk_update(
            links, ["checked_at", "http_status", "problem", "failures", "failed_on", "broken_since", "reported_at"]
        )
    return broke


def _apply(link: Link, result: Result, at: datetime) -> bool:
    """The result on the row in memory; whether the link broke with it."""
    link.checked_at, link.http_status, link.problem = at, result.status, result.problem[:200]
    if result.verdict == Verdict.FINE:
        link.failures, link.failed_on, link.broken_since, link.reported_at = 0, None, None, None
        return False
    today = timezone.localdate(at)
    if link.failed_on != today:
        link.failures = min(link.failures + 1, 1000)
        link.failed_on = today
    if link.broken_since or not is_broken(result.verdict, link.failures):
        return False
    link.broken_since = at
    return True


def report_broken_links(at: datetime) -> int:
    """Tell the staff of links that broke and were not told yet, in one mail a day at most; how many it names."""
    with transaction.atomic():
        one_at_a_time()
        news = Link.objects.broken().filter(reported_at__isnull=True)
        number = news.count()
        if not number or OutgoingEmail.objects.filter(template=DIGEST, created_at__gt=at - DIGEST_EVERY).exists():
            return 0
        shown = list(news.prefetch_related(*NAMED_BY).order_by("broken_since", "pk")[:MOST_IN_A_MAIL])
        context = {
            "links": shown,
            "number": number,
            "more": number - len(shown),
            "admin_url": absolute(f"{reverse('admin:content_link_changelist')}?state=broken"),
        }
        queue_email(settings.STAFF_EMAIL, DIGEST, context, kind="links")
        news.update(reported_at=at)
    return number
