"""Path converters: parts of an address that fit one pattern, so that nothing else reaches a view or the database."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter

from ..ids import LENGTH


def matching(regex: str, base: type[StringConverter | IntConverter] = StringConverter) -> type:
    """A converter like Django's own `base` for one pattern."""
    return type("MatchingConverter", (base,), {"regex": regex})


def digits(count: int) -> type[IntConverter]:
    """A number that is always written with this many digits."""
    return type(
        "DigitsConverter",
        (IntConverter,),
        {"regex": f"[0-9]{{{count}}}", "to_url": lambda self, value: f"{int(value):0{count}d}"},
    )


# What core.ids makes.
register_converter(matching(f"[A-Za-z0-9_-]{{{LENGTH}}}"), "publicid")
