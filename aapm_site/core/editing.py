"""Rich text in the admin under the strict policy: the editor's import map carries the form's nonce."""

from typing import Any

import js_asset
from django.http import HttpRequest, HttpResponse


class RichTextAdmin:
    """A mixin before ModelAdmin for models with a RichTextField.

    The editor is made of modules that an inline import map names; the policy lets it pass by a nonce that is made for
    this response only, and asked for on these forms alone.
    """

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        nonce = str(request.csp_nonce)
        context["media"] = js_asset.Media.from_media(context["media"]).with_nonce(nonce)
        return super().render_change_form(request, context, *args, **kwargs)
