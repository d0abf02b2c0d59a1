"""One rule an element: sections, paragraphs, lists, figures, boxes, notes, links and what stands within a line."""

import re
from collections.abc import Sequence
from html import escape

from .reading import Element, first_words, is_element, link_of, words_of
from .writer import LOWEST_HEADING, ArticleWriter, Delivered, Heading, language_of, rule

INLINE = {
    "italic": "em", "bold": "strong", "sup": "sup", "sub": "sub", "underline": "u", "strike": "s", "monospace": "code",
    "taxon-name": "em",
    # What is left of HTML, in tables above all.
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s", "tt": "code",
}  # fmt: skip
# Their words stand in the line as they are: what they are is for machines.
PLAIN = (
    "sc", "roman", "sans-serif", "overline", "named-content", "styled-content", "abbrev", "data-title", "x",
    "taxon-name-part", "institution", "institution-wrap", "country", "fixed-case", "chem-struct", "funding-source",
    "award-id", "award-group", "date-in-citation", "role", "addr-line", "city", "state", "postal-code",
    "phone", "fax", "price", "string-date", "day", "month", "year", "season", "surname",
    "given-names", "prefix", "suffix", "collab", "etal", "term-head", "def-head",
    "milestone-start", "milestone-end", "abbrev-journal-title", "private-char", "rb", "ruby",
    "article-title", "source", "volume", "issue", "fpage", "lpage", "elocation-id", "person-group", "comment", "pub-id",
    "publisher-name", "publisher-loc", "content-language", "version", "std", "long-desc-ref", "fn-label", "target",
    "overline-start", "overline-end", "underline-start", "underline-end", "std-organization", "access-date",
    "isbn", "issn", "era", "edition", "chapter-title", "trans-title", "trans-source", "series", "size", "degrees",
    "patent", "conf-name", "conf-date", "conf-loc", "conf-sponsor", "page-range", "part-title", "issue-title",
    "span", "supplement", "anonymous", "on-behalf-of", "corresp", "term", "annotation",
)  # fmt: skip
# What only holds others.
HOLDERS = (
    "body", "back", "floats-group", "floats-wrap", "disp-formula-group", "textual-form", "chem-struct-wrap",
    "address", "sig-block", "sig", "question", "question-preamble", "answer", "answer-set", "question-wrap",
    "question-wrap-group", "explanation", "statement", "speech", "nomenclature",
)  # fmt: skip
SECTIONS = (
    "sec", "ack", "app-group", "app", "glossary", "notes", "bio", "treatment-sec", "taxon-treatment", "def-sec",
    "fn-group", "author-notes",
)  # fmt: skip
# About the article or for machines; said elsewhere, or nowhere. completeness.py counts none of them.
LEFT_OUT = (
    "processing-meta", "object-id", "contrib-group", "aff", "aff-alternatives", "kwd-group", "permissions", "sec-meta",
    "custom-meta-group", "alt-text", "front-stub", "col", "colgroup", "treatment-meta", "counts", "article-meta",
    "ext-link-label", "index-term", "glyph-data", "rp",
)  # fmt: skip
# HTML has no block within a paragraph.
BLOCKS = frozenset(
    {"fig", "table-wrap", "table", "disp-formula", "list", "disp-quote", "boxed-text", "fig-group", "media", "def-list"}
    | {
        "supplementary-material",
        "preformat",
        "code",
        "disp-formula-group",
        "statement",
        "speech",
        "verse-group",
        "graphic",
    }
    | {"table-wrap-group", "block-alternatives", "array", "p", "sec"}
)
NUMBERED = {
    "order": "", "number": "", "numbered": "", "ordered": "", "numeric": "", "arabic": "", "decimal": "", "1": "",
    "alpha-lower": "a", "lower-alpha": "a", "alpha-upper": "A", "upper-alpha": "A", "roman-lower": "i",
    "lower-roman": "i", "roman-upper": "I", "upper-roman": "I",
}  # fmt: skip
BARE = frozenset({"simple", "none", "plain"})  # lists without signs


