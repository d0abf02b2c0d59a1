"""Staff see what was mailed, why it did not arrive, and never a secret text."""

import pytest

from aapm_site.core.roles import ADMINISTRATOR, CAREERS_STAFF, CONTENT_EDITOR
from aapm_site.mail.domain.queue import queue_email
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.registry import kind_words
from aapm_site.mail.states import EmailState
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

SCRIPT = "<p>Shown</p><script>alert(1)</script>"


def address(email: OutgoingEmail, what: str = "change") -> str:
    return f"/admin/mail/outgoingemail/{email.pk}/{what}/"


def test_staff_read_the_reason_and_send_again(templates):
    templates("t/hello", "A letter", "The <b>text")
    email = queue_email("amara@example.org", "t/hello", {})
    OutgoingEmail.objects.update(state=EmailState.FAILED, error="The mail server answered 550 No such user")
    client = staff_client(CAREERS_STAFF)

    page = client.get(address(email)).content.decode()
    assert "550 No such user" in page
    assert "The &lt;b&gt;text" in page
    assert address(email, "resend") in page
    assert client.get(address(email, "resend")).status_code == 200
    email.refresh_from_db()
    assert email.state == EmailState.FAILED

    client.post(address(email, "resend"))

    email.refresh_from_db()
    assert email.state == EmailState.QUEUED


def test_staff_read_of_which_kind_a_letter_is_in_words(templates):
    templates("t/hello", "A letter", "The text")
    letters = [
        queue_email("amara@example.org", "t/hello", {}, kind=kind) for kind in ("careers.team_invitation", "links")
    ]
    client = staff_client()
    listed = client.get("/admin/mail/outgoingemail/").text
    assert listed.count('<td class="field-kind_of_letter">Positions and teams: team invitation</td>') == 1
    assert listed.count('<td class="field-kind_of_letter">Broken links</td>') == 1
    assert "careers.team_invitation" not in listed + client.get(address(letters[0])).text
    assert "Positions and teams: team invitation" in client.get(address(letters[0])).text
    assert kind_words("gone.room") == "gone.room"


def test_the_html_is_shown_in_a_sandbox(templates):
    templates("t/hello", html=SCRIPT)
    email = queue_email("amara@example.org", "t/hello", {})

    answer = staff_client().get(address(email, "html"))

    assert answer.content.decode() == SCRIPT
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_secret_text_is_nobodys(templates, settings):
    settings.DEMO = False
    templates("t/hello", "A code", "CANARY-TEXT", "<p>CANARY-HTML</p>")
    email = queue_email("amara@example.org", "t/hello", {}, secret=True)
    client = staff_client()

    page = client.get(address(email)).content.decode()

    assert "CANARY" not in page
    assert "A code" in page
    assert client.get(address(email, "html")).status_code == 404
    found = client.get("/admin/mail/outgoingemail/?q=CANARY-TEXT").content.decode()
    assert "There are no messages with the words “CANARY-TEXT”." in found


@pytest.mark.parametrize("what", ["change", "html", "resend"])
def test_other_staff_do_not_read_mail(templates, what):
    templates("t/hello", html="<p>x</p>")
    email = queue_email("amara@example.org", "t/hello", {})

    answer = staff_client(CONTENT_EDITOR).get(address(email, what))

    assert answer.status_code == 403


def test_a_message_cannot_be_changed_or_deleted(templates):
    templates("t/hello")
    email = queue_email("amara@example.org", "t/hello", {})
    client = staff_client()

    client.post(address(email), {"to": "other@example.org", "state": "sent"})

    assert client.post(address(email, "delete"), {"post": "yes"}).status_code == 403
    email.refresh_from_db()
    assert (email.to, email.state) == ("amara@example.org", EmailState.QUEUED)


def test_letters_with_a_link_to_pay_are_for_who_sees_orders(templates):
    templates("t/hello", "An invoice", "Pay at /pay/secret/", SCRIPT)
    email = queue_email("amara@example.org", "t/hello", {}, kind="billing.order_placed")
    other, chief = staff_client(CAREERS_STAFF), staff_client(ADMINISTRATOR)
    assert other.get(address(email)).status_code == 302
    assert "An invoice" not in other.get("/admin/mail/outgoingemail/").text
    assert other.get(address(email, "html")).status_code == 404
    assert "/pay/secret/" in chief.get(address(email)).text
    assert chief.get(address(email, "html")).status_code == 200


# A letter that did not arrive -----------------------------------------------------------------------------------------
def failed(**fields) -> OutgoingEmail:
    email = queue_email("amara@exmaple.org", "t/hello", {}, **fields)
    OutgoingEmail.objects.filter(pk=email.pk).update(state=EmailState.FAILED, error="No such host", attempts=8)
    return OutgoingEmail.objects.get(pk=email.pk)


def test_staff_correct_an_address_and_the_letter_goes_again(templates):
    templates("t/hello", "A letter", "The text")
    email = failed()
    client = staff_client(CAREERS_STAFF)
    assert address(email, "readdress") in client.get(address(email)).text
    page = client.get(address(email, "readdress"))
    assert "It could not be delivered to amara@exmaple.org: No such host" in page.text
    seen = page.context["form"].initial["seen"]

    refused = client.post(address(email, "readdress"), {"to": "Amara <a@example.org>", "seen": seen})
    assert (refused.status_code, OutgoingEmail.objects.get().state) == (422, EmailState.FAILED)
    client.post(address(email, "readdress"), {"to": "amara@example.org", "seen": seen})

    sent = OutgoingEmail.objects.get()
    assert (sent.to, sent.state, sent.attempts) == ("amara@example.org", EmailState.QUEUED, 0)
    assert "goes to amara@example.org now." in client.get(f"/admin/mail/outgoingemail/{email.pk}/history/").text
    late = client.post(address(email, "readdress"), {"to": "other@example.org", "seen": seen})
    assert (late.status_code, 'value="other@example.org"' in late.text) == (422, True)
    assert OutgoingEmail.objects.get().to == "amara@example.org"


@pytest.mark.parametrize("fields", [{"secret": True}, {"kind": "billing.paid"}])
def test_a_code_and_what_one_may_not_read_get_no_other_address(templates, fields):
    templates("t/hello", "A letter", "The text")
    email = failed(**fields)
    client = staff_client(CAREERS_STAFF)

    client.post(address(email, "readdress"), {"to": "mine@example.org"})

    assert (OutgoingEmail.objects.get().to, OutgoingEmail.objects.get().state) == (email.to, EmailState.FAILED)


def test_others_correct_no_address(templates):
    templates("t/hello")
    email = failed()
    answer = staff_client(CONTENT_EDITOR).post(address(email, "readdress"), {"to": "mine@example.org"})
    assert (answer.status_code, OutgoingEmail.objects.get().to) == (403, email.to)


def test_technical_fields_are_folded(templates):
    templates("t/hello")
    page = staff_client(CAREERS_STAFF).get(address(failed())).text
    shown, _, folded = page.partition("<summary>")
    assert "Message-ID" not in shown
    assert "Message-ID" in folded
