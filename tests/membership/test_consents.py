"""What applicants agree to: rows in versions; the one that somebody agreed to is kept, and shown to both sides."""

import pytest
from django.urls import reverse

from membership.domain.consents import say_consent
from membership.models import Application, ConsentText, ConsentVersion
from tests import factories
from tests.racing import at_once

from .factories import make_plan
from .test_join import filled

pytestmark = pytest.mark.django_db
OLD = "What I have written is true, and my license, if I need one, is not restricted."
NEW = "What I have written is true, and I keep to the code of conduct."


def declaration() -> ConsentText:
    return ConsentText.objects.get(slug="declaration")


def send(plan, **data):
    browser = factories.client_of(factories.user())
    return browser, browser.post(f"/membership/join/{plan.slug}/", filled(**data), follow=True)


def test_the_version_that_was_agreed_to_is_kept_and_shown_whatever_the_text_says_later(desk):
    browser, page = send(make_plan())
    assert OLD in page.text
    say_consent(declaration(), NEW)

    application = Application.objects.get()
    kept = application.consents.get().version
    assert (kept.number, kept.text) == (1, OLD)
    shown = browser.get(application.get_absolute_url()).text
    assert OLD in shown
    assert NEW not in shown
    assert f"{OLD}" in desk.get(f"/admin/membership/application/desk/{application.pk}/").text


def test_whoever_has_seen_another_version_agrees_anew():
    plan = make_plan()
    say_consent(declaration(), NEW)

    _, page = send(plan, agree_declaration_1="on")

    assert page.status_code == 422
    assert NEW in page.text
    assert "Please confirm this; without it" in page.text
    assert not Application.objects.exists()
    send(plan, agree_declaration_2="on")
    assert Application.objects.get().consents.get().version.number == 2


def test_a_further_text_is_asked_until_it_is_switched_off():
    further = ConsentText.objects.create(slug="conduct", name="Conduct", order=20)
    say_consent(further, "I keep to the code of conduct.")
    plan = make_plan()
    assert send(plan)[1].status_code == 422
    send(plan, agree_conduct_1="on")
    assert [str(one) for one in Application.objects.get().consents.all()] == [
        "Declaration, version 1", "Conduct, version 1",
    ]  # fmt: skip
    further.is_on = False
    further.save()
    assert send(plan)[1].status_code == 200


def test_staff_change_the_words_and_each_change_is_a_version(desk):
    address = reverse("admin:membership_consenttext_change", args=[declaration().pk])
    data = {
        "name": "Declaration", "slug": "declaration", "order": "10", "is_on": "on",
        "versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert OLD in desk.get(address).text
    for text in (OLD, NEW, NEW):
        assert desk.post(address, {**data, "text": text}).status_code == 302
    assert desk.post(address, {**data, "text": " "}).status_code == 200
    assert list(declaration().versions.values_list("number", "text")) == [(2, NEW), (1, OLD)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_words_at_once_each_makes_a_version():
    text = declaration()
    at_once(*[lambda words=words: say_consent(text, words) for words in ("One.", "Two.")])
    assert sorted(ConsentVersion.objects.values_list("number", flat=True)) == [1, 2, 3]
