"""An editor's text with a picture and a table, made by the toolbar alone, as a reader then sees it."""

import io
import re

from PIL import Image
from playwright.sync_api import expect

from .people import STAFF

ADDRESS = "/a-quiet-corner/"


def photograph() -> dict[str, object]:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(file, "JPEG")
    return {"name": "corner.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_picture_and_a_table_by_the_toolbar(open_for):
    editor = open_for(STAFF)
    page = editor.go("/admin/content/page/add/")
    page.get_by_role("textbox", name=re.compile("^Title")).press_sequentially("A quiet corner")
    page.get_by_role("textbox", name=re.compile("^Summary")).fill("A chair, a window, ten minutes.")
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    page.keyboard.type("Sit down for a while.")
    tools = page.get_by_role("toolbar", name="Formatting: Text")
    dialog = page.get_by_role("dialog")

    tools.get_by_role("button", name="Picture").click()
    dialog.get_by_text("Upload a new one").click()
    dialog.get_by_label("Picture file").set_input_files(photograph())
    dialog.get_by_role("button", name="Insert picture").click()
    expect(dialog.get_by_label("Description")).to_be_focused()
    expect(dialog).to_contain_text("mark it as decorative")
    dialog.get_by_label("Description").fill("An empty chair by a window")
    dialog.get_by_role("button", name="Insert picture").click()
    expect(body.locator("figure img")).to_have_attribute("alt", "An empty chair by a window")
    expect(body).to_be_focused()

    tools.get_by_role("button", name="Table").click()
    dialog.get_by_label("Rows", exact=True).fill("2")
    dialog.get_by_label("Columns", exact=True).fill("2")
    dialog.get_by_label("What the table shows").fill("Minutes of rest")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    for words in ("Week", "Minutes", "First", "Ten"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    editor.press("Save")
    editor.sees("was added successfully")
    expect(body.locator("figure img")).to_have_count(1)
    form = page.url

    editor.go(form)
    editor.press("Publish now…")
    editor.press("Publish now")
    editor.site.shows_soon(ADDRESS, lambda status, text: status == 200 and "<picture>" in text)

    reader = open_for()
    shown = reader.go(ADDRESS)
    picture = shown.get_by_role("img", name="An empty chair by a window")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => [image.naturalWidth > 0, image.currentSrc.endsWith('.webp')]") == [True, True]
    table = shown.get_by_role("region", name="Table: Minutes of rest").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Week", "Minutes"])
    expect(table.get_by_role("cell").first).to_have_text("First")
