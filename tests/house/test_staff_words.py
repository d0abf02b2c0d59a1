"""Staff read every status in their own words: none speaks to the other side, wherever the admin shows it."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten, flatten_fieldsets, label_for_field
from django.db import models
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed, StatusChange, move, staff_words, status_words
from careers.admin.jobs import StageFilter
from careers.models import Job
from careers.states import JobStatus
from membership.models import Application
from membership.states import ApplicationStatus
from tests.careers.factories import make_job
from tests.factories import staff_client
from tests.membership.factories import make_application

pytestmark = pytest.mark.django_db

ADDRESSED = re.compile(r"\b(you|your|yours)\b", re.IGNORECASE)
LIVING = [model for model in apps.get_models() if hasattr(model, "LIFECYCLE")]
THEIRS = {Job: ("Back to you", "Waiting for a posting"), Application: ("Waiting for your answer", "Being read")}


@pytest.mark.parametrize("model", LIVING, ids=lambda model: model._meta.label)
def test_no_word_of_a_lifecycle_speaks_to_the_other_side(model):
    words = staff_words(model)

    assert set(words) == set(status_words(model)) == set(model.LIFECYCLE)
    assert [word for word in words.values() if ADDRESSED.search(word)] == []
    assert len(set(words.values())) == len(words)


def test_no_other_choice_of_the_admin_speaks_to_the_other_side():
    """What a list or form shows of a field with choices, its label says as it is."""
    labels = {
        f"{model._meta.label}.{field.name}": str(label)
        for model in admin.site._registry
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and not (field.name == "status" and hasattr(model, "LIFECYCLE"))
        for _, label in field.flatchoices
        if ADDRESSED.search(str(label))
    }
    assert labels == {}
    assert [words for _, words in StageFilter.lookups(None, None, None) if ADDRESSED.search(words)] == []


def labels(owner, names):
    """What stands at the head of these columns and before these fields."""
    declared = getattr(owner.form, "declared_fields", {})
    return {
        f"{owner.model._meta.label}.{name}": str(
            declared[name].label if name in declared else label_for_field(name, owner.model, owner)
        )
        for name in names
        if name != "action_checkbox"
    }


def test_no_head_and_no_label_calls_people_users(rf):
    """Where this site says who: a library's own tables have the same columns here."""
    request = rf.get("/")
    request.user = User(pk=1, is_superuser=True)
    found = {}
    for owner in admin.site._registry.values():
        asked = flatten_fieldsets(owner.fieldsets or [(None, {"fields": owner.fields or owner.readonly_fields})])
        found |= labels(owner, {*owner.get_list_display(request), *asked})
        for inline in owner.inlines:
            found |= labels(inline(owner.model, admin.site), flatten(inline.fields or ()))

    assert len(found) > 300
    assert {at: label for at, label in found.items() if re.search(r"\busers?\b", label, re.IGNORECASE)} == {}


def shown(row, client):
    """Everything that the admin says of a row: list with its filters, form with its history."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    pages = (reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[row.pk]))
    return " ".join(client.get(page).text for page in pages)


@pytest.mark.parametrize("status", [JobStatus.RETURNED, JobStatus.AWAITING_PAYMENT])
def test_a_position_is_said_in_the_words_of_the_staff(status):
    job = make_job(status=status)
    job.status_changes.create(from_status="in_review", to_status=status)
    text = shown(job, staff_client("Careers staff"))

    assert text.count(staff_words(Job)[status]) >= 4  # list, filter, form, history
    assert [words for words in THEIRS[Job] if words in text] == []


@pytest.mark.parametrize("status", [ApplicationStatus.INFO_ASKED, ApplicationStatus.SUBMITTED])
def test_an_application_is_said_in_the_words_of_the_staff(status):
    application = make_application(status=status)
    application.status_changes.create(from_status="submitted", to_status=status)
    text = shown(application, staff_client("Membership staff"))

    assert text.count(staff_words(Application)[status]) >= 4
    assert [words for words in THEIRS[Application] if words in text] == []


def test_a_filter_that_counts_its_rows_says_the_same_words():
    make_application(status=ApplicationStatus.INFO_ASKED)
    text = staff_client("Membership staff").get("/admin/membership/application/?_facets=True").text
    assert f"{staff_words(Application)[ApplicationStatus.INFO_ASKED]} (1)" in text
    assert [words for words in THEIRS[Application] if words in text] == []


def test_a_decision_says_where_it_led_in_the_words_of_the_staff():
    job = make_job(status=JobStatus.IN_REVIEW)
    decide = reverse("admin:careers_job_decide", args=[job.pk, "return"])

    done = staff_client("Careers staff").post(decide, {"reason": "Which pay is it?"}, follow=True)

    assert [str(message) for message in done.context["messages"]] == [f"{job}: now “Sent back to the employer”."]


def test_what_is_refused_is_told_to_each_side_in_its_words():
    job = make_job(status=JobStatus.RETURNED)

    for by, words in ((staff_client().user, "Sent back to the employer"), (None, "Back to you")):
        with pytest.raises(NotAllowed, match=f"is now “{words}”"):
            move(job, JobStatus.APPROVED, by=by)


def test_every_history_has_both():
    for model in StatusChange.__subclasses__():
        subject = model._meta.get_field("subject").related_model
        change = model(to_status=next(iter(subject.LIFECYCLE)))
        assert (change.label, change.staff_label) == (
            status_words(subject)[change.to_status],
            staff_words(subject)[change.to_status],
        )