def _inline(writer: ArticleWriter, element: Element) -> None:
    writer.wrap(INLINE[element.tag], element)


def _plain(writer: ArticleWriter, element: Element) -> None:
    named = f"{writer.anchor_of(element)}{language_of(element)}"
    if named:
        writer.raw(f"<span{named}>")
    writer.children(element)
    if named:
        writer.raw("</span>")


def _holder(writer: ArticleWriter, element: Element) -> None:
    named = writer.anchor_of(element)
    if named:
        writer.raw(f"<div{named}>")
    writer.blocks(element)
    if named:
        writer.raw("</div>")


def _nothing(writer: ArticleWriter, element: Element) -> None:
    pass


@rule("name", "string-name", "date")
def name(writer: ArticleWriter, element: Element) -> None:
    """A name or a date within the text; between its parts stands a space where the source has nothing."""
    writer.text(element.text)
    for child in element:
        writer.node(child)
        writer.text(child.tail or (" " if child.getnext() is not None else ""))


rule(*INLINE)(_inline)
rule(*PLAIN)(_plain)
rule(*HOLDERS)(_holder)
rule(*LEFT_OUT)(_nothing)


# Sections -------------------------------------------------------------------------------------------------------------
@rule(*SECTIONS)
def section(writer: ArticleWriter, element: Element) -> None:
    """A section with its heading; a label without a title is one. Without either, what is in it goes no deeper."""
    writer.raw(writer.start("section", element))
    above, title, label = writer.level, element.find("title"), element.find("label")
    writer.level += 1
    if title is not None and words_of(title):
        writer.heading(title, label)
    elif label is not None and words_of(label):
        writer.heading(label)
    elif element.tag == "ack":
        writer.named_heading("Acknowledgments")
    else:
        writer.level = above
    writer.blocks(element, without=("title", "label"))
    writer.level = above
    writer.raw("</section>")


@rule("title", "subtitle")
def loose_title(writer: ArticleWriter, element: Element) -> None:
    """A title of a box, a list or a group of notes."""
    if words_of(element):
        writer.raw("<p><strong>")
        writer.children(element)
        writer.raw("</strong></p>")


@rule("sub-article", "response")
def sub_article(writer: ArticleWriter, element: Element) -> None:
    """A decision letter, a review, an answer, a translation: after the article, below its own title."""
    writer.raw(writer.start("section", element))
    title = element.find(".//front-stub//article-title")
    if title is None:
        title = element.find(".//front//article-title")
    writer.level += 1
    if title is not None and words_of(title):
        writer.heading(title)
    else:
        writer.named_heading("Response" if element.tag == "response" else "Further text")
    _byline(writer, element)
    for abstract in element.iterfind(".//front-stub/abstract"):
        writer.raw(writer.start("section", abstract))
        writer.blocks(abstract)
        writer.raw("</section>")
    for part in ("body", "floats-group", "back"):
        for child in element.iterfind(part):
            writer.blocks(child)
    for child in element.iterfind("*"):
        if child.tag in {"sub-article", "response"}:
            writer.node(child)
    writer.level -= 1
    writer.raw("</section>")


def _byline(writer: ArticleWriter, element: Element) -> None:
    """Who wrote the text that stands after the article: “Ann Lund, Reviewing editor; Bo Ek”."""
    people, paths = [], ("front-stub/contrib-group/contrib", "front/article-meta/contrib-group/contrib")
    for one in (found for path in paths for found in element.iterfind(path)):
        called = " ".join(filter(None, (first_words(one, f"name/{part}") for part in ("given-names", "surname"))))
        called = called or first_words(one, "string-name", "collab", ".//name")
        people.append(", ".join(filter(None, (called, first_words(one, "role")))))
    if said := "; ".join(filter(None, people)):
        writer.raw(f'<p class="byline">{escape(said, quote=False)}</p>')


def write_graphical_abstract(writer: ArticleWriter) -> None:
    """Pictures of an abstract open the text, since they came with it; one that is a picture under its own heading."""
    for element in writer.article.iterfind("front/article-meta/abstract"):
        if next(element.iter("graphic", "media"), None) is None:
            continue
        if element.get("abstract-type") != "graphical":
            for one in element.iter("fig"):
                writer.node(one)
            continue
        writer.headed_section(element, "Graphical abstract")


