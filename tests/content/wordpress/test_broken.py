"""Files that are broken, hostile or something else: each is told with its place, and what can be read comes."""

import pytest
from django.core.management import CommandError, call_command

from content.models import Page
from tests.content.wordpress import wxr

pytestmark = pytest.mark.django_db

ONE = wxr.item(1, "One", "First text.", slug="one")
TWO = wxr.item(2, "Two", "Second text.", slug="two")
THREE = wxr.item(3, "Three", "Third text.", slug="three")


def slugs():
    return sorted(Page.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \n\n", "The file is not XML"),
        (b"hello", "The file is not XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "The file is not XML"),
        (b"PK\x03\x04 a zip", "The file is not XML"),
        (b"<html><body>Not found</body></html>", "it begins with <html> instead of <rss>"),
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', "it begins with <"),
        (b'{"pages": []}', "The file is not XML"),
    ],
)
def test_what_is_no_export_is_refused_in_one_sentence(bring, data, sentence):
    outcome = bring(data)

    assert isinstance(outcome.error, CommandError)
    assert sentence in str(outcome.error)
    assert "\n" not in str(outcome.error)
    assert slugs() == []


def test_a_file_that_is_not_there_is_one_sentence(bring, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\.$"):
        call_command("import_wordpress", str(tmp_path / "missing.xml"))
    with pytest.raises(CommandError, match=r"cannot be read: Is a directory\.$"):
        call_command("import_wordpress", str(tmp_path))


@pytest.mark.parametrize("end", ["Second te", "<wp:post_id>2</wp:po", "</title>", "<![CDATA[Tw"])
def test_a_file_that_breaks_off_brings_the_whole_entries_before(bring, end):
    whole = wxr.export(ONE, TWO).decode()
    at = whole.index(end, whole.index("<![CDATA[Two") if "Tw" not in end else 0) + len(end)

    outcome = bring(whole[:at].encode())

    assert slugs() == ["one"]
    assert any("in the middle of this entry" in detail for _, detail in outcome.of("problem"))
    assert outcome.error.returncode == 2


def test_a_file_that_breaks_off_after_an_entry_brings_it(bring):
    outcome = bring(wxr.export(ONE, TWO).split(b"</channel>")[0])

    assert slugs() == ["one", "two"]
    assert outcome.said("the file ends before its end")


BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY file SYSTEM "file:///etc/hostname">]>
<rss"""


def test_an_entity_bomb_is_not_lit_and_told_with_its_entry(bring):
    bad = (
        wxr.item(9, "Bomb", "x", slug="bomb")
        .replace("<description></description>", "")
        .replace("<![CDATA[x]]>", "before &f; &file; after", 1)
    )
    data = wxr.export(ONE, bad, TWO).decode().replace("<rss", BOMB, 1).encode()

    outcome = bring(data)

    assert slugs() == ["bomb", "one", "two"]
    assert Page.objects.get(slug="bomb").body == "<p>before after</p>"
    told = [place for place, detail in outcome.of("problem") if "Entity 'f' not defined" in detail]
    assert len(told) == 1
    assert "in “Bomb” (line " in told[0]
    assert outcome.said("its DOCTYPE, with the entities that it declares, was not read")
    assert outcome.error.returncode == 2


def test_signs_that_html_names_are_read_outside_of_sections_too(bring):
    entry = wxr.item(1, "T", "x", slug="a").replace("<![CDATA[T]]>", "Caf&eacute; &amp; bar&nbsp;&hellip;")

    outcome = bring([entry])

    assert Page.objects.get().title == "Café & bar …"
    assert outcome.error is None


def test_unknown_elements_are_told_once_with_their_first_place(bring):
    strange = wxr.item(5, "Odd", "x", slug="odd", more="<wfw:commentRss>a</wfw:commentRss><acme>b</acme>")

    outcome = bring([ONE, strange, strange.replace("<wp:post_id>5", "<wp:post_id>6"), TWO])

    assert slugs() == ["odd", "odd-2", "one", "two"]
    found = {detail: place for place, detail in outcome.of("left out", "export")}
    assert "“Odd” (line " in found["unknown element <acme>, 2 in all."]
    assert outcome.error is None


def test_broken_markup_in_one_entry_costs_no_other(bring):
    outcome = bring([ONE, TWO.replace("</title>", "</titel>"), THREE])

    assert {"one", "three"} <= set(slugs())
    assert any(place.startswith("line ") and "Two" in place for place, _ in outcome.of("problem"))


def test_bytes_of_another_encoding_are_read_and_told_with_their_line(bring):
    data = wxr.export(ONE, wxr.item(2, "Caf\u00e9", "It\u2019s na\u00efve", slug="cafe")).decode().encode("cp1252")

    outcome = bring(data)

    page = Page.objects.get(slug="cafe")
    assert (page.title, page.body) == ("Café", "<p>It’s naïve</p>")
    assert any("were read as Windows-1252" in detail and "line " in detail for _, detail in outcome.of("problem"))


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-16", "UTF-16"), ("iso-8859-1", "ISO-8859-1"), ("utf-8-sig", "UTF-8")]
)
def test_other_encodings_are_read_when_the_file_says_so(bring, encoding, name):
    text = wxr.export(wxr.item(2, "Café", "x", slug="cafe")).decode().replace("UTF-8", name, 1)

    outcome = bring(text.encode(encoding))

    assert Page.objects.get().title == "Café"
    assert outcome.error is None


@pytest.mark.parametrize("name", ["base64", "iso-8859-99", "windows-1259", "cp1250x"])
def test_an_encoding_that_nobody_knows_is_told(bring, name):
    outcome = bring(wxr.export(ONE).replace(b"UTF-8", name.encode(), 1))

    assert slugs() == ["one"]
    assert outcome.said(f"the encoding “{name}” is not known here")


def test_characters_that_xml_forbids_are_dropped_and_told(bring):
    outcome = bring(wxr.export(ONE, wxr.item(2, "A\x00B\x0bC", "x\x1fy", slug="odd")))

    assert Page.objects.get(slug="odd").title == "ABC"
    assert outcome.said("characters that XML forbids were left out")


def test_a_part_that_is_too_large_or_deep_is_told(bring):
    deep = wxr.item(5, "Deep", "x", slug="deep", more="<a>" * 400 + "</a>" * 400)

    outcome = bring([ONE, deep, TWO])

    assert "one" in slugs()
    assert outcome.said("than can be read safely")
    assert outcome.error.returncode == 2


@pytest.mark.parametrize("field", ["title", "content", "slug", "excerpt", "creator"])
@pytest.mark.parametrize(
    "value",
    ["", "<script>alert(1)</script>", "a\r\nBcc: x", "\u202egnp.exe", "=cmd()", "'; DROP TABLE x; --", "x" * 70_000],
)
def test_hostile_words_in_any_field_are_made_harmless(bring, client, field, value):
    given = {"title": "T", "content": "c", "slug": "s", "excerpt": "e", "creator": "rlane", field: value}
    title, content = given.pop("title"), given.pop("content")

    bring([wxr.item(1, title, content, kind="post", **given), TWO])

    assert Page.objects.filter(slug="two").exists()
    for page in Page.objects.all():
        answer = client.get(page.path)
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "<script>alert(1)" not in shown
        assert "\u202e" not in page.title + page.summary + page.body


def test_numbers_that_are_there_twice_or_missing(bring):
    outcome = bring([ONE, ONE.replace("One", "Again"), TWO.replace("<wp:post_id>2</wp:post_id>", "")])

    assert slugs() == ["one", "two"]
    assert outcome.said("the number 1 is there twice")


def test_comments_and_fields_that_we_do_not_have_are_counted(bring):
    comment = "<wp:comment><wp:comment_content>hi</wp:comment_content></wp:comment>"
    outcome = bring([wxr.item(1, "One", "x", slug="one", more=comment * 3, meta={"doi": "10.1/x", "_edit_lock": "1"})])

    assert [place for place, _ in outcome.of("left out", "export")] == ["custom field “doi”", "3 comments"]


def test_a_report_for_a_spreadsheet_holds_no_formula(bring, tmp_path):
    kept = tmp_path / "report.csv"

    bring([wxr.item(1, "=HYPERLINK(1)", "x", slug="a", status="trash")], "--report", str(kept))

    rows = kept.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "outcome,what,place,detail"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.split(","))
