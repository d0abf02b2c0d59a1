"""A part of a page that is the same for every reader, made once for all of them.

    {% same_for_all items=items %}{% include "components/menu.html" with items=items only %}{% endsame_for_all %}

Inside it there is nothing but the values that are named: no request, no reader, so nothing of a person can be kept.
They are plain and cannot be changed, as arguments of remembered reads are (core/cache/remembered.py); a list stands for
what is in it now. Whatever they say goes into the key, so a changed text is never shown as it was.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

from aapm_site.core.cache.remembered import recall

register = template.Library()


class SameForAllNode(template.Node):
    """Renders its content without the page's context, or takes what was made of the same values before."""

    def __init__(self, nodelist: NodeList, named: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.named = named

    def render(self, context: template.Context) -> str:
        values = {name: expression.resolve(context) for name, expression in self.named.items()}
        return recall(self, _key(tuple(values.values())), lambda: self.nodelist.render(context.new(values)))


def _key(value: Any) -> Any:
    """A value that tells markup from the same signs as text, and cannot be changed."""
    if isinstance(value, list | tuple):
        return tuple(map(_key, value))
    return (SafeString.__name__, value) if isinstance(value, SafeString) else value


@register.tag
def same_for_all(parser: Parser, token: Token) -> SameForAllNode:
    _, *words = token.split_contents()
    named = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("same_for_all takes values by name only, as in items=items.")
    nodelist = parser.parse(("endsame_for_all",))
    parser.delete_first_token()
    return SameForAllNode(nodelist, named)
