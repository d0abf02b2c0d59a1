"""A question from a phone to a public answer: help first, a link of one's own, staff who answer and publish."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from .people import PHONE, STAFF
from .tools import text_of

# Longer than it takes to look like a program: the form is typed as people type.
A_KEY = 30
URGENT = "Since the injection I have chest pain now and then."
QUESTION = "I am Rosa Quill, my number is 555-014-2277. Which shoes help against pain in the heel when I stand all day?"
ANSWER = "Shoes with a firm heel and room for the toes. "
TITLE = "Which shoes help against pain in the heel when I stand all day?"
PATH = "/answers/which-shoes-help-against-pain-in-the-heel-when-i-stand-all-d/"


def fill_in(visitor, email, words):
    page = visitor.page
    page.get_by_label("Your name").fill("Rosa Quill")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Your question").press_sequentially(words, delay=A_KEY)


def test_help_appears_while_typing_and_does_not_block(open_for):
    visitor = open_for(viewport=PHONE)
    page = visitor.go("/ask/")

    fill_in(visitor, "rosa.live@visitors.example", URGENT)

    help_live = page.locator("[aria-live=polite]", has=page.locator(".urgent"))
    expect(help_live).to_contain_text("This can be an emergency")
    expect(help_live.locator("a[href='tel:911']")).to_be_visible()
    assert page.get_by_label("Your question").input_value() == URGENT
    visitor.press("Send the question")
    page.wait_for_url(re.compile(r"/ask/[\w-]{16}/$"))
    visitor.sees("This can be an emergency")
    visitor.site.letter("staff@", "URGENT: Question from Rosa Quill", reply_to="rosa.live@visitors.example")


def test_without_scripts_help_stands_first_and_the_second_press_sends(open_for):
    visitor = open_for(viewport=PHONE, java_script_enabled=False)
    page = visitor.go("/")
    fill_in(visitor, "rosa.plain@visitors.example", URGENT)
    visitor.press("Send the question")

    visitor.arrives("/ask/")
    expect(page.get_by_role("alert")).to_contain_text("This can be an emergency")
    assert page.get_by_label("Your question").input_value() == URGENT
    visitor.press("Send my question")

    page.wait_for_url(re.compile(r"/ask/[\w-]{16}/$"))
    visitor.heading("We have your question")


def test_a_question_is_answered_published_and_found(open_for):
    email = f"rosa.{datetime.now(UTC):%H%M%S}@visitors.example"
    visitor, staff = open_for(viewport=PHONE), open_for(STAFF)
    page = visitor.go("/ask/")
    fill_in(visitor, email, QUESTION)
    page.get_by_label("You may publish an answer").check()
    visitor.press("Send the question")
    page.wait_for_url(re.compile(r"/ask/[\w-]{16}/$"))
    own = page.url.removeprefix(visitor.site.origin)
    visitor.sees("Waiting for an answer")
    assert visitor.context.cookies() == []

    desk = staff.go("/admin/content/question/")
    desk.get_by_role("row").filter(has_text="Which shoes help").or_(
        desk.get_by_role("row").filter(has_text="I am Rosa Quill, my number")
    ).first.get_by_role("link").first.click()
    # The editor takes the plain field's place once its script has come.
    desk.locator(".answer-form .ProseMirror").click()
    desk.keyboard.type(ANSWER)
    staff.press("Send the answer…")
    staff.heading("Read it as the person will")
    staff.sees(ANSWER.strip())
    staff.press("Send the answer")
    staff.sees(f"Sent to {email}.")

    letter = text_of(visitor.site.letter(email, "Our answer to your question"))
    assert ANSWER.strip() in letter
    assert visitor.site.origin + own in letter
    visitor.go(own)
    visitor.heading("Here is our answer")
    visitor.sees(ANSWER.strip())

    staff.press("Make a public answer…")
    staff.sees("555-014-2277")
    staff.press("Make the draft")
    expect(desk.get_by_role("textbox", name=re.compile("^Title"))).to_have_value(TITLE)
    assert visitor.site.look(PATH)[0] == 404
    staff.press("Publish now…")
    staff.press("Publish now")
    staff.sees("now “Published”")
    visitor.site.shows_soon(PATH, lambda status, text: status == 200 and "Quill" not in text and "555-014" not in text)

    visitor.go(own)
    page.get_by_role("link", name=re.compile("^The public answer")).click()
    visitor.arrives(PATH)
    visitor.heading(TITLE)
    visitor.go("/answers/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    visitor.go("/ask/")
    page.get_by_label("Your question").press_sequentially("Good shoes against heel pain?", delay=A_KEY)
    expect(page.locator("[aria-live=polite]").get_by_role("link", name=TITLE)).to_be_visible()
