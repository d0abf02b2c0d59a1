"""A member is let in by the journal's publisher; staff look as a member. In a real browser, policy and all."""

import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import expect

from .people import LAPSED, MEMBER, STAFF

PUBLISHER = "https://publisher.example"
VERIFIER = "a-proof-that-only-the-publisher-knows-of-this-sign-in"
QUESTION = {
    "client_id": "5a3d1e0000000000000000000000de30",
    "redirect_uri": f"{PUBLISHER}/academy/back",
    "response_type": "code",
    "scope": "openid profile membership",
    "state": "kept-by-the-publisher",
    "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode(),
    "code_challenge_method": "S256",
}


def test_a_member_is_let_in_by_the_publisher_and_ends_it(open_for):
    """Both ways back begin at a form of ours, which the policy lets lead nowhere else: “Agree”, and the sign-in of
    somebody who has agreed before.
    """
    member = open_for()
    page = member.page
    page.route(
        f"{PUBLISHER}/**", lambda route: route.fulfill(body="<h1>Welcome, reader</h1>", content_type="text/html")
    )
    page.route(
        f"{PUBLISHER}/", lambda route: route.fulfill(
            body=f'<a href="{member.site.origin}/connect/authorize/?{urlencode(QUESTION)}">Sign in</a>',
            content_type="text/html",
        ),
    )  # fmt: skip

    page.goto(f"{PUBLISHER}/")
    member.press("Sign in", "link")
    member.arrives("/accounts/login/")
    page.get_by_label("E-mail address").fill(LAPSED)
    page.get_by_label("Password", exact=True).fill("quiet-line-1983")
    member.press("Sign in")
    member.heading("Let Sample publisher know who you are?")
    member.sees("Whether you are a member today")
    member.press("Agree and go on")
    came_back(page)

    member.go("/account/services/")
    member.sees("You agreed on")
    page.get_by_role("button", name=re.compile("^Stop telling them.*Sample publisher")).click()
    member.sees("learns nothing more about you")
    page.goto(f"{PUBLISHER}/")
    member.press("Sign in", "link")
    member.heading("Let Sample publisher know who you are?")
    member.press("No, go back")
    page.wait_for_url(f"{PUBLISHER}/academy/back?error=access_denied**")

    known = open_for()  # the demonstration's member has agreed before
    known.page.route(f"{PUBLISHER}/**", lambda route: route.fulfill(body="<h1>Welcome, reader</h1>"))
    known.page.goto(f"{known.site.origin}/connect/authorize/?{urlencode(QUESTION)}")
    known.page.get_by_label("E-mail address").fill(MEMBER)
    known.page.get_by_label("Password", exact=True).fill("quiet-line-1983")
    known.press("Sign in")
    came_back(known.page)
    for person in (member, known):
        assert {urlsplit(url).netloc for url in person.strangers} == {"publisher.example"}
        person.strangers.clear()


def came_back(page) -> None:
    page.wait_for_url(f"{PUBLISHER}/academy/back**")
    said = parse_qs(urlsplit(page.url).query)
    assert (said["state"], len(said["code"][0])) == (["kept-by-the-publisher"], 30)


def test_staff_look_as_a_member_and_come_back(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/membership/membership/?q=" + MEMBER)
    page.locator("#result_list tbody a").first.click()
    staff.press("View as this member…")
    page.get_by_label("Why do you need to look?").fill("She called: an article does not open.")
    staff.press("Look as this member")
    staff.arrives("/membership/mine/")
    bar = page.get_by_role("complementary", name="You look as a member")
    expect(bar).to_contain_text("Amara Okafor")
    staff.go("/account/data/", status=403)
    staff.heading("Closed while you look as a member")
    bar.get_by_role("button", name="End").click()
    page.wait_for_url("**/admin/membership/membership/*/change/")
    expect(bar).to_have_count(0)
