"""JATS as pages: every kind of delivery that lost something elsewhere, and what must not get through."""

# ruff: noqa: E501 - elements as publishers write them, one case a line
from contextlib import nullcontext
from datetime import date

import pytest
from lxml import html

from membership.journal.jats import completeness
from membership.journal.jats.completeness import Counted, compare
from membership.journal.jats.formulas import tex_of
from membership.journal.jats.metadata import Relation, WrittenAuthor, read_head
from membership.journal.jats.reading import DEEPEST, NotJats, _entity, _without_prolog, is_math, read_article
from membership.journal.jats.rendering import Rendering, render
from membership.journal.jats.writer import Delivered

from .jats import BACK, DOI, FRONT, jats


def csv(number: int) -> str:
    return f'<p class="table-tools"><a class="download" href="tables/{number}/" rel="noopener">Table as CSV</a></p>'


def written(body: str, back: str = "", more: str = "") -> Rendering:
    return render(read_article(jats(body, back, more=more)))


def page_of(body: str, back: str = "", more: str = "") -> str:
    return written(body, back, more).html


# Reading --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Line 1: Document is empty."),
        (b"<article><body><p>cut", "Line 1: Premature end of data in tag p line 1"),
        (b"<html><body/></html>", "The file begins with <html>; an article of JATS begins with <article>."),
        (jats().replace(b"asked", b"ask\xffed"), "Line 18: the file is to be read as UTF-8, and here it is not."),
        (jats(head='<?xml version="1.0" encoding="klingon"?>'), "The file says that it is written in “klingon”, which"),
        (
            jats(head='<?xml version="1.0" encoding="undefined"?>'),
            "The file says that it is written in “undefined”, which",
        ),
        (
            jats(head='<?xml version="1.0" encoding="punycode"?>'),
            "The file says that it is written in “punycode”, which",
        ),
        (
            jats(head='<?xml version="1.0" encoding="iso-8859-99"?>'),
            "The file says that it is written in “iso-8859-99”, wh",
        ),
        (jats(head='<?xml version="1.0" standalone=">"?>'), "Line 1: its declaration <?xml … ?> cannot be read."),
        (jats(head='\n<?xml version="1.0"'), "Line 2: its declaration <?xml … ?> cannot be read."),
        (jats(head="<!DOCTYPE article [<!ENTITY a ']>'>"), "Line 1: its DOCTYPE has no end."),
        (
            jats("<p>" + "a" * 10_100_000 + "</p>"),
            "Line 18: one of its texts or names is longer than any of an article",
        ),
        (jats("<p>&nosuchsign;</p>"), "Line 18: no sign is called &nosuchsign;."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(data, said):
    with pytest.raises(NotJats) as wrong:
        read_article(data)

    assert str(wrong.value).startswith(said)


def test_names_of_signs_are_signs_without_a_dtd():
    text = "<p>Ren&eacute; took 5&nbsp;&mu;g &agr;&Ggr;&oacgr;&b.beta; &lt; 6 &amp; <![CDATA[&eacute; <b>]]> 1&#150;2&#x99;</p>"

    assert page_of(text) == "<p>René took 5&nbsp;μg αΓό𝛃 &lt; 6 &amp; &amp;eacute; &lt;b&gt; 1–2™</p>"


@pytest.mark.parametrize(
    ("root", "body"),
    [
        # What only the DTD declares, other prefixes, an older XLink, none at all.
        ("article", "<ext-link xlink:href='http://a.example/'><mml:math><mml:mi>x</mml:mi></mml:math></ext-link>"),
        ("article xmlns:l='http://www.w3.org/TR/1999/xlink'", "<ext-link l:href='http://a.example/'><math><mi>x</mi></math></ext-link>"),
        ("article xmlns='urn:x' xmlns:xlink='http://www.w3.org/1999/xlink'", "<ext-link xlink:href='http://a.example/'><q:math><q:mi>x</q:mi></q:math></ext-link>"),
    ],
)  # fmt: skip
def test_prefixes_need_not_be_declared_nor_be_the_usual_ones(root, body):
    article = read_article(f"<{root}><body><p>{body}</p></body></article>".encode())

    assert render(article).html == ('<p><a href="http://a.example/" rel="noopener"><math><mi>x</mi></math></a></p>')


def test_nothing_that_a_file_declares_is_known_or_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("zyzzogeton", encoding="utf-8")
    bomb = '<!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    with pytest.raises(NotJats, match="no sign is called &b;"):
        read_article(jats("<p>&b;</p>", head=bomb))
    outside = f'<!DOCTYPE article [<!ENTITY e SYSTEM "{secret.as_uri()}">]>\n'
    with pytest.raises(NotJats, match="no sign is called &e;"):
        read_article(jats("<p>&e;</p>", head=outside))


@pytest.mark.parametrize(
    ("said", "encoding"),
    [("utf-16", "utf-16"), ("utf-16", "utf-16-le"), ("UTF-16", "utf-16-be"), ("windows-1252", "windows-1252")]
    + [("iso-8859-1", "windows-1252")],  # which many call so
)
def test_a_file_is_read_in_its_own_encoding(said, encoding):
    data = jats("<p>Café</p><p>“Ja”</p>").decode()

    article = read_article(f'<?xml version="1.0" encoding="{said}"?>{data}'.encode(encoding))

    assert render(article).html.startswith("<p>Café</p><p>“Ja”</p>")


HIDDEN = ("<!-- <!DOCTYPE x> -->", "<?note <!DOCTYPE x> ?>", "<!DOCTYPE x>", "<!DOCTYPE x [<!-- ' ]> --><?a ' ?>]>\n")
TENFOLD = "".join(f'<!ENTITY _{n} "{f"&_{n - 1};" * 10 if n else "a" * 10}">' for n in range(5))
DECLARED = (
    f"<!DOCTYPE article [{TENFOLD}]>",
    "<!DOCTYPE article [<!ENTITY % p '<!ENTITY _4 \"a ]&#62; b\">'> %p;]>",
    "<!DOCTYPE article SYSTEM 'a>b.dtd' [<!ENTITY _4 ']>'>]>",
)


@pytest.mark.parametrize("before", ["", *HIDDEN])
@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("body", ['<p id="&_4;">x</p>', "<p>&_4;</p>"])
def test_nothing_in_front_of_it_lets_a_declaration_through(before, declared, body):
    with pytest.raises(NotJats, match=r"Line \d+: Entity '_4' not defined\.$"):
        read_article(jats(body, head=before + declared))


@pytest.mark.parametrize("before", ["", *HIDDEN])
def test_a_doctype_is_stepped_over_and_lines_stay_what_they_were(before):
    head = f"{before}<!DOCTYPE article PUBLIC '-//x' \"y>z.dtd\" [\n<!ENTITY a ']>'>\n]>\n"
    lines = head.count("\n") + 18

    assert page_of_file(jats("<p>Here.</p>", head=head)).startswith("<p>Here.</p>")
    with pytest.raises(NotJats, match=f"^Line {lines}: no sign is called &a;"):
        read_article(jats("<p>&a;</p>", head=head))


def test_the_parser_refuses_declarations_by_itself_should_any_reach_it(monkeypatch):
    monkeypatch.setattr("membership.journal.jats.reading._without_prolog", lambda text: text)

    with pytest.raises(NotJats, match="It declares entities"):
        read_article(jats("<p>x</p>", head=DECLARED[0]))
    with pytest.raises(NotJats, match="^Line 18: "):
        read_article(jats('<p id="&_8;">x</p>', head=DECLARED[0].replace("]>", "".join(more_tenfolds()) + "]>")))


def more_tenfolds():
    return (f'<!ENTITY _{n} "{f"&_{n - 1};" * 10}">' for n in range(5, 9))


def page_of_file(data: bytes) -> str:
    return render(read_article(data)).html


@pytest.mark.parametrize("begun", ["<![CDATA[", "<!--", "<?x "])
def test_what_is_begun_and_never_ended_is_looked_through_once(begun):
    for size in (10_000, 5_000_000):
        found = list(_entity.finditer(begun * (size // len(begun))))

        assert len(found) == 1  # one step, however long it is: the whole text
        assert len(found[0][0]) == size // len(begun) * len(begun)


@pytest.mark.parametrize("begun", [" ", "<!DOCTYPE x [", "<!DOCTYPE x [<!-- ", "<?x ?><!--"])
def test_what_stands_in_front_is_stepped_through_once(begun):
    asked = CountedText(begun * (1_000_000 // len(begun)) + "<article")

    with pytest.raises(NotJats) if "[" in begun else nullcontext():
        _without_prolog(asked)

    assert asked.steps < 3


class CountedText(str):
    """Counts how often it is asked what it begins with, which is once a part of what stands in front."""

    steps = 0

    def startswith(self, *asked):
        self.steps += 1
        return super().startswith(*asked)


def test_signs_in_comments_and_instructions_are_nobodys():
    page = page_of("<!-- &nosuchsign; <![CDATA[ --><?x &nosuchsign; ?><p>&eacute;</p>")

    assert page == "<p>é</p>"


def nested(names: str, times: int) -> str:
    """So many elements one inside of another, of these names by turns, with words at the bottom."""
    taken = (names.split() * times)[:times]
    return "".join(f"<{name}>" for name in taken) + "at the bottom" + "".join(f"</{name}>" for name in taken[::-1])


def from_below(work, frames: int):
    """What the work gives when so many functions are under way, as in a request."""
    return from_below(work, frames - 1) if frames else work()


def whole_page(data: bytes) -> str:
    article = read_article(data)
    page = render(article)
    return f"{read_head(article)}{page.html}{compare(article, page.html)}"


@pytest.mark.parametrize(
    "names",
    ["sec", "p", "italic bold", "list list-item", "table tbody tr td", "mml:math mml:mfenced", "fig caption p", "fn p"]
    + [
        "ref-list ref mixed-citation",
        "mixed-citation",
        "collab",
        "name-alternatives",
        "boxed-text",
        "sub-article body",
    ],
)
def test_every_part_bears_elements_as_deep_as_they_may_be(names):
    def deep(room: int) -> str:
        return nested(names, DEEPEST - room)

    for data in (
        jats(deep(2)),
        jats(back=f"<ref-list><ref><mixed-citation>x {deep(5)}</mixed-citation></ref></ref-list>"),
        jats(front=FRONT.replace("Sleep in", deep(5))),
        jats(front=FRONT.replace("The Sleep Group", deep(6))),
        jats(front=FRONT.replace("To ask", deep(6))),
    ):
        assert from_below(lambda data=data: whole_page(data), 120)


@pytest.mark.parametrize("more", [-1, 100, 3_000])
def test_elements_deeper_than_that_are_refused_in_words(more):
    with pytest.raises(NotJats, match="^More than 200 elements stand one inside of another"):
        read_article(jats(nested("sec", DEEPEST + more)))


def test_elements_too_deep_for_a_page_keep_their_words_and_lose_their_markup():
    page = page_of(nested("sec", 190))

    assert "at the bottom" in page
    assert page.count("<section>") == 110


def test_elements_of_other_vocabularies_are_known_by_their_own_names():
    page = page_of(
        '<tp:taxon-treatment xmlns:tp="http://example.org/"><tp:nomenclature><p>Rana</p></tp:nomenclature></tp:taxon-treatment>'
    )

    assert page == "<section><p>Rana</p></section>"


# Text -----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "page"),
    [
        # A block within a paragraph ends it.
        (
            "<p>Before <list list-type='bullet'><list-item><p>one</p></list-item></list> after.</p>",
            "<p>Before </p><ul><li><p>one</p></li></ul><p> after.</p>",
        ),
        ("<p id='p1'><disp-quote><p>Said.</p></disp-quote></p>", '<blockquote><p>Said.</p></blockquote><span id="j-p1"></span>'),
        ("<list list-type='alpha-lower'><list-item><p>x</p></list-item></list>", '<ol type="a"><li><p>x</p></li></ol>'),
        # The source's own signs stand in place of the list's.
        (
            "<list list-type='order'><list-item><label>(i)</label><p>x</p></list-item></list>",
            '<ul class="bare"><li><strong>(i)</strong> <p>x</p></li></ul>',
        ),
        ("<p>H<sub>2</sub>O, <italic>in <bold>vivo</bold></italic>, <sc>abc</sc></p>", "<p>H<sub>2</sub>O, <em>in <strong>vivo</strong></em>, abc</p>"),
        ("<sec><label>2.</label><title>Results</title><p>x</p></sec>", '<section><h2 id="j-h1">2. Results</h2><p>x</p></section>'),
        # A label without a title, and a title without words.
        ("<sec><label>A</label><title/><p>x</p></sec>", '<section><h2 id="j-h1">A</h2><p>x</p></section>'),
        ("<sec><label>B</label><p>x</p></sec>", '<section><h2 id="j-h1">B</h2><p>x</p></section>'),
        (
            "<def-list><title>Words</title><def-item><term>A</term><def><p>b</p></def></def-item></def-list>",
            "<p>Words</p><dl><dt>A</dt><dd><p>b</p></dd></dl>",
        ),
        ("<p><nobodys-element>kept <italic>words</italic></nobodys-element></p>", "<p>kept <em>words</em></p>"),
        ("<p>a<break/>b</p>", "<p>a<br>b</p>"),
        ("<p>Run <code>ls -l</code> now.</p>", "<p>Run <code>ls -l</code> now.</p>"),
        ("<p><code>x = 1</code></p>", "<pre>x = 1</pre>"),
        (
            "<list list-type='order' id='l'><list-item><p>a</p></list-item></list><list list-type='arabic' continued-from='l'>"
            "<list-item><p>b</p></list-item></list>",
            '<ol id="j-l"><li><p>a</p></li></ol><ol start="2"><li><p>b</p></li></ol>',
        ),
        (
            "<list list-type='simple'><label>A.</label><title>Things</title><list-item><p>a</p></list-item></list>",
            '<p><strong>A.</strong></p><p><strong>Things</strong></p><ul class="bare"><li><p>a</p></li></ul>',
        ),
        (
            "<def-list><def-item id='d'><label>1</label><term>A</term><def><p>b</p></def></def-item></def-list><p><xref rid='d'>A</xref></p>",
            '<dl><dt id="j-d"><strong>1</strong> A</dt><dd><p>b</p></dd></dl><p><a href="#j-d" rel="noopener">A</a></p>',
        ),
        ("<p><date><day>1</day><month>May</month><year>2020</year></date></p>", "<p>1 May 2020</p>"),
        (
            "<p>x<xref rid='n'/></p><fn-group><fn id='n' symbol='*'><p>y</p></fn></fn-group>",
            '<p>x<a href="#j-n" rel="noopener"><span class="own">*</span></a></p><section><div id="j-n" class="note-line"><strong>*</strong> <p>y</p></div></section>',
        ),
        ("<p><ext-link xlink:href='s1.doc'>S1</ext-link></p>", "<p>S1</p>"),
        ("<p><ruby><rb>漢</rb><rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", "<p>漢 (kan)</p>"),
        # A link within a link; one to what has no place of its own, and to what is not shown.
        ("<p id='p'><ext-link xlink:href='http://a.example'><xref rid='p'>1</xref> x</ext-link></p>", '<p id="j-p"><a href="#j-p" rel="noopener">1</a> x</p>'),
        ("<p><xref rid='m'>(1)</xref></p><disp-formula id='e'><mml:math id='m'><mml:mi>x</mml:mi></mml:math></disp-formula>", '<p><a href="#j-e" rel="noopener">(1)</a></p><div id="j-e" class="formula"><math><mi>x</mi></math></div>'),
        ("<p><xref rid='k'>x</xref></p><p id='q'><object-id id='k'>x</object-id></p>", '<p><a href="#j-q" rel="noopener">x</a></p><p id="j-q"></p>'),
        # Ids that are alike on a page, and one that is like a name of ours.
        ("<p id='f/1'>A</p><p id='f?1'>B</p><p><xref rid='f?1'>B</xref></p>", '<p id="j-f-1">A</p><p id="j-f-1-2">B</p><p><a href="#j-f-1-2" rel="noopener">B</a></p>'),
        ("<sec><title>A</title><p id='h1'>B</p></sec>", '<section><h2 id="j-h1-2">A</h2><p id="j-h1">B</p></section>'),
        (
            "<boxed-text><label>Box 1</label><caption><title>Steps</title></caption><p>x</p></boxed-text>",
            '<aside class="callout"><strong>Box 1</strong> <p><strong>Steps</strong></p><p>x</p></aside>',
        ),
    ],
)  # fmt: skip
def test_text_keeps_its_words_and_its_shape(source, page):
    assert page_of(source) == page


def test_headings_go_down_by_one_and_are_the_contents():
    found = written("<sec id='a'><title>One</title><sec><title>Two</title></sec></sec><sec><title>Three</title></sec>")

    assert [(one.title, one.anchor, one.level) for one in found.headings] == [
        ("One", "j-h1", 2), ("Two", "j-h2", 3), ("Three", "j-h3", 2),
    ]  # fmt: skip


def test_an_element_without_a_rule_is_reported():
    assert written("<p><nobodys-element>x</nobodys-element></p>").unknown == ("nobodys-element",)


def test_footnotes_within_a_text_stand_at_its_end_and_are_led_to():
    page = page_of("<p>Slept<fn id='f1'><p>By their own word.</p></fn>.</p>")

    assert page == (
        '<p>Slept<sup><a href="#j-f1" rel="noopener">1</a></sup>.</p><section><h2 class="own" id="j-h1">Notes</h2>'
        '<div class="note-line" id="j-f1"><strong>1</strong> <p>By their own word.</p></div></section>'
    )


@pytest.mark.parametrize(
    ("cited", "page", "back"),
    [
        ("<xref rid='b1 b3'>1, 3</xref>", '<a href="#j-b1" class="cited" id="c-1-j-b1" rel="noopener">1</a>, <a href="#j-b3" class="cited" id="c-1-j-b3" rel="noopener">3</a>', "13"),
        ("<xref rid='b1 b2 b3'>1–3</xref>", '<a href="#j-b1" class="cited" id="c-1-j-b1" rel="noopener">1–3</a>', "123"),
        ("[<xref rid='b1'>1</xref>]–[<xref rid='b4'>4</xref>]", '[<a href="#j-b1" class="cited" id="c-1-j-b1" rel="noopener">1</a>]–[<a href="#j-b4" class="cited" id="c-1-j-b4" rel="noopener">4</a>]', "1234"),
        ("<xref rid='b1'>1</xref>–<xref rid='b2'/><xref rid='b3'>3</xref>", '<a href="#j-b1" class="cited" id="c-1-j-b1" rel="noopener">1</a>–<span id="c-1-j-b2"></span><a href="#j-b3" class="cited" id="c-1-j-b3" rel="noopener">3</a>', "123"),
    ],
)  # fmt: skip
def test_several_references_at_one_place_all_lead_back_to_it(cited, page, back):
    listed = "".join(f"<ref id='b{n}'><label>{n}</label><mixed-citation>x</mixed-citation></ref>" for n in range(1, 6))
    found = html.fromstring(f"<main>{page_of(f'<p>{cited}</p>', f'<ref-list>{listed}</ref-list>')}</main>")

    assert html.tostring(found[0], encoding="unicode").startswith(f"<p>{page}</p>")
    assert "".join(one.xpath("string(span)") for one in found.xpath("//li[.//a[@class='back']]")) == back


# Figures and files ----------------------------------------------------------------------------------------------------
def test_a_figure_has_the_delivered_picture_and_words_for_it():
    files = {"gr1": Delivered("/journal/article/a/files/gr1/", 400, 300)}

    found = render(read_article(jats(back="")), files.get)

    assert (
        '<a class="zoom" href="/journal/article/a/files/gr1/" rel="noopener"><img src="/journal/article/a/files/gr1/" '
        'alt="Figure 1 Nights." width="400" height="300" loading="lazy"></a>' in found.html
    )
    assert (
        "<figcaption><b>Figure 1</b> <div><p><strong>Nights.</strong></p><p>Hours slept.</p></div></figcaption>"
        in found.html
    )
    assert found.missing == ()


def test_what_was_not_delivered_is_said():
    found = written(
        "<fig id='f'><label>Figure 2</label><alternatives><graphic xlink:href='a.tif'/><graphic xlink:href='a.jpg'/>"
        "</alternatives></fig><supplementary-material xlink:href='s1.doc'><label>File S1</label></supplementary-material>"
    )

    assert found.missing == ("a.tif", "s1.doc")
    assert "This picture was not delivered." in found.html
    assert "s1.doc was not delivered." in found.html
    led = render(
        read_article(jats("<p><ext-link xlink:href='s1.doc'>S1</ext-link></p>", "")),
        {"s1.doc": Delivered("/journal/s/")}.get,
    )
    assert led.html == '<p><a href="/journal/s/" rel="noopener">S1</a></p>'


def test_figures_that_stand_outside_the_body_are_shown():
    page = page_of(
        "<p>See <xref rid='fg'>Figure 1</xref>.</p>",
        more="<floats-group><fig id='fg'><label>Figure 1</label></fig></floats-group>",
    )

    assert '<a href="#j-fg" rel="noopener">Figure 1</a>' in page
    assert '<figure id="j-fg">' in page


def test_alternatives_show_the_form_that_reads_best():
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    page = page_of(
        f"<table-wrap><label>Table 1</label><alternatives><graphic xlink:href='t1'/>{table}</alternatives></table-wrap>"
    )

    assert page == (
        '<figure class="table-figure"><figcaption><b>Table 1</b> </figcaption><div class="scroll" tabindex="0" role="region" '
        'aria-label="Table 1"><table class="table"><tbody><tr><td>1</td></tr></tbody></table></div>'
        + csv(1)
        + "</figure>"
    )


def test_tables_keep_spans_notes_and_what_stands_in_cells():
    page = page_of(
        "<table-wrap id='t1'><table><thead><tr><th colspan='2' rowspan='1'>A</th></tr></thead><tbody><tr><td>x<sup>a</sup></td>"
        "<td><list><list-item><p>y</p></list-item></list></td></tr></tbody></table>"
        "<table-wrap-foot><fn id='n'><label>a</label><p>Once.</p></fn></table-wrap-foot></table-wrap>"
    )

    assert '<tr><th colspan="2">A</th></tr>' in page
    assert "<td><ul><li><p>y</p></li></ul></td>" in page
    assert (
        '<div class="table-notes"><div id="j-n" class="note-line"><strong>a</strong> <p>Once.</p></div></div>' in page
    )


@pytest.mark.parametrize(
    ("said", "shown"), [("²", ""), ("9" * 5_000, ' colspan="1000"'), ("-3", ""), ("2", ' colspan="2"')]
)
def test_a_span_is_a_number_that_a_table_may_have(said, shown):
    page = page_of(f'<table><tr><td colspan="{said}">x</td></tr></table>')

    assert f"<td{shown}>x</td>" in page


def test_a_ruler_below_the_words_of_a_cell_is_the_line_between_two_rows():
    page = page_of("<table><tr><td>a<hr/></td><td>b<hr/>c</td><td><hr/></td></tr></table>")

    assert "<tr><td>a</td><td>b<hr>c</td><td><hr></td></tr>" in page


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<thead><tr><td>A</td></tr></thead><tfoot><tr><td>Sum</td></tr></tfoot><tbody><tr><td align='char'>1</td></tr></tbody>", '<thead><tr><th>A</th></tr></thead><tbody><tr><td class="end">1</td></tr></tbody><tfoot><tr><td>Sum</td></tr></tfoot>'),
        ("<tr align='center'><td>a</td><td align='left'>\u2003b<br/><i>c</i></td></tr>", '<tbody><tr><td class="middle">a</td><td>&nbsp;&nbsp;b<br><em>c</em></td></tr></tbody>'),
        ("<tgroup cols='3'><colspec colname='a'/><colspec colname='b' align='right'/><colspec colname='c'/><tbody><row><entry morerows='1'>1</entry><entry colname='c'>3</entry></row><row><entry colname='c'>3</entry></row></tbody></tgroup>", '<tbody><tr><td rowspan="2">1</td><td></td><td>3</td></tr><tr><td></td><td>3</td></tr></tbody>'),
    ],
)  # fmt: skip
def test_cells_stand_where_the_table_has_them(source, page):
    tree = read_article(jats(f"<table-wrap><table>{source}</table></table-wrap>"))

    assert f'<table class="table">{page}</table>' in render(tree).html
    assert compare(tree, render(tree).html).letters.percent == 100.0


def test_tables_in_the_model_of_oasis_are_tables():
    page = page_of(
        "<table-wrap><table xmlns:oasis='http://www.niso.org/oasis'><oasis:tgroup cols='3'><oasis:colspec colname='c1'/>"
        "<oasis:colspec colname='c2'/><oasis:colspec colname='c3'/><oasis:thead><oasis:row><oasis:entry namest='c1' nameend='c2'>A"
        "</oasis:entry><oasis:entry morerows='1'>B</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row>"
        "<oasis:entry>1</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></table></table-wrap>"
    )

    assert (
        '<thead><tr><th colspan="2">A</th><th rowspan="2">B</th></tr></thead><tbody><tr><td>1</td></tr></tbody>' in page
    )


# Formulas -------------------------------------------------------------------------------------------------------------
def test_formulas_are_mathml_without_prefixes_and_with_their_fences():
    page = page_of(
        "<disp-formula id='e1'><label>(1)</label><mml:math display='block'><mml:mrow><mml:mi>x</mml:mi><mml:mo>=</mml:mo>"
        "<mml:mfenced open='[' close=']'><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfenced></mml:mrow></mml:math></disp-formula>"
    )

    assert page == (
        '<div id="j-e1" class="formula"><strong>(1)</strong> <math display="block"><mrow><mi>x</mi><mo>=</mo><mrow><mo>[</mo>'
        "<mi>a</mi><mo>,</mo><mi>b</mi><mo>]</mo></mrow></mrow></math></div>"
    )


@pytest.mark.parametrize(
    "typed", [r"x^2", r"$x^2$", r"\(x^2\)", r"\[x^2\]", r"\documentclass{a}\begin{document}$$x^2$$\end{document}"]
)
def test_tex_is_a_formula_however_it_is_marked(typed):
    assert tex_of(typed) == "x^2"
    page = page_of(
        f"<p><inline-formula><alternatives><graphic xlink:href='f'/><tex-math>{typed}</tex-math></alternatives></inline-formula></p>"
    )
    assert (
        '<span class="formula"><math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math></span>'
        in page
    )


def test_tex_that_the_library_does_not_know_stands_as_it_was_typed():
    found = written(r"<p><inline-formula><tex-math>x_1_2 \frac</tex-math></inline-formula></p>")

    assert r"<code>x_1_2 \frac</code>" in found.html
    assert found.warnings[0].startswith("This TeX could not be written as a formula")


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        (r"\begin{eqnarray*}a&amp;=&amp;b\end{eqnarray*}", '<mtr><mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="center"><mo>=</mo></mtd>'),
        (r"\begin{aligned}a&amp;=b\label{e1}\end{aligned}", '<mtd columnalign="right"><mi>a</mi></mtd><mtd columnalign="left"><mi></mi><mo>=</mo><mi>b</mi></mtd>'),
        (r"$a \pm b$ and $c$", "<mi>a</mi><mo>±</mo><mi>b</mi><mtext>&nbsp;and&nbsp;</mtext><mi>c</mi>"),
        (r"\text{if } x", "<mtext>if&nbsp;</mtext><mi>x</mi>"),
    ],
)  # fmt: skip
def test_tex_that_publishers_write_and_the_library_does_not_know(typed, drawn):
    assert drawn in page_of(f"<disp-formula><tex-math>{typed}</tex-math></disp-formula>")


def test_a_picture_stands_for_tex_that_cannot_be_drawn():
    source = r"<inline-formula><alternatives><tex-math>\nosuch{x}</tex-math><inline-graphic xlink:href='f'/></alternatives></inline-formula>"
    found = render(read_article(jats(f"<p>{source}</p>")), {"f": Delivered("/journal/f/")}.get)

    assert '<span class="formula"><img src="/journal/f/" alt="" loading="lazy"></span>' in found.html
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("<mml:menclose notation='radical'><mml:mi>a</mml:mi></mml:menclose>", "<msqrt><mi>a</mi></msqrt>"),
        ("<mml:maction><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:maction>", "<mi>a</mi>"),
        ("<mml:mtext> if </mml:mtext><mml:mi fontstyle='normal'>d</mml:mi>", '<mtext>&nbsp;if&nbsp;</mtext><mi mathvariant="normal">d</mi>'),
    ],
)  # fmt: skip
def test_what_browsers_do_not_draw_of_mathml_is_drawn_by_what_they_do(source, drawn):
    assert page_of(f"<p><mml:math>{source}</mml:math></p>") == f"<p><math>{drawn}</math></p>"


