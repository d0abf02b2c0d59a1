"""An organization proves that it is who it says, looks for people, keeps the search, and asks one of them."""

import re

from .people import EMPLOYER, MEMBER
from .test_buying import register
from .tools import text_of

CENTER, OFFICE = "Kelp Coast Pain Center", "office@kelpcoast.example"
WORDS = "You would join three colleagues, and choose your own days."


def test_an_organization_proves_its_domain_by_a_mailed_link(open_for):
    owner = open_for()
    board = register(owner, "wanda@kelp-people.example", CENTER)
    owner.go(f"{board}verification/")
    owner.sees("One thing comes first.")
    owner.press("Give the website", "link")
    owner.page.get_by_label("Website").fill("https://kelpcoast.example")
    owner.press("Save")
    page = owner.go(f"{board}verification/")
    address = page.get_by_label("An address at your organization")
    address.fill("somebody@gmail.com")
    owner.press("Mail the link")
    assert page.get_by_role("alert").count()
    address.fill(OFFICE)
    owner.press("Mail the link")
    owner.sees("We wrote to that address at kelpcoast.example.")

    link = re.search(r"http\S+", text_of(owner.site.letter(OFFICE, "Verify your organization")))[0]
    stranger = open_for(EMPLOYER)
    stranger.go(link, status=404)
    owner.go(link)
    owner.press(f"Yes, verify {CENTER}")
    owner.go(f"{board}verification/")
    owner.heading("Your organization is verified")
    owner.go(link)
    owner.heading("Your organization is verified")


def test_a_search_is_kept_and_somebody_found_is_asked_and_says_yes(open_for):
    person, recruiter = open_for(MEMBER), open_for(EMPLOYER)
    person.go("/career-center/profile/")
    person.page.get_by_role("checkbox", name=re.compile("^Employers may find my profile")).check()
    person.press("Save the switches")

    recruiter.go("/career-center/employers/")
    page = recruiter.go(recruiter.page.get_by_role("link", name="Search profiles").first.get_attribute("href"))
    base = page.url.split("?")[0]
    search = f"{base}?profession=physician"
    recruiter.go(f"{base}searches/")
    page.get_by_role("button", name=re.compile("^Remove.*Physicians")).click()
    recruiter.go(search)
    page.get_by_label("Name of the search").fill("Anesthesiologists, soon")
    page.get_by_label("How often").select_option("Once a week")
    recruiter.press("Save the search")
    recruiter.sees("Anesthesiologists, soon")

    # Whoever changed last stands first; opening it is what its person reads.
    recruiter.go(search)
    page.get_by_role("listitem").filter(has_text="Physician").get_by_role(
        "button", name=re.compile("^Open")
    ).first.click()
    recruiter.press("Ask for contact", "link")
    page.get_by_label("About which position").select_option(index=0)
    page.get_by_label("In your own words").fill(WORDS)
    recruiter.press("Ask them")

    letter = text_of(person.site.letter(MEMBER, "would like to talk to you"))
    assert WORDS not in letter
    person.go("/career-center/profile/asked/")
    person.sees(WORDS)
    person.page.get_by_role("button", name=re.compile("^Yes, show them who I am")).first.click()
    name = person.go("/account/").get_by_role("heading", level=1).inner_text()
    recruiter.go(f"{base}asked/")
    assert MEMBER in recruiter.page.content() or name.split()[-1] in recruiter.page.content()
