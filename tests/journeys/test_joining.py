"""Joining as a resident: the category is found, the application begun, left, taken up by the mailed link, and read."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from .people import PHONE, STAFF, declare_and_send, fill_in_application
from .tools import text_of

RESIDENT = "joana.brandt@newcomers.example"


def test_a_resident_finds_drafts_leaves_resumes_sends_and_answers(open_for):
    person, staff = open_for(viewport=PHONE), open_for(STAFF)

    # The category, by two answers.
    page = person.go("/membership/join/")
    person.press("Find your category", "link")
    person.press("In the United States or Canada", "link")
    person.press("I am in a residency or a fellowship", "link")
    expect(page.get_by_role("heading", name="Resident or fellow")).to_be_visible()
    person.sees("Membership is free to the last day of your training.")
    page.get_by_role("link", name=re.compile("^Apply")).click()
    person.arrives("/accounts/signup/")
    person.sign_up(RESIDENT, "Joana", "Brandt")
    person.arrives("/membership/join/resident-or-fellow/")

    # Begun: the page keeps what is typed, and a press mails the link.
    page.get_by_role("textbox", name="Where you work or study").fill("Lakeshore Teaching Hospital")
    expect(page.get_by_text(re.compile(r"^Saved at "))).to_be_visible()
    page.wait_for_url(re.compile(r"/membership/draft/"))
    person.press("Save as a draft")
    person.sees("We have mailed you a link")
    link = re.search(r"https?://\S+/membership/resume/\S+", text_of(person.site.letter(RESIDENT, "is kept")))
    assert link is not None

    # Another device, without signing in.
    elsewhere = open_for()
    there = elsewhere.go(urlsplit(link[0]).path)
    expect(there.get_by_role("textbox", name="Where you work or study")).to_have_value("Lakeshore Teaching Hospital")
    fill_in_application(elsewhere)
    declare_and_send(elsewhere)
    elsewhere.arrives("/accounts/login/")

    # Staff ask at the desk, and the answer brings it back.
    desk = staff.go("/admin/membership/application/desk/?category=resident-or-fellow")
    staff.heading("Joana Brandt")
    desk.get_by_text("Ask for more").click()
    desk.get_by_role("textbox", name="What is missing").fill("Which month do you finish?")
    staff.press("Ask, and go on")
    staff.sees("Joana Brandt is asked.")

    person.go("/account/")
    person.press("See my application", "link")
    person.sees("Which month do you finish?")
    page.get_by_role("textbox", name="Your answer").fill("In June.")
    person.press("Send the answer")
    person.sees("is being read again")

    staff.go("/admin/membership/application/desk/?category=resident-or-fellow")
    staff.heading("Joana Brandt")
    staff.sees("In June.")
    staff.press("Approve")
    staff.sees("Joana Brandt is a member from today.")
    page.reload()
    person.sees("Approved. Welcome.")
