"""Rich text as the plain text of a letter: paragraphs apart, points with their mark, links with where they lead."""

import html as entities
import re

_link = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_position = re.compile(r"\{loadposition[^}]*\}")
_block = re.compile(r"</?(?:p|h[2-4]|ul|ol|table|tr|blockquote|div|aside|figure|figcaption|dl|dt|dd|pre|hr)\b[^>]*>")
_tag = re.compile(r"<[^>]*>")


def for_mail(html: str, origin: str) -> str:
    """The same HTML for a letter: addresses of the site in full, no live blocks."""
    return re.sub(r'\b(href|src)="/(?!/)', rf'\1="{origin}/', _position.sub("", html))


def as_text(html: str) -> str:
    """The words of sanitized HTML, laid out for a mail without markup."""
    text = _link.sub(_with_address, _position.sub("", html))
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"<br\s*/?>", "\n", text)
    text = re.sub(r"<li\b[^>]*>(?:\s*<p\b[^>]*>)?", "\n- ", text)
    text = re.sub(r"(?:</p>\s*)?</li>", "", text)
    text = re.sub(r"</t[dh]>", "  ", text)
    text = _tag.sub("", _block.sub("\n\n", text))
    lines = [line.strip() for line in entities.unescape(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _with_address(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    shown = _tag.sub("", words).strip()
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    if address.startswith("tel:") or not shown or entities.unescape(bare) in entities.unescape(shown):
        return words
    return f"{words} ({bare})"
