"""What a WordPress export says: WXR 1.2 as plain rows, read as a stream, whatever state the file is in."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from content.wordpress.decoding import Decoder

# The first part of a namespace's address tells what it is; WXR 1.0, 1.1 and 1.2 differ in the number only.
SPACES = (
    ("excerpt:", "/excerpt/"),
    ("wp:", "wordpress.org/export/"),
    ("content:", "purl.org/rss/1.0/modules/content"),
    ("dc:", "purl.org/dc/"),
)
FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "pubDate": "pub_date",
    "dc:creator": "creator",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "id",
    "wp:post_date": "post_date",
    "wp:post_date_gmt": "post_date_gmt",
    "wp:post_modified": "modified",
    "wp:post_modified_gmt": "modified_gmt",
    "wp:post_name": "name",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:menu_order": "menu_order",
    "wp:post_type": "type",
    "wp:post_password": "password",
    "wp:attachment_url": "attachment_url",
}
READ_OTHERWISE = {"category", "wp:postmeta", "wp:comment"}
IGNORED = {
    "description", "wp:comment_status", "wp:ping_status", "wp:is_sticky", "wp:post_content_filtered",
}  # fmt: skip
META = (
    "_menu_item_", "_wp_attached_file", "_wp_attachment_image_alt", "_thumbnail_id", "_yoast_wpseo_metadesc",
    "_wp_old_slug", "_elementor_data",
)  # fmt: skip
# Fields in which page builders keep texts: trees of Oxygen, Breakdance, Bricks, Beaver Builder, Themify, Cornerstone
# and Zion, shortcodes of Oxygen and Enfold, HTML of Thrive. Elementor's own is read by builders.
TREES = (
    "_ct_builder_json", "ct_builder_json", "_breakdance_data", "_bricks_page_content_2", "_bricks_page_content",
    "_fl_builder_data", "_themify_builder_settings_json", "_cornerstone_data", "_zionbuilder_page_elements",
)  # fmt: skip
CODES = ("ct_builder_shortcodes", "_aviaLayoutBuilderCleanData")
WRITTEN = ("tve_updated_post",)
BUILT = (*TREES, *CODES, *WRITTEN)
# Guest authors, as plugins for several authors keep them.
GUESTS = ("cap-display_name", "cap-user_login", "_molongui_author", "sfly_guest_author_names", "largo_byline_text")
NOTES = "footnotes"  # of the block editor, which keeps them beside the text
CHANNEL_IGNORED = {
    "title", "link", "description", "pubDate", "language", "generator", "image", "site", "cloud", "item",
    "wp:wxr_version", "wp:base_site_url", "wp:base_blog_url", "wp:author", "wp:category", "wp:tag", "wp:term",
}  # fmt: skip
MANY_ERRORS = 50
TRUNCATED = {"ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED", "ERR_NAME_REQUIRED", "ERR_CDATA_NOT_FINISHED"}


class NotAnExport(Exception):
    """The file is no WordPress export at all; the text is a sentence for the person who gave it."""


@dataclass(frozen=True)
class Author:
    login: str
    name: str
    number: str = ""

    @property
    def is_account(self) -> bool:
        """Whether nobody gave it a name: what stands under an entry is the word by which somebody signs in."""
        is_word = bool(re.fullmatch(r"[a-z0-9._-]*[0-9._-][a-z0-9._-]*", self.name))
        return " " not in self.name and (is_word or self.name.casefold() == self.login.casefold())


@dataclass(frozen=True)
class WxrTerm:
    """A category, a tag or a menu: its address word, its name, the address word above it, a description, its number."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    number: str = ""


