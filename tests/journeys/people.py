"""The people of the demonstration at the door: who has signed in, and the staff's second factor."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, expect

from .tools import App, Reader, Site, code_in, open_reader

MEMBER = "member@demo.example"
LAPSED = "lapsed@demo.example"
EMPLOYER = "employer@demo.example"
STAFF = "staff@demo.example"
PHONE = {"width": 360, "height": 740}


@dataclass
class SignIns:
    """Each person's session, made when first asked for."""

    site: Site
    browser: Browser
    app: App = field(default_factory=lambda: App(""))
    recovery_codes: list[str] = field(default_factory=list)
    _states: dict[str, Any] = field(default_factory=dict)
    _failed: set[str] = field(default_factory=set)

    def state_of(self, email: str) -> Any:
        if email in self._failed:
            raise AssertionError(f"The first sign-in of {email} has failed; see there")
        if email not in self._states:
            self._failed.add(email)
            reader = open_reader(self.site, self.browser)
            reader.sign_in(email)
            if email == STAFF:
                self._set_up_second_factor(reader)
            self._states[email] = reader.context.storage_state()
            reader.context.close()
            assert reader.faults == []
            self._failed.remove(email)
        return self._states[email]

    def _set_up_second_factor(self, reader: Reader) -> None:
        """As the site asks of every new member of the staff: a mailed code, an app, recovery codes, then the admin."""
        page = reader.go("/admin/")
        reader.arrives("/accounts/2fa/")
        reader.sees("The staff pages need a second step at sign-in.")
        reader.press("Set up an app", "link")
        reader.heading("Show that your mailbox is yours")
        reader.press("Send me a code")
        page.get_by_role("textbox", name="Code").fill(code_in(self.site.letter(STAFF, "set up a second step")))
        reader.press("Go on")
        reader.show_it_is_me()
        self.app = App(page.locator("#authenticator_secret").inner_text().replace(" ", ""))
        page.get_by_role("textbox", name="Code").fill(self.app.code())
        reader.press("Switch it on")
        reader.heading("Recovery codes")
        self.recovery_codes = page.get_by_label("Codes that are left").input_value().split()
        reader.go("/admin/")
        reader.arrives("/admin/")
        expect(page.get_by_role("link", name="What is due next")).to_be_visible()


def fill_in_application(person: Reader) -> None:
    """Everything that the form of an application for membership asks for, but not the declaration."""
    page = person.page
    page.get_by_role("combobox", name="Profession").select_option("Physician")
    page.get_by_role("combobox", name="Primary specialty").select_option("Anesthesiology")
    page.get_by_role("combobox", name="How far your career has come").select_option(index=1)
    page.get_by_role("combobox", name="Practice setting").select_option(index=1)
    page.get_by_role("combobox", name="State").select_option("Vermont")
    page.get_by_role("textbox", name="Where you work or study").fill("Green Mountain Teaching Hospital")
    page.get_by_role("textbox", name="How you trained").fill("MD 2022; residency in anesthesiology since 2023.")
    training = page.get_by_label("When does your training end?")
    if training.count():  # only categories that lead to another one ask
        training.fill(f"{timezone.localdate().year + 1}-06-30")


def declare_and_send(person: Reader) -> None:
    person.page.get_by_role("checkbox", name="What I have written is true").check()
    person.press("Send the application")
