"""Text as people type it in a plain field, and the HTML that readers get: paragraphs, lists, headings, strong words.

An employer's form needs no editor and no JavaScript for that. Staff may use more in the admin; what the plain form
cannot write stays as it is until somebody changes the text.
"""

import re
from html import escape
from html.parser import HTMLParser

# Said where no editor runs; it has no signs to learn but those of a letter.
HINT = "An empty line begins a new paragraph, and lines that begin with “- ” become a list."
# Stars stand in no strong words, so that the time to look for them grows with the text and no faster.
_STRONG = re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*")
_BULLET = re.compile(r"^\s*[-*•–]\s+")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_HEADING = re.compile(r"^\s*#{1,4}\s+")


def _inline(text: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", escape(text.strip(), quote=False))


def _kind(line: str) -> str:
    for name, pattern in (("h2", _HEADING), ("ul", _BULLET), ("ol", _NUMBER)):
        if pattern.match(line):
            return name
    return "p" if line.strip() else ""


def _block(kind: str, lines: list[str]) -> str:
    if kind == "h2":
        return "".join(f"<h2>{_inline(_HEADING.sub('', line))}</h2>" for line in lines)
    if kind == "p":
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    pattern = _BULLET if kind == "ul" else _NUMBER
    items = "".join(f"<li>{_inline(pattern.sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def to_html(text: str) -> str:
    """Escaped HTML of typed text. Whatever was typed, a tag in it is only text."""
    found: list[tuple[str, list[str]]] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        kind = _kind(line)
        if found and kind and found[-1][0] == kind:
            found[-1][1].append(line)
        else:
            found.append((kind, [line]))
    return "\n".join(_block(kind, lines) for kind, lines in found if kind)


class _PlainTextReader(HTMLParser):
    """Collects the text of HTML with the marks that `to_html` reads."""

    BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "div", "table", "tr", "aside", "figure"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int] = []

    def _gap(self, lines: int = 2) -> None:
        self.parts.append("\n" * lines)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.BLOCKS:
            self._gap()
        if tag in {"h2", "h3", "h4"}:
            self.parts.append("## ")
        elif tag in {"ul", "ol"}:
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._gap(1)
            self.parts.append(self._mark())
        elif tag == "br":
            self._gap(1)
        elif tag in {"strong", "b"}:
            self.parts.append("**")

    def _mark(self) -> str:
        if not self.lists or not self.lists[-1]:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1] - 1}. "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag in self.BLOCKS:
            self._gap()
        elif tag in {"strong", "b"}:
            self.parts.append("**")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def to_text(html: str) -> str:
    """The text of HTML in the form that `to_html` reads."""
    reader = _PlainTextReader()
    reader.feed(html)
    reader.close()
    text = re.sub(r" *\n *", "\n", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
