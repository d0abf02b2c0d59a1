"""Nothing that somebody typed is lost because their session ended before they sent it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.careers.factories import make_employer
from tests.membership.factories import make_plan

pytestmark = pytest.mark.django_db
WORDS = "Twelve lines about what the position asks for."


@pytest.mark.parametrize(
    "address", ["/account/profile/", "/membership/join/physician/", "careers:employer-team", "careers:job-new"]
)
def test_a_form_without_a_session_shows_what_was_typed(client, address):
    make_plan(slug="physician")
    at = address if address.startswith("/") else reverse(address, args=[make_employer().public_id])

    answer = client.post(at, {"body": WORDS, "password": "a long secret of mine", "csrfmiddlewaretoken": "x y" * 20})

    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")
    assert answer.context["typed"] == [("Body", WORDS)]
    assert WORDS in answer.text
    assert f'href="/accounts/login/?next={at.replace("/", "%2F")}"' in answer.text
    assert client.post(at, {"body": "short"}).status_code == 302


def test_what_leads_elsewhere_and_what_signed_in_people_send_goes_its_way(client):
    """Only a way to sign in is answered with the words: an address that does not take them says so itself."""
    answer = Client().post("/accounts/login/", {"login": "nobody@example.org", "password": "a long secret of mine"})
    assert "Sign in again" not in answer.text