# Text -----------------------------------------------------------------------------------------------------------------
@rule("p")
def paragraph(writer: ArticleWriter, element: Element) -> None:
    """A paragraph; what HTML has as a block ends it, and the words after it begin another."""
    named, is_open = f"{writer.anchor_of(element)}{language_of(element)}", False

    def opened() -> None:
        nonlocal named, is_open
        if not is_open:
            writer.raw(f"<p{named}>")
            named, is_open = "", True

    def closed() -> None:
        nonlocal is_open
        if is_open:
            writer.raw("</p>")
            is_open = False

    if element.text and element.text.strip():
        opened()
        writer.text(element.text)
    for child in element:
        if is_element(child) and child.tag in BLOCKS and not _is_in_a_line(child):
            closed()
            writer.node(child)
        elif is_element(child):
            opened()
            writer.node(child)
        if child.tail and (is_open or child.tail.strip()):
            opened()
            writer.text(child.tail)
    closed()
    if " id=" in named:  # nothing was written, and something may lead here
        writer.raw(f"<span{named}></span>")


@rule("break", "br")
def line_break(writer: ArticleWriter, element: Element) -> None:
    writer.raw("<br>")


@rule("hr")
def ruler(writer: ArticleWriter, element: Element) -> None:
    """Below the words of a cell it is the line between two rows, which every table has here."""
    cell = element.getparent()
    ends_cell = cell is not None and cell.tag in {"td", "th"} and not (element.tail or "").strip()
    if not (ends_cell and element.getnext() is None and words_of(cell)):
        writer.raw("<hr>")


@rule("disp-quote")
def quotation(writer: ArticleWriter, element: Element) -> None:
    writer.wrap("blockquote", element)


@rule("verse-group")
def verses(writer: ArticleWriter, element: Element) -> None:
    """Verses as what somebody else said; those of a part of a poem stand within the whole."""
    is_part = element.getparent() is not None and element.getparent().tag == "verse-group"
    writer.raw("" if is_part else writer.start("blockquote", element))
    writer.blocks(element)
    writer.raw("" if is_part else "</blockquote>")


@rule("attrib", "long-desc", "verse-line")
def small_line(writer: ArticleWriter, element: Element) -> None:
    writer.wrap("p", element)


@rule("speaker")
def speaker(writer: ArticleWriter, element: Element) -> None:
    """Who says what follows."""
    writer.raw("<p><strong>")
    writer.children(element)
    writer.raw("</strong></p>")


@rule("rt", "def")
def beside(writer: ArticleWriter, element: Element) -> None:
    """How a word is read, or what it is short for; of a list of definitions see there."""
    writer.text(f" ({words_of(element)})")


@rule("preformat", "code")
def preformatted(writer: ArticleWriter, element: Element) -> None:
    writer.wrap("code" if _is_in_a_line(element) else "pre", element)


def _is_in_a_line(element: Element) -> bool:
    """Whether it is a word or two of a program, with other words around it."""
    around = element.getparent()
    if element.tag != "code" or around is None or around.tag not in {"p", "td", "th", "title"}:
        return False
    beside = (around.text or "").strip() or (element.tail or "").strip()
    is_alone = not beside and element.getprevious() is None and element.getnext() is None
    return not is_alone and "\n" not in "".join(element.itertext()).strip()


@rule("label")
def label(writer: ArticleWriter, element: Element) -> None:
    """A number or a sign that the source printed, such as “Box 1” or “*”."""
    if words_of(element):
        writer.wrap("strong", element)
        writer.raw(" ")


@rule("option")
def option(writer: ArticleWriter, element: Element) -> None:
    """One of the answers to a question, with its sign."""
    writer.raw(writer.start("div", element))
    writer.blocks(element)
    writer.raw("</div>")


