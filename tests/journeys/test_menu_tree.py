"""The menus in the admin: an entry is added, put in its place by buttons, followed by its page, and taken out again."""

import re

from playwright.sync_api import Page, expect

from .people import STAFF
from .tools import Reader

ENTRY, ADDRESS = "The year of frost", "/news/"


def names(page: Page) -> list[str]:
    return page.locator(".menu-entry.has_original .inline_label").all_inner_texts()


def entry(page: Page, name: str):
    return page.locator(".menu-entry.has_original").filter(has=page.locator(f".inline_label:text-is('{name}')"))


def foot(reader: Reader) -> list[str]:
    return reader.go("/privacy/").get_by_role("contentinfo").get_by_role("link").all_inner_texts()


def test_an_entry_is_added_moved_and_taken_out(open_for):
    staff, visitor = open_for(STAFF), open_for()
    page = staff.go("/admin/content/menu/")
    staff.press("Foot of the page, small print", "link")
    before = names(page)
    tree = page.url
    new = page.locator(".menu-entry:not(.has_original, .empty-form)").first
    new.get_by_label("Title").fill(ENTRY)
    new.get_by_label("Address").fill(ADDRESS)
    staff.press("Save and continue editing")
    staff.sees("was changed successfully")
    assert sorted(names(page)) == sorted([*before, ENTRY])
    # Closed it is one line: its name, where it leads, and what can be done with it.
    box = entry(page, ENTRY).bounding_box()
    assert box is not None
    assert box["height"] < 70
    expect(entry(page, ENTRY)).to_contain_text(ADDRESS)

    # Up and down change the order in the form; saving keeps it.
    place = names(page).index(ENTRY)
    entry(page, ENTRY).get_by_role("button", name=re.compile("^Up")).click()
    assert names(page).index(ENTRY) == place - 1
    expect(page.locator("[data-said]")).to_have_text(re.compile(rf"^{ENTRY} is now at place \d+\. Save to keep it\.$"))
    staff.press("Save and continue editing")
    staff.sees("was changed successfully")
    assert names(page).index(ENTRY) == place - 1
    visitor.site.shows_soon("/privacy/", lambda status, text: ENTRY in text)
    shown = [name for name in foot(visitor) if name in names(page)]
    assert shown == [name for name in names(page) if name in shown]

    # Without scripts each press of a button saves.
    plain = open_for(STAFF, java_script_enabled=False)
    desk = plain.go(tree)
    entry(desk, ENTRY).get_by_role("button", name=re.compile("^Down")).click()
    plain.sees(f"Saved. “{ENTRY}” is now at place")
    assert names(desk).index(ENTRY) == place

    page = staff.go(tree)
    entry(page, ENTRY).get_by_role("checkbox").check()
    staff.press("Save and continue editing")
    assert names(page) == before
    visitor.site.shows_soon("/privacy/", lambda status, text: ENTRY not in text)
