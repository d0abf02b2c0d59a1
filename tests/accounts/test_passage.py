"""Members are let in elsewhere: the whole way over real HTTP, and whatever could go wrong on it."""

import http.client
import json
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from aapm_site.accounts.domain import privacy, services
from aapm_site.accounts.domain.merging import merge_people
from aapm_site.accounts.domain.sessions import end_sessions
from aapm_site.accounts.models import Service, ServiceConsent
from aapm_site.core.runtime import signing_keys
from tests import factories, racing

from .publisher import BACK, Publisher, leads_to, let_in, make_service, tokens, userinfo

pytestmark = pytest.mark.django_db
MADE_UP = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def person():
    return factories.user("amara@example.org")


@pytest.fixture
def browser(person):
    client = factories.client_of(person)
    just_now(client, person)
    return client


def just_now(client: Client, person, seconds_ago: float = 0) -> None:
    session = client.session
    session["account_authentication_methods_user"] = str(person.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp() - seconds_ago, "email": person.email}
    ]
    session.save()


@pytest.fixture
def publisher():
    return Publisher.new()


# --- the whole way --------------------------------------------------------------------------------------------------
class Wire:
    """A browser and a program over real HTTP."""

    def __init__(self, url: str, cookies: dict[str, str]) -> None:
        self.host, self.cookies = urlsplit(url).netloc, cookies

    def ask(self, method: str, way: str, form=None, **headers: str):
        wire = http.client.HTTPConnection(self.host, timeout=30)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
        wire.request(method, way, body, sent)
        answer = wire.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        wire.close()
        return answer, text


@pytest.fixture
def live_site(settings, site_settings, transactional_db):
    server = LiveServer("localhost")
    settings.SITE_ORIGIN = server.url
    yield server
    server.stop()


@pytest.mark.django_db(transaction=True)
def test_a_publisher_lets_a_member_in_over_real_http(live_site):
    person = factories.user("amara@example.org")
    client, publisher = factories.client_of(person), Publisher.new()
    just_now(client, person)
    machine, browser = Wire(live_site.url, {}), Wire(live_site.url, {"session": client.cookies["session"].value})

    known = json.loads(machine.ask("GET", "/.well-known/openid-configuration")[1])
    paths = {name: urlsplit(value).path for name, value in known.items() if isinstance(value, str)}
    question = publisher.way().partition("?")[2]
    asked, page = browser.ask("GET", f"{paths['authorization_endpoint']}?{question}")
    assert (asked.status, "Agree and go on" in page) == (200, True)
    proof = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    agreed, page = browser.ask(
        "POST", f"{paths['authorization_endpoint']}?{question}", {"csrfmiddlewaretoken": proof, "answer": "yes"}
    )
    assert agreed.status == 200
    code = publisher.came_back(unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1]))
    given, text = machine.ask("POST", paths["token_endpoint"], publisher.form(code))
    assert (given.status, given.getheader("Cache-Control")) == (200, "no-store")
    said = json.loads(text)
    assert set(said) == {
        "access_token",
        "expires_in",
        "id_token",
        "scope",
        "token_type",
    }  # and nothing that lasts longer

    keys = json.loads(machine.ask("GET", paths["jwks_uri"])[1])
    claims = publisher.read(said["id_token"], keys, known["issuer"])
    assert claims["aapm_membership"]["active"] is False
    assert not {"email", "name"} & set(claims)  # nobody agreed to them
    bearer = {"Authorization": f"Bearer {said['access_token']}"}
    told = json.loads(machine.ask("GET", paths["userinfo_endpoint"], **bearer)[1])
    assert told == {"sub": claims["sub"], "aapm_membership": claims["aapm_membership"]}

    again, _ = browser.ask("GET", f"{paths['authorization_endpoint']}?{question}", **{"Sec-Fetch-Site": "cross-site"})
    assert again.status == 302  # asked once
    assert publisher.came_back(again.getheader("Location"))


