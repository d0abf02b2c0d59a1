"""Statuses, dates and names have one form in all lists of the staff."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.formats import date_format

from aapm_site.core.admin.named import NamedColumn, target_of
from aapm_site.core.admin.states import State
from tests.factories import staff_client
from tests.house import observe, world
from tests.house.test_admin_opens import ONLY_ONE

LISTS = sorted(model._meta.label_lower for model in admin.site._registry if model._meta.label_lower not in {*ONLY_ONE})
CELL = re.compile(r'<t[dh] class="field-(?P<name>\w+)[^"]*">(?P<said>.*?)</t[dh]>', re.DOTALL)
# Columns that say how a row stands, in whatever words its table has for it.
STATES = re.compile(r"^(staff_status|status|state|state_word|standing|stands|outcome|word|said|waits_for|link_state)$")
# A sentence on what a message did; one of the fifty.
NOT_A_STATE = {("billing.providerevent", "outcome"), ("accounts.place", "state")}
DAY = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4}"
ONE_DAY = re.compile(rf"{DAY}(, \d{{1,2}}:\d\d [ap]\.m\.)?")
# Days as other places write them: with a stop behind the month, in numbers, with the whole month.
OTHER_DAY = re.compile(
    r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(January|February|March|April|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)


@pytest.fixture
def client(here) -> Client:
    return here.client(world.ADMINISTRATOR)


def owner(label: str) -> admin.ModelAdmin:
    return admin.site._registry[apps.get_model(label)]


def address(label: str) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_changelist")


@pytest.fixture(scope="module")
def read() -> dict[str, list[tuple[str, str]]]:
    return {}


@pytest.fixture
def cells(request, read) -> Callable[[str], list[tuple[str, str]]]:
    """What a list says in which column; each list is asked for once a file."""

    def of(label: str) -> list[tuple[str, str]]:
        if label not in read:
            page = observe.ask(request.getfixturevalue("client"), "GET", address(label)).content.decode()
            read[label] = [(found["name"], found["said"].strip()) for found in CELL.finditer(page)]
        return read[label]

    return of


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def moments(label: str) -> set[str]:
    fields = apps.get_model(label)._meta.concrete_fields
    return {field.name for field in fields if isinstance(field, models.DateField)}


@pytest.mark.parametrize("label", LISTS)
def test_dates_have_one_form(cells, label):
    known = moments(label)
    found = cells(label)
    assert [(name, text(said)) for name, said in found if OTHER_DAY.search(text(said))] == []
    dates = [(name, text(said)) for name, said in found if name in known and text(said) not in {"", "-"}]
    assert [pair for pair in dates if not ONE_DAY.fullmatch(pair[1])] == []


@pytest.mark.parametrize("label", LISTS)
def test_how_a_row_stands_is_a_mark(cells, label):
    found = [pair for pair in cells(label) if STATES.match(pair[0]) and (label, pair[0]) not in NOT_A_STATE]
    assert [pair for pair in found if text(pair[1]) not in {"", "-"} and 'class="status' not in pair[1]] == []


def columns(label: str) -> Iterator[tuple[str, str]]:
    """The columns that name somebody, with the way to whom: references, and what the admin declares."""
    page = owner(label)
    for column in page.list_display:
        path = page.names_in_lists.get(column, column) if isinstance(column, str) else ""
        named = admin.site._registry.get(target_of(page.model, path)) if path else None
        if named is not None and named.is_named_in_lists:
            yield column, path


@pytest.mark.parametrize("label", [label for label in LISTS if [*columns(label)]])
def test_names_are_one_link(cells, label):
    own = {owner(label).list_display[0], *(owner(label).list_display_links or ())}
    shown = {path.rpartition("__")[2] for column, path in columns(label) if column not in own}
    found = [(name, said) for name, said in cells(label) if name in shown and text(said) not in {"", "-"}]
    assert [pair for pair in found if 'class="named"' not in pair[1]] == []


def test_a_name_leads_nowhere_for_who_may_not_look_there(db):
    ways = dict(columns("careers.creditentry"))
    assert set(ways) == {"employer", "by"}
    request = RequestFactory().get("/")
    for may, user in ((True, staff_client("Finance").user), (False, staff_client("Journal editor").user)):
        request.user = user
        shown = [one for one in owner("careers.creditentry").get_list_display(request) if isinstance(one, NamedColumn)]
        assert [one.is_linked for one in shown] == [may, may]


def test_the_columns_that_are_marked_or_named_are_many(db):
    request = RequestFactory().get("/")
    request.user = staff_client().user
    shown = [one for label in LISTS for one in owner(label).get_list_display(request)]
    assert sum(isinstance(one, NamedColumn) for one in shown) >= 30
    assert sum(isinstance(one, State) for one in shown) >= 9


def test_the_form_of_a_day_is_the_houses():
    assert date_format(date(2026, 11, 9)) == "Nov 9, 2026"
    assert date_format(datetime(2026, 11, 9, 15, 5), "DATETIME_FORMAT") == "Nov 9, 2026, 3:05 p.m."