@dataclass
class Item:
    """One entry of the export, as written there."""

    line: int = 0
    id: str = ""
    type: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    pub_date: str = ""
    creator: str = ""
    content: str = ""
    excerpt: str = ""
    post_date: str = ""
    post_date_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    name: str = ""
    status: str = ""
    parent: str = ""
    menu_order: str = ""
    password: str = ""
    attachment_url: str = ""
    terms: list[WxrTerm] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands, for a person with the file open in an editor."""
        title = " ".join(self.title.split())
        return f"“{title[:80] or 'without a title'}” (line {self.line})"

    @property
    def order(self) -> int:
        """Its place among its siblings; 0 when it has none."""
        return int(self.menu_order) if re.fullmatch(r"[0-9]{1,5}", self.menu_order) else 0

    def first(self, key: str) -> str:
        return self.meta.get(key, [""])[0].strip()


@dataclass
class Export:
    """The whole file. `problems` and `left_out` are (place, sentence)."""

    site: str = ""
    title: str = ""
    version: str = ""
    authors: dict[str, Author] = field(default_factory=dict)
    terms: list[WxrTerm] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def read(stream: BinaryIO) -> Export:
    """Everything that can be read. What cannot is in `problems`. Raises NotAnExport when there is nothing to read."""
    return _WxrReader(stream).read()


def _parser() -> etree.XMLPullParser:
    """Fit for a stranger's file: no entities, no DTD, no network, no huge nodes; goes on after an error."""
    return etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _WxrReader:
    def __init__(self, stream: BinaryIO) -> None:
        self.decoder = Decoder(stream)
        self.parser = _parser()
        self.export = Export()
        self.root = ""
        self.unknown: Counter[str] = Counter()
        self.first_unknown: dict[str, str] = {}
        self.fields: Counter[str] = Counter()
        self.comments = 0
        self.is_closing = False
        self.cut: list[Item] = []

    def read(self) -> Export:
        size = 0
        try:
            for text in self.decoder:
                size += len(text)
                self.parser.feed(text.encode("utf-8", "replace"))
                self._take()
            if not size:
                raise NotAnExport("The file is empty.")
            self.is_closing = True
            self.parser.close()
        except etree.XMLSyntaxError as wrong:
            if not self.root:
                raise NotAnExport(f"The file is not XML: {_sentence(wrong.msg)}") from wrong
        self._take()
        self._check_root()
        self._tell()
        return self.export

    def _take(self) -> None:
        for event, element in self.parser.read_events():
            if not isinstance(element.tag, str):
                continue
            name = _name(element)
            if event == "start":
                if not self.root:
                    self.root = name
                    self._check_root()
                if name == "item":
                    element.set("line", str(element.sourceline or 0))
            elif name == "item":
                self._end_of_item(element)
            elif _name(element.getparent()) == "channel":
                self._channel(name, element)
                if name != "item":
                    element.clear()

    def _check_root(self) -> None:
        if not self.root:
            raise NotAnExport("The file is not XML: it does not begin with an element.")
        if self.root != "rss":
            raise NotAnExport(f"This is not a WordPress export: it begins with <{self.root[:40]}> instead of <rss>.")

    def _end_of_item(self, element: etree._Element) -> None:
        item = self._item(element)
        (self.cut if self.is_closing else self.export.items).append(item)
        parent = element.getparent()
        element.clear()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]

    def _item(self, element: etree._Element) -> Item:
        item = Item(line=int(element.get("line", 0)))
        later: list[tuple[str, etree._Element]] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            name = _name(child)
            if attribute := FIELDS.get(name):
                setattr(item, attribute, _text(child))
            elif name in READ_OTHERWISE:
                later.append((name, child))
            elif name not in IGNORED:
                self.unknown[name] += 1
                self.first_unknown.setdefault(name, f"{item.place}, line {child.sourceline}")
        for name, child in later:
            self._further(name, child, item)
        return item

    def _further(self, name: str, child: etree._Element, item: Item) -> None:
        if name == "category":
            item.terms.append(WxrTerm(child.get("domain", ""), child.get("nicename", ""), _text(child)))
        elif name == "wp:comment":
            self.comments += 1
        else:
            parts = {_name(part): _text(part) for part in child if isinstance(part.tag, str)}
            key = parts.get("wp:meta_key", "")
            if key.startswith(META) or key == NOTES or key in BUILT or key in GUESTS:
                item.meta.setdefault(key, []).append(parts.get("wp:meta_value", ""))
            elif key and not key.startswith("_"):
                self.fields[key] += 1

    def _channel(self, name: str, element: etree._Element) -> None:
        export, parts = self.export, {_name(part): _text(part) for part in element if isinstance(part.tag, str)}
        if name == "wp:wxr_version":
            export.version = _text(element)
        elif name == "title":
            export.title = _text(element)
        elif name == "wp:base_blog_url" or (name in {"link", "wp:base_site_url"} and not export.site):
            export.site = _text(element).rstrip("/")
        elif name == "wp:author":
            login = parts.get("wp:author_login", "")
            whole = f"{parts.get('wp:author_first_name', '')} {parts.get('wp:author_last_name', '')}".strip()
            shown = parts.get("wp:author_display_name", "")
            name = whole if whole and (not shown or shown.casefold() == login.casefold()) else shown or login
            export.authors[login] = Author(login, name, parts.get("wp:author_id", ""))
        elif name in {"wp:category", "wp:tag", "wp:term"}:
            export.terms.append(_term(name, parts))
        elif name not in CHANNEL_IGNORED:
            self.unknown[name] += 1
            self.first_unknown.setdefault(name, f"line {element.sourceline}")

    def _tell(self) -> None:
        export = self.export
        log = list(self.parser.feed_error_log)
        broken = any(error.type_name in TRUNCATED for error in log)
        export.items += [] if broken else self.cut
        for item in self.cut if broken else ():
            export.problems.append((item.place, "the file ends in the middle of this entry, so it was left out."))
        if broken and not self.cut:
            export.problems.append((f"line {log[-1].line}", "the file ends before its end; the entries are whole."))
        export.problems += [("file", problem) for problem in self.decoder.problems]
        for error in log[:MANY_ERRORS]:
            if error.type_name not in TRUNCATED or not broken:
                export.problems.append((self._where(error.line), _sentence(error.message)))
        if len(log) > MANY_ERRORS:
            export.problems.append(("file", f"{len(log) - MANY_ERRORS} further errors of this kind."))
        if not export.version:
            export.problems.append(("file", "it names no WXR version; it is read as WXR 1.2."))
        elif export.version not in {"1.0", "1.1", "1.2"}:
            export.problems.append(("file", f"it is WXR {export.version[:20]}; it is read as WXR 1.2."))
        for name, number in self.unknown.items():
            export.left_out.append((self.first_unknown[name], f"unknown element <{name}>, {number} in all."))
        for key, number in self.fields.most_common():
            export.left_out.append((f"custom field “{key}”", f"{number} in all; this site has no such field."))
        if self.comments:
            export.left_out.append((f"{self.comments} comments", "this site has none."))

    def _where(self, line: int) -> str:
        """The line, and the entry that it belongs to."""
        items = [item for item in [*self.export.items, *self.cut] if item.line <= line]
        return f"line {line}, in {max(items, key=lambda item: item.line).place}" if items else f"line {line}"


