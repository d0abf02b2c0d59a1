"""Remembered reads: asked once for all, gone with a revision or their date, plain, bounded, never of a transaction."""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Event

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import mark_safe

from aapm_site.core.cache import lifetime, page_cache, remembered, revisions
from aapm_site.core.cache.page_cache import PageCacheMiddleware, pages, public_page
from aapm_site.core.cache.remembered import NotPlain, memory, weigh
from aapm_site.core.models import Count
from content.states import PageKind
from tests.racing import at_once

COMMITTED = pytest.mark.django_db(transaction=True)
WATCHING = pytest.mark.usefixtures("asking")  # the revision is looked at before each read
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _remembering(settings, monkeypatch):
    """On, and sure of the revision, so that only tests that say so ask the database."""
    settings.REMEMBERED_READS = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", float("inf"))


@pytest.fixture
def asking(monkeypatch):
    monkeypatch.setattr(page_cache, "ASK_EVERY", 0.0)


class Clock:
    """Moves both clocks ahead together."""

    def __init__(self, monkeypatch):
        self.ahead = 0.0
        monotonic, now = time.monotonic, timezone.now
        monkeypatch.setattr(time, "monotonic", lambda: monotonic() + self.ahead)
        monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(seconds=self.ahead))


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


class Read:
    """A remembered read that counts how often it really asks."""

    def __init__(self, answer=lambda *args: args):
        self.asked = 0

        @remembered.remembered
        def read(*args):
            self.asked += 1
            return answer(*args)

        self.read = read

    def __call__(self, *args):
        return self.read(*args)


@dataclass(frozen=True)
class Plain:
    title: str
    parts: tuple["Plain", ...] = ()


@dataclass
class Open:
    title: str


def times() -> int | None:
    """What the tests with a database read."""
    return Count.objects.filter(key="1").values_list("times", flat=True).first()


def write(number: int) -> None:
    """What they change, as a change of a public row does: with its revision, in one transaction."""
    with transaction.atomic():
        Count.objects.update_or_create(kind="k", key="1", on=ON, defaults={"times": number})
        revisions.touch()


def test_the_second_reader_gets_the_same_value_without_asking():
    read = Read()

    assert (read("a", 1), read("a", 1), read("b", 1)) == (("a", 1), ("a", 1), ("b", 1))
    assert read.asked == 2


def test_two_reads_with_the_same_arguments_do_not_meet():
    one, other = Read(lambda word: f"one {word}"), Read(lambda word: f"other {word}")

    assert (one("a"), other("a")) == ("one a", "other a")


def test_switched_off_everybody_asks(settings):
    settings.REMEMBERED_READS = False
    read = Read()
    read("a")
    read("a")

    assert (read.asked, len(memory.entries)) == (2, 0)


def test_after_half_a_minute_it_is_asked_again(clock):
    read = Read()
    read("a")
    clock.ahead = 29.9
    read("a")
    assert read.asked == 1

    clock.ahead = 30.1
    read("a")
    assert read.asked == 2


def test_the_instant_is_not_part_of_the_key_while_it_means_now():
    asked = []

    @remembered.remembered
    def read(word: str, at: datetime) -> str:
        asked.append(at)
        return word

    now = timezone.now()
    read("a", now)
    read("a", now + timedelta(milliseconds=5))
    assert asked == [now]

    tomorrow = now + timedelta(days=1)
    read("a", tomorrow)
    read("a", tomorrow)
    assert asked == [now, tomorrow, tomorrow]


def test_the_instant_is_the_last_argument():
    with pytest.raises(TypeError, match="last argument"):

        @remembered.remembered
        def read(at: datetime, word: str) -> str:
            return word


def test_a_value_ends_at_the_date_that_it_names(clock):
    begins = timezone.now() + timedelta(seconds=10)

    def shown():
        lifetime.ends_at(begins + timedelta(days=1))
        lifetime.ends_at(begins)
        lifetime.ends_at(None)
        return "after" if timezone.now() >= begins else "before"

    read = Read(shown)
    assert read() == "before"
    clock.ahead = 9.9
    assert (read(), read.asked) == ("before", 1)

    clock.ahead = 10.1
    assert (read(), read.asked) == ("after", 2)


def test_a_date_that_has_passed_is_not_kept():
    def shown():
        lifetime.ends_at(timezone.now() - timedelta(seconds=1))
        return "x"

    read = Read(shown)
    read()
    read()

    assert (read.asked, len(memory.entries)) == (2, 0)


def test_a_value_ends_with_the_values_that_it_is_made_of(clock):
    part = Read(lambda: "part")
    whole = Read(lambda: f"whole of {part()}")
    part()
    clock.ahead = 20.0
    whole()
    clock.ahead = 31.0
    whole()

    assert (part.asked, whole.asked) == (2, 2)


def test_a_page_ends_with_the_value_that_it_shows(settings, clock):
    settings.PAGE_CACHE = True
    read = Read(lambda: "x")
    made = []

    @public_page()
    def view(request):
        made.append(clock.ahead)
        return HttpResponse(read())

    def site(request):
        request.user = AnonymousUser()
        return view(request)

    visit = PageCacheMiddleware(site)
    read()
    clock.ahead = 29.0
    visit(RequestFactory().get("/"))
    clock.ahead = 29.5
    visit(RequestFactory().get("/"))
    assert made == [29.0]

    clock.ahead = 30.5
    visit(RequestFactory().get("/"))
    assert (made, read.asked) == ([29.0, 30.5], 2)


def test_what_is_not_there_is_asked_for_again():
    read = Read(lambda path: None)
    read("/no/")
    read("/no/")

    assert (read.asked, len(memory.entries)) == (2, 0)


