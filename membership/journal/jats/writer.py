"""What the rules write with: the text that grows, the anchors, the places of citation, and what went wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from .reading import Element, first_words, is_element, is_math, link_of, title_words, words_of

DEEPEST = 110  # elements one inside of another whose markup is kept; see core.richtext, which asks the same of a page
LOWEST_HEADING = 6

_unusual = re.compile(r"[^A-Za-z0-9_.:-]")
_language = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
OURS = "en"  # the language of the pages around an article

Rule = Callable[["ArticleWriter", Element], None]
RULES: dict[str, Rule] = {}


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Marks the function that writes elements of these names."""

    def register(write: Rule) -> Rule:
        RULES.update(dict.fromkeys(names, write))
        return write

    return register


@dataclass(frozen=True)
class Delivered:
    """A file that came with the article, by the address at which readers get it."""

    url: str
    width: int | None = None  # in pixels
    height: int | None = None
    is_picture: bool = True


@dataclass(frozen=True)
class Heading:
    """One line of the contents: a heading, where it stands and how deep."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True)
class WrittenReference:
    """One entry of the list of references."""

    anchor: str
    label: str
    text: str
    doi: str = ""
    pmid: str = ""


@dataclass
class ArticleWriter:
    """Writes one article. `files` finds what was delivered by the name that the article uses."""

    article: Element
    files: Callable[[str], Delivered | None]
    out: list[str] = field(default_factory=list)
    level: int = 1  # of the heading above
    numbered: str = "h"  # what begins the anchors of headings without one: two texts may stand on one page
    is_for_everybody: bool = False  # an abstract, whose pictures come with the text
    depth: int = 0
    tables: int = 0  # that were begun
    anchors: dict[str, str] = field(default_factory=dict)  # what stands on the page, by its id in the source
    names: dict[str, str] = field(default_factory=dict)  # what all of them are called there, no two alike
    taken: set[str] = field(default_factory=set)  # such names, and those of our own
    numbers: Counter[str] = field(default_factory=Counter)  # how many wanted to be called so
    items: dict[str, int] = field(default_factory=dict)  # the number after the last of each list, by its id
    headings: list[Heading] = field(default_factory=list)
    references: list[WrittenReference] = field(default_factory=list)
    cited: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # where, by the reference's anchor
    notes: list[tuple[Element, str]] = field(default_factory=list)  # in the text, to be written at its end by an anchor
    asked: dict[str, bool] = field(default_factory=dict)  # files, and whether each was delivered
    unknown: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        named = [(element.get("id"), element) for element in self.article.iter() if element.get("id")]
        ids = [name for name, _ in named]
        self.by_id = dict(reversed(named))  # the first of each
        self.targets = {name for part in _shown(self.article) for one in part.iter() if (name := one.get("id"))}
        for name in dict.fromkeys(name for name in ids if name in self.targets):
            self.names[name] = self._free(anchor(name))
        self.doi = first_words(self.article, "front/article-meta/article-id[@pub-id-type='doi']")
        self.listed = [element.get("id") or "" for element in self.article.iter("ref")]
        self.are_references = {name: place for place, name in enumerate(self.listed, 1) if name}
        for name, times in Counter(ids).items():
            if times > 1:
                self.warnings.append(f"The id “{name}” stands {times} times; links lead to the first.")

    # What is written -------------------------------------------------------------------------------------------------
    def raw(self, markup: str) -> None:
        self.out.append(markup)

    def text(self, words: str | None) -> None:
        if words:
            self.out.append(escape(words, quote=False))

    def node(self, element: Element) -> None:
        """One element by its rule. One without a rule keeps its words, and is reported."""
        if not is_element(element):
            return
        if self.depth >= DEEPEST:
            self.text(words_of(element))
            return
        name = "math" if is_math(element) else element.tag
        write = RULES.get(name)
        self.depth += 1
        if write is None:
            self.unknown[name] += 1
            self.children(element)
        else:
            write(self, element)
        self.depth -= 1

    def children(self, element: Element, *, without: Iterable[str] = ()) -> None:
        """The text of an element and everything in it, in order."""
        left_out = frozenset(without)
        self.text(element.text)
        for child in element:
            if not (is_element(child) and child.tag in left_out):
                self.node(child)
            self.text(child.tail)

    def blocks(self, element: Element, *, without: Iterable[str] = ()) -> None:
        """The elements in an element that holds no text of its own: space between them is none."""
        left_out = frozenset(without)
        self._loose(element.text)
        for child in element:
            if not (is_element(child) and child.tag in left_out):
                self.node(child)
            self._loose(child.tail)

    def _loose(self, words: str | None) -> None:
        if words and words.strip():
            self.text(words)

    def wrap(self, tag: str, element: Element, *, css: str = "", attributes: str = "") -> None:
        self.raw(self.start(tag, element, css=css, attributes=attributes))
        self.children(element)
        self.raw(f"</{tag}>")

    def start(self, tag: str, element: Element | None = None, *, css: str = "", attributes: str = "") -> str:
        named = f"{self.anchor_of(element)}{language_of(element)}" if element is not None else ""
        looks = f' class="{css}"' if css else ""
        return f"<{tag}{named}{looks}{attributes}>"

    def captured(self, write: Callable[[], None]) -> str:
        """What something writes, apart from the rest."""
        kept, self.out = self.out, []
        try:
            write()
            return "".join(self.out)
        finally:
            self.out = kept

    # Where links lead ------------------------------------------------------------------------------------------------
    def anchor_of(self, element: Element) -> str:
        """The attribute that makes an element a target; the first of a repeated id only."""
        name = element.get("id")
        return f' id="{self.place(name)}"' if name and name not in self.anchors else ""

    def leads_to(self, name: str) -> str:
        """What an id of the source is called on the page."""
        return self.names.get(name) or anchor(name)

    def place(self, name: str | None, own: str = "") -> str:
        """The anchor of what is written now: that of its id, else of this name of our own, which no other has."""
        if name and name not in self.anchors:
            self.anchors[name] = self.leads_to(name)
            return self.anchors[name]
        return self._free(anchor(own))

    def _free(self, wanted: str) -> str:
        name = wanted
        while name in self.taken:
            self.numbers[wanted] += 1
            name = f"{wanted}-{self.numbers[wanted] + 1}"
        self.taken.add(name)
        return name

    def heading(self, element: Element, label: Element | None = None) -> None:
        """A heading below the one above, with its number if it has one; the deepest share a size."""
        level = min(self.level, LOWEST_HEADING)
        title = " ".join(part for part in (words_of(label), title_words(element)) if part)
        if not title:
            return
        here = self.place(element.get("id"), f"{self.numbered}{len(self.headings) + 1}")
        self.headings.append(Heading(title, here, level))
        self.raw(f'<h{level} id="{here}">')
        if label is not None and words_of(label):
            self.children(label)
            self.raw(" " if words_of(element) else "")
        self.children(element)
        self.raw(f"</h{level}>")

    def named_heading(self, words: str) -> None:
        """A heading that the source leaves to the page."""
        level, here = min(self.level, LOWEST_HEADING), self.place(None, f"{self.numbered}{len(self.headings) + 1}")
        self.headings.append(Heading(words, here, level))
        self.raw(f'<h{level} class="own" id="{here}">{escape(words, quote=False)}</h{level}>')

    def headed_section(self, element: Element, words: str) -> None:
        """A section under its own title, or under these words where the source gives none."""
        self.raw(self.start("section", element))
        self.level += 1
        title = element.find("title")
        if title is not None and words_of(title):
            self.heading(title)
        else:
            self.named_heading(words)
        self.blocks(element, without=("title", "label"))
        self.level -= 1
        self.raw("</section>")

    def name_of(self, target: str) -> str:
        """What a part of the article is called where a link to it says nothing: its label, else number or title."""
        element = self.by_id.get(target)
        label = words_of(element.find("label")).strip("[]().") if element is not None else ""
        if label or element is None:
            return label
        if element.get("symbol"):
            return str(element.get("symbol"))[:10]
        return f"{self.are_references[target]}" if target in self.are_references else words_of(element.find("title"))

    def delivered(self, element: Element) -> Delivered | None:
        """The file to which an element leads, if it came with the article."""
        name = link_of(element)
        found = self.files(name) if name else None
        if name:
            self.asked[name] = found is not None
        return found


def _shown(article: Element) -> Iterator[Element]:
    """The parts of an article that may stand on its page, and in which something may be led to."""
    for part in ("body", "floats-group", "floats-wrap", "back", "sub-article", "response"):
        yield from article.iterfind(part)
    for part in ("abstract", "trans-abstract", "author-notes"):
        yield from article.iterfind(f"front/article-meta/{part}")


def language_of(element: Element) -> str:
    """The attribute that says in which language a part is, where the source says so and it is not that of the page."""
    said = element.get(LANGUAGE) or ""
    if not _language.fullmatch(said) or said.lower().split("-")[0] == OURS:
        return ""
    return f' lang="{said}"'


def anchor(name: str) -> str:
    """An id of the source as one of the page: apart from the page's own, and of usual signs only."""
    return f"j-{_unusual.sub('-', name)}"