def _term(name: str, parts: dict[str, str]) -> WxrTerm:
    if name == "wp:category":
        slug, label, taxonomy = "wp:category_nicename", "wp:cat_name", "category"
        parent, about = "wp:category_parent", "wp:category_description"
    elif name == "wp:tag":
        slug, label, taxonomy, parent, about = "wp:tag_slug", "wp:tag_name", "post_tag", "", "wp:tag_description"
    else:
        slug, label, taxonomy = "wp:term_slug", "wp:term_name", parts.get("wp:term_taxonomy", "")
        parent, about = "wp:term_parent", "wp:term_description"
    return WxrTerm(
        taxonomy,
        parts.get(slug, ""),
        parts.get(label, ""),
        parts.get(parent, ""),
        parts.get(about, ""),
        parts.get("wp:term_id", ""),
    )


def _name(element: etree._Element | None) -> str:
    """The element's name with the prefix that WXR gives its namespace, however the file calls it."""
    if element is None or not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag.rpartition("}")
    if not space:
        return element.tag
    return next((prefix for prefix, part in SPACES if part in space), "?:") + local


def _text(element: etree._Element) -> str:
    """The text of an element and all below it, without what entities would have said."""
    parts = [element.text or ""]
    for child in element.iter():
        if child is not element:
            parts += [child.text or "" if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(parts).strip()


def _sentence(message: str | None) -> str:
    """The parser's words for a person."""
    words = " ".join((message or "it cannot be read").split())
    if "XML_PARSE_HUGE" in words:
        return "larger (10 MB) or nested deeper (256 levels) than can be read safely; what follows may be lost."
    return words[:200].rstrip(".") + "."


def merged(exports: list[Export]) -> Export:
    """The files of one export as one, in the order given. Raises NotAnExport for files of different sites."""
    whole, *further = exports
    for export in further:
        if export.site and whole.site and export.site.rstrip("/") != whole.site.rstrip("/"):
            raise NotAnExport(
                f"The files are of different sites, {whole.site} and {export.site}. Bring them one by one."
            )
        whole.items += export.items
        known = {(term.taxonomy, term.slug) for term in whole.terms}
        whole.terms += [term for term in export.terms if (term.taxonomy, term.slug) not in known]
        whole.authors = export.authors | whole.authors
        whole.problems += export.problems
        whole.left_out += export.left_out
    return whole


def items_of(export: Export, *kinds: str) -> Iterator[Item]:
    """The entries of these kinds, in the order of the file."""
    return (item for item in export.items if item.type in kinds)
