"""A file of JATS as a tree: nothing is fetched, no entity is declared, and what is wrong is said with its line."""

import codecs
import html.entities
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from aapm_site.core.first_use import on_first_use

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = on_first_use("lxml.etree")


LARGEST = 12_000_000  # bytes; the largest articles that were seen have one million
# Elements one inside of another, which every part bears that goes down by calling itself; no article that was seen has
# forty. Beyond writer.DEEPEST they keep their words alone.
DEEPEST = 200

MATHML = "http://www.w3.org/1998/Math/MathML"
XLINK = "http://www.w3.org/1999/xlink"
Element: TypeAlias = Any  # of lxml, which brings no types along

_encoding = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Encodings of texts: of the others that Python knows some are none, and some are no text.
_known = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|(us-)?ascii|iso[-_]8859-\d{1,2}|latin-?1|(windows-|cp)125\d|macintosh|koi8-[ru]"
    r"|shift_jis|euc-(jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5",
    re.I,
)
_declaration = re.compile(r"<\?xml[\s?]")
# Each ends where the text ends if it has no end of its own: nothing is looked through twice.
_COMMENT, _INSTRUCTION = r"<!--.*?(?:-->|\Z)", r"<\?.*?(?:\?>|\Z)"
_before = re.compile(rf"[ \t\r\n]+|{_COMMENT}|{_INSTRUCTION}", re.S)
_part_of_doctype = re.compile(rf"{_COMMENT}|{_INSTRUCTION}|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[\[\]>]", re.S)
_entity = re.compile(
    rf"{_COMMENT}|{_INSTRUCTION}|<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][\w.-]{{0,40}}|#1[2-5]\d|#[xX][89][\dA-Fa-f]);",
    re.S,
)
_marks = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),  # without a mark, which some leave out
)  # fmt: skip
# Where only the DTD declares what a prefix stands for, and a file leaves it to that.
_first_tag = re.compile(r"(<[A-Za-z_][^\s/>]*)((?:[^>\"']+|\"[^\"]*\"|'[^']*')*)")
_prefix = re.compile(r"</?([A-Za-z][\w.-]{0,20}):[A-Za-z]|\s([A-Za-z][\w.-]{0,20}):[A-Za-z][\w.-]{0,40}\s*=\s*[\"']")
_declared = re.compile(r"\sxmlns:([\w.-]+)\s*=")
MOST_PREFIXES = 20
PREFIXES = {"xlink": XLINK, "mml": MATHML, "m": MATHML, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
NOBODYS = "urn:undeclared:"  # what any other such prefix stands for
# Windows' signs, which files that call themselves Latin-1 hold in the place of controls that no text has.
_controls = re.compile("[\x80-\x9f]")
TOO_DEEP = f"More than {DEEPEST} elements stand one inside of another. Was a closing tag forgotten?"
OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
# Greek letters as ISO 8879 calls them; the other names of its sets are those of HTML.
_names = "agr bgr ggr dgr egr zgr eegr thgr igr kgr lgr mgr ngr xgr ogr pgr rgr sfgr sgr tgr ugr phgr khgr psgr ohgr"
GREEK = dict(zip(_names.split(), "αβγδεζηθικλμνξοπρςστυφχψω", strict=True))
GREEK |= {name.capitalize(): sign.upper() for name, sign in GREEK.items()}
# Those with accents, and the bold ones of mathematics.
_names = (
    "aacgr eacgr eeacgr iacgr idigr idiagr oacgr uacgr udigr udiagr ohacgr Aacgr Eacgr EEacgr Iacgr Idigr Oacgr Uacgr"
)
GREEK |= dict(zip(f"{_names} Udigr OHacgr".split(), "άέήίϊΐόύϋΰώΆΈΉΊΪΌΎΫΏ", strict=True))
_names = "alpha beta gamma delta epsi zeta eta thetas iota kappa lambda mu nu xi omicron pi rho sigmav sigma"
_names += " tau upsi phi chi psi omega"
GREEK |= {f"b.{name}": chr(0x1D6C2 + place) for place, name in enumerate(_names.split())}
_names = "Gamma Delta Theta Lambda Xi Pi Sigma Upsi Phi Psi Omega"
GREEK |= dict(zip((f"b.{name}" for name in _names.split()), "𝚪𝚫𝚯𝚲𝚵𝚷𝚺𝚼𝚽𝚿𝛀", strict=True))
GREEK |= {
    "b.epsiv": "𝛜",
    "b.thetav": "𝛝",
    "b.kappav": "𝛞",
    "b.phiv": "𝛗",
    "b.rhov": "𝛠",
    "b.piv": "𝛡",
    "jnodot": "ȷ",
    "phis": "φ",
}


class NotJats(ValueError):
    """The file cannot be read as an article; the text says why, and on which line."""


def read_article(data: bytes) -> Element:
    """The article of a file. Elements have no namespace but those of MathML.

    Raises NotJats for what is too large, not in its encoding, not well-formed, or no article.
    """
    if len(data) > LARGEST:
        raise NotJats(f"The file has {len(data):,} bytes; an article has at most {LARGEST:,}.")
    text = _with_prefixes(_with_signs(_without_prolog(_decoded(data))))
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), _parser())
    except etree.XMLSyntaxError as wrong:
        raise NotJats(_what_is_wrong(wrong)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotJats("It declares entities in a place where no article does.")
    if _depth(root) > DEEPEST:
        raise NotJats(TOO_DEEP)
    _forget_namespaces(root)
    article = next(root.iter("article"), None)
    if article is None:
        raise NotJats(f"The file begins with <{root.tag}>; an article of JATS begins with <article>.")
    return article


def _parser() -> "etree.XMLParser":
    # What declares entities is gone before; should any ever be left, the parser's own bounds end what it would become.
    return etree.XMLParser(
        encoding="utf-8", load_dtd=False, resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _what_is_wrong(wrong: Any) -> str:
    said = " ".join((wrong.msg or "this is no XML").partition(", line ")[0].split())
    if "Excessive depth" in said:
        return TOO_DEEP
    if "limit" in said:
        said = "one of its texts or names is longer than any of an article is"
    return f"Line {wrong.lineno or 1}: {said.rstrip('.')}."


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _marks if data.startswith(mark)), "")
    said = _encoding.match(data[:1_000])
    encoding = encoding or (said[1].decode("ascii") if said else "utf-8")
    unknown = NotJats(f"The file says that it is written in “{encoding}”, which is no encoding that we know.")
    if not _known.fullmatch(encoding):
        raise unknown
    try:
        return _controls.sub(lambda found: _sign_of_windows(ord(found[0])), data.decode(encoding).lstrip("\ufeff"))
    except LookupError:
        raise unknown from None
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise NotJats(f"Line {line}: the file is to be read as {encoding.upper()}, and here it is not.") from None


