"""Security headers on every kind of page: public, private, staff's, error, file, and the answers to machines."""

import pytest
from django.test import Client

from tests.house import observe, world

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# Address, who asks, status. One of each kind of answer that the site gives.
PAGES = [
    ("/", world.VISITOR, 200),
    ("/about/", world.VISITOR, 200),
    ("/member-notes/", world.VISITOR, 200),
    ("/career-center/jobs/", world.VISITOR, 200),
    ("/journal/article/a-trial/", world.VISITOR, 200),
    ("/ask/", world.VISITOR, 200),
    ("/search/?q=pain", world.VISITOR, 200),
    ("/accounts/login/", world.VISITOR, 200),
    ("/robots.txt", world.VISITOR, 200),
    ("/sitemap.xml", world.VISITOR, 200),
    ("/account/", world.MEMBER, 200),
    ("/journal/article/a-trial/", world.MEMBER, 200),
    ("/career-center/employers/register/", world.SEEKER, 200),
    ("/admin/", world.ADMINISTRATOR, 200),
    ("/admin/careers/job/", world.ADMINISTRATOR, 200),
    ("/admin/auth/group/add/", world.ADMINISTRATOR, 200),
    ("/admin/due/", world.ADMINISTRATOR, 200),
    ("/styleguide/", world.ADMINISTRATOR, 200),
    ("/nothing/here/", world.VISITOR, 404),
    ("/styleguide/", world.MEMBER, 403),
    ("/accounts/logout/", world.VISITOR, 302),
    ("/account/", world.VISITOR, 302),
]


def policy(response) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if part.strip())


@pytest.mark.parametrize(("address", "actor", "status"), PAGES)
def test_every_kind_of_page_is_strict(here, address, actor, status):
    response = here.client(actor).get(address)
    assert response.status_code == status
    assert policy(response) == STRICT
    assert {name: response.get(name) for name in ALWAYS} == ALWAYS
    assert "geolocation=()" in response["Permissions-Policy"]


def test_the_editors_form_alone_gets_a_nonce_and_nothing_else(here):
    response = here.client(world.ADMINISTRATOR).get(f"/admin/content/page/{here.page.pk}/change/")
    found = policy(response)
    assert found.pop("script-src").startswith("'self' 'nonce-")
    assert found == {name: value for name, value in STRICT.items() if name != "script-src"}


def test_a_nonce_is_never_the_same(here):
    client = here.client(world.ADMINISTRATOR)
    address = f"/admin/content/page/{here.page.pk}/change/"
    assert policy(client.get(address))["script-src"] != policy(client.get(address))["script-src"]


def test_a_gone_job_and_a_refused_form_are_strict_too(here):
    gone = here.client(world.VISITOR).get(here.ended_job.get_absolute_url())
    refused = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert (gone.status_code, refused.status_code) == (410, 403)
    for response in (gone, refused):
        assert policy(response) == STRICT
        assert {name: response.get(name) for name in ALWAYS} == ALWAYS


def test_an_error_of_ours_is_strict_too(here, monkeypatch):
    """Whatever breaks: the page of the 500 still carries everything."""
    monkeypatch.setattr("aapm_site.search.SearchForm", None)
    client = Client(raise_request_exception=False)
    response = client.get("/search/")
    assert response.status_code == 500
    assert policy(response) == STRICT
    assert {name: response.get(name) for name in ALWAYS} == ALWAYS


def test_a_wrong_host_is_refused(here):
    response = Client().get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_private_file_may_do_nothing(here):
    response = here.client(world.SEEKER).get(f"/membership/papers/{here.paper.public_id}/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    observe.let_go(response)


@pytest.mark.parametrize("actor", [actor for actor in world.SIGNED_IN if actor != world.SEEKER])
@pytest.mark.parametrize("address", ["/", "/about/", "/member-notes/", "/account/", "/search/?q=pain"])
def test_what_a_signed_in_person_gets_is_kept_by_nobody(here, actor, address):
    response = here.client(actor).get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]
