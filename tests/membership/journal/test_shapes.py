"""Articles of publishers that the rules have not seen: letters, links, formulas, figures, tables."""

import re

import pytest
from lxml import html

from membership.journal.jats.completeness import Completeness, Counted, compare
from membership.journal.jats.metadata import ArticleHead, read_head
from membership.journal.jats.reading import read_article
from membership.journal.jats.rendering import Rendering, render
from membership.journal.jats.writer import Delivered

from .jats import FRONT, jats
from .shapes import SHAPES

# What is in each: links with words, formulas, figures, tables.
HELD = {
    "press": (6, 2, 1, 1), "house": (6, 0, 2, 2), "science": (6, 2, 1, 0), "older": (3, 0, 1, 1),
    "library": (7, 1, 1, 1), "years": (6, 1, 0, 1), "bare": (0, 0, 1, 0), "reviews": (4, 1, 2, 2),
    "teaching": (6, 1, 2, 2),
}  # fmt: skip


def delivered(name: str) -> Delivered | None:
    is_picture = not name.endswith(("csv", "s001"))
    return Delivered(f"/journal/article/a/files/{name.rsplit('/', 1)[-1]}/", 40, 30, is_picture=is_picture)


def shown(name: str) -> Rendering:
    return render(read_article(SHAPES[name]), delivered)


def head(name: str) -> ArticleHead:
    return read_head(read_article(SHAPES[name]))


def report(name: str) -> Completeness:
    return compare(read_article(SHAPES[name]), shown(name).html)


def plain(page: str) -> str:
    return " ".join(html.fromstring(f"<main>{page}</main>").text_content().split())


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_comes_over_whole(name):
    found = report(name)

    assert found.letters.percent == 100.0, found.lost
    assert found.reference_words.percent >= 98.0
    links, formulas, figures, tables = HELD[name]
    assert found.links == Counted(links, links)
    assert found.formulas == Counted(formulas, formulas)
    assert found.figures == Counted(figures, figures)
    assert found.tables == Counted(tables, tables)
    assert found.is_enough


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_of_it_is_unknown_and_every_link_leads_somewhere(name):
    written = shown(name)
    page = html.fromstring(f"<main>{written.html}</main>")

    assert (written.unknown, written.warnings) == ((), ())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("name", SHAPES)
def test_no_heading_leaves_a_level_out(name):
    before = 1
    for found in re.finditer(r"<h([2-6])", shown(name).html):
        assert int(found[1]) <= before + 1
        before = int(found[1])


@pytest.mark.parametrize("name", SHAPES)
def test_each_figure_has_its_picture_once_with_words_for_it(name):
    page = html.fromstring(f"<main>{shown(name).html}</main>")

    for figure in page.xpath("//figure[not(@class)]"):
        (picture,) = figure.xpath(".//img")
        assert picture.get("src", "").startswith("/journal/article/a/files/")
        assert picture.get("alt")
    assert page.xpath("//figure[@class='table-figure']//img") == []  # the table itself stands there


# The university press -------------------------------------------------------------------------------------------------
def test_a_passage_that_is_a_target_is_led_to():
    page = shown("press").html

    assert '<span id="j-tg1">Evenings are bright.</span>' in page
    assert '<a href="#j-tg1" rel="noopener">above</a>' in page


def test_the_head_of_the_press():
    said = head("press")

    assert said.title == "Evening light and morning pain: a randomized trial"
    assert (said.volume, said.issue, said.first_page, said.last_page) == ("27", "Suppl 1", "S12", "S19")
    assert (said.heading, f"{said.published_on}") == ("ORIGINAL RESEARCH ARTICLES", "2026-03-04")
    assert said.plain_summary == "Less light, less pain."
    (author,) = said.authors
    assert (author.family_name, author.affiliation, author.is_corresponding) == (
        "Okafor Jr", "Harbor Clinic, Portland, USA", True,
    )  # fmt: skip


