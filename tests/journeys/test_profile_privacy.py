"""A seeker hides from the own hospital, on a phone and without scripts, and reads who has seen the profile."""

import re

from playwright.sync_api import expect

from .people import LAPSED, PHONE


def test_a_seeker_hides_from_the_own_hospital_on_a_phone(open_for):
    seeker = open_for(LAPSED, viewport=PHONE, java_script_enabled=False)
    page = seeker.go("/career-center/profile/hidden-from/")
    seeker.sees("Nobody is on it yet.")
    what = page.get_by_label("Organization or domain")
    what.fill("lakeward")
    seeker.press("Hide it from them")
    seeker.sees("Which of them?")
    page.get_by_role("button", name=re.compile("^Hide from it")).click()
    seeker.sees("Your profile is hidden from Lakeward University Hospital.")
    what.fill("gmail.com")
    seeker.press("Hide it from them")
    seeker.sees("it tells nothing of an employer")
    expect(what).to_have_value("gmail.com")
    what.fill("https://www.harbor-system.example/jobs")
    seeker.press("Hide it from them")
    entries = page.get_by_role("region", name="2 of 50 entries").get_by_role("listitem")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("harbor-system.example")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    entries.first.get_by_role("button", name=re.compile("^Remove")).click()
    seeker.sees("That entry is off your list.")
    expect(page.get_by_role("region", name="1 of 50 entries").get_by_role("listitem")).to_have_count(1)

    seeker.go("/career-center/profile/seen/")
    seeker.heading("Who has seen you")
    seeker.press("Hide your profile from an organization", "link")
    seeker.arrives("/career-center/profile/hidden-from/")
