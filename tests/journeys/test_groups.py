"""Groups: a member joins by a press, asks where chairs decide, and a chair answers and writes, without an address."""

from playwright.sync_api import expect

from .people import MEMBER
from .tools import text_of

LIST = "/membership/groups/"


def test_a_member_joins_leads_and_writes(open_for):
    visitor, member = open_for(), open_for(MEMBER)
    page = visitor.go(LIST)
    page.get_by_role("link", name="Cancer pain", exact=True).click()
    visitor.sees("Members join at once, by a press.")
    expect(page.get_by_role("button", name="Join, with its letters")).to_have_count(0)

    page = member.go(f"{LIST}cancer-pain/")
    member.press("Join, with its letters")
    member.sees("Its letters come to you.")
    member.press("Send me no more letters")
    member.sees("You get no letters of it.")

    # The chair of another group answers who asks, and writes.
    page = member.go(f"{LIST}headache/")
    member.press("To the chairs’ page", "link")
    first = page.locator("article").first
    name = first.get_by_role("heading").inner_text()
    first.get_by_role("button", name="Let them in").click()
    member.sees("They are in, and know it by mail.")
    expect(page.locator("#people ~ ul")).to_contain_text(name)
    member.press("Write to the group", "link")
    member.fill(Subject="A case for March", Letter="Please bring one.")
    member.press("Look at it")
    member.heading("A case for March")
    member.press("Send a test to me")
    assert "Please bring one." in text_of(member.site.letter(MEMBER, "Test: [Headache] A case for March"))
    page.get_by_role("button", name="Send it to").click()
    member.sees("Being sent")
    member.press("Stop it")
    member.sees("Stopped")
