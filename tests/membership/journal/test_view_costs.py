"""What a view of an article costs: statements, counted one by one, and no regular expression over its text."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aapm_site.core.cache import page_cache
from membership.journal.models import Article

from ..factories import make_issue, make_member
from .jats import BACK, BODY, DOI, jats
from .test_imports import bring

ROOT = Path(__file__).resolve().parents[3]
CANARY = "zyzzogeton"
_table = re.compile(r'FROM "(\w+)"')


def deliver(*, is_free: bool) -> Article:
    """An article of more than 120 kB with a figure, a reference and its PDF."""
    make_issue(volume=27, number=9, published_on=date(2026, 9, 1))
    words = "".join(
        f'<p>Night {place} of the {CANARY} was long, as before<xref ref-type="bibr" rid="b1">1</xref>.</p>'
        for place in range(2_000)
    )
    bring(jats(f"{BODY}<sec><title>Results</title>{words}</sec>", BACK))
    Article.objects.update(free_to_read=is_free)
    return Article.objects.get(doi=DOI)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("is_free", "statements"), [(False, 8), (True, 7)])
def test_a_long_article_costs_a_reader_who_is_signed_in_at_most_eight_statements(
    settings, monkeypatch, is_free, statements
):
    """As in a running site: what is the same for everybody is remembered by a process, what is a person's is asked."""
    settings.REMEMBERED_READS = True
    monkeypatch.setattr(page_cache, "ASK_EVERY", 60.0)
    article, client = deliver(is_free=is_free), Client()
    client.force_login(make_member((-10, 100)))
    assert len(client.get(article.get_absolute_url()).content) > 120_000

    with CaptureQueriesContext(connection) as captured:
        client.get(article.get_absolute_url())

    # Session, person, their place among the sessions, article, authors, text and files; terms where they decide.
    assert len(captured) == statements


@contextmanager
def patterns_used(text: str) -> Iterator[tuple[set[str], list[str]]]:
    """Which of this project's modules ask a pattern, and where a name or an attribute at hand then holds `text`.

    Patterns are not Python, so nothing of them can be replaced; the interpreter tells of each call to one.
    """
    ours: set[str] = set()
    over_text: list[str] = []

    def watch(frame: FrameType, event: str, called: Any) -> None:
        if event != "c_call" or not isinstance(getattr(called, "__self__", None), re.Pattern):
            return
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(ROOT) and ".venv" not in file.parts:
            ours.add(f"{file.relative_to(ROOT)}")
        at_hand = [*frame.f_locals.values(), *getattr(frame.f_locals.get("self"), "__dict__", {}).values()]
        if any(holds(value, text) for value in at_hand):
            over_text.append(f"{file}:{frame.f_lineno} {called.__name__} of {called.__self__.pattern!r}")

    sys.setprofile(watch)
    try:
        yield ours, over_text
    finally:
        sys.setprofile(None)


def holds(value: Any, text: str) -> bool:
    return (isinstance(value, str) and text in value) or (isinstance(value, bytes) and text.encode() in value)


@pytest.mark.django_db
@pytest.mark.parametrize("is_free", [False, True])
def test_the_text_is_sent_as_it_was_stored_and_no_pattern_reads_it(is_free):
    article, client = deliver(is_free=is_free), Client()
    client.force_login(make_member((-10, 100)))
    client.get(article.get_absolute_url())  # templates and statements are written once

    with patterns_used(CANARY) as (ours, over_text):
        page = client.get(article.get_absolute_url()).content

    assert article.delivered.html.encode() in page
    assert over_text == []
    assert ours == set()


def test_a_pattern_that_reads_the_text_would_be_seen():
    def read(body: str) -> str:
        return re.sub("<[^>]*>", "", body)

    with patterns_used(CANARY) as (_, over_text):
        assert read(f"<p>{CANARY}</p>") == CANARY

    assert len(over_text) == 1
    assert over_text[0].endswith("sub of '<[^>]*>'")
