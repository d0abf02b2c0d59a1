"""What explains treatment is public only with the name of the clinician who has checked it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.transitions import NotAllowed
from content.domain import pages
from content.models import Contributor, Page
from content.presenters.checklist import checklist
from tests.content.makers import page
from tests.content.test_admin import fields
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return page("nerve-blocks", status="draft", clinical=True, for_patients=True)


@pytest.fixture
def ida():
    return Contributor.objects.create(name="Ida Berg", slug="ida-berg", credentials="MD")


def sign(draft: Page, by: Contributor) -> Page:
    draft.reviewer, draft.reviewed_on = by, date(2026, 11, 20)
    return pages.save_page(draft)


def test_it_is_not_published_before_it_is_signed(draft, ida, client):
    with pytest.raises(NotAllowed, match="only with the name of the clinician"):
        pages.publish_page(draft, by=None)
    Page.objects.filter(pk=draft.pk).update(published_at=timezone.now() + timedelta(days=2))
    with pytest.raises(NotAllowed, match="only with the name of the clinician"):
        pages.schedule_page(draft, by=None)
    assert client.get(draft.path).status_code == 404

    sign(Page.objects.get(), ida)
    pages.publish_page(draft, by=None)

    assert "Ida Berg" in client.get(draft.path).text


def test_an_office_is_no_clinician(draft):
    office = Contributor.objects.create(name="Education office", slug="education-office", is_person=False)
    sign(draft, office)

    with pytest.raises(NotAllowed, match="only with the name"):
        pages.publish_page(draft, by=None)


def test_while_it_is_public_the_name_stays(draft, ida):
    pages.publish_page(sign(draft, ida), by=None)
    public = Page.objects.get()
    public.reviewer = public.reviewed_on = None

    with pytest.raises(ValidationError, match="only with the name"):
        pages.save_page(public)
    with pytest.raises(IntegrityError, match="content_page_clinical_is_signed"), transaction.atomic():
        Page.objects.update(reviewer=None, reviewed_on=None)

    pages.withdraw_page(public, by=None)
    withdrawn = Page.objects.get()
    withdrawn.reviewer = withdrawn.reviewed_on = None
    pages.save_page(withdrawn)
    assert Page.objects.get().reviewer is None


def test_a_public_page_is_not_called_clinical_without_a_name():
    public = page("about")
    public.clinical = True

    with pytest.raises(ValidationError, match="only with the name"):
        pages.save_page(public)


def test_the_editors_form_says_it_beside_the_reviewer(draft, ida):
    pages.publish_page(sign(draft, ida), by=None)
    editor, typed = staff_client("Content editor"), {"slug": "nerve-blocks", "clinical": "on", "for_patients": "on"}
    published = {"published_at_0": "2026-11-01", "published_at_1": "09:00", "read_version": "2"}

    answer = editor.post(f"/admin/content/page/{draft.pk}/change/", fields(**typed, **published))

    assert "only with the name of the clinician" in " ".join(answer.context["adminform"].form.errors["reviewer"])
    assert Page.objects.get().reviewer == ida


def test_the_button_refuses_in_words_and_the_checklist_says_it_before(draft):
    editor = staff_client("Content editor")

    assert any("cannot be published before a clinician" in said for said in checklist(draft, timezone.now()).missing)
    answer = editor.post(f"/admin/content/page/{draft.pk}/decide/publish/", follow=True)

    assert "only with the name of the clinician" in answer.text
    assert Page.objects.get().status == "draft"


def test_other_pages_need_no_name(client):
    public = page("glossary-of-words", status="draft", for_patients=True)

    pages.publish_page(public, by=None)

    assert client.get(public.path).status_code == 200


# Conditions -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def condition():
    """Nobody has ticked that it explains treatment: a condition does."""
    return page("shingles", kind="condition", status="draft")


def test_a_condition_is_public_with_a_clinicians_name_only(condition, ida, client):
    with pytest.raises(NotAllowed, match="only with the name of the clinician"):
        pages.publish_page(condition, by=None)
    with pytest.raises(IntegrityError, match="content_page_clinical_is_signed"), transaction.atomic():
        Page.objects.update(status="published")

    pages.publish_page(sign(Page.objects.get(), ida), by=None)

    shown = client.get("/shingles/").text
    assert "Ida Berg" in shown
    assert '"about": {"@type": "MedicalCondition", "name": "Shingles"}' in shown
    assert '"lastReviewed": "2026-11-20"' in shown


def test_conditions_are_listed_once_they_are_signed(condition, ida, client):
    page("conditions", body="<p>{loadposition conditions}</p>")
    page("for-patients", body="<p>{loadposition conditions short=yes}</p>")
    empty, short = client.get("/conditions/").text, client.get("/for-patients/").text
    assert "wait for the clinicians who check them" in empty
    assert "/patient-resources/?topic=conditions" in short
    assert "Shingles" not in empty + short

    pages.publish_page(sign(condition, ida), by=None)

    full, short = client.get("/conditions/").text, client.get("/for-patients/").text
    assert '<a href="/shingles/">Shingles</a>' in full
    assert "About shingles." in full
    assert '<a href="/shingles/">Shingles</a>' in short
    assert "About shingles." not in short


def test_staff_see_what_waits_for_a_signature(condition, draft, ida):
    office = Contributor.objects.create(name="Education office", slug="education-office", is_person=False)
    page("other-draft", status="draft", for_patients=True)
    by_office = sign(page("medicines", status="draft", clinical=True), office)
    sign(page("signed", status="draft", clinical=True), ida)

    waiting = Page.objects.unsigned()

    assert set(waiting) == {condition, draft, by_office}
    editor = staff_client("Content editor")
    listed = editor.get("/admin/content/page/?needs=signature").context["cl"].queryset
    assert set(listed) == {condition, draft, by_office}
    assert "3 waiting" in " ".join(editor.get("/admin/").text.split())
