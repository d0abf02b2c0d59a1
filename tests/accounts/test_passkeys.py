"""What a browser sends of a passkey, whole or not: a wrong answer, and never an error."""

import json

import pytest

from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

WHOLE = {
    "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"},
}  # fmt: skip
ODD = [
    "{", "null", "7", '"x"', "[]", "[7]", "{}", '{"id": null}', '{"id": 7, "rawId": []}', "[" * 5_000, '{"a":' * 5_000,
    json.dumps(WHOLE), json.dumps({**WHOLE, "response": None}), json.dumps({**WHOLE, "response": [7]}),
    json.dumps({**WHOLE, "rawId": "ä"}), json.dumps({**WHOLE, "response": {**WHOLE["response"], "userHandle": "_w"}}),
    json.dumps({**WHOLE, "response": {**WHOLE["response"], "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _without_limits(settings):
    settings.MFA_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS = {}


@pytest.mark.parametrize("credential", ODD)
def test_nobody_signs_in_with_what_is_no_passkey(client, credential):
    user()
    client.get("/accounts/2fa/webauthn/login/", headers={"x-requested-with": "XMLHttpRequest"})
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert answer.status_code in (200, 302)
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("credential", ODD)
@pytest.mark.parametrize("address", ["/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/reauthenticate/"])
def test_what_is_no_passkey_is_not_taken(client, credential, address):
    person = user()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.get("/accounts/2fa/webauthn/add/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get(address)
    answer = client.post(address, {"credential": credential, "name": "Phone"})
    assert answer.status_code in (200, 302)
    assert not person.authenticator_set.exists()