@rule("boxed-text")
def box(writer: ArticleWriter, element: Element) -> None:
    writer.raw(writer.start("aside", element, css="callout"))
    writer.blocks(element)
    writer.raw("</aside>")


@rule("list")
def list_(writer: ArticleWriter, element: Element) -> None:
    """Labels that the source prints stand in place of the list's own signs."""
    said = (element.get("list-type") or "").lower()
    kind, own = NUMBERED.get(said), element.find("list-item/label") is not None
    for name in element:
        if is_element(name) and name.tag in {"label", "title"}:
            writer.raw("<p><strong>")
            writer.children(name)
            writer.raw("</strong></p>")
    if kind is None or own:
        tag, signs = "ul", ""
    else:
        tag, begins = "ol", _goes_on_from(writer, element)
        signs = f' type="{kind}"' * bool(kind) + f' start="{begins}"' * (begins > 1)
    writer.raw(writer.start(tag, element, css="bare" if own or said in BARE else "", attributes=signs))
    for child in element:
        if is_element(child) and child.tag not in {"title", "label"}:
            writer.raw(writer.start("li", child))
            writer.blocks(child) if child.tag == "list-item" else writer.node(child)
            writer.raw("</li>")
    writer.raw(f"</{tag}>")


def _goes_on_from(writer: ArticleWriter, element: Element) -> int:
    """The number of its first item: of a list that goes on with another, the one after."""
    begins = writer.items.get(element.get("continued-from") or "", 1)
    if name := element.get("id"):
        writer.items[name] = begins + len(element.findall("list-item"))
    return begins


@rule("def-list")
def definitions(writer: ArticleWriter, element: Element) -> None:
    for child in element:
        if is_element(child) and child.tag in {"label", "title", "term-head", "def-head"}:
            writer.raw("<p>")
            writer.children(child)
            writer.raw("</p>")
    writer.raw(writer.start("dl", element))
    for item in element.iterfind("def-item"):
        _definition(writer, item)
    writer.raw("</dl>")
    for inner in element.iterfind("def-list"):
        writer.node(inner)


def _definition(writer: ArticleWriter, item: Element) -> None:
    """A word with its sign, if it has one, and what it means; who leads to the whole is led to the word."""
    label, named = item.find("label"), writer.anchor_of(item)
    for child in item:
        if is_element(child) and child.tag == "term":
            named = writer.anchor_of(child) or named
            writer.raw(f"<dt{named}>")
            if label is not None:
                writer.node(label)
            writer.children(child)
            writer.raw("</dt>")
            named, label = "", None
        elif is_element(child) and child.tag == "def":
            writer.wrap("dd", child)


# Figures and files ----------------------------------------------------------------------------------------------------
IN_THE_CAPTION = ("label", "caption", "alt-text", "long-desc", "permissions", "object-id", "attrib")


@rule("fig")
def figure(writer: ArticleWriter, element: Element) -> None:
    """The pictures, and below them the label and the caption."""
    writer.raw(writer.start("figure", element))
    writer.blocks(element, without=IN_THE_CAPTION)
    caption(writer, element)
    writer.raw("</figure>")


@rule("fig-group", "table-wrap-group")
def group_of_figures(writer: ArticleWriter, element: Element) -> None:
    """Several under one caption; a group without one only holds them."""
    if element.find("caption") is None and element.find("label") is None:
        _holder(writer, element)
        return
    writer.raw(writer.start("figure", element, css="figures"))
    caption(writer, element)
    writer.blocks(element, without=IN_THE_CAPTION)
    writer.raw("</figure>")


def caption(writer: ArticleWriter, element: Element) -> None:
    """“Figure 1. Its title. What it shows.”"""
    named, texts = element.find("label"), element.findall("caption")
    beside = [one for one in element if is_element(one) and one.tag in {"long-desc", "attrib", "permissions"}]
    if named is None and not texts and not beside:
        return
    writer.raw("<figcaption>")
    if named is not None and words_of(named):
        writer.raw("<b>")
        writer.children(named)
        writer.raw("</b> ")
    for text in texts:
        writer.raw(writer.start("div", text))
        writer.blocks(text)
        writer.raw("</div>")
    for child in beside:
        if child.tag == "permissions":
            whose(writer, child)
        else:
            writer.node(child)
    writer.raw("</figcaption>")


