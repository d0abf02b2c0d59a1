"""Forms for anybody: a person is never refused as spam, and what looks like spam says why."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.test import RequestFactory

from aapm_site.core.forms import LongTextField, OneLineField, PublicForm, client_ip
from aapm_site.core.http.public_forms import public_form, same_origin

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Letter(PublicForm):
    name = OneLineField(max_length=50)
    text = LongTextField(max_length=500)


def sent(after=timedelta(seconds=20), shown=None, **values):
    """The form as a browser sends it some time after it was shown."""
    with time_machine.travel(NOON, tick=False):
        stamp = Letter().initial["shown_at"] if shown is None else shown
    with time_machine.travel(NOON + after, tick=False):
        form = Letter({"name": "Ann", "text": "How do I find a specialist?", "shown_at": stamp, **values})
        assert form.is_valid(), form.errors
        return form.spam_reason


def test_a_persons_letter_is_not_spam():
    assert sent() == ""


def test_a_letter_left_open_for_days_is_still_a_persons():
    assert sent(after=timedelta(days=3)) == ""


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"website": "https://spam.example"}, "The hidden field was filled in."),
        ({"after": timedelta(seconds=1)}, "The form was sent within 3 seconds."),
        ({"shown": "forged"}, "The form was sent without having been shown."),
        ({"shown": ""}, "The form was sent without having been shown."),
        ({"text": "http://a.example http://b.example www.c.example"}, "It holds 3 links."),
    ],
)
def test_what_looks_like_spam_says_why(how, reason):
    assert sent(**how) == reason


def test_two_links_are_a_persons():
    assert sent(text="See https://a.example and https://b.example") == ""


@pytest.mark.parametrize("line", ["Ann\r\nBcc: x@y.example", "Ann\nx", "Ann\rx"])
def test_a_line_break_in_a_name_is_refused(line):
    form = Letter({"name": line, "text": "x"})

    assert form.errors["name"] == ["Please write this on one line."]


def test_control_and_direction_marks_are_taken_out():
    form = Letter({"name": "A\u202enn\x07", "text": "One\nTwo\x0b\u2066"})

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ann"
    assert form.cleaned_data["text"] == "One\nTwo"


def test_the_trap_is_not_among_the_fields_that_people_see():
    form = Letter()

    assert [field.name for field in form.visible_fields()] == ["name", "text"]
    assert isinstance(form.trap_field, forms.BoundField)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, True),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, False),
        ({"HTTP_SEC_FETCH_SITE": "none"}, False),
        ({"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "http://testserver"}, False),
        ({"HTTP_ORIGIN": "http://testserver"}, True),
        ({"HTTP_ORIGIN": "http://localhost:8000"}, True),
        ({"HTTP_ORIGIN": "https://testserver"}, False),
        ({"HTTP_ORIGIN": "http://evil.example"}, False),
        ({"HTTP_ORIGIN": "null"}, False),
        ({}, False),
    ],
)
def test_only_a_form_of_this_site_is_believed(headers, expected):
    assert same_origin(RequestFactory().post("/ask/", **headers)) is expected


@pytest.mark.parametrize(("method", "expected"), [("get", True), ("post", False)])
def test_a_public_form_tells_its_view_where_the_request_is_from(method, expected):
    seen = []
    view = public_form(lambda request: seen.append(request.from_here) or _Answer())

    view(getattr(RequestFactory(), method)("/ask/"))

    assert seen == [expected]
    assert view.csrf_exempt is True


class _Answer(dict):
    """Enough of a response for the decorators: headers can be set on it."""

    headers: dict = {}

    def has_header(self, name):
        return name in self


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9", "203.0.113.5"),
        (2, "198.51.100.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_that_the_trusted_proxies_have_seen(settings, proxies, forwarded, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", HTTP_X_FORWARDED_FOR=forwarded)

    assert client_ip(request) == seen