# References and links -------------------------------------------------------------------------------------------------
def test_references_lead_out_and_back():
    page = page_of("<p>As said<xref ref-type='bibr' rid='b1'>1</xref>, and again<xref rid='b1'>1</xref>.</p>", BACK)

    assert (
        '<p>As said<a href="#j-b1" class="cited" id="c-1-j-b1" rel="noopener">1</a>, and again<a href="#j-b1" class="cited"'
        in page
    )
    assert (
        '<li id="j-b1"><span class="number">1</span> <span>Rivera T. Sleep. <cite>Pain Med. </cite>2024;25(3):1–9.</span> '
        '<a href="https://doi.org/10.5555/old.1" rel="noopener">doi:10.5555/old.1</a> '
        '<a href="https://pubmed.ncbi.nlm.nih.gov/123/" rel="noopener">PubMed 123</a>  <span class="ways-back">'
        '<a class="back" href="#c-1-j-b1" aria-label="Back to the text, place 1" rel="noopener">1</a> '
    ) in page


def test_a_reference_that_was_printed_keeps_its_signs_and_gets_spaces_between_names():
    back = (
        "<ref-list><ref id='r'><mixed-citation><name><surname>Archer</surname><given-names>BN</given-names></name>, "
        "<italic>et al.</italic> <source>S Afr</source><volume>101</volume>: 3</mixed-citation></ref></ref-list>"
    )

    assert "<span>Archer BN, <em>et al.</em> S Afr 101: 3</span>" in page_of("<p>x</p>", back)


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<element-citation><source>A</source><year>2020</year><month>3</month><day>4</day><volume>1</volume></element-citation>", "<cite>A. </cite>2020/3/4;1."),
        ("<element-citation><person-group person-group-type='author'><name><surname>A</surname></name></person-group><chapter-title>C</chapter-title><person-group person-group-type='editor'><name><surname>E</surname></name><name><surname>F</surname></name></person-group><source>B</source><edition>2</edition></element-citation>", "A. C. In: E, F, eds. <cite>B. </cite>2nd ed."),
        ("<element-citation><person-group><anonymous/></person-group><source>A</source></element-citation>", "Anonymous. <cite>A. </cite>"),
        ("<mixed-citation>A. doi: <pub-id pub-id-type='doi'>10.5555/a</pub-id>. PMID: <pub-id pub-id-type='pmid'>9</pub-id>.</mixed-citation>", 'A. doi: <a href="https://doi.org/10.5555/a" rel="noopener">10.5555/a</a>. PMID: <a href="https://pubmed.ncbi.nlm.nih.gov/9/" rel="noopener">9</a>.'),
        ("<mixed-citation>A. doi:10.5555/a(1). See (www.b.example/c).</mixed-citation>", 'A. doi:<a href="https://doi.org/10.5555/a(1)" rel="noopener">10.5555/a(1)</a>. See (<a href="https://www.b.example/c" rel="noopener">www.b.example/c</a>).'),
        (f"<mixed-citation>A (http://b.example{')' * 1_500}.</mixed-citation>", f'A (<a href="http://b.example" rel="noopener">http://b.example</a>{")" * 1_500}.'),
        ("<mixed-citation>A https://b.example/doi/10.5555/a</mixed-citation>", 'A <a href="https://b.example/doi/10.5555/a" rel="noopener">https://b.example/doi/10.5555/a</a>'),
        ("<element-citation><source>A</source><pub-id pub-id-type='doi'>10.5555/1(99)18:2&lt;1::A&gt;3.0.CO;2-#</pub-id></element-citation>", '<a href="https://doi.org/10.5555/1(99)18:2%3C1::A%3E3.0.CO;2-%23" rel="noopener">doi:10.5555/1(99)18:2&lt;1::A&gt;3.0.CO;2-#</a>'),
        ("<element-citation><source>A</source><pub-id pub-id-type='doi'>https://doi.org/10.5555/a</pub-id></element-citation>", '<a href="https://doi.org/10.5555/a" rel="noopener">doi:10.5555/a</a>'),
        ("<element-citation><source>A</source><pub-id pub-id-type='arxiv' xlink:href='https://arxiv.org/abs/1'>1</pub-id></element-citation>", '<a href="https://arxiv.org/abs/1" rel="noopener">arXiv:1</a>'),
    ],
)  # fmt: skip
def test_references_of_every_make(source, page):
    found = page_of("<p>x</p>", f"<ref-list><ref id='b1'>{source}</ref></ref-list>")

    assert page in found


