"""Nothing that somebody typed is lost because their session ended before they sent it."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from aapm_site.core.ids import LENGTH
from tests.careers.factories import make_employer
from tests.factories import staff_user
from tests.membership.factories import make_plan

pytestmark = pytest.mark.django_db
WORD = "Lakeside"
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
    assert WORD in client.post(at, {"city": WORD}).text
    assert client.post(at, {"csrfmiddlewaretoken": "x", "agreed": "on"}).status_code == 302


def test_the_way_back_leads_to_the_page_where_the_form_stood(client):
    sent_to = reverse("membership:application-answer", args=["a" * LENGTH])

    def way(came_from: str) -> str:
        answer = client.post(sent_to, {"answer": WORD}, headers={"referer": came_from})
        assert f'href="/accounts/login/?{urlencode({"next": answer.context["form_page"]})}"' in answer.text
        return answer.context["form_page"]

    assert way("http://testserver/membership/page/?of=mine") == "/membership/page/?of=mine"
    assert way("http://testserver//evil.example/") == "/evil.example/"
    assert way("https://evil.example/page/") == way("http://[") == way("") == sent_to


def test_what_is_shown_has_the_labels_that_people_saw_and_no_markup(client):
    sent = {
        "title": "A title", "body": "<h2>Two</h2><p>A <em>b</em> &amp; c</p><ul><li>d</li><li>e</li></ul>",
        "published_at_0": "2026-11-28", "published_at_1": "9:00", "parent": "7", "initial-published_at_0": "2026-01-01",
        "related_links-TOTAL_FORMS": "1", "related_links-0-id": "3", "events-0-city": "Chicago", "members_only": "on",
    }  # fmt: skip

    assert client.post("/admin/content/page/add/", sent).context["typed"] == [
        ("Title", "A title"),
        ("Text", "Two\n\nA b & c\n\nd\ne"),
        ("Date of publication, day", "2026-11-28"),
        ("Date of publication, time", "9:00"),
        ("City (row 1)", "Chicago"),
    ]


def test_staff_who_have_not_shown_their_second_step_lose_no_word_either(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = staff_user()
    RecoveryCodes.activate(person)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client.force_login(person)

    answer = client.post("/admin/content/topic/add/", {"name": WORD}, headers={"referer": "http://testserver/admin/"})

    assert (answer.status_code, answer.context["typed"]) == (403, [("Name", WORD)])
    assert 'href="/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"' in answer.text
    assert client.post("/admin/content/topic/add/", {}).status_code == 302


def test_what_leads_elsewhere_and_what_signed_in_people_send_goes_its_way(client):
    """Only a way to sign in is answered with the words: an address that does not take them says so itself."""
    answer = Client().post("/accounts/login/", {"login": "nobody@example.org", "password": "a long secret of mine"})
    assert "Sign in again" not in answer.text
