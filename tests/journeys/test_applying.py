"""Applying: a fellow without an account on a phone, read and answered by the employer; and two who keep their names."""

import re

from playwright.sync_api import expect

from tests.careers.cvs import pdf_cv

from .people import EMPLOYER, MEMBER, PHONE
from .tools import Reader, text_of

JOBS = "/career-center/jobs/"
BOARD = "/career-center/employers/"
NAMED, CONFIDENTIAL = "Palliative and pain nurse practitioner, home visits", "Interventional pain physician, Delaware"


def apply_on(reader: Reader, title: str) -> None:
    """From the list to the form."""
    reader.go(f'{JOBS}?q="{title}"')
    reader.press(title, "link")
    reader.heading(title)
    reader.page.get_by_role("link", name="Apply on this site").first.click()
    reader.heading("Apply for this position")


def applicants_of(employer: Reader, title: str) -> None:
    """From the employer's board to who has applied for one of its positions."""
    page = employer.go(BOARD)
    page.get_by_role("link", name=re.compile(rf"application.*: {re.escape(title)}")).click()
    employer.heading("Applications")


def path_in(reader: Reader, letter: str, part: str) -> str:
    """The address in a letter that has this part, without the site's name."""
    return re.search(rf"http\S+{part}\S+", letter)[0].removeprefix(reader.site.origin)


def talk(fellow: Reader, employer: Reader, own: str, email: str) -> None:
    """They write to each other on the site, whose letters hold no word of it, and then show their addresses."""
    employer.fill(Your_message="Would eight o’clock be too early?")
    employer.press("Send the message")
    assert "eight" not in text_of(fellow.site.letter(email, "A message for you"))
    fellow.go(own)
    fellow.sees("Would eight o’clock be too early?")
    fellow.fill(Your_message="Eight is fine; I am up with the birds.")
    fellow.press("Send the message")
    fellow.press(f"Show mine, {email}")
    assert EMPLOYER not in fellow.page.content()

    employer.page.reload()
    employer.sees("Eight is fine; I am up with the birds.")
    assert email not in employer.page.content()
    employer.press(f"Show mine, {EMPLOYER}")
    employer.sees(email)
    fellow.go(own)
    fellow.sees(EMPLOYER)


def test_a_fellow_without_an_account_applies_by_phone_and_follows_what_becomes_of_it(open_for):
    fellow, employer = open_for(viewport=PHONE), open_for(EMPLOYER)
    site, email, page, cv = fellow.site, "ines.applies@fellows.example", fellow.page, pdf_cv()
    apply_on(fellow, NAMED)
    fellow.press("Go on")
    expect(page.get_by_role("alert").first).to_be_focused()
    fellow.fill(Your_name="Ines Applies", Your_message="I finish in June and like home visits.")
    page.get_by_label("Your e-mail").fill(email)
    page.get_by_label("CV").set_input_files({"name": "ines.pdf", "mimeType": "application/pdf", "buffer": cv})
    fellow.press("Go on")
    fellow.heading("One more step: please look into your mail")

    fellow.go(path_in(fellow, text_of(site.letter(email, "confirm")), "/applications/confirm/"))
    fellow.sees("I finish in June and like home visits.")
    fellow.press("Send it")
    fellow.sees("is sent.")
    own = page.url
    fellow.sees("Nobody yet.")

    applicants_of(employer, NAMED)
    employer.press("Ines Applies", "link")
    employer.press("Open the application")
    employer.sees("I finish in June and like home visits.")
    with employer.page.expect_download() as download:
        employer.press("Download the CV")
    assert download.value.path().read_bytes() == cv
    employer.page.get_by_label("Your words to the applicant").fill("Could you talk on Friday?")
    employer.press("We are in contact")
    employer.sees("They are told by e-mail.")

    assert "Could you talk on Friday?" in text_of(site.letter(email, f"In contact: {NAMED}"))
    talk(fellow, employer, own, email)
    expect(page.locator("section", has=page.get_by_role("heading", name="Who has opened it"))).to_contain_text("CV")
    page.get_by_text("Take this application back").click()
    fellow.press("Withdraw it")
    fellow.sees("Your application is withdrawn, and the employer is told.")
    fellow.press("Erase all of it", "link")
    fellow.press("Erase it")
    fellow.heading("Your application is erased")
    fellow.go(own, status=404)


def test_on_a_confidential_position_both_keep_their_names_until_both_say_yes(open_for):
    member, employer = open_for(MEMBER), open_for(EMPLOYER)
    apply_on(member, CONFIDENTIAL)
    member.fill(Your_message="Blocks and clinic, in equal parts, from March.")
    member.press("Send the application")
    member.sees("You are still unknown to the employer.")

    applicants_of(employer, CONFIDENTIAL)
    employer.page.get_by_role("main").locator("ol.top5").get_by_role("link").first.click()
    employer.press("Open the application")
    employer.sees("Blocks and clinic, in equal parts, from March.")
    assert "Okafor" not in employer.page.content()
    employer.press("Say who we are", "link")
    employer.press("Tell them")
    assert "Okafor" not in employer.page.content()

    member.page.reload()
    member.sees("The employer has told you who it is.")
    member.press("Yes, show Larkfield Health who I am")
    employer.page.reload()
    employer.sees("Amara Okafor")
