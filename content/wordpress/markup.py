"""The elements that our texts are made of, and what becomes of the others."""

import re

INLINE = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "code": "code", "tt": "code",
    "kbd": "code", "samp": "code", "var": "em", "sub": "sub", "sup": "sup", "s": "s", "strike": "s", "del": "s",
}  # fmt: skip
HEADINGS = {f"h{level}" for level in range(1, 7)}
KEPT = {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "thead", "tbody", "tfoot", "tr", "td", "th",
    "caption", "figure", "figcaption", *HEADINGS,
}  # fmt: skip
BOXES = {"div", "section", "article", "header", "footer", "main", "nav", "center", "address", "fieldset", "form",
         "details", "hgroup", "aside", "legend", "summary", "noscript"}  # fmt: skip
FLOW = {"", "blockquote", "figure"}  # words that stand here bare get a paragraph
MIXED = {"li", "td", "th", "dd"}
LISTS = {"ul": "li", "ol": "li", "dl": "dd"}
PARENTS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "figcaption": {"figure"}}
SILENT = {"iframe", "video", "audio", "object", "select", "textarea", "label", "embed", "svg", "option"}
VOID = {"br", "hr", "img", "input", "source", "embed", "param", "col", "area", "track", "wbr"}
BREAKS = {"tr", "td", "th", "thead", "tbody", "tfoot"}  # parts of a table that may be empty
DEEPEST = 30
_heading = re.compile(r"<(/?)h([1-6])\b")


def attributes(tag: str, given: dict[str, str]) -> str:
    """Those that carry meaning: spans of cells, the scope of a heading cell, where a list begins."""
    names = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start", "type")}.get(tag, ())
    kept = {
        name: given[name]
        for name in names
        if re.match(r"^(\d{1,3}|col|row|colgroup|rowgroup|[aAiI])$", given.get(name, ""))
    }
    return "".join(f' {name}="{value}"' for name, value in kept.items() if value not in {"0", "1"})


def levels(text: str) -> str:
    """The highest headings become h2, below the title, and no step is left out under them; h4 is the lowest."""
    above: list[int] = []

    def renumber(found: re.Match[str]) -> str:
        if not found[1]:
            while above and above[-1] >= int(found[2]):
                above.pop()
            above.append(int(found[2]))
        return f"<{found[1]}h{min(4, len(above) + 1)}"

    return _heading.sub(renumber, text)