def whose(writer: ArticleWriter, element: Element) -> None:
    """Whose a picture is and by what leave it stands here: the article's own words say it of the article alone."""
    for part in element.iter("copyright-statement", "license-p"):
        writer.raw("<p>")
        writer.children(part)
        writer.raw("</p>")


@rule("caption")
def loose_caption(writer: ArticleWriter, element: Element) -> None:
    writer.blocks(element)


@rule("graphic", "inline-graphic")
def picture(writer: ArticleWriter, element: Element) -> None:
    """A picture as it was delivered, with its description in words; one that was not is said in its place.

    A sign that came as a picture is its words then. A picture of what the article also holds as text is left out.
    """
    if element.get("alternate-form-of") in writer.targets:
        return
    if writer.is_for_everybody:
        writer.text(first_words(element, "alt-text") if element.tag == "inline-graphic" else "")
        return
    found, is_inline = writer.delivered(element), element.tag == "inline-graphic"
    if found is None or not found.is_picture:
        if not is_inline:
            what = "formula" if any(one.tag == "disp-formula" for one in element.iterancestors()) else "picture"
            writer.raw(f'<p class="not-delivered">This {what} was not delivered.{_with_the_publisher(writer)}</p>')
        elif words := first_words(element, "alt-text"):
            writer.text(words)
        else:
            writer.raw('<span class="not-delivered">[picture]</span>')
    else:
        size = f' width="{found.width}" height="{found.height}"' if found.width and found.height else ""
        words, is_large = escape(_description(element)), not is_inline and _opens_large(element, found)
        writer.raw(f'<a class="zoom" href="{escape(found.url)}">' if is_large else "")
        writer.raw(f'<img{writer.anchor_of(element)} src="{escape(found.url)}" alt="{words}"{size} loading="lazy">')
        writer.raw("</a>" if is_large else "")
    writer.blocks(element, without=("alt-text", "label", "caption", "object-id", "permissions"))
    if element.find("caption") is not None or element.find("label") is not None:
        for child in element:
            if is_element(child) and child.tag in {"label", "caption"}:
                writer.node(child)


def _with_the_publisher(writer: ArticleWriter) -> str:
    """Where somebody sees it all the same."""
    if not writer.doi.startswith("10."):
        return ""
    return f' <a href="https://doi.org/{escape(writer.doi)}">See it with the publisher</a>.'


def _opens_large(element: Element, found: Delivered) -> bool:
    """Whether the picture is a link to itself: one of the article's own, and in no other link."""
    return found.url.startswith("/") and not any(
        around.tag in {"ext-link", "xref", "uri"} for around in element.iterancestors()
    )


def _description(element: Element) -> str:
    """In words: the source's own, else the label and the title of the figure around it."""
    own = first_words(element, "alt-text")
    around = element.getparent()
    while around is not None and around.tag not in {
        "fig",
        "table-wrap",
        "boxed-text",
        "disp-formula",
        "chem-struct-wrap",
    }:
        around = around.getparent()
    if own or around is None:
        return own
    return first_words(around, "alt-text") or " ".join(
        part for part in (first_words(around, "label"), first_words(around, "caption/title", "caption/p")) if part
    )


@rule("supplementary-material", "media", "inline-supplementary-material", "inline-media")
def supplement(writer: ArticleWriter, element: Element) -> None:
    """A file to take along: its label and caption, and the way to it if it was delivered."""
    if element.tag.startswith("inline-"):
        _linked_file(writer, element)
        return
    writer.raw(writer.start("div", element, css="supplement"))
    writer.blocks(element, without=("alt-text", "object-id", "permissions"))
    name = link_of(element)
    found = writer.delivered(element)
    if found is not None:
        writer.raw(f'<p><a class="download" href="{escape(found.url)}">{escape(name)}</a></p>')
    elif name and not name.startswith(("http:", "https:")):
        writer.raw(f'<p class="not-delivered">{escape(name)} was not delivered.</p>')
    elif name:
        writer.raw(f'<p><a href="{escape(name)}">{escape(name)}</a></p>')
    writer.raw("</div>")


