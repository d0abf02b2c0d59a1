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
    page.get_by_role("textbox", name=re.compile("^Title")).press_sequentially("Heat and cold")
    page.get_by_role("textbox", name=re.compile("^Summary")).fill("When warmth helps, and when ice does.")
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    page.keyboard.type(BEFORE)
    editor.press("Save and continue editing")
    editor.sees("was added successfully")
    form = page.url

    # A colleague without an account may look before anybody else.
    editor.press("Show it to a colleague", "link")
    editor.press("Make a link")
    lent = page.get_by_role("textbox", name=re.compile("^Link made on")).input_value()
    colleague = open_for()
    colleague.go(lent)
    colleague.sees(BEFORE)
    assert editor.site.look(FIRST)[0] == 404

    editor.go(form)
    page.locator("#id_published_at_0").fill("2031-05-01")
    page.locator("#id_published_at_1").fill("09:00:00")
    editor.press("Save and continue editing")
    editor.press("Schedule…")
    editor.press("Schedule")
    editor.sees("now “Scheduled”")
    assert editor.site.look(FIRST)[0] == 404
    editor.go(form)
    editor.press("Publish now…")
    editor.press("Publish now")
    editor.site.shows_soon(FIRST, lambda status, text: status == 200 and BEFORE in text)

    editor.go(form)
    body.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(AFTER)
    editor.press("Save and continue editing")
    editor.site.shows_soon(FIRST, lambda status, text: AFTER in text and BEFORE not in text)

    editor.press("Versions", "link")
    page.get_by_role("row").filter(has_text="Text").first.scroll_into_view_if_needed()
    page.get_by_role("link", name=re.compile("^Restore")).last.click()
    expect(page.locator("ins, del").first).to_be_visible()
    page.get_by_role("button", name=re.compile("^Restore version")).click()
    editor.site.shows_soon(FIRST, lambda status, text: BEFORE in text and AFTER not in text)

    editor.go(form)
    page.get_by_label("Address word").fill("warmth-and-cold")
    editor.press("Save and continue editing")
    editor.site.shows_soon(SECOND, lambda status, text: status == 200 and BEFORE in text)
    editor.site.shows_soon(FIRST, lambda status, text: status == 200 and BEFORE in text)
    with urllib.request.urlopen(editor.site.origin + FIRST, timeout=60) as answer:
        assert answer.url == editor.site.origin + SECOND
