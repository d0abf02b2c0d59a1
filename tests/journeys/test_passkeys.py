"""A new person confirms their address, adds a passkey, and from then on signs in with it alone."""

import re

from .conftest import Reader, text_of

EMAIL = "noor.haddad@walk.example"
PHRASE = "four plain words here"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_out(reader: Reader) -> None:
    reader.go("/accounts/logout/")
    reader.press("Sign out")
    reader.page.wait_for_url(f"{reader.site.origin}/")


def test_a_passkey_signs_in_alone_and_as_the_second_step(reader):
    page = reader.page
    device = reader.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    reader.go("/accounts/signup/")
    for name, value in (("first_name", "Noor"), ("last_name", "Haddad"), ("email", EMAIL), ("password1", PHRASE)):
        page.fill(f"[name={name}]", value)
    reader.press("Create my account")
    page.wait_for_url("**/accounts/confirm-email/")
    letter = reader.site.letter(EMAIL, "confirm your e-mail address")
    page.fill("[name=code]", re.search(r"^[A-Z]{4}-[A-Z]{4}$", text_of(letter), re.MULTILINE).group())
    reader.press("Confirm")
    page.wait_for_url("**/account/")

    reader.go("/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", PHRASE)
    reader.press("Go on")
    page.wait_for_url("**/webauthn/add/")
    page.check("[name=passwordless]")
    reader.press("Add it")
    page.wait_for_url(f"{reader.site.origin}/accounts/2fa/**")
    assert "Your passkey is added." in page.inner_text("body")
    assert "http" in text_of(reader.site.letter(EMAIL, "A passkey was added"))

    sign_out(reader)
    reader.go("/accounts/login/")
    reader.press("Use a passkey")
    page.wait_for_url("**/account/")
    assert "Welcome, Noor." in page.inner_text("main")

    sign_out(reader)
    reader.go("/accounts/login/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PHRASE)
    reader.press("Sign in")
    page.wait_for_url("**/accounts/2fa/authenticate/")
    reader.press("Use a passkey")
    page.wait_for_url("**/account/")


def test_a_device_without_a_passkey_is_told_what_to_do(reader):
    device = reader.context.new_cdp_session(reader.page)
    device.send("WebAuthn.enable")

    reader.go("/accounts/login/")
    assert reader.page.locator("#passkey-trouble").is_hidden()
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "isUserVerified": False}})
    reader.press("Use a passkey")

    reader.page.locator("#passkey-trouble").wait_for(state="visible", timeout=75_000)
