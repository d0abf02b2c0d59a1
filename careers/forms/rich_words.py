"""A text with a small toolbar, which stays a plain text field where no script runs.

The control holds plain words, and beside them their HTML, with which the editor begins. What comes back says which of
the two it is; a form shown again holds what was typed, whichever it was.
"""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django_prose_editor.widgets import ProseEditorWidget

from aapm_site.core.forms import without_control
from aapm_site.core.richtext import LONGEST, clean_simple, is_too_deep, plain

from ..plaintext import to_html, to_text

TOOLS = ("bold", "italic", "bullets", "numbers", "link", "undo", "redo")
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
    "NoSpellCheck": False,
}
HTML = "html"


class MarkedUp(str):
    """HTML, where plain words could stand as well."""

    __slots__ = ()


def words_as_html(typed: str) -> str:
    """What was typed, whichever it is, as HTML that may be shown."""
    return clean_simple(typed) if isinstance(typed, MarkedUp) else to_html(without_control(typed))


def words_as_text(typed: str) -> str:
    """The same as plain words."""
    return to_text(clean_simple(typed)) if isinstance(typed, MarkedUp) else typed


class RichWords(ProseEditorWidget):
    """The control. static/js/prose.js makes an editor of it."""

    template_name = "components/rich_words.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        tools = json.dumps({"only": TOOLS, "styles": ["p", "2", "3"]}, separators=(",", ":"))
        super().__init__(
            {"rows": 16, "data-editor-tools": tools, **(attrs or {})}, config={"extensions": EXTENSIONS}, preset="site"
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return MarkedUp(typed) if typed and data.get(f"{name}-as") == HTML else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value or ""
        context: dict[str, Any] = super().get_context(name, words_as_text(typed), attrs)
        context["widget"]["attrs"]["data-html"] = words_as_html(typed)
        return context


class RichWordsField(forms.CharField):
    """Cleans to HTML. `longest` counts what readers see; what is longer is said, and stays as it was typed."""

    widget = RichWords

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.longest = longest

    def clean(self, value: Any) -> str:
        typed = value or ""
        if len(typed) > LONGEST:
            raise forms.ValidationError(self._too_long(len(typed)))
        if isinstance(typed, MarkedUp) and is_too_deep(typed):
            raise forms.ValidationError(
                "This text is nested too deeply to be kept as it is. Please paste it once more as plain text "
                "(Ctrl+Shift+V, on a Mac ⌘+Shift+V)."
            )
        html = words_as_html(typed)
        length = len(plain(html))
        if length > self.longest:
            raise forms.ValidationError(self._too_long(length))
        if self.required and not length:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return html if length else ""

    def _too_long(self, length: int) -> str:
        return (
            f"This text has {length:,} characters, and a position holds {self.longest:,}. Nothing of it is lost: it "
            "stands below as you gave it. Shorten it here."
        )
