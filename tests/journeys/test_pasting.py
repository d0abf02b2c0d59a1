"""An editor pastes what others wrote in other programs: into the form as it is served, under its policy."""

import re

from playwright.sync_api import expect

from .pastes import NORMAL, PASTES, word
from .people import EMPLOYER, STAFF

PASTE = """(editor, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "words");
  editor.editor.commands.clearContent(true);
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
OPEN = "(editor, html) => editor.editor.commands.setContent(html, { emitUpdate: true })"
FORM = "/admin/content/page/add/"
# Texts that are stored, by the import or by hand, and that the editor gives back as they are.
STORED = [
    '<p>Half<sup><a href="#at-9">1</a></sup> slept.</p><ol><li id="at-9">Lane, 2018.</li></ol>',
    '<figure><a href="/about/"><img src="/static/img/favicon.svg" alt="The mark"></a>'
    "<figcaption>Our <em>mark</em></figcaption></figure>",
    '<table><caption>Doses</caption><thead><tr><th scope="col">Drug</th></tr></thead>'
    "<tbody><tr><td>A</td></tr></tbody></table>",
    '<ol start="3" type="a"><li>c<ol type="i"><li>i</li></ol></li></ol>'
    '<p id="here">A place.</p><p lang="es">Calma.</p>',
]


def test_each_program_keeps_its_structure_and_nothing_else(open_for):
    page = open_for(STAFF).go(FORM)
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    kept = page.locator("textarea[name=body]")

    wrong = {}
    for name, (pasted, wanted) in PASTES.items():
        body.evaluate(PASTE, pasted)
        shown = re.sub(r"note-[a-z0-9]{4}-", "note-NOTE-", kept.input_value())
        if shown != wanted:
            wrong[name] = shown
    assert wrong == {}

    # What the form refuses nobody keeps: the names of notes and the letters of lists are stored.
    body.evaluate(PASTE, PASTES["Word: footnotes"][0])
    page.get_by_role("textbox", name=re.compile("^Title")).fill("Sleep in numbers")
    page.get_by_role("textbox", name=re.compile("^Summary")).fill("Who slept, and who did not.")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    notes = page.locator(".ProseMirror ol li")
    expect(notes).to_have_count(2)
    expect(notes.first).to_have_id(re.compile("^note-[a-z0-9]{4}-1$"))


def test_a_stored_text_survives_being_edited(open_for):
    page = open_for(STAFF).go(FORM)
    body = page.get_by_role("textbox", name=re.compile("^Text"))

    for stored in STORED:
        body.evaluate(OPEN, stored)
        assert page.locator("textarea[name=body]").input_value() == stored
    bare = STORED[2].replace("<caption>Doses</caption>", "")
    body.evaluate(OPEN, f"<figure>{bare}<figcaption>Doses</figcaption></figure>")
    assert page.locator("textarea[name=body]").input_value() == STORED[2]


def test_pictures_that_stay_behind_are_told(open_for):
    page = open_for(STAFF).go(FORM)
    body = page.get_by_role("textbox", name=re.compile("^Text"))
    body.click()
    pictures = (
        '<img width=300 height=200 src="file:///C:/x/clip_image002.png" alt="A chart">'
        '<img src="data:image/png;base64,AAAA">'
        '<img src="https://t.example/p.gif" width=1 height=1>'
    )

    body.evaluate(PASTE, word(NORMAL.format(f"Words{pictures} stay.")))
    said = page.get_by_role("status").filter(has_text="left behind")
    expect(said).to_have_text(
        "2 pictures were left behind. Add what you need with “Picture”, with words for those who cannot see it."
    )
    assert page.locator("textarea[name=body]").input_value() == "<p>Words stay.</p>"
    body.evaluate(PASTE, word(NORMAL.format("No picture.")))
    expect(said).to_have_count(0)


def test_an_employer_pastes_a_position(open_for):
    """The same rules, and nothing that a position may not hold."""
    employer = open_for(EMPLOYER)
    board = employer.go("/career-center/employers/").url.removeprefix(employer.site.origin)
    page = employer.go(f"{board}jobs/new/")
    text = page.locator(".ProseMirror").first
    text.evaluate(PASTE, PASTES["Word: bullets below a number, and the numbers go on"][0])
    expect(text.locator("ol > li")).to_have_count(2)
    expect(text.locator("ol > li ul > li")).to_have_count(2)
