"""A practice manager with a three-pack: one position returned and corrected, one confidential, one filled early whose
days lengthen another, one renewed. And a Monday of the careers office: ten positions without leaving the desk.
"""

import re

from playwright.sync_api import Locator, expect

from .people import EMPLOYER, STAFF
from .test_buying import bill_to, choose, post_a_position, register
from .test_employer import LIST
from .tools import Reader

CLINIC = "Saltmarsh Pain Clinic"
FIRST, SECOND, THIRD = "Pain physician, Saltmarsh", "Pain nurse, Saltmarsh", "Pain psychologist, north coast"
UNNAMED = "A pain clinic on the north coast"
DESK = "/admin/careers/job/desk/"


def pay_by_card(manager: Reader, package: str) -> None:
    """Whatever the package costs, on the card's page of the demonstration."""
    page = manager.page
    choose(manager, package)
    bill_to(manager, CLINIC)
    page.get_by_role("radio", name=re.compile("^By card")).check()
    page.get_by_role("button", name=re.compile("^Place the order for")).click()
    manager.press("Pay")
    page.wait_for_url(re.compile("/pay/|/account/orders/"))


def row_of(manager: Reader, title: str) -> Locator:
    return manager.page.get_by_role("article", name=title)


def begin_like(manager: Reader, board: str, title: str, new: str) -> None:
    """A draft that begins with another position. What belongs to that one alone is stated anew."""
    page = manager.go(board)
    row = row_of(manager, title).first
    row.locator("summary", has_text="More").click()
    row.get_by_role("button", name=re.compile("^Use as a start for a new one")).click()
    page.get_by_label("Title", exact=True).fill(new)
    page.get_by_label("This position is open").check()
    page.get_by_role("radio", name="No, people read every application").check()


def send(manager: Reader, title: str) -> None:
    manager.press("Save and preview")
    manager.heading(title)
    manager.press("Send to review", "link")
    if (kind := manager.page.get_by_role("radio", name=re.compile("^30 days:"))).count():
        kind.check()
    manager.press("Send to review")
    manager.sees("it is with our staff now")


def number_of(manager: Reader, title: str) -> str:
    return row_of(manager, title).get_attribute("id").removeprefix("job-")


def approve(staff: Reader, number: str) -> None:
    staff.go(f"{DESK}{number}/")
    staff.press("Approve")
    staff.page.wait_for_url(lambda url: f"/{number}/" not in url)


def withhold_name(manager: Reader) -> None:
    page = manager.page
    page.get_by_label("Withhold our name").check()
    page.get_by_label("What to call you instead").fill(UNNAMED)
    page.get_by_label("Take applications on this site").check()
    page.get_by_role("textbox", name="Address to apply at").fill("")


