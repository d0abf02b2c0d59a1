"""Every template and state: no violation of axe's rules, no page wider than a phone, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import open_reader

axe = Axe()

PUBLIC = {
    "home": "/",
    "page with contents": "/what-is-pain-medicine/",
    "initiatives": "/pain-awareness/",
    "emblem": "/pain-awareness/unity-circle/",
    "career center": "/career-center/",
    "membership": "/membership/",
    "members' page, gate": "/membership/member-handbook/",
    "news": "/news/",
    "day archive": "/2018/12/14/",
    "day archive, page 3": "/2018/12/14/page/3/",
    "month archive": "/2018/12/",
    "year archive": "/2018/",
    "ask": "/ask/",
    "search, empty": "/search/",
    "search, results": "/search/?q=pain",
    "search, nothing": "/search/?q=zzzzqqq",
    "jobs": "/career-center/jobs/",
    "jobs, nothing": "/career-center/jobs/?q=zzzzqqq",
    "rates": "/career-center/rates/",
    "specialties": "/career-center/specialties/",
    "join": "/membership/join/",
    "journal": "/journal/",
    "issues": "/journal/issues/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "not found": "/there-is-no-such-page/",
}
LOOKS = [(width, scheme) for width in (360, 1280) for scheme in ("light", "dark")]


def faults_of(page) -> list[str]:
    """What axe finds, one line a rule with the places."""
    return [
        f"{rule['id']}: {rule['help']}: " + "; ".join(node["html"][:160] for node in rule["nodes"][:4])
        for rule in axe.run(page).response["violations"]
    ]


def check(reader, path, status=200):
    reader.go(path, status=status)
    assert faults_of(reader.page) == [], path
    assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{path} is too wide"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_public_pages(site, browser, width, scheme):
    reader = open_reader(
        site, browser, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    for name, path in PUBLIC.items():
        check(reader, path, status=404 if name == "not found" else 200)
    job = reader.go("/career-center/jobs/").locator(".job h3 a").first.get_attribute("href")
    check(reader, job)
    article = reader.go("/journal/").locator("a[href^='/journal/article/']").first.get_attribute("href")
    check(reader, article)
    assert reader.faults == []
    reader.context.close()


def test_no_public_page_is_wider_than_320_pixels(site, browser):
    reader = open_reader(site, browser, viewport={"width": 320, "height": 640})
    wide = []
    for path in PUBLIC.values():
        reader.page.goto(site.origin + path)
        if reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            wide.append(path)

    assert wide == []
    reader.context.close()


PEOPLE = {
    "member@demo.example": ("/account/", "/membership/member-handbook/", "/journal/"),
    "lapsed@demo.example": ("/account/", "/membership/member-handbook/"),
    "employer@demo.example": ("/account/", "/career-center/employers/"),
}


@pytest.mark.parametrize("email", PEOPLE)
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_of_people_who_signed_in(site, browser, email, width, scheme):
    reader = open_reader(site, browser, viewport={"width": width, "height": 800}, color_scheme=scheme)
    reader.sign_in(email)
    for path in PEOPLE[email]:
        check(reader, path)
    assert reader.faults == []
    reader.context.close()


def test_a_form_with_errors_names_them_and_takes_the_focus(reader):
    page = reader.go("/ask/")
    page.locator("main form button[type=submit]").click()
    page.evaluate("document.querySelectorAll('[required]').forEach(field => field.removeAttribute('required'))")
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector(".form-errors")

    assert faults_of(page) == []
    assert page.evaluate("document.activeElement.classList.contains('form-errors')")
