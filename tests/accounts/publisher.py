"""A service of somebody else, as the journal's publisher has one: what its program says and checks."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from django.test import Client

from aapm_site.accounts.domain import services
from aapm_site.accounts.models import Service

BACK = "https://publisher.example/back?from=academy"


def make_service(**fields: Any) -> Service:
    fields = {"name": "The publisher", "purpose": "Where you read the Journal.", "redirect_uris": BACK} | fields
    fields.setdefault("scopes", "openid\nprofile\nemail\nmembership")
    return Service.objects.create(**fields)


def _short(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@dataclass
class Publisher:
    """One sign-in of one person: the state, the nonce and the proof are made for it."""

    service: Service
    secret: str = ""
    scope: str = "openid membership"
    state: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @classmethod
    def new(cls, **fields: Any) -> "Publisher":
        service = make_service(**fields)
        return cls(service, services.make_secret(service))

    @property
    def question(self) -> dict[str, str]:
        return {
            "client_id": self.service.pk,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": self.scope,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": _short(hashlib.sha256(self.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }

    def way(self, **changes: Any) -> str:
        """The address to which it sends people; a change to None leaves something out."""
        question = self.question | changes
        return f"/connect/authorize/?{urlencode({k: v for k, v in question.items() if v is not None})}"

    def came_back(self, address: str) -> str:
        """The code of somebody who comes back to it, after the checks."""
        said = parse_qs(urlsplit(address).query)
        assert address.startswith(BACK)
        assert said["state"] == [self.state]
        return said["code"][0]

    def form(self, code: str, /, **changes: Any) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": self.verifier}
        form |= {"client_id": self.service.pk, "client_secret": self.secret} | changes
        return {name: value for name, value in form.items() if value is not None}

    def redeem(self, code: str, /, **changes: Any) -> tuple[int, dict[str, Any]]:
        answer = Client().post("/connect/token/", self.form(code, **changes))
        return answer.status_code, json.loads(answer.content)

    def read(self, id_token: str, keys: dict[str, Any], issuer: str) -> dict[str, Any]:
        """What the token says, by the keys that are published, as a publisher's library reads it."""
        kid = jwt.get_unverified_header(id_token)["kid"]
        key = next(jwt.PyJWK(key) for key in keys["keys"] if key["kid"] == kid)
        needed = {"require": ["exp", "iat", "iss", "aud", "sub", "nonce", "auth_time"]}
        claims = jwt.decode(
            id_token, key, algorithms=["RS256"], audience=self.service.pk, issuer=issuer, options=needed
        )
        assert claims["nonce"] == self.nonce
        return claims


def userinfo(token: str) -> tuple[int, dict[str, Any]]:
    answer = Client().get("/connect/userinfo/", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, json.loads(answer.content or "{}")


def leads_to(answer: Any) -> str:
    """Where the page or the redirect leads."""
    if answer.status_code == 302:
        return answer["Location"]
    return answer.context["address"]


def let_in(client: Client, publisher: Publisher) -> str:
    """The person agrees, and the code that the service gets."""
    return publisher.came_back(leads_to(client.post(publisher.way(), {"answer": "yes"})))


def tokens(client: Client, publisher: Publisher) -> dict[str, Any]:
    status, said = publisher.redeem(let_in(client, publisher))
    assert status == 200, said
    return said
