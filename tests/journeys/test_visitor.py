"""A visitor: reads on a phone, walks through the archive, meets the gate, asks, searches; also without scripts."""

import re

import pytest
from playwright.sync_api import expect

from .people import PHONE
from .tools import text_of

THE_DAY = "/2018/12/14/"
# Longer than it takes to look like a program: the form is typed as people type.
A_KEY = 30
QUESTION = (
    "My mother has had shingles pain for a year. Whom should we look for first, and what do we bring along with us?"
)


def test_a_phone_opens_the_menu_by_keyboard_and_reads(open_for):
    visitor = open_for(viewport=PHONE)
    page = visitor.go("/")
    small = page.get_by_role("navigation", name="Main, small screen")

    visitor.tab_to("Menu", most=8)
    expect(small).to_be_hidden()
    page.keyboard.press("Enter")
    expect(small).to_be_visible()
    page.keyboard.press("Escape")
    expect(small).to_be_hidden()
    assert visitor.focused() == "Menu"
    page.keyboard.press("Enter")
    visitor.tab_to("For patients", most=2)
    page.keyboard.press("Enter")

    visitor.arrives("/for-patients/")
    visitor.heading("For patients")
    page.get_by_role("article").get_by_role("link", name="What is pain medicine?").click()
    visitor.arrives("/what-is-pain-medicine/")
    visitor.heading("What is pain medicine?")
    assert page.title().startswith("What is pain medicine?")
    for words in ("The specialty", "How an evaluation goes", "What a pain physician does"):
        expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible()
    text = page.locator("main")
    for path in ("/patient-resources/", "/career-center/"):
        expect(text.locator(f"a[href='{path}']").first).to_be_attached()
    page.locator("main a[href='/patient-resources/']:visible").first.click()
    visitor.arrives("/patient-resources/")


def test_the_archive_of_a_day_over_three_pages_and_the_gate(open_for):
    visitor = open_for(viewport=PHONE)
    page = visitor.go(THE_DAY)
    visitor.heading("December 14, 2018")
    expect(page.get_by_role("navigation", name="Breadcrumb").get_by_role("listitem")).to_have_text(
        ["Home", "December 14, 2018"]
    )

    titles = page.locator("article h2").all_inner_texts()
    for number in (2, 3):
        page.get_by_role("navigation", name="Pages of December 14, 2018").get_by_role("link", name="Next").click()
        visitor.arrives(f"{THE_DAY}page/{number}/")
        titles += page.locator("article h2").all_inner_texts()

    assert len(titles) == len(set(titles)) == 14
    assert titles[:4] == [
        "What is pain medicine?",
        "Career Center",
        "Pain awareness initiatives",
        "Pain Medicine Journal",
    ]
    expect(page.get_by_role("link", name=re.compile("^Next"))).to_have_count(0)
    visitor.go(f"{THE_DAY}page/4/", status=404)
    visitor.go("/2018/12/13/", status=404)


def test_the_journal_entry_of_that_day_shows_its_gate_only(open_for):
    visitor = open_for(viewport=PHONE)
    page = visitor.go(THE_DAY)
    entry = page.get_by_role("article").filter(has=page.get_by_role("heading", name="Pain Medicine Journal"))
    expect(entry).to_contain_text("For members.")
    entry.get_by_role("link", name="Pain Medicine Journal").click()
    visitor.arrives("/news/pain-medicine-journal/")

    assert "What the Journal prints" not in page.content()
    expect(page.get_by_role("heading", name="The rest is for members")).to_be_visible()
    page.get_by_text("Why can’t I read this?").click()
    expect(page.get_by_text("The rule that applied:")).to_contain_text("for members")
    page.get_by_role("link", name="Join now").click()
    visitor.arrives("/membership/join/")
    expect(page.get_by_role("link", name=re.compile("^Apply ?: Physician$"))).to_be_visible()


def ask(visitor, email):
    page = visitor.page
    page.get_by_role("textbox", name="Your name").fill("Rosa Delgado")
    page.get_by_role("textbox", name="E-mail").fill(email)
    page.get_by_role("textbox", name="Your question").press_sequentially(QUESTION, delay=A_KEY)
    visitor.press("Send the question")
    page.wait_for_url(re.compile(r"/ask/[\w-]{16}/$"))
    visitor.heading("We have your question")
    visitor.sees(QUESTION)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_arrives_and_both_sides_get_mail(open_for, scripts):
    visitor = open_for(viewport=PHONE, java_script_enabled=scripts)
    email = f"rosa.{'with' if scripts else 'without'}@visitors.example"
    page = visitor.go("/what-is-pain-medicine/")
    page.locator("a[href='/ask/']:visible").first.click()
    visitor.arrives("/ask/")

    ask(visitor, email)

    receipt = visitor.site.letter(email, "question")
    assert "within two working days" in text_of(receipt)
    notice = visitor.site.letter("staff@", "Question from Rosa Delgado", reply_to=email)
    assert QUESTION in " ".join(text_of(notice).split())
    assert visitor.site.origin + "/admin/content/question/" in text_of(notice)
    assert page.url in text_of(receipt)
    assert visitor.context.cookies() == []


