"""Positions: a name in a body becomes a block, and a slip shows nothing to a visitor."""

import pytest
from django.contrib.auth.models import AnonymousUser

from aapm_site.core import positions
from aapm_site.core.positions import Position
from aapm_site.core.registry import Registry


class Staff:
    acts_as_staff = True


@pytest.fixture
def request_of(rf, monkeypatch):
    registry = Registry()
    registry.register(Position("feed", "Feed", lambda request, limit=5: f"<ol>{limit}</ol>", {"limit": int}))
    monkeypatch.setattr(positions, "positions", registry)

    def make(user):
        request = rf.get("/")
        request.user = user
        return request

    return make


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>{loadposition feed}</p>", "<ol>5</ol>"),
        ("<p>Before</p><p> {loadposition feed limit=3} </p>", "<p>Before</p><ol>3</ol>"),
        ("<p>Text {loadposition feed} after</p>", "<p>Text <ol>5</ol> after</p>"),
        ("<p>{loadposition nothing}</p>", ""),
        ("<p>{loadposition feed limit=many}</p>", ""),
        ("<p>{loadposition feed colour=red}</p>", ""),
        ("<p>{loadposition}</p>", "<p>{loadposition}</p>"),
    ],
)
def test_what_a_visitor_sees(request_of, written, shown):
    assert positions.expand(written, request_of(AnonymousUser())) == shown


def test_staff_are_told_of_an_unknown_position(request_of):
    html = positions.expand("<p>{loadposition feeed}</p>", request_of(Staff()))

    assert "There is no position “feeed”." in html


def test_staff_are_told_of_a_wrong_argument(request_of):
    html = positions.expand("{loadposition feed limit=x}", request_of(Staff()))

    assert "“x” does not fit the argument “limit” of “feed”." in html


def test_excerpts_leave_positions_out():
    assert positions.without("<p>A</p><p>{loadposition feed limit=2}</p><p>B</p>") == "<p>A</p><p>B</p>"
