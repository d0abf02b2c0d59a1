"""A job seeker: narrows the list, shares what it shows, opens a job, meets one that is gone, makes an account."""

import json
import re
import subprocess
import sys
import tomllib

import pytest
from playwright.sync_api import expect

from .conftest import ROOT, environment
from .tools import text_of

JOBS = "/career-center/jobs/"
SAMPLES = tomllib.loads((ROOT / "careers/demo/jobs.toml").read_text(encoding="utf-8"))["job"]
LIVE = [job for job in SAMPLES if job["status"] == "live"]
JOB = SAMPLES[0]


def number_of(status: str) -> int:
    """The number of the first sample of a status: they are loaded into an empty table, in order."""
    return next(number for number, job in enumerate(SAMPLES, 1) if job["status"] == status)


def titles(page) -> list[str]:
    return page.get_by_role("main").get_by_role("heading", level=3).all_inner_texts()


def test_filters_narrow_the_list_and_their_address_can_be_shared(open_for):
    seeker, friend = open_for(), open_for()
    wanted = sorted(job["title"] for job in LIVE if job["profession"] in {"psychologist", "researcher"})
    of_two = sorted(
        job["title"]
        for job in LIVE
        if job["profession"] in {"psychologist", "researcher"} and job["setting"] == "private-practice"
    )
    assert 0 < len(of_two) < len(wanted) < 20
    page = seeker.go(JOBS)

    page.get_by_label("Psychologist").check()
    page.get_by_label("Researcher").check()
    seeker.press("Show positions")
    expect(page.get_by_role("status")).to_have_text(f"{len(wanted)} positions found")
    assert sorted(titles(page)) == wanted
    page.get_by_text("Setting", exact=True).click()
    page.get_by_label("Private practice").check()
    seeker.press("Show positions")
    page.wait_for_url("**setting=private-practice*")
    assert sorted(titles(page)) == of_two

    shared = friend.go(page.url)
    assert sorted(titles(shared)) == of_two
    expect(shared.get_by_label("Psychologist")).to_be_checked()
    shared.locator(".chosen").get_by_role("link", name="Private practice").click()
    expect(shared.get_by_role("status")).to_have_text(f"{len(wanted)} positions found")
    friend.press("Clear all", "link")
    expect(shared.get_by_role("status")).to_have_text(f"{len(LIVE)} positions")


def test_words_and_a_state_find_one_job_and_nothing_has_a_way_back(reader):
    page = reader.go(JOBS)
    page.get_by_label("What").fill("interventional")
    page.get_by_text("State", exact=True).click()
    page.get_by_label("Maine").check()
    page.get_by_role("search", name="Positions").get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 position found")
    assert titles(page) == [JOB["title"]]

    page.get_by_label("What").fill("lighthouse keeper")
    page.get_by_role("search", name="Positions").get_by_role("button", name="Search").click()
    reader.sees("No open position matches all of this.")
    reader.press("Show all positions", "link")
    expect(page.get_by_role("status")).to_have_text(f"{len(LIVE)} positions")


def test_a_job_says_what_it_is_and_how_to_apply(reader):
    page = reader.go(f"{JOBS}1/")
    reader.arrives(f"{JOBS}1-interventional-pain-physician/")
    reader.heading(JOB["title"])
    reader.sees("$365,000–420,000")
    expect(page.get_by_role("link", name="Apply on this site")).to_have_attribute("href", re.compile(r"/apply/$"))

    stated = [json.loads(text) for text in page.locator("script[type='application/ld+json']").all_inner_texts()]
    posting = next(one for one in stated if one["@type"] == "JobPosting")

    assert posting["title"] == JOB["title"]
    assert posting["hiringOrganization"]["name"] == "Harbor Lane Pain & Spine"


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("filled", "This position is filled."),
        ("withdrawn", "This position has been withdrawn."),
        ("past", "was open until"),
    ],
)
def test_a_job_that_is_gone_says_so_and_offers_others(reader, status, says):
    page = reader.go(f"{JOBS}{number_of(status)}/", status=410)

    reader.sees(says)
    expect(page.get_by_role("link", name="Apply at the employer")).to_have_count(0)
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    reader.press("See all open positions", "link")
    reader.arrives(JOBS)