def _sign_of_windows(number: int) -> str:
    return bytes([number]).decode("cp1252", "ignore")


def _without_prolog(text: str) -> str:
    """The text from its first element on, on the same lines. What a DTD of its own declares is not known then.

    Comments and instructions are stepped over as a parser does it, so that none can hide a DOCTYPE that follows.
    """
    at = 0
    while True:
        if found := _before.match(text, at):
            if _declaration.match(found[0]) and found[0].find(">") != len(found[0]) - 1:
                raise NotJats(f"Line {_line(text, at)}: its declaration <?xml … ?> cannot be read.")
            at = found.end()
        elif text.startswith("<!DOCTYPE", at):
            at = _end_of_doctype(text, at)
        else:
            return "\n" * text.count("\n", 0, at) + text[at:]


def _end_of_doctype(text: str, begins: int) -> int:
    is_inside = False
    for found in _part_of_doctype.finditer(text, begins):
        if found[0] in {"[", "]"}:
            is_inside = found[0] == "["
        elif found[0] == ">" and not is_inside:
            return found.end()
    raise NotJats(f"Line {_line(text, begins)}: its DOCTYPE has no end.")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _with_signs(text: str) -> str:
    """Names of signs (&eacute;) as the signs: without a DTD a parser would leave them out, and say nothing."""

    def sign(found: re.Match[str]) -> str:
        name = found[1]
        if name is None or name in OF_XML:
            return found[0]
        if name.startswith("#"):
            number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
            return _sign_of_windows(number) if 128 <= number < 160 else found[0]
        known = GREEK.get(name) or html.entities.html5.get(f"{name};")
        if known is None:
            raise NotJats(f"Line {_line(text, found.start())}: no sign is called &{name};.")
        return html.escape(known, quote=False)

    return _entity.sub(sign, text)