# The large house ------------------------------------------------------------------------------------------------------
def test_a_part_of_a_reference_is_led_to_by_its_own_id():
    assert '<a href="#j-n-cit-1a" rel="noopener">1a</a>' in shown("house").html
    assert '<span id="j-n-cit-1a">a A. Toe, Foot 2020, 1, 2;</span>' in shown("house").html


def test_who_speaks_stands_before_what_is_said():
    assert "<p><strong>A. Yamada:</strong></p><p>“Do you feel this?”</p>" in shown("house").html


def test_a_group_has_its_own_name_and_an_author_the_first_form_of_theirs():
    said = head("house")

    assert [(one.family_name, one.given_name) for one in said.authors] == [
        ("Yamada", "Akiko"), ("The Numbness Group", ""),
    ]  # fmt: skip
    assert said.authors[0].affiliation == "Neurology, Bay College, Japan"


def test_a_sign_that_came_as_a_picture_is_its_words_when_it_did_not_come():
    page = render(read_article(SHAPES["house"])).html

    assert "It was ≥ 5." in plain(page)
    assert plain(shown("house").html).count("≥") == 0


# The house of mathematics ---------------------------------------------------------------------------------------------
def test_a_reference_in_two_forms_is_printed_once():
    text = plain(shown("science").html)

    assert text.count("Days in layers") == text.count("Nights in layers") == 1
    assert "Berg M. Days in layers. Pain Stat. 2023;4:7–19. doi: 10.5555/d.1." in text
    assert [one.doi for one in shown("science").references] == ["10.5555/d.1", "10.5555/d.2"]


def test_a_reference_in_two_forms_of_which_none_has_signs_is_put_together():
    parts = "<element-citation><source>Pain</source><year>2020</year></element-citation>"
    back = f'<ref-list><ref id="b1"><citation-alternatives>{parts}{parts}</citation-alternatives></ref></ref-list>'

    assert plain(render(read_article(jats("<p>A.</p>", back))).html).endswith("Pain. 2020.")


def test_a_section_without_a_heading_leaves_no_level_out():
    assert '<h2 id="j-h4">Appendix</h2>' in shown("science").html


# The older journal ----------------------------------------------------------------------------------------------------
def test_a_picture_of_a_table_that_stands_beside_it_is_left_out():
    written = shown("older")

    assert "table1.tif" not in written.html
    assert written.missing == ()
    assert "½" in written.html


def test_a_picture_of_what_is_not_there_stays():
    body = '<fig><graphic alternate-form-of="nowhere" xlink:href="gr1"/></fig>'

    assert "/files/gr1/" in render(read_article(jats(body)), delivered).html


def test_signs_by_name_in_a_file_of_another_encoding():
    assert head("older").title == "Résumés of pain"
    assert "≥ 3 μg" in shown("older").html


# By author and year ---------------------------------------------------------------------------------------------------
def test_names_without_signs_between_them_are_parted_by_commas():
    assert "Ferreira I., Nunes T., et al (2019). Pacing. Pace 2:5." in plain(shown("years").html)


# Links without words --------------------------------------------------------------------------------------------------
def test_a_link_without_words_gets_the_name_of_its_target():
    text = plain(shown("bare").html)

    assert "It was seen 1, 2 and drawn (Figure 1), as 2 says." in text
    assert re.findall(r'class="cited" id="([^"]+)"', shown("bare").html) == ["c-1-j-r1", "c-1-j-r2"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ('<sec id="t"><title>Dose</title></sec>', "Dose"),
        ('<p id="t">No name.</p>', ""),
        ('<fig id="t"><label>[Fig. 3]</label></fig>', "Fig. 3"),
    ],
)
def test_what_the_target_is_called(target, words):
    page = render(read_article(jats(f'<p>See<xref rid="t"/>.</p>{target}'))).html

    assert page.startswith(
        f'<p>See<a href="#j-t" rel="noopener"><span class="own">{words}</span></a>.</p>' if words else "<p>See.</p>"
    )