def test_a_doi_that_is_mere_words_is_kept_with_its_reference():
    back = "<ref-list><ref id='r'><mixed-citation>A. doi: 10.5555/a.</mixed-citation></ref><ref id='r'><mixed-citation>B</mixed-citation></ref></ref-list>"

    assert [(one.anchor, one.doi) for one in written("<p>x</p>", back).references] == [
        ("j-r", "10.5555/a"),
        ("j-ref2", ""),
    ]


def test_links_that_lead_nowhere_are_words_and_are_reported():
    found = written(
        "<p><xref rid='gone'>Table 9</xref> and <ext-link xlink:href='javascript:alert(1)'>this</ext-link></p>"
    )

    assert found.html == "<p>Table 9 and this</p>"
    assert found.warnings == ("“Table 9” leads to “gone”, which is nowhere.",)


def test_repeated_and_odd_ids_lead_somewhere():
    found = written(
        "<p id='a b/ü'>x</p><sec id='s'><p>1</p></sec><sec id='s'><p>2</p></sec><p><xref rid='s'>S</xref></p>"
    )

    ids = html.fromstring(f"<main>{found.html}</main>").xpath("//@id")
    assert ids == ["j-a-b--", "j-s"]
    assert found.warnings == ("The id “s” stands 2 times; links lead to the first.",)