def _linked_file(writer: ArticleWriter, element: Element) -> None:
    found = writer.delivered(element)
    if found is None:
        _plain(writer, element)
    else:
        writer.wrap("a", element, attributes=f' href="{escape(found.url)}"')


@rule("block-alternatives", "name-alternatives", "collab-alternatives")
def block_alternatives(writer: ArticleWriter, element: Element) -> None:
    """The same passage or name several times; the first is for readers."""
    for child in [child for child in element if is_element(child)][:1]:
        writer.node(child)


@rule("alternatives")
def alternatives(writer: ArticleWriter, element: Element) -> None:
    """The same thing several times: the form that reads best, which is no picture if there is another."""
    children = [child for child in element if is_element(child)]
    for wanted in ("math", "tex-math", "table", "textual-form", "graphic", "inline-graphic", "media"):
        for child in children:
            if child.tag == wanted or (wanted == "math" and child.tag.endswith("}math")):
                writer.node(child)
                return
    for child in children[:1]:
        writer.node(child)


# Notes and links ------------------------------------------------------------------------------------------------------
@rule("fn")
def note(writer: ArticleWriter, element: Element) -> None:
    """A footnote where the source has its notes; within a text, a sign that leads to the notes at its end."""
    if element.getparent() is not None and element.getparent().tag in {"p", "td", "th", "title", "list-item"}:
        if writer.is_for_everybody:
            writer.text(f" ({words_of(element)})")
            return
        here = writer.place(element.get("id"), f"note-{len(writer.notes) + 1}")
        writer.notes.append((element, here))
        number = words_of(element.find("label")) or _sign_of(element) or str(len(writer.notes))
        writer.raw(f'<sup><a href="#{here}">{escape(number)}</a></sup>')
        return
    writer.raw(writer.start("div", element, css="note-line"))
    if sign := _sign_of(element):
        writer.raw(f"<strong>{escape(sign)}</strong> ")
    _name_statement(writer, element)
    writer.blocks(element)
    writer.raw("</div>")


def _sign_of(element: Element) -> str:
    """The sign that a note has as an attribute alone, and not in its words."""
    sign = (element.get("symbol") or "").strip()[:10]
    return "" if element.find("label") is not None or words_of(element).startswith(sign) else sign


# What a note says by its kind alone, where the page says it of others under a heading of its own.
STATEMENTS = {
    **dict.fromkeys(("conflict", "coi-statement", "competing-interests"), "Conflicts of interest"),
    **dict.fromkeys(("financial-disclosure", "supported-by", "funding"), "Funding"),
}  # fmt: skip


def _name_statement(writer: ArticleWriter, element: Element) -> None:
    """Names what a note states, and keeps that it was said, so that the page does not say it again."""
    called = STATEMENTS.get((element.get("fn-type") or "").lower())
    if called is None or any(around.tag in {"author-notes", "sub-article"} for around in element.iterancestors()):
        return
    if not _said_by_head.match(words_of(element)):
        writer.raw(f'<strong><span class="own">{called}.</span></strong> ')
    notes = writer.article.iterfind("front/article-meta/author-notes/fn")
    is_said_elsewhere = any(STATEMENTS.get((one.get("fn-type") or "").lower()) == called for one in notes)
    if called == "Funding":
        is_said_elsewhere |= writer.article.find("front/article-meta//funding-statement") is not None
    if not is_said_elsewhere:
        writer.headings.append(Heading(called, "", LOWEST_HEADING))


def write_notes(writer: ArticleWriter) -> None:
    """The footnotes that stood within the text, at its end."""
    if not writer.notes:
        return
    writer.raw("<section>")
    writer.level += 1
    writer.named_heading("Notes")
    for number, (element, here) in enumerate(writer.notes, start=1):
        writer.raw(f'<div class="note-line" id="{here}">')
        if element.find("label") is None:
            writer.raw(f"<strong>{escape(_sign_of(element)) or number}</strong> ")
        writer.blocks(element)
        writer.raw("</div>")
    writer.level -= 1
    writer.raw("</section>")


