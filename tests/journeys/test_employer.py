"""An employer's position from the first word to the 410: written, returned, corrected, live, paused, filled."""

import json
import re

from playwright.sync_api import expect

from .people import EMPLOYER, STAFF
from .tools import Reader, text_of

TITLE = "Pain physician, lighthouse coast clinics"
REASON = "Please say how many nights of call there are."
BODY = """You would look after people with long-standing pain in two small towns, with a nurse and a psychologist.

We meet every Tuesday to talk about the plans that do not work yet."""
CALL = "\n\nCall is one night in ten, by telephone."
LIST = "/career-center/jobs/"


def write(employer: Reader) -> None:
    """Everything but the title, whose absence is the first thing that the form names."""
    page = employer.page
    page.get_by_label("Who are you looking for?").select_option("Physician")
    page.get_by_label("Kind of employment").select_option("Full time")
    page.get_by_label("Setting").select_option("Private practice")
    page.get_by_label("Where the work is done").select_option(index=0)
    place = page.get_by_role("group", name="Place 1")
    town = place.get_by_role("combobox", name="Town or ZIP code")
    town.press_sequentially("astoria, o")
    expect(place.get_by_role("option")).to_have_text(["Astoria, OregonClatsop County"])
    town.press("ArrowDown")
    town.press("Enter")
    expect(town).to_have_value("Astoria, Oregon")
    page.get_by_label("From", exact=True).fill("$310,000")
    page.get_by_label("To", exact=True).fill("350,000")
    page.get_by_label("For", exact=True).select_option("a year")
    page.get_by_label("Summary").fill("Two small towns, one team, and the sea at the end of each street.")
    page.get_by_role("textbox", name="Description").fill(BODY)
    page.get_by_role("textbox", name="Address to apply at").fill("https://coast.example/apply")
    page.get_by_label("This position is open").check()
    page.get_by_role("radio", name="No, people read every application").check()


def decide(staff: Reader, words: str, *, reason: str = "") -> None:
    """Staff open the position from the list of what waits, and decide by a button and its confirmation."""
    page = staff.go("/admin/careers/job/?stage=review")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("button", name=f"{words}…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{words}: {TITLE}")
    if reason:
        page.get_by_label("Reason").fill(reason)
    staff.press(words)
    page.wait_for_url(re.compile(r"/admin/careers/job/\d+/change/"))


def send(employer: Reader, *, again: bool = False) -> None:
    """From the preview to review: which posting it uses is chosen the first time only."""
    employer.press("Send to review", "link")
    employer.heading("Send to review?")
    if again:
        employer.sees("It has its posting already.")
    else:
        employer.page.get_by_role("radio", name=re.compile("^30 days:")).check()
    employer.press("Send to review")
    employer.sees("it is with our staff now")


def step(employer: Reader, words: str) -> None:
    """One of the position's own buttons on the board."""
    row = employer.page.get_by_role("article", name=TITLE)
    row.get_by_role("button", name=re.compile(f"^{words}")).or_(
        row.get_by_role("link", name=re.compile(f"^{words}"))
    ).click()


def test_a_position_from_the_form_to_the_end(open_for):
    employer, staff = open_for(EMPLOYER), open_for(STAFF)
    page = employer.go("/career-center/employers/")
    board = page.url
    employer.press("Post a position", "link")

    # Written, first with an error: its field takes the focus, and no word is lost.
    write(employer)
    employer.press("Save and preview")
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text([re.compile("^Title: ")])
    expect(page.get_by_role("textbox", name="Description").get_by_role("paragraph")).to_have_text(BODY.split("\n\n"))
    expect(page.get_by_label("From", exact=True)).to_have_value("310000")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type(TITLE)
    employer.press("Save and preview")

    # The preview is the real page; nobody else sees it.
    employer.heading(TITLE)
    employer.sees("This is a preview.")
    employer.sees("$310,000–350,000")
    send(employer)
    assert TITLE not in employer.site.look(LIST)[1]

    # Returned with a reason, which the employer reads on the board, by mail, and above the form.
    decide(staff, "Send back", reason=REASON)
    assert REASON in " ".join(text_of(employer.site.letter(EMPLOYER, TITLE)).split())
    employer.go(f"{board}?show=back")
    employer.sees(REASON)
    step(employer, "Correct it")
    employer.sees("Our reader asks for a change:")
    page.get_by_role("textbox", name="Description").fill(BODY + CALL)
    employer.press("Save and preview")
    send(employer, again=True)

    # Approved: live everywhere.
    decide(staff, "Approve")
    employer.site.shows_soon(LIST, lambda status, text: TITLE in text)
    employer.go(board)
    page.get_by_role("article", name=TITLE).get_by_role("link", name=TITLE, exact=True).click()
    page.wait_for_url(re.compile(LIST + r"\d+-"))
    address = page.url.removeprefix(employer.site.origin)
    live(employer, address)

    # Paused and back, then filled for good.
    employer.go(board)
    step(employer, "Pause")
    employer.sees("it is paused")
    employer.site.shows_soon(address, lambda status, text: status == 404)
    employer.site.shows_soon(LIST, lambda status, text: TITLE not in text)
    step(employer, "Resume")
    employer.sees("it is live again")
    employer.site.shows_soon(address, lambda status, text: status == 200)
    step(employer, "Mark as filled")
    employer.heading("Mark as filled?")
    employer.press("Mark as filled")
    employer.sees("congratulations")
    employer.site.shows_soon(address, lambda status, text: status == 410 and "This position is filled." in text)
    employer.site.shows_soon("/search/?q=lighthouse", lambda status, text: TITLE not in text)


def live(employer: Reader, address: str) -> None:
    """What a visitor finds: the page with its structured data, the home page's feed, the search."""
    site = employer.site
    site.shows_soon("/", lambda status, text: TITLE in text)
    site.shows_soon("/search/?q=lighthouse", lambda status, text: address in text)
    text = site.look(address)[1]
    stated = [
        json.loads(found)
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    ]
    posting = next(one for one in stated if one["@type"] == "JobPosting")
    assert posting["title"] == TITLE
    assert posting["baseSalary"]["value"]["minValue"] == 310000
    assert "Call is one night in ten" in posting["description"]
    assert "preview" not in text
