"""Staff: the second factor, a page from the editor to the reader and back, what is due next."""

import re

from playwright.sync_api import expect

from .people import EMPLOYER, STAFF

TITLE = "Walking clubs for people with pain"
ADDRESS = "/walking-clubs-for-people-with-pain/"
# A machine with much to do: its frames come late, and letters that are typed before the next one must not be lost.
BUSY = "void (requestAnimationFrame = (draw) => setTimeout(() => draw(performance.now()), 400))"


def test_staff_sign_in_needs_the_second_step(open_for, sign_ins):
    """The second factor was set up in this browser suite's first staff sign-in; here it is asked for."""
    sign_ins.state_of(STAFF)
    assert len(sign_ins.recovery_codes) == len(set(sign_ins.recovery_codes)) == 10
    staff = open_for()
    page = staff.go("/admin/")
    staff.arrives("/accounts/login/")
    staff.sign_in(STAFF)
    staff.heading("Second step")
    staff.go("/admin/")
    staff.heading("Second step")

    page.get_by_role("textbox", name="Code").fill("000000")
    staff.press("Sign in")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("textbox", name="Code").fill(sign_ins.app.code())
    staff.press("Sign in")
    page.wait_for_url(lambda url: "/accounts/" not in url)

    staff.go("/admin/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_recovery_code_opens_the_door_once(open_for, sign_ins):
    sign_ins.state_of(STAFF)
    code = sign_ins.recovery_codes.pop()
    first, second = open_for(), open_for()
    for person in (first, second):
        person.sign_in(STAFF)
        person.heading("Second step")
        person.page.get_by_role("textbox", name="Code").fill(code)
        person.press("Sign in")
        if person is first:
            person.page.wait_for_url(lambda url: "/accounts/" not in url)

    expect(second.page.get_by_role("alert")).to_be_focused()
    second.go("/account/")
    second.heading("Second step")


def test_an_employer_does_not_get_into_the_admin(open_for):
    employer = open_for(EMPLOYER)
    page = employer.page.goto(employer.site.origin + "/admin/")

    assert page.status == 403
    employer.heading("This page is not open to you")


def test_an_editors_page_from_the_first_word_to_withdrawal(open_for):
    editor = open_for(STAFF)
    page = editor.go("/admin/content/page/add/")
    page.evaluate(BUSY)

    page.get_by_role("textbox", name=re.compile("^Title")).press_sequentially(TITLE)
    page.get_by_role("textbox", name=re.compile("^Summary")).fill(
        "Where to find company for the first mile, and how to begin."
    )
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    page.keyboard.type("Begin with ten minutes. ")
    page.get_by_role("button", name=re.compile("^bold", re.IGNORECASE)).first.click()
    page.keyboard.type("Stop before it hurts more.")
    editor.press("Save")
    editor.sees("was added successfully")
    form = page.url
    expect(page.get_by_role("textbox", name=re.compile("^Text")).locator("strong")).to_have_text(
        "Stop before it hurts more."
    )
    assert editor.site.look(ADDRESS)[0] == 404

    with page.expect_popup() as beside:
        page.get_by_role("button", name=re.compile("^Preview")).click()
    look = beside.value
    expect(look.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(look.get_by_text("Only you see this")).to_be_visible()
    expect(look.get_by_role("main").locator("strong", has_text="Stop before it hurts more.")).to_be_visible()
    look.close()
    assert page.url == form

    editor.press("Publish now…")
    editor.press("Publish now")
    editor.sees("now “Published”")
    editor.site.shows_soon(ADDRESS, lambda status, text: status == 200 and "<strong>Stop before" in text)
    editor.site.shows_soon("/search/?q=walking+clubs", lambda status, text: ADDRESS in text)

    editor.go(form)
    editor.press("Withdraw to draft…")
    editor.press("Withdraw to draft")
    editor.sees("now “Draft”")
    editor.site.shows_soon(ADDRESS, lambda status, text: status == 404)
    editor.site.shows_soon("/search/?q=walking+clubs", lambda status, text: ADDRESS not in text)


def test_what_is_due_next_can_be_held_and_released(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/")
    staff.press("What is due next", "link")
    staff.arrives("/admin/due/")
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=re.compile("^Hold"))).last
    about = row.get_by_role("cell").nth(2).inner_text()

    row.get_by_label(f"Why hold {about}?").fill("The employer called.")
    row.get_by_role("button", name=re.compile("^Hold")).click()
    staff.sees("Held until you release it: ")
    held = page.get_by_role("row").filter(has_text=about).first
    expect(held).to_contain_text("The employer called.")
    held.get_by_role("button", name=re.compile("^Release")).click()

    staff.sees("Released; the next run does it: ")
    expect(page.get_by_role("row").filter(has_text="The employer called.")).to_have_count(0)