# Notes on the authors that the page says in words of its own, or that hold addresses.
SAID_OF_AUTHORS = frozenset({*STATEMENTS, "corresp", "email"})

_said_by_head = re.compile(
    r"(?:funding|financial support|conflicts? of interest|competing interest|declaration of interest)[^:.]{0,40}[:.]",
    re.I,
)


def write_notes_on_authors(writer: ArticleWriter) -> None:
    """That they did equal work, where they are now: what stands beside their names in print stands at the end here."""
    notes = [
        one
        for one in writer.article.iterfind("front/article-meta/author-notes/fn")
        if words_of(one)
        and (one.get("fn-type") or "").lower() not in SAID_OF_AUTHORS
        and one.find(".//email") is None
        and not _said_by_head.match(words_of(one))
    ]
    if not notes:
        return
    writer.raw("<section>")
    writer.level += 1
    writer.named_heading("About the authors")
    for one in notes:
        note(writer, one)
    writer.level -= 1
    writer.raw("</section>")


@rule("xref")
def cross_reference(writer: ArticleWriter, element: Element) -> None:
    """A link within the article; to references also the place to come back to.

    One without words is a number that the publisher leaves to the page: that of its target. One that leads to several,
    and names each, is a link for each.
    """
    names, words = (element.get("rid") or "").split(), words_of(element)
    targets = [name for name in names if name in writer.targets]
    own = "" if words or not targets or _is_left_out(element) else writer.name_of(targets[0])
    if not targets:
        writer.warnings.append(f"“{words}” leads to “{element.get('rid') or ''}”, which is nowhere.")
    if not targets or writer.is_for_everybody:
        writer.children(element)
        writer.text(own)
    elif not words and not own:
        writer.children(element)
        if place := _cited_here(writer, targets):
            writer.raw(f'<span id="{place}"></span>')
    elif len(parts := _parts_of(element, names)) == len(targets) > 1:
        for target, part, between in zip(targets, parts[0::1], [*_between_parts(element), ""], strict=True):
            writer.raw(f"{_begun(writer, [target])}{escape(part, quote=False)}</a>{escape(between, quote=False)}")
    else:
        writer.raw(_begun(writer, targets, _those_between(writer, element, targets[0])))
        writer.children(element)
        writer.raw(f'<span class="own">{escape(own, quote=False)}</span>' if own else "")
        writer.raw("</a>")


def _begun(writer: ArticleWriter, targets: list[str], between: Sequence[str] = ()) -> str:
    place = _cited_here(writer, targets, between)
    back = f' class="cited" id="{place}"' if place else ""
    return f'<a href="#{writer.leads_to(targets[0])}"{back}>'


def _cited_here(writer: ArticleWriter, targets: list[str], between: Sequence[str] = ()) -> str:
    """The name of this place, to which each of the references leads back; nothing where the first is none."""
    if targets[0] not in writer.are_references:
        return ""
    first = writer.leads_to(targets[0])
    place = f"c-{len(writer.cited[first]) + 1}-{first}"
    writer.cited[first].append(place)
    for one in dict.fromkeys([*targets[1:], *between]):
        if one in writer.are_references and len(writer.cited[writer.leads_to(one)]) < MOST_BACK:
            writer.cited[writer.leads_to(one)].append(place)
    return place


MOST_BACK = 20  # ways back from a reference, of those that only go over it


_part_of_list = re.compile(r"\s*[,;]\s*")


def _parts_of(element: Element, names: list[str]) -> list[str]:
    """The words of a link by its commas, if they are mere words and as many as the targets that it names."""
    parts = _part_of_list.split(element.text or "") if not len(element) else []
    return parts if len(parts) == len(names) and all(parts) else []


def _between_parts(element: Element) -> list[str]:
    return _part_of_list.findall(element.text or "")