def test_a_new_account_by_a_code_from_the_mail(reader):
    email = "kim.osei@seekers.example"
    page = reader.go("/")
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    reader.press("Create an account", "link")
    reader.arrives("/accounts/signup/")

    reader.sign_up(email, "Kim", "Osei")
    letter = text_of(reader.site.letter(email, "Please confirm your e-mail address"))
    assert ("Welcome." in letter, "Kim" in letter) == (True, False)  # whose address it is, nobody knows yet
    reader.go("/account/")

    reader.sees("Welcome, Kim.")
    reader.press("Edit my profile", "link")
    page.get_by_label("Profession").select_option("Psychologist")
    reader.press("Save my profile")
    reader.sees("Your profile is saved.")
    reader.go("/account/")
    expect(page.get_by_role("definition").filter(has_text="Psychologist")).to_be_visible()
    reader.press("Sign out", "link")
    reader.press("Sign out")
    reader.go("/account/")
    reader.arrives("/accounts/login/")


def test_a_position_is_saved_before_there_is_an_account_and_noted_after(reader):
    page = reader.go(JOBS)
    page.get_by_role("link", name=f"Save : {JOB['title']}").click()
    reader.press("Create an account", "link")
    reader.arrives("/accounts/signup/")
    reader.sign_up("noor.saves@seekers.example", "Noor", "Saves")
    reader.arrives(f"{JOBS}1-interventional-pain-physician/")
    reader.sees("is saved: 1 of 100.")

    page.get_by_role("main").get_by_role("link", name=f"Saved : {JOB['title']}").last.click()
    page.get_by_label("How far you are").select_option("Applied")
    page.get_by_label("Your note").fill("Near my sister.")
    reader.press("Keep it")
    reader.arrives("/career-center/saved/")
    reader.sees("Near my sister.")

    reader.press(f"Remove : {JOB['title']}")
    reader.sees("Your notes go with them")
    reader.press("Remove it")
    reader.sees("No saved positions yet.")


APPROVE = """
from django.utils import timezone
from aapm_site.accounts.models import User
from aapm_site.core.background.due import run_due
from careers.domain.jobs import approve_job
from careers.models import Job
approve_job(Job.objects.get(title={title!r}), by=User.objects.get(email="staff@demo.example"))
for _ in range(2):  # what the first run finds, the next one mails
    run_due(timezone.now())
"""


def test_a_search_that_finds_nothing_tells_of_what_comes_until_it_is_stopped(reader):
    site, email = reader.site, "fellow.alerts@seekers.example"
    title = next(job["title"] for job in SAMPLES if job["status"] == "in_review")
    page = reader.go(f'{JOBS}?q="{title}"')
    reader.sees("No open position matches all of this.")
    page.get_by_label("Your e-mail").fill(email)
    page.get_by_label("How often").select_option("At once")
    reader.press("Tell me")
    reader.heading("Please look into your mail")
    confirm = text_of(site.letter(email, "Please confirm"))
    reader.go(re.search(r"http\S+/alerts/confirm/\S+", confirm)[0].removeprefix(site.origin))
    reader.press("Yes, tell me")
    reader.sees("It is on")

    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", APPROVE.format(title=title)]
    subprocess.run(command, cwd=ROOT, env=environment(site.home, site.port), check=True)
    letter = text_of(site.letter(email, f"New position: {title}"))
    reader.go(re.search(r"http\S+/alerts/job/\S+", letter)[0].removeprefix(site.origin))
    reader.heading(title)

    reader.go(re.search(r"http\S+/unsubscribe/\S+", letter)[0].removeprefix(site.origin))
    reader.press("Stop this mail")
    reader.sees("You are unsubscribed")
    reader.go(re.search(r"http\S+/alerts/mine/\S+", letter)[0].removeprefix(site.origin))
    reader.sees("All of these rest.")