def test_what_was_said_about_the_article_stands_after_it():
    page = page_of(
        "<p>x</p>",
        more="<sub-article article-type='reply'><front-stub><title-group><article-title>Author response</article-title>"
        "</title-group></front-stub><body><p>We agree.</p></body></sub-article>",
    )

    assert page == '<p>x</p><section><h2 id="j-h1">Author response</h2><p>We agree.</p></section>'


# What must not get through ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body",
    [
        "<p><ext-link xlink:href='javascript:alert(1)'>a</ext-link></p>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<p><script>alert(1)</script></p>",
        "<fig><graphic xlink:href='x' onerror='alert(1)'/></fig>",
        "<disp-formula><mml:math href='javascript:alert(1)'><mml:mtext><script>alert(1)</script></mml:mtext></mml:math></disp-formula>",
        "<disp-formula><mml:math><mml:annotation-xml encoding='text/html'><p>x</p></mml:annotation-xml></mml:math></disp-formula>",
        "<disp-formula><mml:math><mml:mglyph src='https://evil.example/x.png'/></mml:math></disp-formula>",
        "<table-wrap><table><tbody><tr><td style='position:fixed' onclick='alert(1)'>x</td></tr></tbody></table></table-wrap>",
        "<p id='\"onmouseover=alert(1) x=\"'>x</p>",
    ],
)
def test_nothing_hostile_gets_through(body):
    tree = html.fromstring(f"<main>{page_of(body)}</main>")

    assert not tree.xpath("//script | //style | //@style | //@onerror | //@onclick | //@onmouseover | //iframe")
    allowed = ("#", "https://", "/journal/", "tables/")
    assert not [link for link in tree.xpath("//@href | //@src") if not link.startswith(allowed)]
    assert "evil.example" not in html.tostring(tree).decode()


