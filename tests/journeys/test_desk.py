"""A day at the desk: leaving asks, Enter saves, a button that decides takes along what was typed, and what was typed
when the session had ended comes back.
"""

import re

from playwright.sync_api import Dialog, expect

from .people import EMPLOYER, STAFF

KEPT = """() => new Promise((kept) => setInterval(() => {
    if (JSON.stringify(localStorage).includes("And one more.")) kept();
}, 50))"""
OF_SOMEBODY_ELSE = r"""() => {
    for (const [key, words] of Object.entries(localStorage).filter(([name]) => name.startsWith("words:"))) {
        localStorage.removeItem(key);
        localStorage.setItem(key.replace(/\d+/, "0"), words);
    }
}"""


def test_words_that_are_not_saved_are_not_left_behind(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/content/page/add/")
    title = page.get_by_role("textbox", name=re.compile("^Title"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    title.press_sequentially("Sleep and pain")
    page.get_by_role("link", name="AAPM staff").first.click()
    expect(title).to_have_value("Sleep and pain")
    assert asked == ["beforeunload"]

    page.get_by_role("textbox", name=re.compile("^Summary")).fill("How nights and pain are related.")
    staff.press("Save")
    staff.sees("was added successfully")
    # The editor takes the plain field's place once its script has come.
    body = page.locator(".field-body .ProseMirror")
    body.click()
    page.keyboard.type("Go to bed at the same hour.")
    staff.press("Publish now…")
    staff.sees("What you typed is saved.")
    page.go_back()
    expect(body).to_have_text("Go to bed at the same hour.")

    title.press("End")
    title.press_sequentially(", and rest")
    title.press("Enter")
    expect(page.locator(".page-bar-said")).to_have_text(re.compile("^Saved"))
    expect(page.get_by_role("heading", level=2).first).to_have_text("Sleep and pain, and rest")
    assert asked == ["beforeunload"]


def test_a_refused_step_asks_about_typed_words_only(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/careers/job/?stage=review")
    # The first ones may be open positions whose change waits; what was sent last is read for the first time.
    page.locator("#result_list tbody th a").last.click()
    asks = re.compile("^Send back…")
    page.get_by_role("button", name=asks).or_(page.get_by_role("link", name=asks)).click()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    staff.press("Send back")
    staff.sees("Not done yet")
    page.get_by_label("Reason").fill("Please say how many nights of call there are.")
    staff.press("Go back", "link")
    assert asked == ["beforeunload"]
    page.get_by_label("Reason").fill("")
    staff.press("Go back", "link")
    page.wait_for_url(re.compile(r"/admin/careers/job/\d+/change/"))
    assert asked == ["beforeunload"]


def test_words_that_were_typed_when_the_session_had_ended_come_back_after_signing_in(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/content/page/add/")
    title = page.get_by_role("textbox", name=re.compile("^Title"))
    body = page.locator(".field-body .ProseMirror")
    title.fill("Nights and pain")
    body.click()
    page.keyboard.type("An hour of careful work on this text.")
    signed_in = staff.context.cookies()
    staff.context.clear_cookies(name=re.compile("session"))

    staff.press("Save")

    staff.sees("Nothing has been saved or decided yet.")
    staff.sees("An hour of careful work on this text.")
    page.get_by_role("main").get_by_role("link", name="Sign in", exact=True).click()
    staff.heading("Sign in")
    staff.context.add_cookies(signed_in)
    staff.go("/admin/content/page/add/")
    expect(title).to_have_value("Nights and pain")
    expect(body).to_have_text("An hour of careful work on this text.")
    staff.sees("What you typed before your session ended stands in the form again. It is not saved yet.")

    # Left once more, they are neither in the form nor lost.
    staff.go("/admin/")
    staff.go("/admin/content/page/add/")
    expect(title).to_have_value("")
    offer = page.locator(".kept-words")
    expect(offer).to_contain_text("that were not saved")
    offer.get_by_role("button", name="Bring them back").click()
    expect(title).to_have_value("Nights and pain")
    staff.press("Save")
    staff.sees("was added successfully")
    expect(body).to_have_text("An hour of careful work on this text.")

    # A tab that crashes while another one saves: both texts are there to be compared, and nobody else is offered them.
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And one more.")
    page.evaluate(KEPT)
    other = staff.context.new_page()
    other.goto(page.url)
    theirs, offer = other.locator(".field-body .ProseMirror"), other.locator(".kept-words")
    expect(theirs).to_have_text("An hour of careful work on this text.")
    expect(offer).to_be_hidden()  # they are being typed
    theirs.click()
    other.keyboard.type("Theirs. ")
    other.keyboard.press("Control+s")
    expect(other.locator(".page-bar-said")).to_have_text(re.compile("^Saved"))
    page.close()
    other.reload()
    expect(offer).to_contain_text("The site has something else now than when you began, in: Text.")
    offer.get_by_text("Compare with what is saved").click()
    expect(offer).to_contain_text("And one more.")
    other.evaluate(OF_SOMEBODY_ELSE)
    other.reload()
    expect(theirs).to_contain_text("Theirs.")
    expect(other.locator(".page-bar")).to_be_visible()
    expect(offer).to_be_hidden()


def test_an_employers_words_come_back_as_well(open_for):
    employer = open_for(EMPLOYER)
    board = employer.go("/career-center/employers/").url.removeprefix(employer.site.origin)
    page = employer.go(f"{board}jobs/new/")
    summary = page.locator("[name=summary]")
    summary.fill("Half a week of procedures, half a week of talking.")
    signed_in = employer.context.cookies()
    employer.context.clear_cookies(name=re.compile("session"))

    employer.press("Save and preview")

    employer.sees("Nothing has been saved or decided yet.")
    employer.sees("Half a week of procedures, half a week of talking.")
    employer.context.add_cookies(signed_in)
    employer.go(f"{board}jobs/new/")
    expect(summary).to_have_value("Half a week of procedures, half a week of talking.")
    employer.sees("What you typed before your session ended stands in the form again. It is not saved yet.")


def test_what_explains_a_tick_stands_below_its_words_and_a_row_of_terms_is_one_line(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/membership/plan/1/change/")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        words = page.locator(".field-joinable label").bounding_box()
        said = page.locator(".field-joinable .help > div").bounding_box()
        assert abs(said["x"] - words["x"]) < 3
        assert said["y"] >= words["y"] + words["height"] - 1

    page = staff.go("/admin/membership/membership/1/change/")
    row = page.locator("#terms-group tr.has_original").first
    assert row.bounding_box()["height"] < 2 * row.locator("select").first.bounding_box()["height"]
