"""A fellowship program pays for a seat: its administrator invites, and a newcomer reads what it means and says yes."""

from playwright.sync_api import expect

from .people import EMPLOYER
from .tools import text_of

INSTITUTION = "Riverbend Pain Fellowship"
COLLEAGUE = "mara.lindqvist@riverbend.example"


def test_an_institution_offers_a_seat_and_a_newcomer_takes_it(open_for):
    office, person = open_for(EMPLOYER), open_for()
    desk = office.go("/account/")
    desk.get_by_role("link", name=INSTITUTION).first.click()
    office.heading(INSTITUTION)
    desk.get_by_role("textbox", name="E-mail addresses").fill(f"Mara Lindqvist <{COLLEAGUE}>\nsomebody without one")
    office.press("Invite them")
    office.sees("1 of 2 invited")
    office.sees("There is no e-mail address on this line.")

    letter = text_of(person.site.letter(COLLEAGUE, "offers to pay for your AAPM membership"))
    assert "/membership/seats/" in letter
    assert "Mara" not in letter
    page = person.go("/accounts/signup/?next=/membership/seats/")
    person.sign_up(COLLEAGUE, "Mara", "Lindqvist")
    person.arrives("/membership/seats/")
    page.get_by_role("link", name="Read it and answer").click()
    person.heading(f"A seat from {INSTITUTION}")
    page.get_by_role("checkbox", name="I agree to this.").check()
    person.press("Yes, take the seat")
    person.arrives("/membership/mine/")
    person.sees("Paid by your institution")

    row = office.go(desk.url).get_by_role("listitem").filter(has_text=COLLEAGUE)
    expect(row).to_contain_text("Has a seat")
