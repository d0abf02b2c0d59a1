"""Every template and state in four looks: no violation of axe's rules, and nothing wider than the window.

A page is loaded once and looked at in light and dark, on a phone and on a desk; what stands around all pages, letter
for letter the same, is looked at with the first of them. So the whole stays quick.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import expect

from .conftest import ROOT
from .people import EMPLOYER, LAPSED, MEMBER, STAFF, declare_and_send, fill_in_application
from .tools import Reader

AXE = Axe().axe_script
# Beside what is usual: a name that is spoken holds the words that stand there.
NAMES = {"rules": {"label-content-name-mismatch": {"enabled": True}}}
# Everything that axe knows, for the whole page but for what is known; or some rules, for the elements of a list.
# A promise of the page that is never kept would be waited for without end. Nothing is loaded ahead: each page would
# fetch its forty sheets again for one rule, which asks whether they turn the page by the screen's orientation.
RUN = """([list, options]) => Promise.race([
    axe.run(list ? {include: window[list]} : {exclude: window.known},
            {resultTypes: ["violations"], preload: false, ...options})
        .then(found => found.violations),
    new Promise((_, give_up) => setTimeout(() => give_up(new Error("axe has not ended")), 60000)),
])"""
COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# The parts around a page, letter for letter but for what is drawn by lot. Then those among them that were looked at.
AROUND = """() => {
    window.around = [...document.querySelectorAll("body > :is(header, aside, footer), #header, #nav-sidebar")];
    const token = /(name="csrfmiddlewaretoken" value=")[^"]*/g;
    return window.around.map(part => document.body.className + part.outerHTML.replace(token, "$1"));
}"""
# What is the fourth of its kind, and further, among its neighbors is as the first three: a row of a long list.
KNOWN = """known => {
    const kind = one => one.tagName + "." + one.className;
    const repeated = one => {
        const neighbors = [...one.parentElement.children].filter(other => kind(other) === kind(one));
        return neighbors.indexOf(one) >= 3;
    };
    const rows = [...document.querySelectorAll("main :is(li, tr, article, dt, dd)")].filter(repeated);
    window.known = [...window.around.filter((part, place) => known[place]), ...rows];
}"""
SHOWN = """list => {
    const known = one => window.known.some(part => part.contains(one));
    window[list] = [...document.body.querySelectorAll("*")].filter(one => one.checkVisibility() && !known(one));
}"""
# Leaves in two lists what is in one of them alone, without what lies inside of that. How many there are in each.
ALONE = """lists => lists
    .map((list, place) => {
        const there = new Set(window[lists[1 - place]]);
        const alone = new Set(window[list].filter(one => !there.has(one)));
        return [...alone].filter(one => !alone.has(one.parentElement));
    })
    .map((alone, place) => { window[lists[place]] = alone; return alone.length; })"""
# Words that are shown at one width, and in one scheme there as pale as what is behind them.
PALE = """([width, scheme]) => {
    const made = () => document.querySelector("main").appendChild(document.createElement("p"));
    const words = document.querySelector("#pale") ?? made();
    [words.id, words.textContent] = ["pale", "These words are for one width."];
    const at = width < 800 ? "(max-width: 800px)" : "(min-width: 801px)";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`#pale { display: none; color: #111; background: #fff }
        @media ${at} { #pale { display: block } }
        @media ${at} and (prefers-color-scheme: ${scheme}) { #pale { color: #eee } }`);
    document.adoptedStyleSheets = [sheet];
}"""
LETTERS = "size => { document.documentElement.style.fontSize = size }"
WIDER = "document.documentElement.scrollWidth - innerWidth"
# Two frames for a changed scheme and width, then the end of what changes slowly by it; two seconds at most, since a
# page in the background paints nothing, and some movements have no end.
PAINTED = """Promise.race([
    new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
        Promise.allSettled(document.getAnimations().map(one => one.finished)).then(() => done())))),
    new Promise(done => setTimeout(done, 2000)),
])"""
PHONE, DESK = 360, 1280
NARROWEST = 320
LOOKS = {"phone": (PHONE, "light"), "desk": (DESK, "dark")}
OTHER = {"light": "dark", "dark": "light"}

PUBLIC = {
    "/": 200,
    "/for-patients/": 200,
    "/for-patients/tonight/": 200,
    "/conditions/": 200,
    "/conditions/back-pain/": 200,
    "/what-is-pain-medicine/": 200,
    "/what-is-pain-medicine/nerve-blocks/": 200,
    "/what-is-pain-medicine/procedures/": 200,
    "/patient-resources/": 200,
    "/patient-resources/pain-diary/": 200,
    "/pain-awareness/": 200,
    "/pain-awareness/unity-circle/": 200,
    "/career-center/": 200,
    "/membership/": 200,
    "/membership/member-handbook/": 200,
    "/news/": 200,
    "/news/pain-medicine-journal/": 200,
    "/2018/12/14/": 200,
    "/2018/12/14/page/3/": 200,
    "/2018/12/": 200,
    "/2018/": 200,
    "/ask/": 200,
    "/ask/thanks/": 200,
    "/search/": 200,
    "/search/?q=pain": 200,
    "/search/?q=zzzzqqq": 200,
    "/search/?q=overdose+suicide": 200,
    "/career-center/jobs/": 200,
    "/career-center/jobs/?profession=nurse&setting=nowhere": 200,
    "/career-center/jobs/?q=zzzzqqq": 200,
    "/career-center/jobs/1-interventional-pain-physician/": 200,
    "/career-center/jobs/5/": 410,
    "/career-center/jobs/11/": 404,
    "/career-center/jobs/1/apply/": 200,
    "/career-center/alerts/new/?state=ME": 200,
    "/career-center/fellowships/": 200,
    "/career-center/rates/": 200,
    "/career-center/specialties/": 200,
    "/career-center/employers/": 200,
    "/membership/join/": 200,
    "/journal/": 200,
    "/journal/issues/": 200,
    "/accounts/login/": 200,
    "/accounts/signup/": 200,
    "/accounts/password/reset/": 200,
    "/accounts/login/code/": 200,
    "/there-is-no-such-page/": 404,
}
SIGNED_IN = {
    MEMBER: (
        "/account/",
        "/career-center/saved/",
        "/career-center/alerts/",
        "/career-center/applications/",
        "/career-center/profile/",
        "/career-center/profile/edit/",
        "/career-center/profile/preview/",
        "/career-center/profile/hidden-from/",
        "/career-center/profile/seen/",
        "/membership/member-handbook/",
        "/membership/join/",
        "/accounts/logout/",
    ),
    LAPSED: ("/account/", "/membership/member-handbook/"),
}
ACCOUNT = (
    "/account/",
    "/account/profile/",
    "/account/security/",
    "/account/security/mailbox/",
    "/account/mail/",
    "/account/data/",
    "/account/data/delete/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
)
STAFFS_OWN = (
    "/styleguide/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/admin/",
    "/admin/content/",
    "/admin/due/",
    "/admin/content/page/",
    "/admin/content/page/add/",
    "/admin/content/page/?q=zzzzqqq",
    "/admin/content/menu/",
    "/admin/content/question/",
    "/admin/careers/job/?stage=review",
    "/admin/careers/employer/",
    "/admin/careers/package/add/",
    "/admin/membership/membership/",
    "/admin/membership/application/",
    "/admin/membership/article/",
    "/admin/mail/outgoingemail/",
    "/admin/mail/subscription/",
    "/admin/procrastinate/procrastinatejob/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
)


class Looks:
    """Collects what is wrong over many pages, so that one run tells all of it."""

    known: ClassVar[set[str]] = set()  # the parts around pages, with their text, that some page has shown in all looks

    def __init__(self, reader: Reader, *, large: bool = True) -> None:
        self.reader, self.page, self.large = reader, reader.page, large
        self.page.emulate_media(reduced_motion="reduce")
        self.faults: list[str] = []

    def at(self, path: str, status: int = 200) -> None:
        self.reader.go(path, status=status)
        self.here(path)

    def here(self, name: str) -> None:
        """Look at the page as it stands, light and dark, on a phone and on a desk, on the narrowest screen, and with
        letters twice as large.

        Light on a phone and dark on a desk say the same as the two other looks, but for what is shown at one width
        only: its colors are looked at in both.
        """
        before = len(self.reader.faults)
        self.page.evaluate(AXE)
        around = self.page.evaluate(AROUND)
        self.page.evaluate(KNOWN, [part in self.known for part in around])
        for shown, (width, scheme) in LOOKS.items():
            self._look(name, width, scheme)
            self.page.evaluate(SHOWN, shown)
            self._fits(name, width)
        alone = dict(zip(LOOKS, self.page.evaluate(ALONE, list(LOOKS)), strict=True))
        for shown, (width, scheme) in LOOKS.items():
            if alone[shown]:
                self._look(name, width, OTHER[scheme], shown, COLORS)
        self.page.set_viewport_size({"width": NARROWEST, "height": 640})
        self._fits(name, NARROWEST)
        if self.large:
            self._fits_large(name)
        self.page.set_viewport_size({"width": DESK, "height": 800})
        self.known.update(around)
        del self.reader.faults[before:]  # axe copies imported sheets into the page, which the policy refuses

    def _look(self, name: str, width: int, scheme: str, shown: str = "", options: dict | None = None) -> None:
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(PAINTED)
        for rule in self.page.evaluate(RUN, [shown, options or (NAMES if self.large else {})]):
            places = "; ".join(node["html"][:160] for node in rule["nodes"][:3])
            self.faults.append(f"{name} ({width}, {scheme}): {rule['id']}: {rule['help']}: {places}")

    def _fits(self, name: str, width: int, letters: str = "") -> None:
        over = self.page.evaluate(WIDER)
        if over > 0:
            self.faults.append(f"{name} ({width}{letters}): {over} pixels too wide")

    def _fits_large(self, name: str) -> None:
        """On a phone, for a reader whose letters are twice as large."""
        self.page.set_viewport_size({"width": PHONE, "height": 800})
        self.page.evaluate(LETTERS, "200%")
        self._fits(name, PHONE, ", large letters")
        self.page.evaluate(LETTERS, "")


@pytest.fixture
def looks(open_for) -> Iterator:
    """Looks for one person; the test fails at its end with everything that was found."""
    made: list[Looks] = []

    def looks_of(email: str = "") -> Looks:
        made.append(Looks(open_for(email), large=email != STAFF))  # Django's own admin does not grow
        return made[-1]

    yield looks_of
    faults = [fault for one in made for fault in one.faults]
    assert not faults, "\n".join(faults)


def first_link(reader: Reader, path: str, start: str) -> str:
    return reader.go(path).get_by_role("main").locator(f"a[href^='{start}']").first.get_attribute("href")


def test_public_pages(looks):
    look = looks()
    for path, status in PUBLIC.items():
        look.at(path, status)
    look.at(first_link(look.reader, "/journal/issues/", "/journal/2"))
    look.at(first_link(look.reader, "/journal/", "/journal/article/"))


def test_open_menus_and_filters(looks):
    look = looks()
    page = look.reader.go("/career-center/jobs/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    look.here("jobs, all opened")
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_text("Menu", exact=True).click()
    look.here("the menu of a phone")


def test_a_form_with_errors_names_them_and_takes_the_focus(looks):
    look = looks()
    page = look.reader.go("/ask/")
    look.reader.press("Send the question")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    look.here("ask, with errors")
    page = look.reader.go("/accounts/login/")
    page.get_by_label("E-mail address").fill("nobody@visitors.example")
    page.get_by_label("Password", exact=True).fill("not this one")
    look.reader.press("Sign in")
    expect(page.get_by_role("alert")).to_be_focused()
    look.here("sign-in, refused")


@pytest.mark.parametrize("email", SIGNED_IN)
def test_pages_of_members(looks, email):
    look = looks(email)
    for path in SIGNED_IN[email]:
        look.at(path)
    look.at(first_link(look.reader, "/journal/", "/journal/article/"))


def test_the_account_and_the_doors_to_it(looks):
    look = looks()
    look.reader.go("/accounts/signup/")
    look.reader.sign_up(
        "ada.looks@newcomers.example", "Ada", "Looks", meanwhile=lambda: look.here("the code of a new account")
    )
    look.reader.go("/accounts/2fa/totp/activate/")
    look.here("is it you?")
    look.reader.show_it_is_me()
    for path in ACCOUNT:
        look.at(path)


def test_an_application_in_its_states(looks):
    look, staff = looks(), looks(STAFF)
    person, page = look.reader, look.page
    email = "ben.looks@newcomers.example"
    person.go("/accounts/signup/?next=/membership/join/physician/")
    person.sign_up(email, "Ben", "Looks")
    look.at("/membership/join/physician/")
    person.press("Send the application")
    expect(page.get_by_role("alert")).to_be_focused()
    look.here("application, with errors")
    fill_in_application(person)
    declare_and_send(person)
    look.here("application, sent")
    own = page.url

    staff.reader.go(f"/admin/membership/application/?q={email}")
    staff.reader.press("Ben Looks", "link")
    staff.here("admin: an application to decide")
    staff.page.locator(".decide-buttons .btn").nth(1).click()
    staff.here("admin: confirm with a reason")
    staff.page.get_by_label("Reason").fill("Please send us your license.")
    staff.page.locator(".decision-box button").click()
    expect(staff.page.locator(".messagelist")).to_be_visible()
    staff.here("admin: decided")

    look.at(own.removeprefix(person.site.origin))
    person.press("Withdraw the application", "link")
    look.here("withdraw?")
    person.press("Withdraw the application")
    person.sees("Withdrawn.")
    look.here("application, withdrawn")


def test_an_employers_pages(looks):
    look = looks(EMPLOYER)
    employer, page = look.reader, look.page
    board = employer.go("/career-center/employers/").url.removeprefix(employer.site.origin)
    look.here("board")
    for path in ("details/", "team/", "jobs/new/"):
        look.at(board + path)
    employer.press("Save and preview")
    expect(page.locator("[aria-invalid=true]").first).to_be_focused()
    look.here("job form, with errors")
    employer.go(board)
    page.get_by_role("link", name=re.compile("^Preview")).first.click()
    look.here("preview")
    employer.go(board)
    page.get_by_role("link", name=re.compile("^Mark as filled")).first.click()
    look.here("mark as filled?")
    employer.go(board)
    page.get_by_role("link", name=re.compile("^Edit")).first.click()
    look.here("job form, words only")


def test_staff_pages(looks):
    look = looks(STAFF)
    for path in STAFFS_OWN:
        look.at(path)
    for listed in ("content/page", "content/menu", "careers/job", "membership/membership", "membership/article"):
        look.reader.go(f"/admin/{listed}/")
        look.page.locator("#result_list tbody tr").first.locator("th a").first.click()
        look.here(f"admin: one of {listed}")


def test_the_second_step(looks):
    looks(STAFF)  # whose first sign-in sets the second factor up
    look = looks()
    look.reader.sign_in(STAFF)
    look.reader.heading("Second step")
    look.here("second step")


def test_a_refusal(looks):
    looks(EMPLOYER).at("/admin/", 403)


@pytest.mark.parametrize("status", [400, 500, 503])
def test_pages_for_when_something_broke(looks, status):
    """Printed from their templates: the running site has no address that breaks on purpose."""
    look = looks()
    printed = render_to_string(f"errors/{status}.html")
    look.page.route("**/broken/", lambda route: route.fulfill(status=status, content_type="text/html", body=printed))
    look.at("/broken/", status)


def test_no_sheet_asks_how_the_screen_is_held():
    """What axe's css-orientation-lock is about (WCAG 1.3.4), without loading all sheets on every page."""
    sheets = list((ROOT / "static" / "css").rglob("*.css"))
    assert [sheet.name for sheet in sheets if "orientation" in sheet.read_text()] == []
    assert len(sheets) > 30


