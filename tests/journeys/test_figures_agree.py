"""What the demonstration says in figures is the same wherever it says it: positions, members, seats, prices."""

import html
import re
import urllib.request

import pytest

from .people import EMPLOYER
from .tools import Site

INSTITUTION = "Riverbend Pain Fellowship"
TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
MORE = re.compile(r'href="(?:/[^"?]*)?(\?[^"]*)" rel="next"')
REACHED = re.compile(r"More than ([\d,]+) pain physicians")


class Told:
    """The pages of the site as a visitor reads them, each asked for once."""

    def __init__(self, site: Site) -> None:
        self.origin = site.origin
        self.pages: dict[str, str] = {}

    def source(self, path: str) -> str:
        if path not in self.pages:
            with urllib.request.urlopen(self.origin + path, timeout=60) as answer:
                self.pages[path] = answer.read().decode()
        return self.pages[path]

    def words(self, path: str) -> str:
        (main,) = re.findall(r"<main\b.*?</main>", self.source(path), re.DOTALL)
        return " ".join(html.unescape(TAGS.sub(" ", main)).split())

    def whole(self, path: str) -> str:
        """A list with all its further pages."""
        source = self.source(path)
        more = MORE.search(source)
        return source + (self.whole(path.partition("?")[0] + html.unescape(more[1])) if more else "")

    def number(self, path: str, words: str) -> int:
        """The one figure that a page tells in these words."""
        (told,) = set(re.findall(words, self.words(path)))
        return int(told.replace(",", ""))


@pytest.fixture(scope="module")
def told(site):
    return Told(site)


def listed_jobs(told: Told) -> list[str]:
    """The names of the employers of all positions of the list, page by page."""
    names = re.findall(r'<p class="where">.*?</span><span>(.*?)</span>', told.whole("/career-center/jobs/"), re.DOTALL)
    return [html.unescape(name) for name in names]


def test_open_positions_and_who_offers_them(told):
    names = listed_jobs(told)
    open_positions = len(names)

    assert open_positions > 50
    assert told.number("/career-center/jobs/", r"([\d,]+) positions") == open_positions
    assert told.number("/career-center/", r"([\d,]+) open positions at") == open_positions
    assert told.source("/sitemap-jobs.xml").count("<loc>") == open_positions
    roles = re.findall(r'name="profession".*?<span class="tally">(\d+)', told.source("/career-center/jobs/"))
    assert sum(map(int, roles)) == open_positions
    own = {name for name in names if not name.startswith("A ")}  # a description stands for one of them
    assert told.number("/career-center/", r"at ([\d,]+) employers") == len(own)


def test_each_organization_offers_as_much_as_its_page_the_directory_and_the_list_say(told):
    names = listed_jobs(told)
    listed = re.findall(r'href="(/career-center/organizations/[^"]+)"', told.source("/career-center/organizations/"))
    pages = sorted({path for path in listed if path.count("/") == 4})

    assert len(pages) > 8
    for path in pages:
        (name,) = re.findall(r"<h1>(.*?)</h1>", told.source(path))
        name = html.unescape(name)
        there = told.number(path, r"(\d+) open position")
        assert (path, there) == (path, names.count(name))
        assert re.search(rf"{re.escape(name)} .*? {there} open", told.words("/career-center/organizations/"))


def test_members_are_as_many_in_every_chart_and_sentence(told):
    where = "/career-center/specialties/"
    members = told.number(where, r"([\d,]+) members on")
    tables = re.findall(r"<caption[^>]*>\s*Members by.*?</table>", told.source(where), re.DOTALL)
    sums = [
        sum(int(figure.replace(",", "")) for figure in re.findall(r"<td[^>]*>\s*([\d,]+)\s*</td>", table))
        for table in tables
    ]

    assert len(sums) == 5
    # A chart leaves out who has not told us, and groups of fewer than five stand together.
    assert all(members - 5 <= number <= members for number in sums)
    places = (where, "/career-center/", "/career-center/rates/", "/career-center/help/")
    said = [REACHED.findall(told.words(path)) for path in places]
    assert {figure for figures in said for figure in figures} == {f"{members // 1000},000"}
    assert all(said)


def test_a_list_holds_as_many_as_it_says(told):
    resources = told.whole("/patient-resources/").count('class="news-item resource"')
    assert told.number("/patient-resources/", r"([\d,]+) resources") == resources
    day = [told.source(f"/2018/12/14/{page}") for page in ("", "page/2/", "page/3/")]
    entries = sum(page.count('<article class="entry') for page in day)
    assert told.number("/2018/12/14/", r"([\d,]+) entries") == entries
    places, programs = re.findall(r"(\d+) open places? in (\d+) programs", told.words("/career-center/fellowships/"))[0]
    each = [
        int(number) for number in re.findall(r"(\d+) open places? Begins", told.words("/career-center/fellowships/"))
    ]
    assert (len(each), sum(each)) == (int(programs), int(places))
    terms = told.source("/glossary/").count("<dt")
    (found,) = re.findall(r"Glossary\s*(\d+)", told.words("/search/?q=pain"))
    assert terms >= int(found) > 1


def test_a_price_is_the_same_on_every_page(told):
    listed = told.words("/career-center/rates/")
    single = re.search(r"Single, 30 days [^$]*\$([\d.]+)", listed)
    three = re.search(r"Three-pack [^$]*\$([\d.]+),.*? 3 × 30 days \$([\d.]+) \$([\d.]+) (\d+)% less", listed)

    assert three[1] == three[3] == f"{float(three[2]) / 3:.2f}"
    assert 1 - float(three[3]) / float(single[1]) == float(three[4]) / 100


def test_seats_are_counted_alike_in_the_account_and_at_the_institution(open_for):
    office = open_for(EMPLOYER)
    office.go("/account/").get_by_role("link", name=INSTITUTION).first.click()
    office.heading(INSTITUTION)
    desk = " ".join(office.page.get_by_role("main").inner_text().split())

    seats, free = map(int, re.findall(r"(\d+) seats until [^:]+: (\d+) free", desk)[0])
    told = re.findall(r"Seats (\d+) With a member (\d+) Kept for invited people (\d+) Free (\d+)", desk)[0]
    taken, kept = desk.count("Has a seat"), desk.count("Invited, no answer yet")
    assert [int(figure) for figure in told] == [seats, taken, kept, free]
    assert seats == taken + kept + free
