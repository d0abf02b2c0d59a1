"""The keyboard alone: focus is always somewhere and always seen, the skip link works, Escape closes menus."""

import pytest
from playwright.sync_api import expect

from .people import PHONE, STAFF
from .tools import Reader

# What has the focus: its place, whether it can be seen, and how it looks now and without the focus.
FOCUS = """() => {
    const on = document.activeElement;
    if (on === document.body) return null;
    const box = on.getBoundingClientRect();
    const mark = element => { const style = getComputedStyle(element);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor,
                style.backgroundColor, style.textDecorationLine].join("|"); };
    const near = on.closest("label") || on.parentElement;
    const shown = [mark(on), mark(near)].join();
    const scroll = [scrollX, scrollY];
    on.blur();
    const plain = [mark(on), mark(near)].join();
    on.focus({preventScroll: true});
    scrollTo(...scroll);
    const name = on.getAttribute("aria-label") || on.innerText || on.name || on.id;
    return {name: name.trim().slice(0, 60), tag: on.tagName, seen: box.width > 0 && box.height > 0 &&
            box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            marked: shown !== plain};
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(one => !one.disabled && one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility() &&
            !(one.type === "radio" && !one.checked)).length"""


def walk(reader: Reader) -> list[dict]:
    """Tab from the top of the page through all of it, as far as the browser's own frame."""
    page = reader.page
    stops = []
    for _ in range(page.evaluate(REACHABLE)):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop is not None, f"The focus is lost after {[one['name'] for one in stops[-3:]]}"
        assert stop["seen"], f"The focus is out of sight on {stop}"
        assert stop["marked"], f"Nothing shows the focus on {stop}"
        stops.append(stop)
    return stops


@pytest.mark.parametrize("path", ["/", "/ask/", "/news/pain-medicine-journal/", "/career-center/jobs/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_is_seen_at_every_stop(open_for, path, width):
    reader = open_for(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    reader.go(path)

    stops = walk(reader)

    assert stops[0]["name"] == "Skip to the text"
    assert len(stops) > 20


def test_the_focus_is_seen_at_every_stop_of_the_admin(open_for):
    staff = open_for(STAFF, reduced_motion="reduce")
    staff.go("/admin/")

    assert len(walk(staff)) > 20


def test_the_door_of_the_admin_works_by_keyboard(open_for):
    staff = open_for(reduced_motion="reduce")
    page = staff.go("/admin/")
    staff.arrives("/accounts/login/")
    walk(staff)

    page.get_by_label("E-mail address").focus()
    page.keyboard.type(STAFF)
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()


def test_the_skip_link_leads_past_the_menu(reader):
    page = reader.go("/what-is-pain-medicine/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_escape_closes_a_menu_and_keeps_the_place(open_for, viewport):
    reader = open_for(viewport=viewport)
    page = reader.go("/")
    opener = "Menu" if viewport == PHONE else "More in Career Center"
    reader.tab_to(opener)
    page.keyboard.press("Enter")
    entry = page.get_by_role("banner").get_by_role(
        "link", name="Career Center" if viewport == PHONE else "Posting rates"
    )
    expect(entry.first).to_be_visible()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(entry.first).to_be_hidden() if viewport != PHONE else expect(entry.last).to_be_hidden()
    assert reader.focused() == opener


def test_a_menu_closes_when_one_steps_out_of_it(reader):
    page = reader.go("/")
    reader.tab_to("More in Journal")
    page.keyboard.press("Enter")
    opened = page.locator("details.sub[open]")
    expect(opened).to_have_count(1)

    reader.tab_to("Search", most=12)

    expect(opened).to_have_count(0)


def test_a_focus_that_nothing_shows_would_be_noticed(open_for):
    """The control for the walks above: the same page without its marks of the focus."""
    reader = open_for(reduced_motion="reduce")

    def without_marks(route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text() + "* { outline: none !important; box-shadow: none !important; }"
        )

    reader.page.route("**/css/site*.css", without_marks)
    reader.go("/about/")

    with pytest.raises(AssertionError, match="Nothing shows the focus"):
        walk(reader)