def test_the_search_finds_pages_and_jobs_and_says_when_there_is_nothing(reader):
    page = reader.go("/")
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    reader.arrives("/search/")
    box = page.get_by_label("Search the whole site")
    box.fill("nerve block")
    box.press("Enter")
    page.wait_for_url("**/search/?q=nerve+block")
    found = page.get_by_role("main")
    expect(found.locator("a[href='/what-is-pain-medicine/']").first).to_be_visible()
    expect(found.get_by_role("navigation", name="Kinds of results").get_by_role("link")).to_contain_text(
        ["Everything", "Pages", "Answers", "News", "Glossary", "Positions"]
    )

    box.fill("xylophone zeppelin")
    box.press("Enter")

    page.wait_for_url("**/search/?q=xylophone+zeppelin")
    expect(found.get_by_role("navigation", name="Kinds of results")).to_have_count(0)
    expect(found).to_contain_text("Nothing on this site matches “xylophone zeppelin”")


def test_without_scripts_the_menu_and_the_filters_of_jobs_work(open_for):
    visitor = open_for(viewport=PHONE, java_script_enabled=False)
    page = visitor.go("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Main, small screen").get_by_role("link", name="Career Center").click()
    visitor.arrives("/career-center/")

    visitor.go("/career-center/jobs/")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Researcher").check()
    visitor.press("Show positions")

    visitor.arrives("/career-center/jobs/")
    assert "profession=researcher" in page.url
    expect(page.get_by_role("status")).to_have_text("2 positions found")
    expect(page.get_by_role("group", name="Colors")).to_be_hidden()


def test_a_phone_finds_what_a_nerve_block_is_with_a_slip_of_the_pen(open_for):
    visitor = open_for(viewport=PHONE, has_touch=True)
    page = visitor.go("/")
    page.locator("a[href='/search/']:visible").first.click()
    visitor.arrives("/search/")
    page.get_by_label("Search the whole site").fill("nerv blok")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    visitor.sees("Nothing matches “nerv blok”")
    page.get_by_role("main").get_by_role("link", name="Nerve blocks", exact=True).first.click()

    visitor.arrives("/what-is-pain-medicine/nerve-blocks/")
    visitor.heading("Nerve blocks")
    visitor.sees("is a shot that places medicine right next to a nerve")
    visitor.sees("Reviewed on")
    word = page.locator("article button[popovertarget]").first
    meaning = page.locator(f"#{word.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    word.tap()
    expect(meaning).to_be_visible()
    expect(meaning.get_by_role("link")).to_have_attribute("href", re.compile("^/glossary/#"))
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_titles_are_suggested_while_typing_and_the_keyboard_opens_one(reader):
    page = reader.go("/search/")
    box = page.get_by_role("main").get_by_label("Search the whole site")
    box.press_sequentially("what is pain medecin")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("What is pain medicine?")
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("Enter")

    page.wait_for_url("**/what-is-pain-medicine/")


def test_help_comes_first_while_urgent_words_are_typed_and_goes_with_them(open_for):
    visitor = open_for(viewport=PHONE)
    page = visitor.go("/search/")
    field = page.get_by_role("combobox", name="Search the whole site")
    field.press_sequentially("suicide", delay=A_KEY)

    help_live = page.locator("[aria-live=polite]", has=page.locator(".urgent"))
    expect(help_live.get_by_role("heading")).to_have_text("You do not have to carry this alone")
    expect(help_live.locator("a[href='tel:988']")).to_be_visible()
    titles = page.get_by_role("listbox")
    expect(titles.get_by_role("option").first).to_contain_text("988 Suicide & Crisis Lifeline")
    assert help_live.bounding_box()["y"] < titles.bounding_box()["y"]
    page.keyboard.press("Escape")
    expect(titles).to_be_hidden()
    expect(help_live).to_be_visible()

    field.fill("nerve block")
    expect(page.locator(".urgent")).to_have_count(0)


def test_without_scripts_help_stands_before_what_is_found(open_for):
    visitor = open_for(viewport=PHONE, java_script_enabled=False)
    page = visitor.go("/search/")
    page.get_by_label("Search the whole site").fill("I WANNA die…")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/search/\?q="))
    help_first = page.get_by_role("alert")
    expect(help_first.get_by_role("heading")).to_have_text("You do not have to carry this alone")
    assert help_first.bounding_box()["y"] < page.get_by_label("Search the whole site").bounding_box()["y"]
    visitor.sees("You are not alone with this.")
