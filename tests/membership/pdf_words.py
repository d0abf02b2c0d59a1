"""The words of a PDF, read back from its drawn text by the table that says which letter each glyph is."""

import io
import re

import pikepdf


def words_in(paper: bytes) -> str:
    """All texts of the first page, in the order in which they were drawn, a line each."""

    with pikepdf.open(io.BytesIO(paper)) as pdf:
        page = pdf.pages[0]
        letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
        lines, current = [], {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                current = letters[str(operands[0])]
            elif str(operator) == "Tj":
                raw = bytes(operands[0])
                lines.append("".join(current[raw[at : at + 2]] for at in range(0, len(raw), 2)))
    return "\n".join(lines)


def _letters(font) -> dict[bytes, str]:
    """Glyph to text, by the font's ToUnicode table."""
    table = bytes(font.ToUnicode.read_bytes())
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[bytes.fromhex(glyph.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for step, number in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[number.to_bytes(2, "big")] = chr(start + step)
    return found