def test_what_is_wrong_would_be_found(open_for):
    """The control for all looks above: pictures without words, one of them around the page, and too wide a table."""
    look = Looks(open_for())
    look.at("/about/")
    assert look.faults == []

    def with_faults(route) -> None:
        answer = route.fetch()
        picture = '<img src="/static/img/favicon.svg">'
        table = '<table width="2000"><tr><td>Too wide</td></tr></table>'
        around = answer.text().replace("</header>", f"{picture.replace('img ', 'img id=around ')}</header>")
        route.fulfill(response=answer, body=around.replace("</main>", f"{picture}{table}</main>"))

    look.page.route("**/about/", with_faults)
    look.at("/about/")

    without_words = [fault for fault in look.faults if "image-alt" in fault]
    assert [fault.count("<img") for fault in without_words] == [2, 2]
    assert all('id="around"' in fault for fault in without_words)
    too_wide = [fault.partition(":")[0] for fault in look.faults if "pixels too wide" in fault]
    assert too_wide == [f"/about/ ({width})" for width in (360, 1280, 320, "360, large letters")]


def test_pale_words_would_be_found_in_each_look(open_for):
    """The control for the colors: words that are shown at one width, and cannot be read in one scheme."""
    look = Looks(open_for())
    look.reader.go("/about/")
    for width, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")):
        look.page.evaluate(PALE, [width, scheme])
        look.here(f"pale at {width}, {scheme}")
    assert [fault.partition(":")[0] for fault in look.faults if "color-contrast" in fault] == [
        f"pale at {width}, {scheme} ({width}, {scheme})"
        for width, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark"))
    ]
