"""Large libraries that few processes ever need, imported when something of theirs is first used.

    if TYPE_CHECKING:
        import stripe
    else:
        stripe = on_first_use("stripe")

A web worker that has printed no paper, taken no card and made no picture does without their memory.
"""

from importlib import import_module
from typing import Any


class _OnFirstUse:
    """Stands for a module: whatever is asked of it is asked of the module."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def on_first_use(name: str) -> Any:
    return _OnFirstUse(name)
