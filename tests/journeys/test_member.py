"""Membership: applying, being let in, reading what a visitor cannot; and the member's own sign-in."""

import re

import pytest
from playwright.sync_api import expect

from .people import LAPSED, MEMBER, STAFF, declare_and_send, fill_in_application
from .tools import Reader, code_in, text_of

PLAN = "Resident or fellow"
NEWCOMER = "ines.moreau@newcomers.example"


def members_article(reader: Reader) -> str:
    """The address of an article of the newest issue that is not free for everybody."""
    page = reader.go("/journal/")
    for link in page.get_by_role("main").locator("a[href^='/journal/article/']").all():
        address = link.get_attribute("href")
        if "The full text is for members" in reader.site.look(address)[1]:
            return address
    raise AssertionError("No article is for members")


def test_a_newcomer_applies_is_approved_and_reads(open_for):
    person, staff = open_for(), open_for(STAFF)
    article = members_article(person)
    page = person.go(article)
    expect(page.get_by_role("heading", name="The full text is for members")).to_be_visible()
    expect(page.get_by_role("heading", name="References")).to_have_count(0)

    # By way of the category to an account, and back to the form.
    person.go("/membership/join/")
    page.get_by_role("link", name=re.compile(f"^Apply ?: {PLAN}$")).click()
    person.arrives("/accounts/signup/")
    person.sign_up(NEWCOMER, "Inès", "Moreau")
    person.arrives("/membership/join/resident-or-fellow/")
    fill_in_application(person)
    person.press("Send the application")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("textbox", name="Where you work or study")).to_have_value(
        "Green Mountain Teaching Hospital"
    )
    declare_and_send(person)
    person.heading("My application")
    person.sees("We are reading it.")
    own = page.url
    assert PLAN in text_of(person.site.letter(NEWCOMER, "application"))

    # Staff decide by a button.
    desk = staff.go(f"/admin/membership/application/?q={NEWCOMER}")
    desk.get_by_role("link", name="Inès Moreau").click()
    staff.press("Approve…", "link")
    staff.press("Approve")
    staff.sees("now “Approved”")

    # The person hears of it, and reads what a visitor cannot.
    assert "/account/" in text_of(person.site.letter(NEWCOMER, "", after=2))
    person.go(own)
    person.sees("Approved. Welcome.")
    person.go(article)
    expect(page.get_by_role("heading", name="References")).to_be_visible()
    expect(page.get_by_role("heading", name="The full text is for members")).to_have_count(0)
    assert "The full text is for members" in person.site.look(article)[1]
    person.go("/membership/member-handbook/")
    expect(page.get_by_role("heading", name="The rest is for members")).to_have_count(0)


def test_a_member_lets_the_membership_renew_by_itself_and_stops_it_by_the_letter(open_for):
    member, anybody = open_for(MEMBER), open_for()
    page = member.go("/membership/mine/")
    page.get_by_role("link", name="Let it renew by itself").click()
    member.heading("Automatic renewal")
    member.press("Go on to the card")
    member.sees("Tick “I agree”, or go back")
    page.get_by_label("I agree").check()
    member.press("Go on to the card")
    member.heading("Let a card be kept")
    member.press("Give a card that pays")
    member.arrives("/membership/mine/")
    expect(page.locator("#automatic")).to_contain_text("Visa ending in 4242")

    link = re.search(r"/membership/automatic/\S+", text_of(member.site.letter(MEMBER, "renews by itself")))
    assert link
    anybody.go(link[0])
    anybody.press("Stop automatic renewal")
    anybody.sees("Nothing will be charged")

    member.go("/membership/mine/")
    expect(page.get_by_role("link", name="Let it renew by itself")).to_be_visible()


def test_a_lapsed_member_meets_the_gate_and_reads_why(open_for):
    lapsed, member = open_for(LAPSED), open_for(MEMBER)
    article = members_article(lapsed)

    page = lapsed.go(article)
    gate = page.locator("#gate")
    expect(gate).to_contain_text(re.compile(r"membership (ended|lapsed)", re.IGNORECASE))
    page.get_by_text("Why can’t I read this?").click()
    expect(gate.get_by_text("The rule that applied:")).to_be_visible()
    member.go(article)

    expect(member.page.get_by_role("heading", name="References")).to_be_visible()


def test_a_member_signs_in_with_a_code_by_mail(reader):
    before = len(reader.site.letters_to(MEMBER))
    page = reader.go("/accounts/login/")
    reader.press("Send me a code", "link")
    page.get_by_label("E-mail address").fill(MEMBER)
    reader.press("Send me a code")
    reader.heading("Enter your sign-in code")

    page.get_by_role("textbox", name="Code").fill("AAAA-AAAA")
    reader.press("Sign in")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("textbox", name="Code").fill(code_in(reader.site.letter(MEMBER, "code to sign in", after=before)))
    reader.press("Sign in")

    page.wait_for_url(lambda url: "/accounts/" not in url)
    reader.go("/account/")
    reader.sees("Member number")


@pytest.fixture
def passkeys(reader: Reader):
    """A device with a fingerprint reader, in the browser itself."""
    device = reader.context.new_cdp_session(reader.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda: device.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]


def test_a_passkey_is_added_and_opens_the_account_alone(reader, passkeys):
    email = "pat.keyes@newcomers.example"
    reader.go("/accounts/signup/")
    reader.sign_up(email, "Pat", "Keyes")
    page = reader.go("/account/security/")
    reader.go("/accounts/2fa/webauthn/add/")
    reader.show_it_is_me()
    page.get_by_label("Name").fill("Pat’s phone")
    if page.get_by_role("checkbox").count():
        page.get_by_role("checkbox").check()
    reader.press("Add it")
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)
    assert len(passkeys()) == 1
    reader.site.letter(email, "passkey")
    reader.go("/accounts/2fa/webauthn/")
    reader.sees("Pat’s phone")

    reader.go("/accounts/logout/")
    reader.press("Sign out")
    reader.go("/accounts/login/")
    reader.press("Use a passkey")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)

    reader.go("/account/")
    reader.sees("Welcome, Pat.")

    # With the password it is the second step.
    reader.go("/accounts/logout/")
    reader.press("Sign out")
    reader.sign_in(email)
    reader.arrives("/accounts/2fa/authenticate/")
    reader.press("Use a passkey")
    page.wait_for_url("**/account/")


def test_a_device_without_the_passkey_is_told_what_to_do(reader):
    device = reader.context.new_cdp_session(reader.page)
    device.send("WebAuthn.enable")
    nobody = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": False}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": nobody})
    page = reader.go("/accounts/login/")
    trouble = page.get_by_text("The passkey was not used.")
    expect(trouble).to_be_hidden()

    reader.press("Use a passkey")

    expect(trouble).to_be_visible(timeout=90_000)


def test_the_list_of_sessions_ends_those_elsewhere(open_for):
    here, elsewhere = open_for(), open_for(user_agent="Mozilla/5.0 (an old tablet)")
    here.go("/accounts/signup/")
    here.sign_up("sam.sessions@newcomers.example", "Sam", "Ito")
    elsewhere.sign_in("sam.sessions@newcomers.example")
    page = here.go("/accounts/sessions/")
    here.sees("an old tablet")

    here.press("Sign out all other devices")
    expect(page.get_by_role("main")).not_to_contain_text("an old tablet")

    elsewhere.go("/account/")
    elsewhere.arrives("/accounts/login/")
    here.go("/account/")
    here.sees("Welcome, Sam.")