def test_three_positions_from_a_three_pack(open_for):
    manager, staff = open_for(), open_for(STAFF)
    site, page = manager.site, manager.page
    board = register(manager, "ida@saltmarsh.example", CLINIC)
    pay_by_card(manager, "Three-pack")

    # Written once, then begun with what stands; one of the three withholds the name.
    post_a_position(manager, board, FIRST)
    manager.sees("You have 3 left.")
    manager.press("Send to review")
    for title in (SECOND, THIRD):
        begin_like(manager, board, FIRST, title)
        if title == THIRD:
            withhold_name(manager)
        send(manager, title)
    manager.go(board)
    manager.sees("No postings left")
    expect(row_of(manager, THIRD)).to_contain_text("In review since")
    expect(row_of(manager, THIRD)).to_contain_text("that our staff are to read")
    assert "Sent to review" in site.letter("ida@saltmarsh.example", THIRD)["Subject"]
    first, second, third = (number_of(manager, title) for title in (FIRST, SECOND, THIRD))

    # One comes back with reasons that staff choose; corrected, it is sent again with the posting that it has.
    desk = staff.go(f"{DESK}{second}/")
    desk.locator("summary", has_text="Send it back").click()
    desk.get_by_role("checkbox", name="It says too little of the work").check()
    staff.press("Go on")
    staff.sees("Nothing was sent yet.")
    staff.press("Send back")
    for number in (first, third):
        approve(staff, number)
    manager.go(f"{board}?show=back")
    manager.sees("Please say more of the work itself")
    row_of(manager, SECOND).get_by_role("link", name=re.compile("^Correct it")).click()
    page.get_by_label("Summary").fill("Two towns, one team, and two nurses beside you from the first day on.")
    send(manager, SECOND)
    staff.go(f"{DESK}{second}/")
    staff.sees("two nurses beside you")
    approve(staff, second)

    # Nobody reads who is behind the confidential one.
    page = manager.go(board)
    row_of(manager, THIRD).get_by_role("link", name=THIRD, exact=True).click()
    page.wait_for_url(re.compile(LIST + r"\d+-"))
    address = page.url.removeprefix(site.origin)
    site.shows_soon(LIST, lambda status, text: THIRD in text)
    for path in (address, f"{LIST}?q=north+coast", "/search/?q=%22north+coast%22"):
        status, text = site.look(path)
        assert status == 200
        assert THIRD in text
        # Below it stand others that are similar, and its employer's own name is one of many there.
        assert CLINIC not in text.partition("Similar positions")[0], path

    # Filled early: the days come back, and lengthen another.
    manager.go(board)
    row_of(manager, FIRST).get_by_role("link", name=re.compile("^Mark as filled")).click()
    manager.press("Mark as filled")
    manager.sees("come back to")
    row_of(manager, SECOND).get_by_role("link", name=re.compile("^Lengthen")).click()
    manager.heading("Lengthen it")
    page.get_by_label("How many days").fill("14")
    manager.press("Lengthen")
    manager.sees("it is open through")

    # Renewed with a posting that is bought for it: the same address.
    pay_by_card(manager, "Single, 30 days")
    manager.go(board)
    row_of(manager, THIRD).get_by_role("link", name=re.compile("^Renew")).click()
    manager.sees("It stays live without a gap")
    manager.press("Renew")
    manager.sees("it is renewed, and open through")
    assert THIRD in site.look(address)[1]


def test_ten_positions_on_a_monday_without_leaving_the_desk(open_for):
    staff, employer = open_for(STAFF), open_for(EMPLOYER)
    board = employer.go("/career-center/employers/").url
    name = employer.page.locator(".page-head .kicker").inner_text()
    page = staff.go("/admin/careers/employer/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name=re.compile("^Give postings")).or_(
        page.get_by_role("button", name=re.compile("^Give postings"))
    ).click()
    page.get_by_label("How many").fill("5")
    page.get_by_label("Reason").fill("For five clinics that open in May.")
    staff.press("Give postings")
    for number in range(5):
        begin_like(employer, board, "Pain physician, ten-day promise", f"Pain physician, clinic {number + 1} of five")
        send(employer, f"Pain physician, clinic {number + 1} of five")

    # The oldest is left for a colleague; then ten are seen to, each by one press that leads to the next.
    page = staff.go(DESK)
    staff.press("Skip to the next", "link")
    seen = []
    while len(seen) < 10:
        page.wait_for_url(re.compile(DESK + r"\d+/"))
        seen.append(page.url.removeprefix(staff.site.origin).rstrip("/").split("/")[-1])
        if len(seen) == 3:
            send_back(staff)
        elif page.get_by_role("button", name="Approve the change").count():
            staff.press("Approve the change")
        else:
            staff.press("Approve")
        page.wait_for_url(lambda url: f"/{seen[-1]}/" not in url)
        assert page.url.startswith(staff.site.origin + DESK)
    assert len(set(seen)) == 10
    employer.go(f"{board}?show=live")
    employer.sees("Pain physician, clinic 5 of five")


def send_back(staff: Reader) -> None:
    page = staff.page
    page.locator("summary", has_text="Send it back").click()
    page.get_by_role("textbox", name="What its team reads").fill("Please say how many nights of call there are.")
    page.get_by_role("button", name=re.compile("^(Send back|Go on)$")).click()
