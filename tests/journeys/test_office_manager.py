"""A morning of the office manager: a saved list, a letter to it, the retention report, and an export."""

import re

from playwright.sync_api import expect

from .people import STAFF


def test_a_list_a_letter_a_report_and_an_export(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/membership/membership/?standing=current")
    staff.press("Save as a list", "link")
    page.get_by_role("textbox", name=re.compile("^Name")).fill("Residents, today")
    page.get_by_role("checkbox", name="Resident or fellow", exact=True).first.check()
    staff.press("Save and continue editing")
    staff.sees("was added successfully")
    expect(page.locator(".field-members_today")).to_contain_text(re.compile(r"\d+\. See them"))

    page = staff.go("/admin/membership/memberletter/add/")
    page.get_by_label("Goes to").select_option(label="Residents, today")
    page.get_by_role("textbox", name=re.compile("^Subject")).fill("A poster prize, {nmae}")
    page.get_by_role("textbox", name=re.compile("^Text")).fill("Dear {name},\n\nsend us your poster.")
    staff.press("Save and continue editing")
    staff.sees("Nothing stands for “nmae”")
    page.get_by_role("textbox", name=re.compile("^Subject")).fill("A poster prize, {name}")
    staff.press("Save and continue editing")
    staff.press("Read it as a member", "link")
    expect(page.locator("#letter-heading")).to_have_text(re.compile(r"A poster prize, \w+"))
    staff.press("Back to the letter", "link")
    staff.press("Send…")
    staff.sees("on the list")
    page.get_by_role("button", name="Send", exact=True).click()
    staff.sees(re.compile("It waits for a second person|It is being sent"))

    page = staff.go("/admin/membership/membership/reports/")
    staff.press("Retention", "link")
    expect(page.locator(".report-answer")).to_contain_text(re.compile(r"Of those who join, \d+ % are members a year"))
    expect(page.locator("svg.chart").first).to_be_visible()

    page = staff.go("/admin/membership/membership/?standing=current&q=Bennett")
    staff.press("Export this list", "link")
    page.get_by_label("What is it for?").fill("To telephone them")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list").click()
    with open(download.value.path(), encoding="utf-8-sig") as file:
        assert file.readline().startswith("Member number,Standing,Category")
        assert "Bennett" in file.read()
    page = staff.go("/admin/membership/memberexport/")
    expect(page.locator("#result_list tbody tr").first).to_contain_text("To telephone them")