def test_pictures_come_from_the_article_alone():
    found = render(read_article(jats(back="")), lambda name: Delivered("https://evil.example/x.png"))

    assert "evil.example" not in found.html


# The head -------------------------------------------------------------------------------------------------------------
def test_the_head_says_what_everybody_reads():
    head = read_head(read_article(jats()))

    assert (head.doi, head.title, head.volume, head.issue, head.first_page, head.last_page) == (
        DOI, "Sleep in chronic pain", "27", "9", "801", "809",
    )  # fmt: skip
    assert head.title_html.startswith("Sleep in <em>chronic</em> pain")
    assert head.authors == (
        WrittenAuthor(
            "Okafor", "Lena M.", "MD", "Harbor Clinic, Portland, USA", "0000-0002-1825-0097", is_corresponding=True
        ),
        WrittenAuthor("The Sleep Group"),
    )
    assert (head.received_on, head.accepted_on, head.published_on) == (
        date(2026, 3, 2), date(2026, 6, 30), date(2026, 9, 9),
    )  # fmt: skip
    assert head.abstract == '<section><h3 id="j-a1">Objective</h3><p>To ask about sleep.</p></section>'
    assert head.plain_summary == "People who sleep badly hurt more.\n\nWe wanted to know why."
    assert (head.keywords, head.funding, head.is_open) == (("sleep", "screening"), "The Harbor Fund.", False)