def test_an_unnumbered_reference_is_called_by_its_place():
    listed = "".join(f'<ref id="{name}"><mixed-citation>{name}.</mixed-citation></ref>' for name in "ab")
    back = f"<ref-list>{listed}</ref-list>"

    assert '<span class="own">2</span>' in render(read_article(jats('<p>See <xref rid="b"/>.</p>', back))).html


def test_of_a_passage_in_two_forms_one_is_shown_and_short_words_are_explained():
    text = plain(shown("bare").html)

    assert "Another form." not in text
    assert "i.e. (that is) this, and 痛 (itami)." in text


def test_a_list_of_definitions_is_still_one():
    assert "<dl><dt>ICC</dt><dd><p>intraclass correlation</p></dd></dl>" in shown("science").html


# Reviews and letters --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "markup",
    [
        # identifiers in place of addresses, and addresses without their beginning
        '<a class="address" href="https://doi.org/10.5555/abc" rel="noopener">10.5555/abc</a>',
        '<a href="https://pubmed.ncbi.nlm.nih.gov/123456/" rel="noopener">PMID 123456</a>',
        '<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC55/" rel="noopener">here</a>',
        '<a class="address" href="https://www.ncbi.nlm.nih.gov/nuccore/NM_001" rel="noopener">NM_001</a>',
        '<a class="address" href="https://clinicaltrials.gov/study/NCT01234567" rel="noopener">NCT01234567</a>',
        '<a class="address" href="https://www.bare.example" rel="noopener">www.bare.example</a>',
        '<a href="https://example.org/only" rel="noopener">a page</a>, files,',
        '<a href="mailto:x@y.example" rel="noopener">x@y.example</a>',
        '<a id="j-ra1" href="https://doi.org/10.5555/other.1" rel="noopener">Comment on another</a>',
        '<a href="https://data.example/1" rel="noopener">the data</a>',
        # other languages
        '<p lang="fr">Il est bon.</p><blockquote lang="nb"><p>Vondt.</p><p>Lund, p. 5</p></blockquote>',
        '<em lang="la">Dolor</em>',
        '<section id="j-sa1" lang="es"><h2',
        # comments, instructions and signs
        "The book is long: a &lt; b &amp; c, and N&nbsp;= 5&nbsp;kg",
        'Schuman MC. A sign <span class="not-delivered">[picture]</span> was lost.',
        # columns, verses, groups, whose a picture is
        '<p>Before </p><div class="scroll" tabindex="0" role="region" aria-label="Columns"><table class="table"><tbody>'
        "<tr><td>left</td><td>right</td></tr></tbody></table></div><p> after.</p>",
        "<blockquote><p><strong>Poem</strong></p><p>One,</p><p>two.</p><p>Anon</p></blockquote>",
        '<figure id="j-FG" class="figures"><figcaption><b>Figure 5</b> <div><p><strong>Two nights</strong></p></div>'
        '</figcaption><figure id="j-F5a">',
        "<figcaption><b>B</b> <p>Photo: Lund</p><p>© Lund, by leave</p></figcaption>",
        '<caption>Spans</caption><thead><tr><th rowspan="2">G</th><th colspan="3">Three</th></tr>',
        # parts of the end, and letters
        '<h2 id="j-h3">Appendices</h2><section id="j-app1"><h3 id="j-h4">Appendix A More</h3>',
        '<p class="byline">Bo Lund, Author; PAIN Group</p><p>I agree.</p>',
        "<section><p>Resumen.</p></section>",
        # references without signs
        "<span>PAIN Group Nord, Lund B. On <em>real <strong>pain</strong></em>. <cite>Pain Med. </cite>"
        "2006;7(Suppl 1):S1–S9.",
        "<span>Ek C. <cite>Book. </cite>3rd ed. Bergen: Hav; 1999:3–5.</span>",
        "<span>Ko E. Talk? Pain Days; May 2001; Rome. </span>",
    ],
)
def test_what_reviews_and_letters_are_made_of(markup):
    page = render(read_article(SHAPES["reviews"]), lambda name: delivered(name) if name != "lost.gif" else None)

    assert markup in page.html