def test_the_keys_are_public_halves_only(client):
    keys = json.loads(client.get("/.well-known/jwks.json").content)["keys"]
    assert [set(key) for key in keys] == [{"kty", "key_ops", "n", "e", "kid", "use", "alg"}]


def test_the_first_key_signs_and_a_former_one_is_still_published(browser, publisher, settings):
    former = settings.IDP_OIDC_PRIVATE_KEYS[0]
    settings.IDP_OIDC_PRIVATE_KEYS = [{"pem": signing_keys.new_key().decode()}, former]
    keys = json.loads(Client().get("/.well-known/jwks.json").content)
    first, second = keys["keys"]
    said = tokens(browser, publisher)
    assert publisher.read(said["id_token"], {"keys": [first]}, settings.SITE_ORIGIN)["sub"]
    with pytest.raises(StopIteration):
        publisher.read(said["id_token"], {"keys": [second]}, settings.SITE_ORIGIN)


def test_without_a_key_there_is_no_such_page(browser, publisher, settings):
    settings.OPENID_KEYS = []
    for way in ("/.well-known/openid-configuration", "/.well-known/jwks.json", publisher.way(), "/account/services/"):
        assert browser.get(way).status_code == 404
    assert "Services you let in" not in browser.get("/account/").content.decode()


# --- the person -----------------------------------------------------------------------------------------------------
def test_a_visitor_signs_in_first_and_comes_back_to_the_question(publisher):
    answer = Client().get(publisher.way())
    assert answer.status_code == 302
    target = urlsplit(answer["Location"])
    assert target.path == "/accounts/login/"
    assert parse_qs(target.query)["next"] == [publisher.way()]


def test_who_says_no_goes_back_with_that_and_nothing_is_kept(browser, publisher):
    address = leads_to(browser.post(publisher.way(), {"answer": "no"}))
    said = parse_qs(urlsplit(address).query)
    assert (said["error"], said["state"]) == (["access_denied"], [publisher.state])
    assert address.startswith(BACK)
    assert not ServiceConsent.objects.exists()


def test_a_press_without_our_form_agrees_to_nothing(person, publisher):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend="aapm_site.accounts.backends.AccountBackend")
    assert client.post(publisher.way(), {"answer": "yes"}).status_code == 403
    assert not ServiceConsent.objects.exists()


def test_more_than_was_agreed_to_is_asked_again(browser, publisher):
    let_in(browser, publisher)
    assert leads_to(browser.get(publisher.way()))
    wider = browser.get(publisher.way(scope="openid membership email"))
    assert "Your e-mail address" in wider.content.decode()
    assert "Agree and go on" in browser.get(publisher.way(prompt="consent")).content.decode()


