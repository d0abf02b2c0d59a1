"""The bytes of an export as text that an XML parser takes: wrong bytes read kindly, and told with their line."""

import codecs
import html
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 16
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_declared = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_declaration = re.compile(r"^\s*(<\?xml[^>]*\?>\s*)?")
_known = re.compile(r"(utf-?8|utf-?16(-?[lb]e)?|us-ascii|ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d)$", re.I)
_wrong = re.compile("[\udc80-\udcff]")
_illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What declares entities; nothing of it is ever read.
_doctype = re.compile(r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*(?:\[(?:[^\]"']|"[^"]*"|'[^']*')*\]\s*)?>""")
_named = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_begun = re.compile(r"&[A-Za-z0-9]{0,31}$")


class Decoder:
    """Text of a byte stream, chunk by chunk; `problems` are sentences, each with the first line it is about."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.problems: list[str] = []
        self.line = 1
        self.wrong_lines: list[int] = []
        self.illegal_lines: list[int] = []

    def __iter__(self) -> Iterator[str]:
        head = self.stream.read(CHUNK)
        head, encoding = self._encoding(head)
        is_utf8 = encoding == "utf-8"
        decoder = codecs.getincrementaldecoder(encoding)(errors="surrogateescape" if is_utf8 else "replace")
        text = _declaration.sub(_keep_lines, decoder.decode(head), count=1)
        if _doctype.search(text[:CHUNK]):
            self.problems.append("its DOCTYPE, with the entities that it declares, was not read.")
            text = _doctype.sub(_keep_lines, text, count=1)
        text = self._legal(text)
        while chunk := self.stream.read(CHUNK):
            begun = _begun.search(text)
            at = begun.start() if begun else len(text)
            yield _signs(text[:at])
            text = text[at:] + self._legal(decoder.decode(chunk))
        yield _signs(text + self._legal(decoder.decode(b"", final=True)))
        self._tell()

    def _encoding(self, head: bytes) -> tuple[bytes, str]:
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return head[len(mark) :], encoding
        found = _declared.match(head)
        name = found[1].decode("ascii") if found else "utf-8"
        known = _codec(name)
        if known is None:
            self.problems.append(f"line 1: the encoding “{name}” is not known here; the file is read as UTF-8.")
        return head, "utf-8" if known in {None, "ascii"} else known

    def _legal(self, text: str) -> str:
        """Bytes that are no UTF-8 are read as Windows-1252, what XML forbids is dropped; both are remembered."""
        for pattern, lines in ((_wrong, self.wrong_lines), (_illegal, self.illegal_lines)):
            for found in pattern.finditer(text) if len(lines) < 1_000 else ():
                line = self.line + text.count("\n", 0, found.start())
                if not lines or lines[-1] != line:
                    lines.append(line)
        self.line += text.count("\n")
        text = _wrong.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text)
        return _illegal.sub("", text)

    def _tell(self) -> None:
        for lines, what in (
            (self.wrong_lines, "bytes that are not UTF-8 were read as Windows-1252"),
            (self.illegal_lines, "characters that XML forbids were left out"),
        ):
            if lines:
                shown = ", ".join(map(str, lines[:8])) + (" and further lines" if len(lines) > 8 else "")
                self.problems.append(f"line {shown}: {what}.")


def _codec(name: str) -> str | None:
    """What Python calls an encoding of texts; of some that look like one there is none, such as ISO-8859-12."""
    try:
        return codecs.lookup(name).name if _known.match(name) else None
    except LookupError:
        return None


def _signs(text: str) -> str:
    """Signs that HTML names and XML does not, such as &nbsp;: the sign itself, in a CDATA section as outside."""
    return _named.sub(lambda found: html.unescape(found[0]), text)


def _keep_lines(found: re.Match[str]) -> str:
    """The declaration goes, since the text is re-encoded; its line breaks stay, so that lines are counted right."""
    return "\n" * found[0].count("\n")
