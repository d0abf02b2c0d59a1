"""Rows that belong to one row, brought up to date by one statement."""

import pytest
from django.db import DataError, IntegrityError, transaction

from aapm_site.accounts.models import Place
from aapm_site.core.row_sets import RowSet, write_row_sets
from careers.models import Job, JobLocation, JobQuestion, JobStatement
from tests.careers.factories import make_job, make_user

pytestmark = pytest.mark.django_db


def asked(*texts: str, **more) -> RowSet:
    rows = [JobQuestion(order=order, text=text, kind="short", **more) for order, text in enumerate(texts)]
    return RowSet(JobQuestion, "job", rows, keys=("order",))


def texts(job: Job) -> list[str]:
    return [question.text for question in job.questions.all()]


def test_rows_keep_their_numbers_change_come_and_go(django_assert_num_queries):
    job, other = make_job(), make_job()
    for each in (job, other):
        write_row_sets(each, [asked("A?", "B?", "C?")])
    before = [question.pk for question in job.questions.all()]

    with django_assert_num_queries(1):
        write_row_sets(job, [asked("A?", "Z?", options=["1", "2"])])
    assert [(one.pk, one.text, one.options) for one in job.questions.all()] == [
        (before[0], "A?", ["1", "2"]), (before[1], "Z?", ["1", "2"]),
    ]  # fmt: skip
    with django_assert_num_queries(1):
        write_row_sets(job, [asked("A?", "Y?", "X?", "W?", "V?"), RowSet(JobLocation, "job", [], keys=("city",))])
    assert texts(job) == ["A?", "Y?", "X?", "W?", "V?"]
    assert not job.locations.exists()
    write_row_sets(job, [asked()])
    assert texts(job) == []
    assert texts(other) == ["A?", "B?", "C?"]
    assert other.locations.count() == 1


def test_what_is_the_same_is_not_written_and_null_is_a_key_like_another():
    job = make_job(places=())
    town = Place.objects.create(name="Bath", state_code="ME", latitude=44, longitude=-70)
    rows = [
        JobLocation(city="Bath", state_code="ME", place=None, order=0),
        JobLocation(city="Bath", state_code="ME", place=town, order=1),
    ]
    places = RowSet(JobLocation, "job", rows, keys=("city", "state_code", "place"))
    for _ in range(2):
        write_row_sets(job, [places])
    first = list(job.locations.values_list("pk", "place"))
    assert [place for _, place in first] == [None, town.pk]
    write_row_sets(job, [RowSet(JobLocation, "job", rows[::-1], keys=places.keys)])
    assert list(job.locations.values_list("pk", "place")) == first  # their order is what their rows say

    ada, ben = make_user(), make_user()
    for by, screens in ((ada, True), (ben, True)):
        stated = JobStatement(is_open_vacancy=True, software_screens=screens, by=by)
        write_row_sets(job, [RowSet(JobStatement, "job", [stated], watched=("is_open_vacancy", "software_screens"))])
    assert JobStatement.objects.get(job=job).by == ada


def test_what_a_table_refuses_is_refused_and_nothing_is_cut_to_its_length():
    job = make_job()
    for rows, error in ((asked("x" * 201), DataError), (asked(""), IntegrityError)):
        with pytest.raises(error), transaction.atomic():
            write_row_sets(job, [rows])
    assert texts(job) == []
