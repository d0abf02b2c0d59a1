"""My membership: a card that a stranger checks, a pause, and a resignation that is taken back."""

from playwright.sync_api import expect

from .people import MEMBER

MINE = "/membership/mine/"


def test_a_member_shows_a_card_pauses_and_thinks_again(open_for):
    member, desk = open_for(MEMBER), open_for()
    page = member.go(MINE)
    member.press("Make my card")
    member.heading("Your membership card")
    code = page.locator(".member-card-code b").inner_text()

    # Somebody at a desk types the code, with small letters and without hyphens.
    checked = desk.go("/membership/check/")
    checked.get_by_label("The code on the card or letter").fill(code.replace("-", " ").lower())
    desk.press("Check")
    desk.sees("Valid today.")
    name = page.locator(".member-card-name").inner_text()
    expect(checked.get_by_role("main").get_by_text(name)).to_be_visible()

    # A new code, and the old one answers no more.
    member.press("Draw a new code")
    checked.reload()
    desk.sees("Not valid.")
    expect(checked.get_by_role("main").get_by_text(name)).to_have_count(0)

    member.go(f"{MINE}pause/")
    page.get_by_label("Parental leave").check()
    member.press("Ask for the pause")
    member.sees("Your membership rests")
    expect(page.get_by_role("heading", name="Card and papers")).to_have_count(0)
    member.press("I am back: end the pause")
    expect(page.get_by_role("heading", name="Card and papers")).to_be_visible()

    member.go(f"{MINE}resign/")
    member.press("Resign")
    member.sees("You have resigned.")
    member.press("Take the resignation back")
    member.sees("Taken back. We are glad that you stay.")
    member.go(f"{MINE}history/")
    member.sees("You took the resignation back")
