"""The office manager: last year's list, ten applications; a saved list, a letter to it, a report, and an export."""

import re
import subprocess
import sys
import time

from playwright.sync_api import expect

from .conftest import ROOT, environment
from .people import STAFF
from .tools import PATIENCE

# Ten people who applied, five for a category with dues and five for one without.
APPLIED = """
from aapm_site.accounts.models import Profession, User
from membership.models import Application, CareerStage, Plan
profession, stage = Profession.objects.get(slug="physician"), CareerStage.objects.first()
for number in range(10):
    user = User.objects.create_user(f"applicant{number}@people.example", first_name=f"Ada {number}", last_name="Berg")
    Application.objects.create(
        user=user, plan=Plan.objects.get(slug=("physician", "medical-student")[number % 2]), first_name=f"Ada {number}",
        last_name="Berg", profession=profession, career_stage=stage, state_code="ME", workplace="Harbor Clinic",
        training="MD 2020.",
    )
"""
LIST = """Member number,E-mail,First name,Last name,Category,Term from,Term to
770001,rosa.berg@people.example,Rosa,Berg,Physician,01/01/2026,12/31/2027
770002,emil.berg@people.example,Emil,Berg,Physician,02/30/2026,12/31/2027
"""


def looks_again_until_done(page):
    """The worker checks and applies lists; their page says so, with a link to look again, until it has."""
    deadline = time.monotonic() + PATIENCE
    while (again := page.get_by_role("link", name="Look again")).count():
        assert time.monotonic() < deadline, page.locator("#content-main").inner_text()
        again.click()


def test_last_years_list_is_looked_at_before_it_is_applied(open_for):
    staff = open_for(STAFF)
    page = staff.go("/admin/membership/memberimport/")
    staff.press("Import members", "link")
    file = {"name": "last-year.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("File").set_input_files([file])
    staff.press("Read the file")
    page.get_by_label(re.compile("^Dates are written")).select_option(index=1)
    staff.press("Check every line")
    page.wait_for_url("**/change/")
    looks_again_until_done(page)
    expect(page.get_by_role("row", name=re.compile("Rosa Berg"))).to_contain_text("770001")
    expect(page.get_by_role("row", name=re.compile("Emil Berg"))).to_contain_text("02/30/2026")
    assert staff.go("/admin/membership/membership/?q=770001").get_by_role("link", name=re.compile("Rosa")).count() == 0

    page = staff.go("/admin/membership/memberimport/")
    page.locator("#result_list tbody a").first.click()
    staff.press("Apply this list…", "link")
    page.get_by_role("button", name=re.compile("^Apply this list")).click()
    staff.sees("It is being applied.")
    looks_again_until_done(page)
    staff.sees("Applied.")
    page = staff.go("/admin/membership/membership/?q=770001")
    expect(page.locator("#result_list")).to_contain_text("Rosa Berg")


def test_ten_applications_are_decided_one_after_the_other(open_for):
    staff = open_for(STAFF)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", APPLIED]
    subprocess.run(command, cwd=ROOT, env=environment(staff.site.home, staff.site.port), check=True)
    page = staff.go("/admin/membership/application/desk/")
    for _ in range(10):
        who = page.locator("h1").inner_text()
        staff.press("Approve")
        staff.sees("Approved: ")
        expect(page.locator("h1")).not_to_have_text(who)
    assert staff.site.letter("applicant1@people.example", "")


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
    expect(page.locator(".report-answer")).to_contain_text(re.compile(r"Of those who join, \d+% are members a year"))
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
