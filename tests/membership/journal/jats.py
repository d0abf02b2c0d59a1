"""Small files of JATS for the tests, and packages made of them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import Image

DOI = "10.5555/pm.2026.0901"
FRONT = f"""<front><journal-meta><journal-title>Pain Medicine</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">{DOI}</article-id>
<article-categories><subj-group subj-group-type="heading"><subject>Original research</subject></subj-group></article-categories>
<title-group><article-title>Sleep in <italic>chronic</italic> pain<xref ref-type="fn" rid="f1">*</xref></article-title></title-group>
<contrib-group><contrib contrib-type="author" corresp="yes"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>
<name><surname>Okafor</surname><given-names>Lena M.</given-names></name><degrees>MD</degrees><xref ref-type="aff" rid="a1">1</xref></contrib>
<contrib contrib-type="author"><collab>The Sleep Group</collab></contrib></contrib-group>
<aff id="a1"><label>1</label><institution>Harbor Clinic</institution>, <addr-line>Portland</addr-line>, <country>USA</country></aff>
<pub-date pub-type="ppub"><month>11</month><year>2026</year></pub-date>
<pub-date pub-type="epub"><day>9</day><month>9</month><year>2026</year></pub-date>
<volume>27</volume><issue>9</issue><fpage>801</fpage><lpage>809</lpage>
<history><date date-type="received"><day>2</day><month>March</month><year>2026</year></date>
<date date-type="accepted"><day>30</day><month>June</month><year>2026</year></date></history>
<abstract><sec><title>Objective</title><p>To ask about sleep.</p></sec></abstract>
<abstract abstract-type="plain-language-summary"><p>People who sleep badly hurt more.</p><p>We wanted to know why.</p></abstract>
<kwd-group><kwd>sleep</kwd><kwd>screening</kwd></kwd-group>
<funding-group><funding-statement>The Harbor Fund.</funding-statement></funding-group>
</article-meta></front>"""
BODY = """<sec id="s1"><title>Methods</title><p>We asked<xref ref-type="bibr" rid="b1">1</xref> and saw
<xref ref-type="fig" rid="fig1">Figure 1</xref>.</p>
<fig id="fig1"><label>Figure 1</label><caption><title>Nights.</title><p>Hours slept.</p></caption><graphic xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="gr1"/></fig></sec>"""
BACK = """<ack><p>We thank the people who slept.</p></ack><ref-list><title>References</title><ref id="b1"><label>1</label>
<element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Rivera</surname>
<given-names>T</given-names></name></person-group><article-title>Sleep</article-title><source>Pain Med</source>
<year>2024</year><volume>25</volume><issue>3</issue><fpage>1</fpage><lpage>9</lpage>
<pub-id pub-id-type="doi">10.5555/old.1</pub-id><pub-id pub-id-type="pmid">123</pub-id></element-citation></ref></ref-list>"""


def jats(body: str = BODY, back: str = BACK, front: str = FRONT, head: str = "", more: str = "") -> bytes:
    """One article; `head` stands before it and `more` after its back."""
    return (
        f'{head}<article xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'article-type="research-article">{front}<body>{body}</body><back>{back}</back>{more}</article>'
    ).encode()


def package(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def tiff(width: int = 40, height: int = 30) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, "TIFF", compression="tiff_lzw")
    return written.getvalue()


def pdf() -> bytes:
    written, paper = io.BytesIO(), pikepdf.new()
    paper.add_blank_page()
    paper.save(written)
    return written.getvalue()


def png_bomb() -> bytes:
    """A PNG that says that it has 65,000 × 65,000 pixels."""
    head = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