def _with_prefixes(text: str) -> str:
    """The text with each prefix that it uses declared on its first element, which may leave that to the DTD."""
    first = _first_tag.search(text)
    if first is None:
        return text
    used = {found[1] or found[2] for found in _prefix.finditer(text)} - {"xml", "xmlns"}
    unknown = sorted(used - {found[1] for found in _declared.finditer(first[2])})
    if not unknown or len(unknown) > MOST_PREFIXES:
        return text
    said = "".join(f' xmlns:{name}="{PREFIXES.get(name, NOBODYS + name)}"' for name in unknown)
    return f"{text[: first.end(1)]}{said}{text[first.end(1) :]}"


def _forget_namespaces(root: Element) -> None:
    """Tables of OASIS, elements of taxonomists: the names alone say what they are. Formulas keep theirs, or get it."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{") and not element.tag.startswith(f"{{{MATHML}}}"):
            element.tag = etree.QName(element).localname
    for formula in list(root.iter("math")):
        for element in formula.iter():
            if isinstance(element.tag, str) and not element.tag.startswith("{"):
                element.tag = f"{{{MATHML}}}{element.tag}"


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


# What is asked of a tree ----------------------------------------------------------------------------------------------
def is_element(node: Element) -> bool:
    """Whether it is an element; references to entities, which a parser may leave, are none."""
    return isinstance(node.tag, str)


def is_math(node: Element) -> bool:
    return is_element(node) and node.tag.startswith(f"{{{MATHML}}}")


def words_of(element: Element | None) -> str:
    """All text below an element, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def title_words(element: Element) -> str:
    """The words of a title on one line, without the notes and the references that hang on them; a formula once."""
    written = [element.text or ""]
    for child in element:
        if is_element(child) and not (_hangs_on(child) or _is_another_form(child)):
            written.append(" " if child.tag == "break" else title_words(child))
        written.append(child.tail or "")
    return " ".join("".join(written).split())


def _hangs_on(element: Element) -> bool:
    return element.tag == "fn" or (element.tag == "xref" and element.get("ref-type") in {"fn", "bibr", "table-fn"})


def _is_another_form(element: Element) -> bool:
    """Whether it is TeX beside the same formula as MathML, or the source of either."""
    if is_math(element):
        return element.tag in {f"{{{MATHML}}}annotation", f"{{{MATHML}}}annotation-xml"}
    return element.tag == "tex-math" and element.getparent().find(f"{{{MATHML}}}math") is not None


def link_of(element: Element) -> str:
    """The address or file name to which an element leads; older files know XLink by other addresses."""
    said = element.get(f"{{{XLINK}}}href") or element.get("href")
    said = said or next((value for name, value in element.items() if name.endswith("}href")), "")
    return said.strip()


def first_words(parent: Element, *paths: str) -> str:
    """The text at the first of the paths that has any."""
    found = (words_of(element) for path in paths for element in parent.iterfind(path))
    return next((words for words in found if words), "")