@pytest.mark.parametrize(
    ("permissions", "is_open"),
    [
        (
            '<license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>CC BY</license-p></license>',
            True,
        ),
        ("<license><license-p>under a Creative Commons Attribution License</license-p></license>", True),
        ("<ali:free_to_read xmlns:ali='urn:a'/>", True),
        ("<license><license-p>Not open. It is not under a Creative Commons licence.</license-p></license>", False),
        ("<license><license-p>All rights reserved. Figure 2 is in the public domain.</license-p></license>", False),
        (
            '<license><license_ref start_date="2999-01-01">https://creativecommons.org/licenses/by/4.0/</license_ref></license>',
            False,
        ),
        (
            '</permissions><abstract><fig><permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions></fig></abstract><permissions>',
            False,
        ),
        (
            '<license><license_ref applies_to="tdm">https://a.example/tdm</license_ref></license><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/>',
            True,
        ),
        ("</permissions><license><p>Under the Creative Commons Attribution License.</p></license><permissions>", True),
        (
            "<copyright-statement>© 2026 American Academy of Pain Medicine. All rights reserved.</copyright-statement>",
            False,
        ),
        ("", False),
    ],
)
def test_a_licence_may_give_it_to_everybody(permissions, is_open):
    front = FRONT.replace("</article-meta>", f"<permissions>{permissions}</permissions></article-meta>")

    assert read_head(read_article(jats(front=front))).is_open is is_open


