"""A new editor's day, from the staff's front page on and without documentation: one page from its first word to its
new address. The picture and the table are put in by test_editor_toolbar.py, questions are answered by test_question.py.
"""

import re
import urllib.request

from playwright.sync_api import expect

from .people import STAFF

FIRST, SECOND = "/heat-and-cold/", "/warmth-and-cold/"
BEFORE, AFTER = "Ten minutes are enough.", "Fifteen minutes are enough."


def test_write_preview_schedule_publish_correct_restore_and_move(open_for):
    editor = open_for(STAFF)
    page = editor.go("/admin/")
    page.get_by_role("navigation", name="Common tasks").get_by_role("link", name="Write a page").click()
    editor.arrives("/admin/content/page/add/")
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    page.keyboard.type(BEFORE)
    page.keyboard.press("Control+s")  # a draft is saved with whatever it has
    editor.sees("was added successfully")
    form = page.url
    editor.press("Publish now…")
    editor.sees("It has no title yet.")
    page.get_by_role("link", name="It has no title yet.").click()
    expect(page.get_by_role("textbox", name=re.compile("^Title"))).to_be_focused()
    page.get_by_role("textbox", name=re.compile("^Title")).fill("Heat and cold")
    page.get_by_role("textbox", name=re.compile("^Summary")).fill("When warmth helps, and when ice does.")
    said = page.locator(".page-bar-said")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 302):
        page.keyboard.press("Control+s")
    expect(said).to_have_text(re.compile("^Saved"))
    expect(page.get_by_label("Address word")).to_have_value(re.compile("^(draft-.{8}|heat-and-cold)$"))

    # What is typed is seen in a tab of its own, and not saved.
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Not more.")
    with page.expect_popup() as beside:
        page.get_by_role("button", name=re.compile("^Preview")).click()
    expect(beside.value.get_by_text("Not more.")).to_be_visible()
    beside.value.close()

    # A colleague without an account may look before anybody else.
    editor.go(form)
    expect(body).to_have_text(BEFORE)
    editor.press("Show it to a colleague", "link")
    editor.press("Make a link")
    lent = page.get_by_role("textbox", name=re.compile("^Link made on")).input_value()
    colleague = open_for()
    colleague.go(lent)
    colleague.sees(BEFORE)
    assert editor.site.look(FIRST)[0] == 404

    editor.go(form)
    editor.press("Schedule…")
    page.get_by_label("Day").fill("2031-05-01")
    page.get_by_label("Hour").fill("09:00")
    editor.press("Schedule")
    editor.sees("goes public by itself on May 1, 2031, 9 a.m.")
    assert editor.site.look(FIRST)[0] == 404
    editor.press("Publish now…")
    editor.press("Publish now")
    editor.site.shows_soon(FIRST, lambda status, text: status == 200 and BEFORE in text)

    # The correction waits beside the public page until it is wanted.
    editor.go(form)
    body.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(AFTER)
    editor.press("Keep as a prepared change")
    editor.sees("This is a prepared change.")
    assert BEFORE in editor.site.look(FIRST)[1]
    editor.press("Publish the change…")
    expect(page.locator("ins, del").first).to_be_visible()
    editor.press("Publish the change")
    editor.site.shows_soon(FIRST, lambda status, text: AFTER in text and BEFORE not in text)

    editor.press("Versions", "link")
    page.get_by_role("row").filter(has_text="Text").first.scroll_into_view_if_needed()
    page.get_by_role("link", name=re.compile("^Restore")).first.click()
    expect(page.locator("ins, del").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Restore version")).click()
    editor.site.shows_soon(FIRST, lambda status, text: BEFORE in text and AFTER not in text)

    editor.go(form)
    page.get_by_label("Address word").fill("warmth-and-cold")
    editor.press("Save")
    editor.site.shows_soon(SECOND, lambda status, text: status == 200 and BEFORE in text)
    editor.site.shows_soon(FIRST, lambda status, text: status == 200 and BEFORE in text)
    with urllib.request.urlopen(editor.site.origin + FIRST, timeout=60) as answer:
        assert answer.url == editor.site.origin + SECOND
