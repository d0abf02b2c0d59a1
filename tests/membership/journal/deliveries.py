"""Three sample packages, each in the shape that another kind of publisher gives its deliveries.

`python -m tests.membership.journal.deliveries FOLDER` writes them as files; those of the demonstration, in
membership/demo/journal/deliveries/, are made so. The same bytes come out each time.
"""

# ruff: noqa: E501 - texts as publishers write them, a paragraph a line
import io
import sys
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageDraw

WHEN = (2026, 11, 2, 9, 0, 0)  # of every file within
INK, PAPER, LINE = "#1c2b4a", "#ffffff", "#b5651d"


def packed(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


# What lies in them ----------------------------------------------------------------------------------------------------
def chart(heights: tuple[int, ...], kind: str, mode: str = "RGB") -> bytes:
    """A chart of bars as TIFF, PNG, JPEG or GIF."""
    picture = Image.new("RGB", (900, 560), PAPER)
    pen = ImageDraw.Draw(picture)
    for place, height in enumerate(heights):
        left = 80 + place * 760 // len(heights)
        pen.rectangle((left, 500 - height * 4, left + 600 // len(heights), 500), fill=LINE if place % 2 else INK)
    pen.line((60, 500, 860, 500), fill=INK, width=3)
    written = io.BytesIO()
    options = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    picture.convert(mode).save(written, kind, **options)
    return written.getvalue()


def paper(title: str) -> bytes:
    """One page of PDF."""
    made = FPDF()
    made.set_creation_date(datetime(*WHEN, tzinfo=UTC))
    made.add_page()
    made.set_font("helvetica", size=16)
    made.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    made.set_font("helvetica", size=11)
    made.multi_cell(0, 7, "A sample article: the text of this page stands on the site in full.")
    return bytes(made.output())


def head(doi: str, title: str, authors: str, pages: str, more: str = "", kind: str = "Original research") -> str:
    return f"""<front><journal-meta><journal-id journal-id-type="publisher-id">pm</journal-id>
<journal-title-group><journal-title>Pain Medicine</journal-title></journal-title-group><issn pub-type="epub">1526-4637</issn>
</journal-meta><article-meta><article-id pub-id-type="doi">{doi}</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>{kind}</subject></subj-group></article-categories>
<title-group><article-title>{title}</article-title></title-group>{authors}
<pub-date pub-type="epub"><day>2</day><month>11</month><year>2026</year></pub-date>
<volume>27</volume><issue>12</issue>{pages}<permissions><copyright-statement>© 2026 American Academy of Pain Medicine</copyright-statement>
</permissions>{more}</article-meta></front>"""


ROSALIND = """<contrib-group><contrib contrib-type="author"><name><surname>Ibarra</surname><given-names>Rosalind</given-names></name>
<xref ref-type="aff" rid="aff1">1</xref></contrib></contrib-group><aff id="aff1"><label>1</label>Harbor Clinic, Portland, OR, USA</aff>"""


# Flat: everything in one folder, named after the article; NLM 2.3, signs by name, figures outside the body -----------
FLAT_TEXT = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD Journal Publishing DTD v2.3 20070202//EN" "journalpublishing.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" dtd-version="2.3" xml:lang="en">
{
    head(
        "10.5555/pm.2026.1301",
        "Heat before exercise in chronic low back pain",
        ROSALIND,
        "<fpage>1301</fpage><lpage>1309</lpage>",
        "<abstract><p>Ren&eacute;e&rsquo;s protocol: 20&nbsp;minutes of heat before each session.</p></abstract>",
    )
}
<body><sec id="s1"><title>Introduction</title><p>Sessions begin stiff&mdash;and end early.<xref ref-type="bibr" rid="b1"><sup>1</sup></xref></p></sec>
<sec id="s2"><title>Results</title><p>Attendance rose by 18&percnt; (<xref ref-type="fig" rid="f1">Fig. 1</xref>;
<xref ref-type="table" rid="t1">Table 1</xref>), &Delta; = 0.4.</p></sec></body>
<back><ack><p>We thank the people who came.</p></ack><ref-list><ref id="b1"><label>1.</label><citation citation-type="journal">
<person-group person-group-type="author"><name><surname>Rivera</surname><given-names>T</given-names></name></person-group>
<article-title>Stiffness at nine in the morning</article-title><source>Pain Med</source><year>2024</year><volume>25</volume>
<fpage>374</fpage><lpage>379</lpage></citation></ref></ref-list></back>
<floats-wrap><fig id="f1"><label>Figure 1</label><caption><p>Sessions attended, by group.</p></caption>
<graphic xlink:href="pm-27-12-1301-f1.tif"/></fig>
<table-wrap id="t1"><label>Table 1</label><caption><p>What came of it.</p></caption><graphic xlink:href="pm-27-12-1301-t1.gif"/>
<table-wrap-foot><fn><p>*Per week.</p></fn></table-wrap-foot></table-wrap></floats-wrap></article>"""


def flat() -> bytes:
    title = "Heat before exercise in chronic low back pain"
    return packed(
        {
            "pm-27-12-1301.xml": FLAT_TEXT.encode("iso-8859-1"),
            "pm-27-12-1301.pdf": paper(title),
            "pm-27-12-1301-f1.tif": chart((48, 62, 51, 80), "TIFF", "CMYK"),
            "pm-27-12-1301-t1.gif": chart((10, 20, 30), "GIF", "P"),
            "pm-27-12-1301-s1.csv": b"group,sessions\nheat,9.1\nnone,7.7\n",
            "journalpublishing.dtd": b"<!ELEMENT article ANY>",
            "pm-27-12-1301.md5": b"0" * 32,
        }
    )


# Nested: a folder an article, with folders in it; JATS 1.2, formulas in several forms, a figure in two ---------------
FORMULA = r"""<disp-formula id="e1"><label>(1)</label><alternatives><tex-math>\documentclass{article}\begin{document}$$d = \frac{\bar{x}_1 - \bar{x}_2}{s}$$\end{document}</tex-math>
<mml:math display="block"><mml:mi>d</mml:mi><mml:mo>=</mml:mo><mml:mfrac><mml:mrow><mml:msub><mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover><mml:mn>1</mml:mn></mml:msub><mml:mo>−</mml:mo><mml:msub><mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover><mml:mn>2</mml:mn></mml:msub></mml:mrow><mml:mi>s</mml:mi></mml:mfrac></mml:math>
<graphic xlink:href="1310_eq1.gif"/></alternatives></disp-formula>"""
ROOT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<article xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" article-type="{kind}" dtd-version="{version}">'
)
NESTED_TEXT = f"""{ROOT.format(kind="research-article", version="1.2")}
{
    head(
        "10.5555/pm.2026.1310",
        "How large is a difference that <italic>people</italic> notice?",
        ROSALIND,
        "<fpage>1310</fpage><lpage>1318</lpage>",
        "<abstract><title>Abstract</title><sec><title>Objective</title><p>To find the smallest difference that matters.</p></sec></abstract>",
    )
}
<body><sec id="sec1"><label>1</label><title>Methods</title><p>By the usual effect size {
    FORMULA
} with <inline-formula><tex-math>\\(n = 212\\)</tex-math></inline-formula>
people; see <xref ref-type="disp-formula" rid="e1">(1)</xref> and <xref ref-type="fig" rid="fig1">Figure 1</xref>.</p>
<fig id="fig1"><label>Figure 1.</label><caption><title>Differences that were noticed.</title><p>By the size of the difference.</p></caption>
<alternatives><graphic xlink:href="images/fig1.tif"/><graphic xlink:href="images/fig1.jpg"/></alternatives></fig></sec>
<sec id="sec2" sec-type="supplementary-material"><title>Supplementary data</title><supplementary-material id="sup1" xlink:href="supp/answers.csv">
<label>Data S1.</label><caption><p>All answers.</p></caption></supplementary-material></sec></body>
<back><ref-list><title>References</title><ref id="r1"><mixed-citation publication-type="journal"><string-name><surname>Okafor</surname>, <given-names>L.</given-names></string-name>
(<year>2025</year>). <article-title>Small, and felt</article-title>. <source>Pain Med</source>, <volume>26</volume>, <fpage>12</fpage>–<lpage>20</lpage>.</mixed-citation></ref></ref-list></back></article>"""
SECOND_TEXT = f"""{ROOT.format(kind="editorial", version="1.2")}
{head("10.5555/pm.2026.1319", "Small differences, felt every day", ROSALIND, "<fpage>1319</fpage>", kind="Editorial")}
<body><p>A difference that nobody notices helps nobody, as <xref ref-type="fig" rid="fig1">the figure</xref> says.</p>
<fig id="fig1"><label>Figure 1.</label><caption><p>Noticed, or not.</p></caption><graphic xlink:href="images/fig1.png"/></fig></body></article>"""


def nested() -> bytes:
    return packed(
        {
            "pm/27/12/1310/1310.xml": NESTED_TEXT.encode(),
            "pm/27/12/1310/images/fig1.tif": chart((12, 35, 61, 88, 97), "TIFF"),
            "pm/27/12/1310/images/fig1.jpg": chart((12, 35, 61, 88, 97), "JPEG"),
            "pm/27/12/1310/pdf/main.pdf": paper("How large is a difference that people notice?"),
            "pm/27/12/1310/supp/answers.csv": b"size,noticed\n0.1,12\n0.2,35\n",
            "pm/27/12/1319/1319.xml": SECOND_TEXT.encode(),
            "pm/27/12/1319/images/fig1.png": chart((12, 88), "PNG"),
            "pm/27/12/1319/pdf/main.pdf": paper("Small differences, felt every day"),
            "__MACOSX/pm/._27": b"x",
        }
    )


# With a manifest: several articles in one folder, their files in others; JATS 1.3, OASIS table, a correction ---------
OASIS = """<table-wrap id="T1"><label>Table 1</label><caption><title>Nights and pain</title></caption><oasis:table xmlns:oasis="http://www.niso.org/standards/z39-96/ns/oasis-exchange/table">
<oasis:tgroup cols="3"><oasis:colspec colname="c1"/><oasis:colspec colname="c2"/><oasis:colspec colname="c3"/><oasis:thead><oasis:row><oasis:entry>Group</oasis:entry>
<oasis:entry namest="c2" nameend="c3">Hours, mean (SD)</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row><oasis:entry>Diary</oasis:entry><oasis:entry>6.8</oasis:entry>
<oasis:entry>(1.1)</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table></table-wrap>"""
FIRST_OF_MANY = f"""{ROOT.format(kind="research-article", version="1.3")}
{
    head(
        "10.5555/pm.2026.1320",
        "A diary of nights",
        ROSALIND,
        "<elocation-id>e1320</elocation-id>",
        '<self-uri content-type="pdf" xlink:href="pdf/10-5555-pm-2026-1320.pdf"/><abstract><p>A diary by the bed.</p></abstract>',
    )
}
<body><sec id="S1"><title>Results</title><p>See <xref ref-type="table" rid="T1">Table 1</xref> and <xref ref-type="fig" rid="F1">Figure 1</xref>.</p>{
    OASIS
}
<fig id="F1" position="float"><label>Figure 1</label><caption><p>Hours slept, night by night.</p></caption><alt-text>Bars that grow over four nights.</alt-text>
<graphic xlink:href="art/hours.tif"/></fig></sec></body></article>"""
SECOND_OF_MANY = f"""{ROOT.format(kind="correction", version="1.3")}
{
    head(
        "10.5555/pm.2026.1329",
        "Correction to: A diary of nights",
        ROSALIND,
        "<elocation-id>e1329</elocation-id>",
        '<related-article related-article-type="corrected-article" ext-link-type="doi" xlink:href="10.5555/pm.2026.1320"/>',
        kind="Correction",
    )
}
<body><p>In <xref ref-type="fig" rid="F1">the figure</xref> the last night was drawn too low. This is how it should be.</p>
<fig id="F1"><label>Figure 1</label><caption><p>Hours slept, corrected.</p></caption><graphic xlink:href="art/hours-corrected.tif"/></fig></body></article>"""
MANIFEST = b"""<?xml version="1.0"?><issue-manifest><article file="text/a1320.xml"><asset>art/hours.tif</asset></article>
<article file="text/a132.xml"><asset>art/hours-corrected.tif</asset></article></issue-manifest>"""


def with_manifest() -> bytes:
    return packed(
        {
            "manifest.xml": MANIFEST,
            "text/a1320.xml": FIRST_OF_MANY.encode(),
            "text/a132.xml": SECOND_OF_MANY.encode(),  # one name begins as the other does
            "text/a1320-nights.csv": b"night,hours\n1,6.1\n2,6.8\n",
            "art/hours.tif": chart((61, 64, 68, 70), "TIFF", "L"),
            "art/hours-corrected.tif": chart((61, 64, 68, 79), "TIFF"),
            "pdf/10-5555-pm-2026-1320.pdf": paper("A diary of nights"),
        }
    )


SAMPLES = {"sample-flat.zip": flat, "sample-nested.zip": nested, "sample-manifest.zip": with_manifest}


if __name__ == "__main__":
    for called, make in SAMPLES.items():
        Path(sys.argv[1], called).write_bytes(make())