def test_a_correction_names_what_it_corrects():
    related = '<related-article related-article-type="corrected-article" ext-link-type="doi" xlink:href="10.5555/pm.2026.0801"/>'
    front = FRONT.replace("<volume>", f"{related}<volume>")

    assert read_head(read_article(jats(front=front))).relations == (
        Relation("corrected-article", "10.5555/pm.2026.0801"),
    )


def test_a_head_without_anything_is_empty_and_nothing_breaks():
    head = read_head(read_article(jats(front="<front><article-meta/></front>")))

    assert (head.doi, head.title, head.authors, head.published_on, head.abstract) == ("", "", (), None, "")


JO = "<name><surname>Doe</surname><given-names>Jo</given-names></name>"


def group(*people: str, more: str = "") -> str:
    return f"<contrib-group>{''.join(f'<contrib>{one}</contrib>' for one in people)}{more}</contrib-group>"


def day(words: str, of: str = 'pub-type="epub"') -> str:
    return f"<pub-date {of}>{words}</pub-date>"


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        (group("<anonymous/>"), "authors", (WrittenAuthor("Anonymous"),)),
        (group(JO, more="<on-behalf-of>on behalf of the Pain Group</on-behalf-of>"), "authors", (WrittenAuthor("Doe", "Jo"), WrittenAuthor("Pain Group"))),
        (group("<name name-style='given-only'><given-names>Sukarno</given-names></name>"), "authors", (WrittenAuthor("Sukarno"),)),
        (group(f"{JO}<contrib-id contrib-id-type='orcid'>https://orcid.org/000000021694233x</contrib-id>"), "authors", (WrittenAuthor("Doe", "Jo", orcid="0000-0002-1694-233X"),)),
        (group(f"{JO}<contrib-id contrib-id-type='scopus'>0000-0002-1825-0097</contrib-id><contrib-id contrib-id-type='orcid'>0000-0002-1825-0098</contrib-id>"), "authors", (WrittenAuthor("Doe", "Jo"),)),
        (group(JO, more="<aff id='a'>Clinic</aff>"), "authors", (WrittenAuthor("Doe", "Jo", affiliation="Clinic"),)),
        (f"{group(JO)}<aff id='a'>Clinic</aff>", "authors", (WrittenAuthor("Doe", "Jo", affiliation="Clinic"),)),
        (f"{group(JO)}<aff id='a'>Clinic</aff><aff id='b'>Ward</aff>", "authors", (WrittenAuthor("Doe", "Jo"),)),
        ("<title-group><article-title>Why <italic>me</italic>?</article-title><subtitle>A trial</subtitle></title-group>", "title_html", "Why <em>me</em>? A trial"),
        ("<title-group><article-title>On <inline-formula><alternatives><tex-math>$\\alpha$</tex-math><mml:math><mml:mi>α</mml:mi></mml:math></alternatives></inline-formula></article-title><subtitle>b</subtitle></title-group>", "title", "On α: b"),
        (day("<year>2026</year>", 'pub-type="epub" iso-8601-date="2026-02-03"'), "published_on", date(2026, 2, 3)),
        (day("<string-date>3 February 2026</string-date>"), "published_on", date(2026, 2, 3)),
        (day("<season>Summer</season><year>2025</year>"), "published_on", date(2025, 7, 1)),
        (day("<day>31</day><month>2</month><year>2026</year>") + day("<year>2026</year>", 'pub-type="collection"'), "published_on", date(2026, 2, 1)),
        (day("<year>2026</year>") + day("<month>6</month><year>2026</year>", 'pub-type="ppub"'), "published_on", date(2026, 6, 1)),
        (day("<month>9</month><year>2026</year>", 'date-type="corrected"') + day("<month>5</month><year>2026</year>", 'date-type="original"'), "published_on", date(2026, 5, 1)),
        ("<volume>27</volume><issue>11</issue><supplement>1</supplement>", "issue", "11 Suppl 1"),
        ("<volume>Vol. 27</volume><issue>0</issue>", "volume", "27"),
        ("<issue>00</issue>", "issue", ""),
        ("<page-range>12–14</page-range>", "last_page", "14"),
        ("<funding-group><award-group><funding-source>NIH</funding-source><award-id>R01</award-id><award-id>R02</award-id></award-group></funding-group>", "funding", "NIH R01, R02"),
        ("<author-notes><fn><p>Funding: the Harbor Fund.</p></fn><fn><p>Conflicts of interest: none.</p></fn></author-notes>", "conflicts", "none."),
        ("<kwd-group xml:lang='en'><kwd>pain</kwd></kwd-group><kwd-group xml:lang='es'><kwd>dolor</kwd></kwd-group>", "keywords", ("pain",)),
        ("<kwd-group><compound-kwd><compound-kwd-part content-type='code'>D1</compound-kwd-part><compound-kwd-part>Pain</compound-kwd-part></compound-kwd><unstructured-kwd-group>x; y</unstructured-kwd-group></kwd-group>", "keywords", ("Pain", "x", "y")),
        ("<article-categories><subj-group subj-group-type='discipline'><subject>Medicine</subject></subj-group><subj-group subj-group-type='article-type'><subject>Review</subject></subj-group></article-categories>", "heading", "Review"),
        ("<abstract abstract-type='author-highlights'><p>One</p></abstract><abstract><p>Main<xref rid='b'>1</xref><fn><p>note</p></fn></p></abstract>", "abstract", '<p>Main1 (note)</p><section><h3 class="own" id="j-aH11">Highlights</h3><p>One</p></section>'),
        ("<abstract abstract-type='short'><p>Short</p></abstract>", "abstract", "<p>Short</p>"),
        ("<abstract xml:lang='en'><p>En</p></abstract><abstract xml:lang='de'><p>De</p></abstract>", "abstract", '<p>En</p><section lang="de"><h3 class="own" id="j-aA21">Abstract in German</h3><p>De</p></section>'),
        ("<related-object link-type='retracted-article' xlink:href='https://doi.org/10.5555%2Fo.1?a=b'/>", "relations", (Relation("retracted-article", "10.5555/o.1"),)),
        ("<related-article related-article-type='expression-of-concern' xlink:href='10.5555/o.1.'/>", "relations", (Relation("concern-forward", "10.5555/o.1"),)),
        ("<related-article related-article-type='commentary' xlink:href='10.5555/o.1'/>", "relations", (Relation("commentary-forward", "10.5555/o.1"),)),
        (f"{group(JO)}<aff><country>USA</country><ext-link>a.example</ext-link></aff>", "authors", (WrittenAuthor("Doe", "Jo", affiliation="USA"),)),
        ("<self-uri xlink:href='http://a.example'/><self-uri xlink:href='pdf\\\\A.PDF'/>", "pdf", "a.pdf"),
        ("<article-id pub-id-type='DOI'>https://doi.org/10.5555%2Fa.1.</article-id>", "doi", "10.5555/a.1"),
    ],
)  # fmt: skip
def test_what_heads_say_in_every_way_in_which_it_is_said(meta, field, value):
    article = read_article(jats("<p id='b'>x</p>", front=f"<front><article-meta>{meta}</article-meta></front>"))

    assert getattr(read_head(article), field) == value


