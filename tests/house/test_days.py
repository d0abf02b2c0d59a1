"""A day of another age is refused, with one sentence, by each form that asks for a day or a moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import resolve

from aapm_site.core.days import OF_DAYS, check_day
from tests import factories
from tests.house.forms import as_its_base_makes_it, site_forms, staff_forms

SENTENCE = "That is not a day we can use: choose one between January 1, 1900, and December 31, 2199."
BY_STAFF = {
    "billing.Coupon.ends_on",
    "billing.Coupon.starts_on",
    "careers.FellowshipRound.closes_on",
    "careers.FellowshipRound.opens_on",
    "content.Event.ends_on",
    "content.Event.starts_on",
    "content.Meeting.ends_on",
    "content.Meeting.registration_until",
    "content.Meeting.starts_on",
    "content.Officer.ends_on",
    "content.Officer.starts_on",
    "content.Page.ends_on",
    "content.Page.published_at",
    "content.Page.reviewed_on",
    "content.Page.starts_on",
    "content.Page.unpublish_at",
    "content.Resource.last_checked_on",
    "membership.Article.accepted_on",
    "membership.Article.chosen_from",
    "membership.Article.chosen_until",
    "membership.Article.free_from",
    "membership.Article.published_on",
    "membership.Article.received_on",
    "membership.GroupMember.joined_on",
    "membership.Issue.published_on",
    "membership.MemberFilter.joined_from",
    "membership.MemberFilter.joined_to",
    "membership.Membership.joined_on",
    "membership.Membership.training_ends_on",
    "membership.Term.ends_on",
    "membership.Term.starts_on",
}
ELSEWHERE = {
    "WhatIfForm.on",
    "ApplicationForm.training_ends_on",
    "BackForm.refunded_on",
    "DeathForm.died_on",
    "EndSeatsForm.seats_end_on",
    "EndTermForm.last_day",
    "FellowshipOfferForm.begins_on",
    "ByHandForm.refunded_on",
    "ClubForm.meets_on",
    "ComesForm.day",
    "CounterForm.first",
    "CounterForm.last",
    "IssueDayForm.day",
    "ReportMonthsForm.first",
    "ReportMonthsForm.last",
    "JobForm.closes_on",
    "JobForm.wished_start_on",
    "MomentForm.day",
    "ScheduleForm.day",
    "JobTermsForm.start_by_on",
    "PauseForm.starts_on",
    "PaymentForm.received_on",
    "PeriodForm.first",
    "PeriodForm.last",
    "RecordPauseForm.starts_on",
    "ReportDayForm.on",
    "ReportPeriodForm.first",
    "ReportPeriodForm.last",
    "AccessForm.until",
    "ProfileFilterForm.by",
    "SeekerProfileForm.available_on",
    "TakeBackForm.refunded_on",
    "TrainingForm.training_ends_on",
    "SampleForm.opens_on",
    "WhyForm.on",
}


def typed(field: forms.Field, day: str, hour: str = "23:59:59") -> object:
    """The day as a browser sends it to this field."""
    if isinstance(field, forms.SplitDateTimeField):
        return [day, hour]
    return f"{day} {hour}" if isinstance(field, forms.DateTimeField) else day


def refusals(field: forms.Field, day: str) -> list[str]:
    try:
        field.clean(typed(field, day))
    except ValidationError as refused:
        return refused.messages
    return []


def days_of(name: str, form: forms.BaseForm | type[forms.BaseForm]) -> Iterator[tuple[str, forms.Field]]:
    fields = getattr(form, "base_fields", {}) if isinstance(form, type) else form.fields
    return ((f"{name}.{at}", field) for at, field in fields.items() if isinstance(field, OF_DAYS))


def staff_fields(request) -> dict[str, forms.Field]:
    return {
        f"{name}@{place}": field for place, label, form in staff_forms(request) for name, field in days_of(label, form)
    }


def wrong(fields: dict[str, forms.Field]) -> dict[str, list[list[str]]]:
    """What each field says of days outside and inside, where it is anything else than it should be."""
    outside = ("9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01")
    inside = ("1900-01-01", "2018-12-14", "2199-12-31")
    said = {name: [refusals(field, day) for day in (*outside, *inside)] for name, field in fields.items()}
    return {name: words for name, words in said.items() if words != [[SENTENCE]] * 4 + [[]] * 3}


@pytest.mark.django_db
def test_staff_are_refused_a_day_of_another_age(rf):
    request = rf.get("/admin/")
    request.user, request.resolver_match = factories.staff_user(), resolve("/admin/")
    fields = staff_fields(request)

    assert wrong(fields) == {}
    assert {name.partition("@")[0] for name in fields} == BY_STAFF


def test_every_other_form_refuses_it_too():
    fields = {
        name: field
        for form in site_forms()
        if any(days_of("", form))
        for name, field in days_of(form.__name__, as_its_base_makes_it(form))
    }

    assert wrong(fields) == {}
    assert set(fields) == ELSEWHERE


def test_a_field_without_the_rule_is_noticed():
    bare = {"day": forms.DateField(), "moment": forms.SplitDateTimeField()}

    assert set(wrong(bare)) == {"day", "moment"}


@pytest.mark.parametrize(
    "moment", [date(2026, 11, 28), datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59, tzinfo=UTC)]
)
def test_a_believed_day_passes(moment):
    check_day(moment)
