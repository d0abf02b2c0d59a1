"""Selects and single boxes, written as Django's templates write them, but without a template for each option.

A list of fifty states would take a hundred templates. `core.forms.SiteRenderer` asks here first.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape

ShownWidget = Mapping[str, Any]


def _attributes(widget: ShownWidget) -> str:
    return "".join(_attribute(name, value) for name, value in widget["attrs"].items() if value is not False)


def _attribute(name: str, value: Any) -> str:
    return f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(value)}"')


def _select(widget: ShownWidget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[ShownWidget]) -> str:
    inside = "".join(f"\n  {_option(option)}\n" for option in options)
    return f'\n  <optgroup label="{conditional_escape(name)}">{inside}\n  </optgroup>' if name else inside


def _option(widget: ShownWidget) -> str:
    value, label = conditional_escape(widget["value"]), conditional_escape(widget["label"])
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>'


def _box(widget: ShownWidget) -> str:
    kind, name, value = (conditional_escape(widget[key]) for key in ("type", "name", "value"))
    box = f'<input type="{kind}" name="{name}" value="{value}"{_attributes(widget)}>'
    if not widget.get("wrap_label"):
        return box
    target = widget["attrs"].get("id")
    opened = f'<label for="{conditional_escape(target)}">' if target else "<label>"
    return f"{opened}{box}\n {conditional_escape(widget['label'])}</label>"


WRITTEN: dict[str, Callable[[ShownWidget], str]] = {
    f"django/forms/widgets/{name}.html": write
    for name, write in (("select", _select), ("checkbox_option", _box), ("radio_option", _box))
}
