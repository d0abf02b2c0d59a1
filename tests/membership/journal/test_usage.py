"""What is noted of readers at the journal's doors, and what is not; how it is written, counted and forgotten."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from aapm_site.core import positions, retention
from aapm_site.core.background.due import due_work, run_due
from aapm_site.core.cache import page_cache
from aapm_site.core.models import Hold, Retention
from aapm_site.core.retention import write_missing_rows
from aapm_site.core.roles import JOURNAL_EDITOR
from membership.journal.counting import IN_PRESS, UsageKind, is_ahead_of_readers, is_known_robot
from membership.journal.domain import usage, usage_counts
from membership.journal.models import ArticleUsage, DeliveredFile, RobotAgent, UsageEvent, UsageSalt
from tests.factories import staff_client

from ..factories import day, make_article, make_member
from .reading import BROWSER, PHONE

pytestmark = pytest.mark.django_db
READS = {"HTTP_USER_AGENT": BROWSER}

# What an agent says of itself, and whether it is a machine.
AGENTS = {
    BROWSER: False,
    PHONE: False,
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36": False,
    "": True,
    "-": True,
    "Mozilla/5.0": True,
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": True,
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)": True,
    "Mozilla/5.0 (compatible; bingbot/2.0) Chrome/116.0 Safari/537.36": True,
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36": True,
    "curl/8.9.1": True,
    "python-requests/2.32": True,
    "Wget/1.21": True,
    "WhatsApp/2.24.1 A": True,
}
AHEAD = {
    "prefetch": ({"HTTP_SEC_PURPOSE": "prefetch"}, True),
    "prerender": ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, True),
    "the older name": ({"HTTP_PURPOSE": "prefetch"}, True),
    "a preview": ({"HTTP_X_PURPOSE": "preview"}, True),
    "Firefox as it was": ({"HTTP_X_MOZ": "prefetch"}, True),
    "somebody who reads": ({"HTTP_SEC_FETCH_DEST": "document"}, False),
}


def noted() -> list[tuple[str, str]]:
    """What waits in memory: what it is, and the part."""
    return [(one.opening.use.value, one.opening.part) for one in usage._pending]


@pytest.mark.parametrize(("agent", "is_machine"), AGENTS.items())
def test_agents(agent, is_machine):
    assert is_known_robot(agent) is is_machine


@pytest.mark.parametrize(("headers", "is_ahead"), AHEAD.values(), ids=AHEAD)
def test_what_is_fetched_ahead(headers, is_ahead):
    assert is_ahead_of_readers(headers) is is_ahead


def test_each_door_says_what_was_opened(client):
    article = make_article(body="<table><tr><th>Night</th></tr><tr><td>1</td></tr></table>")
    member = Client()
    member.force_login(make_member((-10, 100)))
    for role, key, name in (("pdf", "whole", "a.pdf"), ("supplement", "data", "a.csv"), ("picture", "fig", "a.png")):
        DeliveredFile.objects.create(
            article=article, role=role, key=key, name=name, ending=name[2:], size=3, file=ContentFile(b"abc", name)
        )
    files = f"{article.get_absolute_url()}files/"
    steps = [
        (client, article.get_absolute_url(), {}, [("denied", "")]),
        (client, f"{files}whole/", {}, []),
        (client, f"{article.get_absolute_url()}cite.ris", {}, [("look", "cite.ris")]),
        (member, article.get_absolute_url(), {}, [("request", "")]),
        (member, f"{files}whole/", {}, [("request", "file whole")]),
        (member, f"{files}whole/", {"HTTP_RANGE": "bytes=0-0"}, [("request", "file whole")]),
        (member, f"{files}whole/", {"HTTP_RANGE": "bytes=1-2"}, []),
        (member, f"{files}whole/", {"HTTP_RANGE": "bytes=7-"}, []),
        (member, f"{files}data/", {}, [("look", "file data")]),
        (member, f"{files}fig/", {}, []),
        (member, f"{article.get_absolute_url()}journal-club/", {}, [("look", "journal club")]),
        (client, f"{article.get_absolute_url()}journal-club/", {}, []),
        (client, "/journal/search/?q=sleep", {}, [("search", "q=sleep")]),
        (client, "/journal/search/", {}, []),
        (client, article.issue.get_absolute_url(), {}, []),
    ]
    for who, address, headers, expected in steps:
        usage._pending.clear()
        response = who.get(address, **READS, **headers)
        if response.streaming:
            list(response.streaming_content)  # closes the file
        assert noted() == expected, address


def test_who_is_no_reader(client):
    article = make_article(free_to_read=True)
    hidden = make_article(published_on=day(5))
    address = article.get_absolute_url()

    client.head(address, **READS)
    client.get(address, HTTP_USER_AGENT="ExampleBot/1.0")
    client.get(address, **READS, HTTP_SEC_PURPOSE="prefetch")
    editor = staff_client(JOURNAL_EDITOR)
    editor.get(address, **READS)
    assert editor.get(hidden.get_absolute_url(), **READS).status_code == 200
    client.get(hidden.get_absolute_url(), **READS)
    assert noted() == []

    client.get(address, **READS)
    assert noted() == [("request", "")]


@pytest.mark.parametrize(
    ("fields", "access", "yop"),
    [
        ({}, "controlled", 2026),
        ({"free_to_read": True}, "open", 2026),
        ({"free_from": day(-1)}, "open", 2026),
        ({"free_from": day(1)}, "controlled", 2026),
        ({"chosen_from": day(-1), "chosen_until": day(1)}, "free", 2026),
        ({"is_advance": True}, "controlled", IN_PRESS),
    ],
)
def test_the_access_is_the_articles_and_the_same_for_a_member(client, fields, access, yop):
    article = make_article(**fields, published_on="2026-01-05")
    article.refresh_from_db()
    if article.is_advance:
        article.issue.published_on = day(9)
        article.issue.save()
    member = Client()
    member.force_login(make_member((-10, 100)))

    for reader in (client, member):
        reader.get(article.get_absolute_url(), **READS)

    assert [(one.opening.access, one.opening.yop) for one in usage._pending] == [(access, yop)] * 2


def test_what_the_page_cache_gives_out_counts_for_each_reader(client, settings):
    settings.PAGE_CACHE = settings.REMEMBERED_READS = True
    article = make_article()
    seen = [client.get(article.get_absolute_url(), **READS, REMOTE_ADDR=f"192.0.2.{place}") for place in range(3)]
    again = client.get(article.get_absolute_url(), **READS, HTTP_IF_NONE_MATCH=seen[0]["ETag"])
    client.head(article.get_absolute_url(), **READS)
    client.get(article.get_absolute_url(), HTTP_USER_AGENT="ExampleBot/1.0")

    assert (again.status_code, len(page_cache.pages.entries)) == (304, 1)
    assert noted() == [("denied", "")] * 4
    assert len({one.reader for one in usage._pending}) == 4


def test_no_page_fails_because_it_is_counted(client, monkeypatch):
    monkeypatch.setattr(usage, "note", lambda *given: 1 / 0)
    assert client.get(make_article().get_absolute_url(), **READS).status_code == 200


def test_while_the_database_is_away_openings_wait_and_the_oldest_go_first(client, monkeypatch):
    address = make_article().get_absolute_url()
    client.get(address, **READS)

    def away(noted):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(usage, "write_noted", away)
        assert (usage.write(), len(usage._pending)) == (0, 1)
    monkeypatch.setattr(usage, "MOST_PENDING", 2)
    for part in ("one", "two"):
        client.get(f"/journal/search/?q={part}", **READS)
    assert noted() == [("search", "q=one"), ("search", "q=two")]
    assert (usage.write(), usage.write(), UsageEvent.objects.count()) == (2, 0, 2)


def test_nothing_that_is_written_names_anybody(client):
    article = make_article()
    reader = make_member((-10, 100))
    member = Client()
    member.force_login(reader)
    for who in (client, member):
        who.get(article.get_absolute_url(), **READS, REMOTE_ADDR="192.0.2.77")
    client.get("/journal/search/?q=fibromyalgia", **READS, REMOTE_ADDR="192.0.2.77")
    usage.write()

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(to_jsonb(e)::text, ' ') FROM membership_usageevent e")
        written = cursor.fetchone()[0]
    for telling in ("192.0.2.77", "Firefox", "fibromyalgia", str(reader.email), "account"):
        assert telling not in written
    first, second = UsageEvent.objects.filter(article=article).order_by("pk")
    assert (bytes(first.reader) != bytes(second.reader), len(first.reader)) == (True, 16)


def test_the_same_reader_has_another_code_on_another_day_and_under_another_salt(client):
    opening = usage.Opening(UsageKind.SEARCH, "q=a")
    now = timezone.now()
    moments = [now, now, now - timedelta(days=1)]
    usage.write_noted([usage.Noted(at, opening, "192.0.2.1 x", BROWSER) for at in moments])
    UsageSalt.objects.all().delete()
    usage.write_noted([usage.Noted(now, opening, "192.0.2.1 x", BROWSER)])

    codes = [bytes(one.reader) for one in UsageEvent.objects.order_by("pk")]
    assert (codes[0] == codes[1], len(set(codes))) == (True, 3)


def test_agents_that_staff_add_are_left_out_from_then_on(client):
    RobotAgent.objects.create(fragment="snooper")
    address = make_article().get_absolute_url()
    client.get(address, HTTP_USER_AGENT=f"{BROWSER} Snooper/3")
    client.get(address, **READS)
    assert (len(usage._pending), usage.write()) == (2, 1)


def test_an_article_that_is_gone_when_its_openings_are_written_is_left_out(client):
    article = make_article()
    client.get(article.get_absolute_url(), **READS)
    article.delete()
    assert (usage.write(), UsageEvent.objects.count()) == (0, 0)


def test_counts_of_a_deleted_article_stay():
    article = make_article()
    ArticleUsage.objects.create(on=day(-3), article=article, access="open", yop=2026, investigations=3, requests=2)
    article.delete()
    assert ArticleUsage.objects.values_list("article", "requests").get() == (None, 2)


def yesterdays(client, **fields):
    """An article that somebody opened yesterday at noon."""
    article = make_article(**fields)
    client.get(article.get_absolute_url(), **READS)
    noon = timezone.localtime().replace(hour=12, minute=0) - timedelta(days=1)
    usage._pending[:] = [usage.Noted(noon, one.opening, one.reader, one.agent) for one in usage._pending]
    assert usage.write() == 1
    return article


def test_by_night_the_day_is_counted_and_its_salt_deleted_and_openings_go_into_the_month(client):
    article = yesterdays(client)
    early = timezone.localtime().replace(hour=0, minute=29, second=0)
    late = early.replace(minute=31)

    assert run_due(early) == 0
    assert [row.key for row in due_work.get("journal-usage").due(late)] == [f"{day(-1)}"]
    assert run_due(late) == 1
    assert run_due(late) == 0
    assert (UsageSalt.objects.count(), UsageEvent.objects.count()) == (0, 1)
    assert ArticleUsage.objects.values_list("on", "is_month", "article", "denials").get() == (
        day(-1), False, article.pk, 1,
    )  # fmt: skip

    write_missing_rows()
    kept = timedelta(days=usage_counts.KEPT_DAYS)
    retention.forget_old(late + kept - timedelta(days=1))
    assert UsageEvent.objects.count() == 1
    retention.forget_old(late + kept)
    assert UsageEvent.objects.count() == 0
    assert ArticleUsage.objects.values_list("on", "is_month", "article", "denials").get() == (
        day(-1).replace(day=1), True, article.pk, 1,
    )  # fmt: skip


def test_a_salt_that_is_kept_by_a_hold_goes_when_the_day_after_is_over(client):
    Hold.objects.create(work="journal-usage", key=f"{day(-2)}")
    for days in (-2, -1):
        UsageSalt.objects.create(on=day(days), salt=b"salt")
    client.get(make_article().get_absolute_url(), **READS)
    usage.write()
    assert list(UsageSalt.objects.order_by("on").values_list("on", flat=True)) == [day(-1), day(0)]


@pytest.mark.parametrize("days", [None, 3])
def test_the_page_on_privacy_says_for_how_long(rf, days):
    write_missing_rows()
    if days:
        Retention.objects.filter(name="journal-usage").update(days=days)
    said = " ".join(positions.render("journal-usage-kept", rf.get("/privacy/")).split())
    assert f"deleted in the night after {days or usage_counts.KEPT_DAYS} days" in said
    assert "delete at the latest by the end of the next day" in said
    assert timedelta(days=1) == usage.ONE_DAY
    assert usage_counts.USAGE.days == usage_counts.KEPT_DAYS == 7
