"""Renewal: a resident whose training is over steps up by the letter's link and a card; a physician pays by check."""

import re
import subprocess
import sys

from playwright.sync_api import expect

from .conftest import ROOT, environment
from .people import STAFF
from .tools import Reader, text_of

# A term of the last year that ends in twenty days; then what the clock does every five minutes.
BELONGS = """
from datetime import timedelta
from django.utils import timezone
from aapm_site.accounts.models import User
from aapm_site.core.background.due import run_due
from membership.domain.memberships import admit_member
from membership.models import Plan, Term
today = timezone.localdate()
person, plan = User.objects.get(email={email!r}), Plan.objects.get(slug={plan!r})
term = admit_member(person, plan, on=today - timedelta(days=345), {more})
now = timezone.now()
Term.objects.filter(pk=term.pk).update(ends_on=today + timedelta(days=20), created_at=now - timedelta(days=300))
run_due(now)
"""


def member_of(open_for, email: str, first: str, last: str, plan: str, more: str = "") -> Reader:
    person = open_for()
    person.go("/accounts/signup/")
    person.sign_up(email, first, last)
    words = BELONGS.format(email=email, plan=plan, more=more)
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", words]
    subprocess.run(command, cwd=ROOT, env=environment(person.site.home, person.site.port), check=True)
    return person


def test_a_resident_steps_up_by_the_letters_link_with_a_card(open_for):
    ends = "training_ends_on=today - timedelta(days=60)"
    resident = member_of(open_for, "noor@people.example", "Noor", "Haddad", "resident-or-fellow", ends)
    letter = text_of(resident.site.letter("noor@people.example", "membership"))
    link = re.search(r"http://\S+/membership/renew/\S+", letter)[0]

    anybody = open_for()
    page = anybody.go(link)
    anybody.heading("Renew your membership")
    anybody.sees("Physician. The term ends on")
    assert "Noor" not in page.inner_text("main")
    page.get_by_role("radio", name=re.compile("card", re.IGNORECASE)).check()
    anybody.press("Renew")
    page.get_by_role("button", name=re.compile("^Pay .* by card")).click()
    anybody.press("Pay")
    page.wait_for_url(re.compile("/pay/|/account/orders/"))
    anybody.go(link)
    anybody.sees("This link has been used.")

    mine = resident.go("/membership/mine/")
    terms = mine.locator("section[aria-labelledby=terms]")
    expect(terms).to_contain_text("Physician")
    expect(terms).to_contain_text("Resident or fellow")
    expect(terms).to_contain_text("Dues paid")


def test_a_physician_pays_the_dues_by_check(open_for):
    physician, staff = member_of(open_for, "ines@people.example", "Ines", "Duarte", "physician"), open_for(STAFF)
    page = physician.go("/membership/mine/")
    page.get_by_role("link", name=re.compile("^Continue with 1 year")).click()
    physician.heading("Checkout")
    page.get_by_label("Name on the invoice").fill("Duarte Pain Practice")
    page.get_by_label("Street").fill("7 Lantern Street")
    page.get_by_label("City").fill("Astoria")
    page.get_by_label("State or region").fill("OR")
    page.get_by_label("ZIP or postal code").fill("97103")
    page.get_by_role("radio", name=re.compile("^By check or bank transfer")).check()
    page.get_by_role("button", name=re.compile("^Place the order for")).click()
    physician.sees("Waiting for your check or transfer")
    number = re.search(r"INV-\d{4}-\d{5}", page.inner_text("h1"))[0]
    physician.go("/membership/mine/")
    physician.sees("Your dues are to be paid")

    desk = staff.go("/admin/billing/order/?q=" + number)
    desk.get_by_role("link", name=number, exact=True).click()
    desk.get_by_role("button", name=re.compile("^Record a payment")).click()
    desk.get_by_label("Reference").fill("Check 7700")
    desk.get_by_role("button", name=re.compile("^Record a payment")).click()
    staff.sees("Nothing is owed any more.")
    physician.go("/membership/mine/")
    expect(page.get_by_role("heading", name="Your dues are to be paid")).to_have_count(0)
    expect(page.locator("section[aria-labelledby=terms]")).to_contain_text("Dues paid")
