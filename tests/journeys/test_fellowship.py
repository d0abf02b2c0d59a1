"""A fellowship place from the program's form over the staff to a fellow with a phone, and off the board again."""

import re

from playwright.sync_api import expect

from .people import EMPLOYER, PHONE, STAFF

PROGRAM = "Lighthouse Coast Pain Fellowship"
BOARD = "/career-center/fellowships/"


def test_a_program_posts_a_place_and_a_fellow_finds_it_on_a_phone(open_for, site):
    program, staff, fellow = open_for(EMPLOYER), open_for(STAFF), open_for(viewport=PHONE)
    page = program.go("/career-center/employers/")
    program.press("Fellowship places", "link")
    program.press("Post fellowship places", "link")
    page.get_by_label("Name of the program").fill(PROGRAM)
    town = page.get_by_role("combobox", name="Town or ZIP code")
    town.press_sequentially("astoria, o")
    expect(page.get_by_role("option", name=re.compile("^Astoria"))).to_have_text(["Astoria, OregonClatsop County"])
    town.press("ArrowDown")
    town.press("Enter")
    page.get_by_label("Open places").fill("2")
    page.get_by_label("First day").fill("2199-07-01")
    page.get_by_label("What is the year like?").fill("Two towns, one team, and a day a week for your own question.")
    page.get_by_label("Who may apply?").fill("Any residency that leads to the boards.")
    program.press("Send to our staff")
    program.sees("Say where to apply: an address or an e-mail.")
    page.get_by_label("E-mail to apply to").fill("fellows@coast.example")
    program.press("Send to our staff")
    program.sees("Sent. You get an e-mail when our staff have read it.")

    shown = fellow.go(BOARD)
    expect(shown.get_by_role("heading", name=PROGRAM)).to_have_count(0)
    read = staff.go("/admin/careers/fellowshipoffer/?status=in_review")
    read.get_by_role("link", name=PROGRAM, exact=True).click()
    asks = re.compile("^Approve…")
    read.get_by_role("button", name=asks).or_(read.get_by_role("link", name=asks)).click()
    staff.press("Approve")
    read.wait_for_url(re.compile(r"/admin/careers/fellowshipoffer/\d+/change/"))
    site.shows_soon(BOARD, lambda status, text: PROGRAM in text)

    shown = fellow.go(BOARD)
    place = shown.get_by_role("listitem").filter(has=shown.get_by_role("heading", name=PROGRAM))
    expect(place).to_contain_text("2 open places")
    expect(place).to_contain_text("Astoria, Oregon")
    expect(place.get_by_role("link", name="fellows@coast.example")).to_have_attribute(
        "href", "mailto:fellows@coast.example"
    )
    assert shown.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    status, feed = site.look(f"{BOARD}feed/")
    assert (status, feed.count(f"<title>{PROGRAM}</title>")) == (200, 1)

    own = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=PROGRAM))
    page.reload()
    own.get_by_role("link", name=re.compile("^Mark as filled")).click()
    program.heading("Mark as filled?")
    program.press("Mark as filled")
    program.sees("it is marked as filled and off the board.")
    site.shows_soon(BOARD, lambda status, text: PROGRAM not in text)
