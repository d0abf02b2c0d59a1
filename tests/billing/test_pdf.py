"""Invoices, receipts and credit notes as PDF: what stands on the paper is read back from the drawn pages."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

import pytest
from fontTools.ttLib import TTFont
from fpdf import FPDF

from aapm_site.billing.pdf import Note, PdfDocument, PrintedLine, Sum, render, unprintable
from aapm_site.billing.pdf.layout import _compose
from aapm_site.billing.pdf.letters import FACES, FONTS
from aapm_site.billing.pdf.sheet import BOTTOM, HIGH, LEFT, RIGHT, TOP

LONG = (
    "Department of Anesthesiology, Perioperative, Critical-Care and Interventional Pain Medicine of the Saint "
    "Bartholomew Memorial University Hospital and Affiliated Regional Clinics of the Tri-State Area, Inc."
)
UNBROKEN = "W" * 200
DRAWN = re.compile(rb"BT /F(\d+) ([\d.]+) Tf ET|BT ([-\d.]+) ([-\d.]+) Td \(((?:\\.|[^\\)])*)\) Tj ET", re.DOTALL)


def line(title="Three job postings", quantity=1, price="252.00", discount="0", tax="0", total=None, note=""):
    numbers = (Decimal(number) for number in (price, discount, tax, total or price))
    return PrintedLine(title, quantity, *numbers, note)


def invoice(**changes) -> PdfDocument:
    plain = PdfDocument(
        heading="Invoice",
        number="INV-2026-00012",
        facts=(("Date", "November 26, 2026"), ("Due", "December 26, 2026")),
        seller=("American Academy of Pain Medicine", "1705 Edgewater Drive", "Orlando, FL 32804"),
        bill_to=("Lakeside Pain Center", "410 West Lake Street", "Chicago, IL 60606"),
        lines=(line(note="Thirty days each"),),
        sums=(Sum("Total due", Decimal("252"), strong=True),),
        currency="USD",
        notes=(Note("How to pay", ("By card or check.",)),),
    )
    return replace(plain, **changes)


@dataclass(frozen=True)
class Words:
    """A text on a page, y from the top to its baseline."""

    page: int
    text: str
    x: float
    y: float
    width: float
    size: float

    def touches(self, other: "Words") -> bool:
        beside = self.x + self.width <= other.x or other.x + other.width <= self.x
        upper, lower = sorted((self, other), key=lambda words: words.y)
        return self.page == other.page and not beside and lower.y - 0.75 * lower.size < upper.y + 0.2 * upper.size


def words_of(pdf: FPDF) -> Iterator[Words]:
    """Every drawn text, decoded through the table that copying and searching in a reader use."""
    fonts = {font.i: font for font in pdf.fonts.values()}
    for number, page in pdf.pages.items():
        font, size = None, 0.0
        for drawn in DRAWN.finditer(bytes(page.contents)):
            face, points, x, y, codes = drawn.groups()
            if face:
                font, size = fonts[int(face)], float(points)
                continue
            letters = {code: "".join(map(chr, glyph.unicode)) for glyph, code in font.subset.items()}
            plain = re.sub(rb"\\(.)", lambda escaped: {b"r": b"\r"}.get(escaped[1], escaped[1]), codes, flags=re.DOTALL)
            text = "".join(letters[ord(code)] for code in plain.decode("utf-16-be"))
            yield Words(number, text, float(x), HIGH - float(y), font.get_text_width(text, size, None)[1], size)


def printed(document: PdfDocument) -> list[Words]:
    pdf = _compose(document)
    words = list(words_of(pdf))
    pdf.output()  # closes the files of the faces
    return words


def texts(document: PdfDocument) -> list[str]:
    return [words.text for words in printed(document)]


def test_an_invoice_says_who_what_to_whom_and_how_to_pay_in_this_order():
    assert texts(invoice()) == [
        *("American Academy", "of Pain Medicine", "1705 Edgewater Drive", "Orlando, FL 32804"),
        *("Invoice", "INV-2026-00012"),
        *("Billed to", "Date", "November 26, 2026", "Lakeside Pain Center", "Due", "December 26, 2026"),
        *("410 West Lake Street", "Chicago, IL 60606"),
        *("Description", "Quantity", "Unit price", "Amount"),
        *("Three job postings", "Thirty days each", "1", "$252.00", "$252.00"),
        *("Total due", "$252.00"),
        *("How to pay", "By card or check."),
        *("American Academy of Pain Medicine  ·  Invoice INV-2026-00012", "Page 1 of 1"),
    ]


def test_a_document_needs_neither_lines_nor_sums_nor_notes():
    bare = texts(invoice(lines=(), sums=(), notes=(), facts=(), bill_to=()))
    assert bare[4:-2] == ["Invoice", "INV-2026-00012", "Billed to", "Description", "Quantity", "Unit price", "Amount"]


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({}, ["Quantity", "Unit price", "Amount"]),
        ({"discount": "25"}, ["Quantity", "Unit price", "Discount", "Amount"]),
        ({"tax": "8.250"}, ["Quantity", "Unit price", "Tax", "Amount"]),
        ({"discount": "25", "tax": "8.250"}, ["Quantity", "Unit price", "Discount", "Tax", "Amount"]),
    ],
)
def test_discount_and_tax_have_columns_only_when_some_line_has_them(changes, columns):
    shown = texts(invoice(lines=(line(), line(**changes))))
    assert shown[shown.index("Description") + 1 :][: len(columns) + 1] == [*columns, "Three job postings"]


def test_a_line_with_discount_and_tax_and_one_without():
    shown = texts(invoice(lines=(line("A", 12, "1250.5", "50.4", "8.250", "16186.44"), line("B", tax="10"), line("C"))))
    assert shown[shown.index("A") : shown.index("Total due")] == [
        *("A", "12", "$1,250.50", "–$50.40", "8.25%", "$16,186.44"),
        *("B", "1", "$252.00", "–", "10%", "$252.00"),
        *("C", "1", "$252.00", "–", "–", "$252.00"),
    ]


def test_figures_of_a_column_end_at_the_same_place():
    lines = (line("A", 1, "1", total="1"), line("B", 1200, "1250.5", total="16186.44"))
    ends: dict[float, list[str]] = {}
    for words in printed(invoice(lines=lines, sums=(Sum("Total", Decimal("16187.44")),))):
        if words.text.startswith("$"):
            ends.setdefault(round(words.x + words.width, 1), []).append(words.text)
    assert list(ends.values()) == [["$1.00", "$1,250.50"], ["$1.00", "$16,186.44", "$16,187.44"]]
    assert max(ends) == RIGHT


@pytest.mark.parametrize(("price", "size"), [("252", 9.5), ("99999999.99", 8.5)])
def test_figures_are_smaller_only_where_enormous_amounts_leave_the_title_no_room(price, size):
    taxed = line("An unusually long description", 1, price, "99999.99", "8.25", price)
    row = [
        words for words in printed(invoice(lines=(taxed,), currency="SEK", notes=())) if words.text.startswith("SEK")
    ]
    assert [words.size for words in row[:2]] == [size, size]


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("-50.4", "USD", "–$50.40"),
        ("0.005", "USD", "$0.01"),
        ("1250", "EUR", "€1,250.00"),
        ("90", "SEK", "SEK 90.00"),
        ("99999999.99", "GBP", "£99,999,999.99"),
    ],
)
def test_how_an_amount_is_printed(amount, currency, shown):
    assert shown in texts(invoice(sums=(Sum("Total", Decimal(amount)),), currency=currency))


def test_the_quiet_word_stands_beside_the_heading_on_the_same_line():
    receipt = {words.text: words for words in printed(invoice(heading="Receipt", mark="PAID"))}
    heading, mark = receipt["Receipt"], receipt["PAID"]
    assert mark.y == pytest.approx(heading.y, abs=0.02)
    assert mark.x > heading.x + heading.width + 20


def test_a_long_table_repeats_its_head_and_counts_its_pages():
    lines = tuple(line(f"Membership {number}", note="One year") for number in range(1, 34))
    words = printed(invoice(lines=lines))
    pages = sorted({each.page for each in words})
    assert pages == [1, 2, 3]
    assert [each.page for each in words if each.text == "Description"] == pages
    assert [each.text for each in words if each.text.startswith("Page ")] == [
        *("Page 1 of 3", "Page 2 of 3", "Page 3 of 3"),
    ]
    assert [each.text for each in words if each.text.startswith("Membership")] == [each.title for each in lines]
    running = [each.page for each in words if each.text == "Invoice INV-2026-00012, continued"]
    assert running == [2, 3]


def test_the_sums_never_stand_on_a_page_without_a_line():
    broken = 0
    for count in range(8, 24):
        lines = tuple(line(f"Line {number}") for number in range(1, count + 1))
        sums = (Sum("Subtotal", Decimal(1)), Sum("Tax", Decimal(1)), Sum("Total due", Decimal(2), strong=True))
        page = {words.text: words.page for words in printed(invoice(lines=lines, sums=sums, notes=()))}
        assert {page[f"Line {count}"], page["Subtotal"], page["Tax"]} == {page["Total due"]}
        broken += page["Total due"] == 2
    assert 0 < broken < 16


def test_a_note_of_more_than_a_page_flows_and_its_heading_stays_with_it():
    terms = tuple(f"Term {number}" for number in range(1, 81))
    words = printed(invoice(notes=(Note("Terms", terms),)))
    assert [each.text for each in words if each.text.startswith("Term ")] == list(terms)
    page = {each.text: each.page for each in words}
    assert page["Terms"] == page["Term 1"]
    assert page["Term 80"] == 3
    assert [each.page for each in words if each.text == "Description"] == [1]


CHECK = Note(
    "By check",
    ("American Academy of Pain Medicine", "Attn: Finance", "1705 Edgewater Drive", "Orlando, FL 32804",
     "Please write INV-2026-00012 on it."),
)  # fmt: skip
BANK = Note("By bank transfer", ("Sample Bank", "Routing 000000000", "Account 123", "Reference: INV-2026-00012"))
THANKS = Note("", ("Thank you for working with the Academy.",))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_an_ordinary_invoice_is_one_page(count):
    document = invoice(
        facts=(*invoice().facts, ("Purchase order", "PO 2026-118")),
        seller=("American Academy of Pain Medicine", "1705 Edgewater Drive", "Orlando, FL 32804", "847-555-0100",
                "accounts@example.org", "painmed.org", "Tax ID 00-0000000"),
        bill_to=("Lantern Street Pain", "Attn: Accounts payable", "7 Lantern Street", "Suite 12", "Astoria, OR 97103"),
        lines=tuple(line(f"Pack {number}", 1, "222.75", "22.28", "8.25", "217.01", "Three postings, thirty days each")
                    for number in range(count)),
        sums=(Sum("Discount, taken off above", Decimal("22.28")), Sum("Net", Decimal("200.47")),
              Sum("Tax", Decimal("16.54")), Sum("Total", Decimal("217.01"), strong=True)),
        notes=(CHECK, BANK, THANKS),
        mark="Sample",
    )  # fmt: skip

    words = printed(document)

    assert [each.text for each in words if each.text.startswith("Page ")] == ["Page 1 of 1"]
    assert [(one.text, other.text) for one, other in combinations(words, 2) if one.touches(other)] == []
    place = {each.text: each for each in words}
    assert place["By check"].y == place["By bank transfer"].y
    assert place["Sample Bank"].x > place["Attn: Finance"].x + place["Attn: Finance"].width
    closing = place[THANKS.lines[0]]
    assert (closing.x, closing.size) == (LEFT, 8.5)
    assert closing.y > place[CHECK.lines[-1]].y


def test_a_note_that_is_long_or_alone_has_the_width_for_itself():
    long = Note("Terms", tuple(f"Term {number}" for number in range(20)))
    place = {each.text: each for each in printed(invoice(notes=(long, BANK, THANKS, CHECK)))}

    assert {place[text].x for text in ("Terms", "Term 19", "By bank transfer", "By check", "Attn: Finance")} == {LEFT}
    assert place["By bank transfer"].page == place["Reference: INV-2026-00012"].page


@pytest.mark.parametrize("text", [LONG, UNBROKEN, "PO-4471/" * 25])
@pytest.mark.parametrize("currency", ["USD", "SEK"])
def test_long_texts_wrap_and_neither_touch_another_nor_leave_the_page(text, currency):
    most = line(text, 99_999, "99999999.99", "9999999.99", "8.125", "99999999.99", note=text)
    document = PdfDocument(
        heading="Credit note",
        number=text,
        facts=(("Date", "November 26, 2026"), ("Purchase order", text), (text, text)),
        seller=(text, text, text),
        bill_to=(text, text, text),
        lines=(most, line(), most),
        sums=(Sum(text, Decimal("99999999.99")), Sum(text, Decimal("99999999.99"), strong=True)),
        currency=currency,
        notes=(Note(text, (text, text)), Note(text, (text,)), Note(text, (text,) * 9), Note("", (text,))),
        mark="SAMPLE",
    )
    words = printed(document)
    assert [(one.text, other.text) for one, other in combinations(words, 2) if one.touches(other)] == []
    assert min(each.x for each in words) >= LEFT
    assert max(each.x + each.width for each in words) <= RIGHT + 0.02
    assert min(each.y - each.size for each in words) >= TOP - 8
    assert max(each.y for each in words) <= BOTTOM + 40
    everything = "".join(each.text for each in words).replace(" ", "")
    assert everything.count(text.replace(" ", "")[-6:]) >= 12


@pytest.mark.parametrize(
    "name",
    [
        "Łódź, Żeromskiego 113",
        "Nguyễn Thị Hồng Phượng",
        "Αθανάσιος Παπαδόπουλος, Ἀσκληπιός",
        "Екатерина Ђорђевић-Щербакова",
        "Müller & Søn, Çağlayan (Ștefan)",
        "“Quoted” – £5 €6 ₹7 ½ № ™ \\ ) (",
    ],
)
def test_names_print_in_latin_greek_and_cyrillic(name):
    document = invoice(bill_to=(name, name), lines=(line(name, note=name),), notes=(Note(name, (name,)),))
    pdf = _compose(document)
    shown = [words.text for words in words_of(pdf)]
    pdf.output()
    assert shown.count(name) == 6
    assert [font.missing_glyphs for font in pdf.fonts.values()] == [[], [], []]


def test_letters_and_their_accents_are_joined():
    assert "Łódź" in texts(invoice(bill_to=(unicodedata.normalize("NFD", "Łódź"),)))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", ""),
        ("Dr. Łódź, Αθήνα, Москва", ""),
        ("山田 Łódź", "山田"),
        ("山田 and 山本", "山田本"),
        ("Two\nlines\r\nand more", ""),
        ("a\x00b\x1bc\x00", "\x00\x1b"),
        ("tab\there", "\t"),
        ("reversed \u202eeman", "\u202e"),
        ("smile 🙂", "🙂"),
        ("lone \ud800 half", "\ud800"),
        (unicodedata.normalize("NFD", "Phượng"), ""),
        ("soft\u00adhyphen, zero\u200bwidth, no\u00a0break", ""),
        ("−$3", ""),
    ],
)
def test_which_characters_cannot_be_printed(text, refused):
    assert unprintable(text) == refused


def test_what_cannot_be_printed_leaves_a_sign_and_no_noise(caplog):
    with caplog.at_level(logging.WARNING):
        shown = texts(invoice(bill_to=("山田 Łódź\x00", "zero\u200bwidth", "tab\there", "−3")))
        render(invoice(bill_to=("山田 Łódź\x00",), number="山田", seller=("山",), mark="山"))
    assert {"\ufffd\ufffd Łódź\ufffd", "zerowidth", "tab here", "–3"} <= set(shown)
    assert caplog.records == []


def test_the_same_document_gives_the_same_bytes():
    document = invoice(lines=tuple(line(f"Line {number}") for number in range(30)), mark="PAID")
    assert render(document) == render(document)
    assert render(document) != render(replace(document, number="INV-2026-00013"))


def test_a_paper_carries_its_title_author_language_and_own_date():
    pdf = _compose(invoice())
    assert (pdf.title, pdf.author) == ("Invoice INV-2026-00012", "American Academy of Pain Medicine")
    content = bytes(pdf.output())
    assert content.startswith(b"%PDF-")
    assert b"/Lang (en-US)" in content
    assert b"/CreationDate (D:20261126120000Z)" in content
    assert content.count(b"/MediaBox [0 0 612.00 792.00]") == 1


def test_a_paper_without_a_date_has_a_fixed_one():
    assert b"/CreationDate (D:20000101120000Z)" in render(invoice(facts=(("Date", "soon"),)))


def test_the_faces_hold_latin_greek_and_cyrillic_and_weigh_little():
    blocks = [(0x20, 0x250), (0x300, 0x363), (0x370, 0x400), (0x400, 0x530), (0x1E00, 0x2000), (0x20A0, 0x20C0)]
    letters = [chr(code) for first, end in blocks for code in range(first, end)]
    known = "".join(letter for letter in letters if unicodedata.category(letter) not in {"Cc", "Cn", "Cf"})
    assert re.sub("[Ϣ-ϯ]", "", unprintable(known)) == ""  # Coptic letters stand in the block of Greek
    assert sum(file.stat().st_size for file in FONTS.iterdir()) <= 400_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL-noto.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("face", FACES.values(), ids=lambda face: face.stem)
def test_all_figures_are_as_wide_as_each_other(face):
    with TTFont(face) as font:
        glyphs = [font.getBestCmap()[ord(figure)] for figure in "0123456789"]
        assert len({font["hmtx"][glyph][0] for glyph in glyphs}) == 1