def test_an_abstract_that_is_a_picture_opens_the_text():
    assert shown("reviews").html.startswith(
        '<section><h2 id="j-h1">In one picture</h2><a class="zoom" href="/journal/article/a/files/ga1.jpg/"'
    )


def test_the_head_of_a_review():
    said = head("reviews")

    points = '<h3 id="j-aK31">Key points</h3><ul><li><p>First point.</p></li><li><p>Second point.</p></li></ul>'
    french = '<section lang="fr"><h3 id="j-aA11">Résumé</h3><p>Paroles.</p></section>'
    inner = '<section><h4 id="j-aA22">Objetivo</h4><p>Dolor.</p></section>'
    spanish = f'<section lang="es"><h3 class="own" id="j-aA21">Abstract in Spanish</h3>{inner}</section>'
    assert said.abstract == f"<p>English words.</p><section>{points}</section>{french}{spanish}"
    assert (said.title, said.plain_summary) == ("A book about pain", "It is a good book.")
    assert [one.affiliation for one in said.authors] == ["Clinic, Ward 3, Bergen; Hav College, Oslo", ""]
    assert (said.funding, said.conflicts) == ("Hav Fund 7", "none. None at all.")


def test_key_points_are_the_plain_words_where_there_are_no_others():
    points = "<p>Of this:<list><list-item><p>One.</p></list-item><list-item><p>Two.</p></list-item></list></p>"
    front = FRONT.replace('"plain-language-summary"><p>People who sleep badly hurt more.</p>', f'"key-points">{points}')

    assert (
        read_head(read_article(jats(front=front))).plain_summary == "Of this:\n\nOne.\n\nTwo.\n\nWe wanted to know why."
    )


def test_a_picture_that_is_missing_can_be_seen_with_the_publisher():
    assert (
        '<p class="not-delivered">This picture was not delivered. <a href="https://doi.org/10.5555/pm.2026.0901" '
        'rel="noopener">See it with the publisher</a>.</p>'
    ) in render(read_article(jats())).html


# Teaching -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "markup",
    [
        "as <span>A Book, 2001</span> and <span>Bo K. <cite>Other. </cite>1999.</span> say, z by ISO ISO 9.",
        "<p>Given a wave.</p><p>Which is it?</p><div><strong>a</strong> <p>Alpha</p></div>",
        '<p>And <a href="/journal/article/a/files/b.csv/" rel="noopener">a sound</a>.</p>',
        '<a href="https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/" rel="noopener">PMC 123</a>',
        '<figure id="j-af"><a class="zoom" href="/journal/article/a/files/a1/" rel="noopener"><img',
    ],
)
def test_what_teaching_is_made_of(markup):
    assert markup in shown("teaching").html


def test_words_for_the_index_are_no_words_of_the_text():
    assert "pain" not in plain(shown("teaching").html)


def test_a_line_of_the_contents_has_no_numbers_of_references():
    assert shown("teaching").headings[0].title == "Text and waves"


def test_the_head_of_teaching():
    said = head("teaching")

    assert said.title == "On α-waves at night: a long look"
    assert [one.family_name for one in said.authors] == ["Group E", "Madonna"]
    assert (said.license, said.is_open) == ("Open. Share it.", True)
    # Its picture comes with the text, which not everybody reads.
    assert said.abstract == (
        '<p>Waves.</p><figure id="j-af"><figcaption><div><p>In short.</p></div></figcaption></figure>'
    )


# The count ------------------------------------------------------------------------------------------------------------
def test_what_stands_around_the_references_is_not_taken_for_one_text():
    listed = "<ref-list><ref id='a'><mixed-citation>One.</mixed-citation></ref></ref-list>"
    tree = read_article(jats("<p>Text.</p>", f"<sec><p>before</p></sec>{listed}<sec><p>afterward</p></sec>"))

    assert compare(tree, render(tree).html).letters.percent == 100.0
    assert compare(tree, render(tree).html.replace("afterward", "afterwar")).letters.percent < 100.0
