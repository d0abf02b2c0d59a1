"""Rich text in the admin under the strict policy: the editor's import map carries the form's nonce, and its dialogs
know what this person may choose from.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import js_asset
from django.contrib import admin
from django.db.models import Field
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..positions import positions
from ..registry import Registry
from ..richtext import RichTextField, clean
from .readable import ReadableFields


@dataclass(frozen=True)
class EditorTool:
    """An address that the rich text editor's dialogs ask, for those who hold the permission; static/js/prose/ knows
    the names."""

    name: str
    url_name: str
    permission: str
    order: int = 100


editor_tools: Registry[EditorTool] = Registry()


def nonce_of(request: Any) -> str:
    """What the policy of this response lets inline modules pass by; asking for it is what adds it to the policy."""
    return str(request.csp_nonce)


def read_text(name: str, label: str) -> Callable[[Any], SafeString | str]:
    """A field of a form that can only be read: the text as its readers see it, without its marks."""

    @admin.display(description=label)
    def text(row: Any) -> SafeString | str:
        html = mark_safe(clean(getattr(row, name)))  # noqa: S308 - cleaned, as whenever it is stored
        return format_html('<div class="text-read">{}</div>', html) if html else "-"

    text.__name__ = name  # by which forms know their labels
    return text


class RichTextAdmin(ReadableFields):
    """A mixin before ModelAdmin for models with a RichTextField.

    The editor is made of modules that an inline import map names; the policy lets it pass by a nonce that is made for
    this response only, and asked for on these forms alone. `has_positions` says that the texts may hold live blocks,
    `has_pictures` that they may hold pictures.
    """

    has_positions = False
    has_pictures = True
    keeps_words = True

    def readers_of_fields(self) -> Mapping[str, Callable[[Any], Any]]:
        texts = (field for field in self.opts.concrete_fields if isinstance(field, RichTextField))
        return {**{text.name: read_text(text.name, str(text.verbose_name)) for text in texts}, **self.read_as}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        nonce = nonce_of(request)
        context["media"] = js_asset.Media.from_media(context["media"]).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """A rich text's widget names the editor's tools."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, RichTextField) and field is not None:
            tools = tools_for(request.user, with_positions=self.has_positions, with_pictures=self.has_pictures)
            field.widget.attrs["data-editor-tools"] = json.dumps(tools, separators=(",", ":"))
        return field


def tools_for(user: Any, *, with_positions: bool, with_pictures: bool = True) -> dict[str, Any]:
    """The addresses that the editor's dialogs may ask for this person, and the live blocks with their arguments."""
    tools: dict[str, Any] = {
        tool.name: reverse(tool.url_name)
        for tool in editor_tools
        if user.has_perm(tool.permission) and (with_pictures or not tool.name.startswith("picture"))
    }
    if with_positions:
        tools["positions"] = [
            {
                "name": block.name,
                "label": block.label,
                "arguments": [
                    {"name": name, "kind": "int" if reads is int else "text"} for name, reads in block.arguments.items()
                ],
            }
            for block in positions
            if block.is_offered
        ]
    return tools
