"""Half an answer is kept while it is written: a tab that is closed in the middle of a sentence takes nothing along."""

import re

from playwright.sync_api import expect

from .people import STAFF

LIST = "/admin/content/question/?status__exact=new&q=Ellis"
FIRST, MORE = "The category of early career is the one.", " It begins with the day on which your fellowship ends."


def test_an_answer_survives_a_closed_tab_and_is_taken_back(open_for):
    staff = open_for(STAFF)
    page = staff.go(LIST)
    page.locator("#result_list tbody th a").first.click()
    staff.heading("Change question")
    question = page.url
    # The first button that one meets sends the answer; nobody else has the question open.
    buttons = page.get_by_role("main").get_by_role("button").filter(visible=True)
    names = [name.strip() for name in buttons.all_inner_texts()]
    assert next(name for name in names if name.endswith("…")) == "Send the answer…"
    expect(page.get_by_text("Talk to each other before you write.")).to_be_hidden()

    field = page.locator(".answer-form .ProseMirror")
    field.click()
    page.keyboard.type(FIRST)
    expect(page.locator("[data-kept]")).to_have_text(re.compile("^Draft kept at"))
    page.keyboard.type(MORE)
    page.close()  # before the next pause, at which it would have been kept

    # A browser that goes sends its last words on its way out.
    again = staff.context.new_page()
    field = again.locator(".answer-form .ProseMirror")
    for _ in range(10):
        again.goto(question)
        field.wait_for()
        if field.inner_text() == FIRST + MORE:
            break
    expect(field).to_have_text(FIRST + MORE)

    field.click()
    again.keyboard.press("Control+A")
    again.keyboard.press("Delete")
    expect(again.locator("[data-kept]")).to_have_text("No draft is kept.")
    again.reload()
    expect(field).to_have_text("")
