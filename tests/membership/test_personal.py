"""A person's data: all of it in the export, none of it after erasure, files included."""

import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder

from membership.domain import applications
from membership.models import Application, Group, GroupMember, Membership, Term, TermNotice
from membership.privacy import MEMBERSHIP

from .factories import day, make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = make_member((-10, 100), plan=make_plan(name="Physician"), state_code="ME")
    group = Group.objects.create(slug="cancer-pain", name="Cancer pain")
    GroupMember.objects.create(group=group, membership=user.membership)
    TermNotice.objects.create(term=Term.objects.get(), step="before")
    application = make_application(user=user, remarks="CANARY-remarks")
    paper = SimpleUploadedFile("cv.pdf", b"%PDF-")
    applications.add_paper(application, paper)
    applications.decline_application(application, by=None, reason="CANARY-reason")
    return user


def test_the_export_holds_the_membership_and_the_applications(person):
    data = json.loads(json.dumps(MEMBERSHIP.export(person), cls=DjangoJSONEncoder))

    assert data["membership"]["state"] == "Maine"
    assert data["membership"]["terms"] == [
        {
            "category": "Physician",
            "from": day(-10).isoformat(),
            "to": day(100).isoformat(),
            "days_of_grace": 60,
            "how_it_came": "Given by the office",
            "why_it_was_given": "",
            "was_to_end": None,
            "taken_back": None,
            "why_it_was_taken_back": "",
        }  # fmt: skip
    ]
    assert data["membership"]["groups"][0]["group"] == "Cancer pain"
    (application,) = data["applications"]
    assert (application["remarks"], application["papers"]) == ("CANARY-remarks", ["cv.pdf"])
    assert application["history"][0]["reason"] == "CANARY-reason"


def test_a_person_without_a_membership_exports_nothing():
    said = MEMBERSHIP.export(make_user())
    assert said.pop("membership") is None
    assert said.pop("directory")["entry"] is None
    assert set(said) == {
        "applications",
        "application_that_is_begun",
        "saved_articles",
        "seats_from_institutions",
        "institutions_looked_after",
        "looks_as_you",
        "letters_written_to_groups",
        "lines_of_imported_lists",
    }
    assert not any(said.values())


def test_erasure_leaves_no_row_no_history_and_no_file(person, django_capture_on_commit_callbacks):
    file = Application.objects.get().papers.get().file
    other = make_member((-10, 100))

    with django_capture_on_commit_callbacks(execute=True):
        MEMBERSHIP.erase(person)
    person.delete()

    assert not file.storage.exists(file.name)
    assert [row.user for row in Membership.objects.all()] == [other]
    assert not Application.objects.exists()
    for label in MEMBERSHIP.models:
        model = apps.get_model(label)
        left = model.objects.exclude(pk__in=_of(model, other))
        assert not left.exists(), label


def _of(model, other):
    """The rows that belong to the other member."""
    if model.__name__ in {"Membership", "Term"}:
        return model.objects.filter(**{"user" if model is Membership else "membership__user": other}).values("pk")
    if model.__name__ in {"MembershipEvent", "TermEvent"}:
        key = "pgh_obj_id" if model.__name__ == "MembershipEvent" else "membership_id"
        return model.objects.filter(**{key: other.membership.pk}).values("pk")
    return []


def test_every_table_that_points_at_a_person_is_named():
    named = set(MEMBERSHIP.models)
    pointing = {
        model._meta.label
        for model in apps.get_app_config("membership").get_models()
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one
        if field.concrete
        and field.related_model._meta.label
        in {"accounts.User", "membership.Membership", "membership.Term", "membership.Application"}
    }

    # Which editor imported an article or tied a notice, and who of the staff wrote, exported or saved what: SET_NULL.
    by_staff = {
        "ArticleRelation", "DeliveredText", "MemberExport", "MemberFilter", "MemberLetter", "MemberLetterChange",
    }  # fmt: skip
    assert pointing - {f"membership.{name}" for name in by_staff} <= named