@pytest.mark.parametrize("year", ["", "20x6", "99999", "0", "99999999999", "9" * 5_000, "1899", "2200"])
def test_dates_that_are_none_are_none(year):
    front = FRONT.replace(
        "<day>9</day><month>9</month><year>2026</year>", f"<day>28</day><month>2</month><year>{year}</year>"
    )

    assert read_head(read_article(jats(front=front))).published_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("front", "headings"),
    [("", ["Funding", "Conflicts of interest"]), ("</author-notes><funding-statement>B</funding-statement><author-notes>", ["Conflicts of interest"]), ("<fn fn-type='conflict'><p>A.</p></fn>", ["Funding"])]
)  # fmt: skip
def test_a_statement_in_a_note_is_named_and_not_said_again_below(front, headings):
    notes = "<fn-group><fn fn-type='supported-by'><p>Funding: NIH.</p></fn><fn fn-type='conflict'><p>None.</p></fn></fn-group>"
    front = f"<front><article-meta><author-notes>{front}</author-notes></article-meta></front>"
    found = render(read_article(jats("<p>x</p>", notes, front=front)))

    assert (
        '<div class="note-line"><p>Funding: NIH.</p></div><div class="note-line"><strong><span class="own">'
        in found.html
    )
    assert '<span class="own">Conflicts of interest.</span></strong> <p>None.</p></div>' in found.html
    assert [one.title for one in found.headings] == headings


def test_notes_on_authors_stand_at_the_end_but_for_addresses_and_what_the_head_says():
    notes = "<corresp>x@y.example</corresp><fn fn-type='conflict'><p>None.</p></fn><fn><p>Funding: none.</p></fn><fn fn-type='equal'><p>Equal work.</p></fn>"
    front = f"<front><article-meta><author-notes>{notes}</author-notes></article-meta></front>"

    assert render(read_article(jats("<p>x</p>", "", front=front))).html == (
        '<p>x</p><section><h2 class="own" id="j-h1">About the authors</h2><div class="note-line"><p>Equal work.</p></div></section>'
    )


# Completeness ---------------------------------------------------------------------------------------------------------
def test_a_whole_page_is_found_whole():
    article = read_article(jats())

    found = compare(article, render(article).html)

    assert found.is_enough
    assert (found.letters.percent, found.reference_words.percent) == (100, 100)
    assert (found.links.of, found.links.kept, found.figures.of, found.figures.kept) == (2, 2, 1, 1)


def test_what_a_page_lost_is_counted():
    article = read_article(
        jats("<p>One sentence that is kept.</p><p>Another sentence that is lost.</p>" + 50 * "<p>More words.</p>")
    )
    page = render(article).html.replace("<p>Another sentence that is lost.</p>", "")

    found = compare(article, page)

    assert not found.is_enough
    assert found.letters.percent < 99
    assert "senten" in found.lost  # it stands once where the source has it twice


def test_formulas_are_counted_in_steps_as_many_as_there_are_elements(monkeypatch):
    looked_at = []
    monkeypatch.setattr(completeness, "is_math", lambda element: looked_at.append(1) or is_math(element))

    def steps(formulas: int) -> int:
        looked_at.clear()
        article = read_article(jats("<p>" + "<tex-math>x</tex-math>" * formulas + "</p>"))
        assert compare(article, render(article).html).formulas == Counted(formulas, formulas)
        return len(looked_at)

    assert steps(400) - steps(200) == steps(200) - steps(0)


@pytest.mark.parametrize(
    ("source", "of"),
    [
        ("<alternatives><tex-math>x</tex-math><mml:math><mml:mi>x</mml:mi></mml:math></alternatives>", 1),
        ("<inline-formula><tex-math>x</tex-math></inline-formula>", 1),
        ("<inline-formula><tex-math>x</tex-math></inline-formula><mml:math><mml:mi>x</mml:mi></mml:math>", 2),
    ],
)
def test_one_formula_in_two_forms_is_one(source, of):
    article = read_article(jats(f"<p>{source}</p>"))

    assert compare(article, render(article).html).formulas == Counted(of, of)


@pytest.mark.parametrize(
    ("of", "kept", "said"),
    [
        (0, 0, "100 %"), (7, 7, "100 %"), (100_000, 99_999, "99.99 %"), (3, 2, "66.66 %"), (1_000_000, 999_999, "99.99 %"),
        (10_000, 9_905, "99.05 %"), (4, 0, "0.00 %"),
    ],
)  # fmt: skip
def test_only_what_is_whole_is_called_so(of, kept, said):
    assert Counted(of, kept).said == said


# What the gate tells of the figures -----------------------------------------------------------------------------------
FIGURE = '<fig id="f{0}"><label>Figure {0}.</label><caption>{1}</caption><graphic xlink:href="gr{0}"/></fig>'
SLEPT = '<title>Nights.</title><p>Hours slept<xref ref-type="bibr" rid="b1"><sup>1</sup></xref>.</p>'


@pytest.mark.parametrize(
    ("body", "more", "said"),
    [
        ("<p>None.</p>", "", ""),
        (FIGURE.format(1, SLEPT), "", "Figure 1. Nights. Hours slept."),
        (FIGURE.format(1, "") + FIGURE.format(2, "<p>Steps.</p>"), "", "Figure 2. Steps."),
        ("<p>Below.</p>", f"<floats-group>{FIGURE.format(3, '<p>Steps.</p>')}</floats-group>", "Figure 3. Steps."),
        ("<fig><caption><p>Steps.</p></caption></fig>", "", "Steps."),
        ("<p>None.</p>", f"<response><body>{FIGURE.format(1, SLEPT)}</body></response>", ""),
    ],
)  # fmt: skip
def test_the_first_figure_is_told_in_words(body, more, said):
    body = body.replace("xlink:href", 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href')
    more = more.replace("xlink:href", 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href')
    assert written(body, more=more).first_caption == said
