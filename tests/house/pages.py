"""An HTML page as a checker sees it: headings, landmarks, ids, links, forms, and what must not be in it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

VOID_OF_MEANING = re.compile(r"\s+")
# Attributes that name other elements of the same page.
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list")
DATA = {"application/json", "application/ld+json", "importmap"}


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)  # what a browser would send as it stands
    names: set[str] = field(default_factory=set)  # everything that can be filled in, empty boxes too
    id: str = ""


class Page(HTMLParser):
    """Reads one page; `address` is where it was found."""

    def __init__(self, text: str, address: str = "/") -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.lang = self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.mains = 0
        self.ids: list[str] = []
        self.pointers: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.presses: list[str] = []  # the values of buttons
        self._apart: list[tuple[str, Form]] = []  # fields that stand outside their form, by its id
        self.inline: list[str] = []
        self.without_alt = 0
        self._reading: str | None = None
        self._choosing = ""
        self.feed(text)
        self.close()
        self._bring_home()
        self.title = VOID_OF_MEANING.sub(" ", self.title).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        self.pointers += [(name, one) for name in POINTING for one in said.get(name, "").split()]
        self._forbidden(tag, said)
        if tag == "html":
            self.lang = said.get("lang", "")
        elif tag == "main":
            self.mains += 1
        elif re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
            self._reading = tag
        elif tag == "title" and not self.title:
            self._reading = tag
        elif tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "img" and "alt" not in said:
            self.without_alt += 1
        elif tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower(), id=said.get("id", "")))
        elif tag == "button" and "value" in said:
            self.presses.append(said["value"])
        elif tag == "option" and "selected" in said and self._choosing:
            self.forms[-1].fields[self._choosing] = said.get("value", "")
        elif tag in {"input", "textarea", "select"} and said.get("form") and said.get("name"):
            self._apart.append((said["form"], Form("", "", {said["name"]: said.get("value", "")}, {said["name"]})))
        elif tag in {"input", "textarea", "select"} and self.forms and said.get("name"):
            self._field(tag, said)

    def _field(self, tag: str, said: dict[str, str]) -> None:
        if tag == "textarea":
            self._reading = tag
        self._choosing = said["name"]
        self.forms[-1].names.add(said["name"])
        if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
            self.forms[-1].fields[said["name"]] = said.get("value", "")

    def _bring_home(self) -> None:
        """Fields outside a form are sent with it; what stands in a text of several lines is not read there."""
        for home, stray in self._apart:
            for form in self.forms:
                if form.id == home:
                    form.names |= stray.names
                    form.fields |= stray.fields

    def _forbidden(self, tag: str, said: dict[str, str]) -> None:
        """What the content security policy would stop: code and looks written into the page."""
        handlers = [name for name in said if name.startswith("on")]
        self.inline += [f"<{tag} {name}=…>" for name in [*handlers, *(["style"] if "style" in said else [])]]
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") not in DATA):
            self.inline.append(f"<{tag}>")
        if said.get("href", "").strip().lower().startswith("javascript:"):
            self.inline.append(f"<{tag} href=javascript:…>")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._reading:
            self._reading = None

    def handle_data(self, data: str) -> None:
        if self._reading == "title":
            self.title += data
        elif self._reading == "textarea":
            self.forms[-1].fields[self._choosing] += data.removeprefix("\r\n").removeprefix("\n")
        elif self._reading:
            level, words = self.headings[-1]
            self.headings[-1] = (level, words + data)

    @property
    def inner_links(self) -> set[str]:
        """Links that stay on the site, absolute from its root, without their fragments."""
        found = set()
        for link in self.links:
            target, _ = urldefrag(urljoin(f"http://here{self.address}", link))
            parts = urlsplit(target)
            if parts.scheme in {"http", "https"} and parts.netloc == "here":
                found.add(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found

    def faults(self) -> list[str]:
        """What is wrong with this page by itself."""
        tops = [words for level, words in self.headings if level == 1]
        wrong = []
        if len(tops) != 1 or not tops[0].strip():
            wrong.append(f"{len(tops)} h1: {tops}")
        if not self.title:
            wrong.append("no title")
        if not self.lang.startswith("en"):
            wrong.append(f"lang is {self.lang!r}")
        if self.mains != 1:
            wrong.append(f"{self.mains} main landmarks")
        wrong += [f"id {one!r} twice" for one in sorted({one for one in self.ids if self.ids.count(one) > 1})]
        wrong += [f"{name} points to {one!r}, which is not there" for name, one in self.pointers if one not in self.ids]
        wrong += [f"link to #{one}, which is not there" for one in self._lost_fragments()]
        wrong += [f"inline {what}" for what in self.inline]
        wrong += ["an image without alt"] * self.without_alt
        return [*wrong, *self._skipped_levels()]

    def _lost_fragments(self) -> list[str]:
        return [link[1:] for link in self.links if link.startswith("#") and len(link) > 1 and link[1:] not in self.ids]

    def _skipped_levels(self) -> list[str]:
        """A heading two levels below the one before it."""
        levels = [level for level, _ in self.headings]
        return [
            f"h{level} “{words.strip()}” after h{before}"
            for before, (level, words) in zip(levels, self.headings[1:], strict=False)
            if level > before + 1
        ]
