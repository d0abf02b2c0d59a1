"""A patient at night, on a phone in the dark scheme: help now, a clinician near, her condition, and her own words."""

from playwright.sync_api import expect

from .people import PHONE

NARROW = "document.documentElement.scrollWidth <= innerWidth"


def test_she_finds_help_now_a_clinician_and_her_condition(open_for):
    patient = open_for(viewport=PHONE, has_touch=True, color_scheme="dark")
    page = patient.go("/")

    door = page.locator(".door", has=page.get_by_role("heading", name="I live with pain"))
    expect(door).to_contain_text("tonight")
    door.get_by_role("link", name="Help tonight").tap()
    patient.arrives("/for-patients/tonight/")
    for number in ("911", "988", "18002221222"):
        expect(page.locator(f"main a[href='tel:{number}']").first).to_be_visible()
    assert page.evaluate(NARROW)
    page.get_by_role("article").get_by_role("link", name="one list").tap()
    page.wait_for_url("**/patient-resources/?format=helpline")
    patient.sees("988 Suicide & Crisis Lifeline")

    page.get_by_text("Menu", exact=True).tap()
    page.get_by_role("navigation", name="Main, small screen").get_by_role("link", name="For patients", exact=True).tap()
    patient.arrives("/for-patients/")
    assert page.evaluate(NARROW)
    page.get_by_label("Near", exact=True).fill("Chicago, IL")
    page.get_by_label("Near", exact=True).press("Enter")
    page.wait_for_url("**/find-a-clinician/?near=*")
    patient.sees("Call 911")

    patient.go("/for-patients/")
    page.get_by_role("article").get_by_role("link", name="Shingles").tap()
    patient.arrives("/conditions/shingles/")
    patient.sees("Call a clinician within three days of the rash")
    patient.sees("Reviewed on")
    assert page.evaluate(NARROW)
    page.get_by_role("article").get_by_role("link", name="nerve block").tap()
    patient.arrives("/what-is-pain-medicine/nerve-blocks/")
    figure = page.get_by_role("img", name="Where a nerve block goes")
    figure.scroll_into_view_if_needed()
    assert figure.bounding_box()["width"] <= PHONE["width"]
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".drawn text")].map(word =>
            parseFloat(getComputedStyle(word).fontSize) * word.ownerSVGElement.getScreenCTM().a))"""
    )
    assert smallest >= 12
    page.get_by_role("article").get_by_role("link", name="what a nerve block feels like").tap()
    patient.arrives("/answers/what-does-a-nerve-block-feel-like/")
    page.get_by_role("main").get_by_role("link", name="nerve block", exact=True).first.tap()
    patient.arrives("/what-is-pain-medicine/nerve-blocks/")