def test_the_way_on_is_a_page_after_a_form_of_ours_and_a_redirect_from_elsewhere(browser, publisher):
    let_in(browser, publisher)
    assert browser.get(publisher.way(), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert browser.get(publisher.way(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 302


def test_two_services_know_a_person_by_two_names(browser, publisher):
    other = Publisher.new(name="Another")
    subs = set()
    for service in (publisher, other):
        subs.add(userinfo(tokens(browser, service)["access_token"])[1]["sub"])
    assert len(subs) == 2
    assert str(ServiceConsent.objects.first().person_id) not in subs


def test_who_agreed_may_read_it_on_my_account_and_take_it_back(browser, publisher, person):
    token = tokens(browser, publisher)["access_token"]
    page = browser.get("/account/services/").content.decode()
    assert [words in page for words in ("The publisher", "whether you read the Journal", "last on")] == [True] * 3
    consent = ServiceConsent.objects.get()
    subject = consent.subject

    assert factories.client_of(factories.user()).post(f"/account/services/{consent.pk}/end/").status_code == 404
    assert userinfo(token)[0] == 200
    browser.post(f"/account/services/{consent.pk}/end/")
    assert userinfo(token)[0] == 401
    assert not Token.objects.exists()
    assert browser.get("/account/services/").context["consents"] == []
    assert "Agree and go on" in browser.get(publisher.way()).content.decode()
    let_in(browser, publisher)
    assert ServiceConsent.objects.get().subject == subject  # the service knows them again


def test_a_code_of_a_consent_that_was_taken_back_is_worth_nothing(browser, publisher):
    code = let_in(browser, publisher)
    services.take_back(ServiceConsent.objects.get())
    assert publisher.redeem(code) == (400, {"error": "invalid_grant"})


# --- without a page -------------------------------------------------------------------------------------------------
def silent(client, publisher, **changes):
    answer = client.get(publisher.way(prompt="none", **changes))
    return parse_qs(urlsplit(answer["Location"]).query)


def test_silently_only_whom_it_knows(browser, publisher, person):
    assert silent(Client(), publisher)["error"] == ["login_required"]
    assert silent(browser, publisher)["error"] == ["consent_required"]
    tokens(browser, Publisher.new(name="Another"))  # what was agreed to for somebody else says nothing
    assert silent(browser, publisher)["error"] == ["consent_required"]
    let_in(browser, publisher)
    assert "code" in silent(browser, publisher)
    just_now(browser, person, 3_600)
    assert silent(browser, publisher, max_age="600")["error"] == ["login_required"]


@pytest.mark.parametrize("wish", [{"prompt": "login"}, {"max_age": "600"}, {"max_age": "0"}])
def test_who_wants_a_fresh_sign_in_gets_one(browser, publisher, person, wish):
    let_in(browser, publisher)
    just_now(browser, person, 3_600)
    answer = browser.get(publisher.way(**wish))
    assert urlsplit(answer["Location"]).path == "/accounts/reauthenticate/"
    assert not parse_qs(urlsplit(answer["Location"]).query).get("code")
    just_now(browser, person, 5)
    assert publisher.came_back(leads_to(browser.get(publisher.way(**wish))))


# --- attacks --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": MADE_UP}, {"client_id": None}, {"client_id": "a\x00b"}, {"client_id": "x" * 3_000},
        {"redirect_uri": None}, {"redirect_uri": "https://evil.example/back"}, {"redirect_uri": f"{BACK}&next=evil"},
        {"redirect_uri": "https://publisher.example/back"}, {"redirect_uri": f"{BACK}#x"},
        {"redirect_uri": "https://me@publisher.example/back?from=academy"}, {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "https://publisher.example:8443/back?from=academy"}, {"redirect_uri": BACK.upper()},
        {"state": "s" * 5_000}, {"state": "a\x00b"},
    ],
)  # fmt: skip
def test_nobody_is_sent_where_nobody_vouches_for(browser, publisher, changes):
    answer = browser.get(publisher.way(**changes))
    assert answer.status_code == 400
    assert "This way in does not work" in answer.content.decode()
    assert "refresh" not in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"), ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"), ({"code_challenge": "short"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"), ({"scope": "openid admin"}, "invalid_scope"),
        ({"response_type": "code id_token"}, "unauthorized_client"), ({"response_type": None}, "invalid_request"),
        ({"scope": "membership"}, "invalid_scope"), ({"scope": None}, "invalid_scope"),
        ({"prompt": "none login"}, "invalid_request"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_told_to_the_service(browser, publisher, changes, error):
    said = parse_qs(urlsplit(leads_to(browser.get(publisher.way(**changes)))).query)
    assert (said["error"], said["state"]) == ([error], [publisher.state])
    assert "code" not in said


@pytest.mark.parametrize(
    "noise", ["claims=[1]", "request=x", "response_mode=form_post", "response_mode=fragment", "id_token_hint=x.y.z"]
)
def test_what_we_do_not_know_breaks_nothing(browser, publisher, noise):
    assert browser.get(f"{publisher.way()}&{noise}").status_code == 200


def test_a_parameter_that_comes_twice_is_refused(browser, publisher):
    assert browser.get(f"{publisher.way()}&redirect_uri=https://evil.example/").status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_verifier": None}, "invalid_request"), ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"client_secret": "wrong"}, "invalid_client"), ({"client_secret": None}, "invalid_client"),
        ({"client_id": MADE_UP}, "invalid_client"), ({"client_id": "a\x00"}, "invalid_client"),
        ({"redirect_uri": "https://publisher.example/back"}, "invalid_request"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"code": "made-up"}, "invalid_grant"), ({"code": "madeup"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": "refresh_token"}, "unsupported_grant_type"),
    ],
)  # fmt: skip
def test_a_code_alone_is_worth_nothing(browser, publisher, changes, error):
    status, said = publisher.redeem(let_in(browser, publisher), **changes)
    assert status in {400, 401}
    assert said["error"] == error
    assert not Token.objects.exists()


def test_a_code_is_good_once_and_for_its_own_service(browser, publisher):
    other = Publisher.new(name="Another")
    code = let_in(browser, publisher)
    stolen = publisher.form(code, client_id=other.service.pk, client_secret=other.secret)
    assert Client().post("/connect/token/", stolen).status_code == 400
    assert publisher.redeem(code)[0] == 200
    assert publisher.redeem(code) == (400, {"error": "invalid_grant"})


@pytest.mark.django_db(transaction=True)
def test_a_code_that_two_send_at_once_is_good_for_one():
    publisher = Publisher.new()
    person = factories.user()
    code = let_in(factories.client_of(person), publisher)
    answers = racing.at_once(*[lambda: publisher.redeem(code)[0]] * 4)
    assert sorted(answers) == [200, 400, 400, 400]
    assert Token.objects.count() == 1


def test_an_app_that_keeps_no_secret_proves_itself_alone(browser):
    publisher = Publisher(make_service(type="public"))
    status, said = publisher.redeem(let_in(browser, publisher), client_secret=None)
    assert (status, userinfo(said["access_token"])[0]) == (200, 200)


def test_a_service_without_a_secret_gets_nothing(browser):
    publisher = Publisher(make_service(), secret="")
    assert publisher.redeem(let_in(browser, publisher), client_secret="x")[0] == 401


def test_a_token_in_an_address_is_not_read(browser, publisher):
    token = tokens(browser, publisher)["access_token"]
    assert Client().get(f"/connect/userinfo/?access_token={token}").status_code == 401
    assert userinfo("")[0] == userinfo("a\x00b")[0] == userinfo("ey.a.b")[0] == 401


def test_a_service_gives_back_its_own_tokens_only(browser, publisher):
    other = Publisher.new(name="Another")
    token = tokens(browser, publisher)["access_token"]
    for who, left in ((other, 1), (publisher, 0)):
        form = {"token": token, "client_id": who.service.pk, "client_secret": who.secret}
        assert Client().post("/connect/revoke/", form).status_code == 200
        assert Token.objects.count() == left


# --- what ends it ---------------------------------------------------------------------------------------------------
def _inactive(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("end", [_inactive, privacy.erase_person, end_sessions])
def test_tokens_end_with_the_account(browser, publisher, person, end):
    token = tokens(browser, publisher)["access_token"]
    code = let_in(browser, publisher)
    end(person)
    assert userinfo(token)[0] == 401
    assert publisher.redeem(code)[0] == (200 if end is end_sessions else 400)


def test_an_erased_person_leaves_nothing(browser, publisher, person):
    tokens(browser, publisher)
    assert privacy.export_person(person)["account"]["services_let_in"][0]["service__name"] == "The publisher"
    privacy.erase_person(person)
    assert (ServiceConsent.objects.count(), Token.objects.count()) == (0, 0)


def test_a_service_that_is_closed_learns_nothing_until_it_is_opened(browser, publisher):
    token, code = tokens(browser, publisher)["access_token"], let_in(browser, publisher)
    services.close_service(publisher.service)
    assert (userinfo(token)[0], publisher.redeem(code)[0]) == (401, 401)
    assert browser.get(publisher.way()).status_code == 400
    services.reopen_service(publisher.service)
    assert userinfo(token)[0] == 401
    assert leads_to(browser.get(publisher.way()))  # who agreed is not asked again


def test_a_new_secret_ends_the_old_one(browser, publisher):
    token = tokens(browser, publisher)["access_token"]
    new = services.make_secret(publisher.service)
    assert userinfo(token)[0] == 401
    code = let_in(browser, publisher)
    assert publisher.redeem(code)[0] == 401
    assert publisher.redeem(code, client_secret=new)[0] == 200


def test_two_persons_who_are_one_are_known_by_the_name_of_the_one_who_is_kept(publisher):
    kept, gone, other = factories.user(), factories.user(), Publisher.new(name="Another")
    for person, service in ((kept, publisher), (gone, publisher), (gone, other)):
        let_in(factories.client_of(person), service)
    first, dropped, moved = ServiceConsent.objects.order_by("pk").values_list("subject", flat=True)
    merge_people(kept, gone)
    assert set(kept.service_consents.values_list("subject", flat=True)) == {first, moved}
    assert not ServiceConsent.objects.filter(subject=dropped).exists()


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_a_token_that_is_handed_out_meet_in_some_order():
    publisher, person = Publisher.new(), factories.user()
    client = factories.client_of(person)
    for _ in range(3):
        code = let_in(client, publisher)
        consent = ServiceConsent.objects.get()
        racing.at_once(lambda code=code: publisher.redeem(code), lambda consent=consent: services.take_back(consent))
        assert not Token.objects.exists()


# --- staff ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk():
    return factories.staff_client()


FORM = {"name": "The publisher", "purpose": "Where you read.", "type": "confidential", "told": ["membership"]}


def test_staff_register_a_service_and_see_its_secret_once(desk, browser):
    desk.post("/admin/accounts/service/add/", {**FORM, "redirect_uris": f"{BACK}\n{BACK}"})
    service = Service.objects.get()
    assert (service.get_redirect_uris(), service.get_scopes()) == ([BACK], ["openid", "membership"])
    assert (service.skip_consent, service.allow_uri_wildcards, service.has_secret) == (False, False, False)
    page = desk.post(f"/admin/accounts/service/{service.pk}/new-secret/", {}).content.decode()
    secret = unescape(re.search(r"<dt>Secret</dt><dd><code>([^<]+)</code>", page)[1])
    publisher = Publisher(service, secret)
    assert tokens(browser, publisher)["access_token"]
    for way in ("", "change/", "history/"):
        assert secret not in desk.get(f"/admin/accounts/service/{service.pk}/{way}", follow=True).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM allauth_idp_oidc_client")
        assert secret not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    "address",
    [
        "", "http://publisher.example/back", "https://*.example/back", "https://publisher.example/back#part",
        "https://me@publisher.example/", "//publisher.example", "javascript:alert(1)", "https://", "https://a:b/c",
        "https://pübl.example/", "https://a.example\\b",
    ],
)  # fmt: skip
def test_an_address_that_is_not_exact_is_refused_and_kept(desk, address):
    page = desk.post("/admin/accounts/service/add/", {**FORM, "redirect_uris": address})
    assert page.context["adminform"].form.errors.keys() == {"redirect_uris"}
    assert not Service.objects.exists()


def test_a_form_changes_no_secret_and_ends_no_token(desk, browser, publisher):
    token = tokens(browser, publisher)["access_token"]
    desk.post(f"/admin/accounts/service/{publisher.service.pk}/change/", {**FORM, "name": "New", "redirect_uris": BACK})
    assert Service.objects.get().name == "New"
    assert Service.objects.get().check_secret(publisher.secret)
    assert userinfo(token)[0] == 200