def test_an_error_is_not_remembered():
    answers = iter([ValueError("no"), "yes"])

    def shown():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    read = Read(shown)
    with pytest.raises(ValueError, match="no"):
        read()

    assert read() == "yes"


@pytest.mark.parametrize(
    "value",
    [
        "word", mark_safe("<p>"), b"x", 1, 1.5, True, Decimal("9.99"), ON, AT, timedelta(1), PageKind.NEWS,
        (), ("a", (1, None)), frozenset({"a"}), Plain("a", (Plain("b"),)),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_plain(value):
    read = Read(lambda: value)

    assert read() is value
    assert weigh(value) >= sys.getsizeof(value)


@pytest.mark.parametrize(
    "value",
    [["a"], {"a": 1}, {"a"}, Open("a"), Count(kind="k", key="1"), Count.objects.all(), (1, ["a"]), Plain("a", [1])],
    ids=["list", "dict", "set", "dataclass", "row", "rows", "in a tuple", "in a frozen dataclass"],
)
@pytest.mark.parametrize("on", [True, False])
def test_what_is_not_plain_is_refused_when_tested_and_left_out_when_not(settings, value, on):
    settings.REMEMBERED_READS = on
    read = Read(lambda: value)
    with pytest.raises(NotPlain, match="may not be remembered"):
        read()

    settings.CHECK_REMEMBERED = False
    assert read() is value
    assert len(memory.entries) == 0


def test_a_row_is_no_argument():
    with pytest.raises(NotPlain, match="Count may not be remembered"):
        Read()(Count(pk=1))


def test_memory_is_bounded_and_the_oldest_leave_first(monkeypatch):
    read = Read(lambda number: "x" * 10_000)
    read(1)
    monkeypatch.setattr(remembered, "BUDGET", memory.size * 2 + 10)
    for number in (2, 3):
        read(number)

    assert [key[1] for key in memory.entries] == [2, 3]
    assert memory.size == sum(entry.size for entry in memory.entries.values()) <= remembered.BUDGET


def test_a_value_that_is_too_large_is_not_kept(monkeypatch):
    monkeypatch.setattr(remembered, "LARGEST", 500)
    read = Read(lambda: "x" * 600)
    read()

    assert len(memory.entries) == 0


def test_what_has_ended_leaves_when_something_new_comes(clock):
    read = Read()
    for number in range(5):
        read(number)
    clock.ahead = 31.0
    read("new")

    assert [key[1] for key in memory.entries] == ["new"]
    assert memory.size == next(iter(memory.entries.values())).size


@COMMITTED
@WATCHING
def test_a_change_shows_at_once_and_the_second_reader_asks_nothing(django_assert_num_queries, monkeypatch):
    read = Read(times)
    write(1)
    assert read() == 1
    write(2)
    assert read() == 2

    with django_assert_num_queries(1):  # the revision
        assert read() == 2
    monkeypatch.setattr(page_cache, "ASK_EVERY", float("inf"))
    with django_assert_num_queries(0):
        assert read() == 2


@COMMITTED
@WATCHING
def test_a_change_while_it_is_read_is_not_missed():
    write(1)

    def slow():
        found = times()
        if found == 1:
            write(2)
        return found

    read = Read(slow)

    assert (read(), read()) == (1, 2)


@COMMITTED
@WATCHING
def test_in_a_transaction_everything_is_asked_and_nothing_is_kept():
    read = Read(times)
    write(1)
    assert read() == 1

    with transaction.atomic():
        write(2)
        assert read() == 2
        transaction.set_rollback(True)

    assert (read(), read.asked) == (1, 2)


@COMMITTED
@WATCHING
def test_while_the_database_is_away_what_is_remembered_is_shown(monkeypatch):
    read = Read(times)
    write(1)
    read()

    def away():
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(revisions, "current", away)

    assert (read(), read.asked) == (1, 1)


@COMMITTED
def test_whoever_posts_sees_the_change_on_the_next_page(settings, monkeypatch):
    settings.PAGE_CACHE = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 60.0)
    read = Read(times)
    write(1)
    assert read() == 1

    def save(request):
        write(2)
        return HttpResponse("saved")

    PageCacheMiddleware(save)(RequestFactory().post("/"))

    assert read() == 2


@COMMITTED
@WATCHING
def test_readers_and_writers_at_once_never_go_back_and_end_with_the_newest():
    """Eight threads read while two write: each reader's numbers only grow, and the last word is the last write."""
    write(0)
    read = Read(times)
    written = Event()

    def writer(numbers):
        def steps():
            for number in numbers:
                with transaction.atomic():
                    Count.objects.select_for_update().get(key="1")
                    if times() < number:
                        write(number)

        return steps

    def first_writer():
        writer(range(0, 60, 2))()
        written.set()

    def reader():
        seen = []
        while not written.is_set():
            seen.append(read())
        return seen

    results = at_once(first_writer, writer(range(1, 60, 2)), *[reader] * 8)

    assert results[:2] == [None, None]
    assert all(seen and seen == sorted(seen) for seen in results[2:])
    assert read() == 59
    assert memory.size == sum(entry.size for entry in memory.entries.values())


@COMMITTED
@WATCHING
def test_a_read_that_was_slow_does_not_put_the_past_back():
    """Its answer comes after a change: it goes to who asked, and nobody else gets it."""
    write(1)
    is_read, may_answer = Event(), Event()

    def slow():
        found = times()
        if not is_read.is_set():
            is_read.set()
            may_answer.wait(10)
        return found

    read = Read(slow)

    def change():
        is_read.wait(10)
        write(2)
        newest = read()
        may_answer.set()
        return newest

    assert at_once(read, change) == [1, 2]
    assert read() == 2
    assert pages.revision == revisions.current()
