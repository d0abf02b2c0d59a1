"""Formulas as MathML: what was delivered as such, TeX through a library, else the picture."""

import re
from html import escape
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

from .reading import MATHML, Element, is_element, link_of, words_of
from .writer import ArticleWriter, rule

if TYPE_CHECKING:
    from latex2mathml import converter
    from lxml import etree
else:
    converter, etree = on_first_use("latex2mathml.converter"), on_first_use("lxml.etree")

# MathML Core and what older files hold; the rest keeps its words.
ELEMENTS = frozenset(
    {
        "math",
        "merror",
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
    }
    | {"mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder"}
    | {"munderover", "none"}
)
ATTRIBUTES = frozenset(
    {"accent", "accentunder", "columnalign", "columnspan", "display", "displaystyle", "fence", "form", "largeop"}
    | {"linethickness", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspan", "scriptlevel", "separator"}
    | {"stretchy", "symmetric", "width", "height", "depth", "lspace", "rspace"}
)
NO_CONTENT = frozenset({"maligngroup", "malignmark", "annotation", "annotation-xml"})
SPACES = " \t\r\n"  # what is none of a formula; a space that does not break is
_marked = re.compile(r"^(?:\$\$?|\\\(|\\\[)(.*?)(?:\$\$?|\\\)|\\\])$", re.S)
# What the library does not know by these names, and what numbers and labels it would write as words.
_aligned = re.compile(r"\\(begin|end)\{(?:aligned|alignedat|split|flalign)\*?\}")
_in_columns = re.compile(r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", re.S)
_in_lines = re.compile(r"\\begin\{(gather(?:ed)?|multline)\*?\}(.*?)\\end\{\1\*?\}", re.S)
_numbered = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag|displaylimits)(?![A-Za-z])")
_dollar = re.compile(r"(?<!\\)\$+")
_bare_ampersand = re.compile(r"&(?!#\w+;|[A-Za-z]+;)")
SIGNS = {"±": "±", "~": "∼"}  # that the library takes for letters
_value = re.compile(r"[\w .%+#-]{0,40}")


@rule("math")
def math(writer: ArticleWriter, element: Element) -> None:
    writer.raw(mathml(element))


@rule("disp-formula")
def displayed(writer: ArticleWriter, element: Element) -> None:
    _formula(writer, element, "div")


@rule("inline-formula")
def in_line(writer: ArticleWriter, element: Element) -> None:
    _formula(writer, element, "span")


@rule("tex-math")
def tex(writer: ArticleWriter, element: Element) -> None:
    """TeX as MathML; what the library does not know stands as it was typed."""
    typed = tex_of("".join(element.itertext()))
    display = "block" if element.getparent() is not None and _displayed(element) else "inline"
    try:
        written = converter.convert(_known(typed), display=display)
        formula = etree.fromstring(_bare_ampersand.sub("&amp;", written))
        if unknown_word := next((words for words in formula.itertext() if words.startswith("\\")), ""):
            raise ValueError(unknown_word)
        _with_operators(formula)
        writer.raw(mathml(formula))
    except Exception as unknown:  # noqa: BLE001 - the library's dozen errors have no base of their own
        writer.warnings.append(f"This TeX could not be written as a formula ({type(unknown).__name__}): {typed[:80]}")
        picture = _picture_beside(writer, element)
        if picture is None:
            writer.raw(f"<code>{escape(typed)}</code>")
        else:
            writer.node(picture)


def _known(typed: str) -> str:
    """TeX in the words of the library: columns and lines by what it knows, words between two formulas as text."""
    typed = _in_columns.sub(r"\\begin{array}{rcl}\1\\end{array}", _numbered.sub("", typed))
    typed = _in_lines.sub(r"\\begin{array}{c}\2\\end{array}", _aligned.sub(r"\\\1{align*}", typed))
    formula, *rest = _dollar.split(typed)
    if len(rest) % 2:  # a sign of money, or one that was forgotten
        return typed
    return formula + "".join(
        f"\\text{{{part}}}" * bool(part) if place % 2 == 0 else part for place, part in enumerate(rest)
    )


def _with_operators(formula: Element) -> None:
    for letter in formula.iter("{*}mi"):
        if letter.text in SIGNS:
            letter.tag, letter.text = f"{{{MATHML}}}mo", SIGNS[letter.text]


def _picture_beside(writer: ArticleWriter, element: Element) -> Element | None:
    """The same formula as a picture that was delivered."""
    around = element.getparent()
    while around is not None and around.tag in {"alternatives", "inline-formula", "disp-formula"}:
        for one in around.iter("graphic", "inline-graphic"):
            found = writer.files(link_of(one))
            if found is not None and found.is_picture:
                return one
        around = around.getparent()
    return None


def _displayed(element: Element) -> bool:
    return any(around.tag == "disp-formula" for around in element.iterancestors())


def tex_of(text: str) -> str:
    r"""The formula alone: of a whole document its body, without $…$, \(…\) or \[…\]."""
    _, begins, after = text.partition(r"\begin{document}")
    body, ends, _ = after.partition(r"\end{document}")
    text = (body if begins and ends else text).strip()
    marked = _marked.match(text)
    return (marked[1] if marked else text).strip()


def _formula(writer: ArticleWriter, element: Element, tag: str) -> None:
    """The best form of a formula, with its number and the words beside it."""
    best = _best(element)
    writer.raw(writer.start(tag, element, css="formula"))
    if best is None:
        writer.children(element)
    else:
        _around(writer, element, best)
    writer.raw(f"</{tag}>")


def _best(element: Element) -> Element | None:
    maths = element.find(f".//{{{MATHML}}}math")
    return maths if maths is not None else element.find(".//tex-math")


def _around(writer: ArticleWriter, element: Element, best: Element) -> None:
    """Everything beside the formula in order, but its other forms."""
    writer.text(element.text)
    for child in element:
        if child is best or (is_element(child) and any(inner is best for inner in child.iter())):
            writer.node(best)
        elif is_element(child) and child.tag not in {"graphic", "inline-graphic", "tex-math", "alternatives"}:
            writer.node(child)
        writer.text(child.tail)


# MathML ---------------------------------------------------------------------------------------------------------------
def mathml(element: Element) -> str:
    """MathML as browsers draw it: without prefixes, and with fences and numbered rows written out."""
    return "".join(_math(element))


def _math(element: Element) -> list[str]:
    if not is_element(element):
        return []
    name = etree.QName(element).localname
    if name in NO_CONTENT:
        return []
    if name == "semantics":
        return _math(element[0]) if len(element) else [escape(words_of(element))]
    if name == "maction":
        return _math(element[0]) if len(element) else []
    if name == "menclose" and "radical" in element.get("notation", "longdiv"):
        name = "msqrt"
    if name == "mfenced":
        return _fenced(element)
    if name == "mlabeledtr":
        cells = list(element)
        return ["<mtr>", *(part for cell in [*cells[1:], *cells[:1]] for part in _math(cell)), "</mtr>"]
    inside = [_words(element.text, name)]
    for child in element:
        inside += _math(child)
        inside.append(_words(child.tail, name))
    if name not in ELEMENTS:
        return inside
    return [f"<{name}{_attributes(element)}>", *inside, f"</{name}>"]


def _words(words: str | None, name: str) -> str:
    """Without the spaces around it; in a text those that were typed are shown, which a browser leaves out else."""
    bare = (words or "").strip(SPACES)
    if name == "mtext" and words and bare and "\n" not in words:
        bare = "\xa0" * words.startswith(" ") + bare + "\xa0" * words.endswith(" ")
    return escape(bare, quote=False)


def _attributes(element: Element) -> str:
    kept = [(name, value) for name, value in element.attrib.items() if name in ATTRIBUTES and _value.fullmatch(value)]
    if element.get("fontstyle") == "normal" and "mathvariant" not in element.attrib:  # as MathML 1 said it
        kept.append(("mathvariant", "normal"))
    return "".join(f' {name}="{escape(value)}"' for name, value in sorted(kept))


def _fenced(element: Element) -> list[str]:
    """What browsers forgot how to draw: (a, b)."""
    separators = [sign for sign in element.get("separators", ",") if sign.strip()]
    inside: list[str] = []
    for place, child in enumerate(element):
        if place and separators:
            inside.append(f"<mo>{escape(separators[min(place, len(separators)) - 1])}</mo>")
        inside += _math(child)
    return [
        "<mrow>", f"<mo>{escape(element.get('open', '('))}</mo>", *inside,
        f"<mo>{escape(element.get('close', ')'))}</mo>", "</mrow>",
    ]  # fmt: skip