_to = re.compile(r"\s*[\])]?\s*[–—‐‑-]\s*[\[(]?\s*")
MOST_BETWEEN = 50


def _those_between(writer: ArticleWriter, element: Element, target: str) -> list[str]:
    """Of “[3]–[7]” the references 4 to 6, which are cited here too."""
    before = element.getprevious()
    if before is None or before.tag != "xref" or not _to.fullmatch(before.tail or ""):
        return []
    first = writer.are_references.get(next(iter((before.get("rid") or "").split()[-1:]), ""), 0)
    last = writer.are_references.get(target, 0)
    return [one for one in writer.listed[first : last - 1] if one][:MOST_BETWEEN] if first else []


def _is_left_out(element: Element) -> bool:
    """Whether it is there for machines: right beside a link with words, as the middle of 1–3 is."""
    after, before = element.getnext(), element.getprevious()
    if after is not None and after.tag == "xref" and words_of(after) and not (element.tail or "").strip():
        return True
    return before is not None and before.tag == "xref" and bool(words_of(before)) and not (before.tail or "").strip()


# Where identifiers lead that stand in place of an address, by the names that JATS has for their kinds.
IDENTIFIED = {
    "doi": "https://doi.org/{}", "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/", "clintrialgov": "https://clinicaltrials.gov/study/{}",
    "clinicaltrials": "https://clinicaltrials.gov/study/{}", "gen": "https://www.ncbi.nlm.nih.gov/nuccore/{}",
    "genbank": "https://www.ncbi.nlm.nih.gov/nuccore/{}", "pdb": "https://www.rcsb.org/structure/{}",
}  # fmt: skip
_identifier = re.compile(r"[\w./:;()<>+-]{1,200}", re.ASCII)
_domain = re.compile(r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){0,6}\.[a-z]{2,12}(/\S{0,500})?", re.I)
_file = re.compile(
    r"[^/]*\.(?:docx?|xlsx?|pptx?|pdf|csv|txt|zip|xml|html?|jpe?g|png|gif|tiff?|eps|mp[34]|avi|wav)", re.I
)
_mailbox = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,6}", re.ASCII)
ADDRESSES = ("http://", "https://", "mailto:")


@rule("ext-link", "uri", "self-uri", "related-article", "related-object")
def outside_link(writer: ArticleWriter, element: Element) -> None:
    """A link out of the article, by an address or by an identifier; one that leads nowhere is words."""
    words, name = words_of(element), link_of(element)
    address = _address_of(element, words)
    found = writer.files(name) if not address and _file.fullmatch(name) else None
    address = found.url if found is not None else address
    if not address or _is_in_a_link(element) or element.find(".//xref") is not None:
        _plain(writer, element)
        return
    is_shown = (
        found is None
        and address.endswith(words.removeprefix("doi:").strip("/ ") or address)
        or words.startswith(("http", "www."))
    )
    writer.wrap("a", element, css="address" if is_shown else "", attributes=f' href="{escape(address)}"')


def _address_of(element: Element, words: str) -> str:
    said, kind = link_of(element), (element.get("ext-link-type") or "").lower()
    said = said or (words if element.tag == "uri" or kind in {"uri", *IDENTIFIED} else "")
    if said.startswith(ADDRESSES):
        return said
    if kind in IDENTIFIED and _identifier.fullmatch(said):
        return IDENTIFIED[kind].format(said)
    if said.startswith("www.") or (kind in {"", "uri"} and element.tag != "related-object" and _is_domain(said)):
        return f"https://{said}"
    return ""


def _is_domain(said: str) -> bool:
    return bool(_domain.fullmatch(said)) and not _file.fullmatch(said)


def _is_in_a_link(element: Element) -> bool:
    return any(around.tag in {"ext-link", "uri", "xref", "email"} for around in element.iterancestors())


@rule("email")
def mailbox(writer: ArticleWriter, element: Element) -> None:
    words = words_of(element)
    if _mailbox.fullmatch(words) and not _is_in_a_link(element):
        writer.wrap("a", element, attributes=f' href="mailto:{words}"')
    else:
        _plain(writer, element)
