"""Where an app says what it keeps of a person, so that export and erasure reach all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .registry import Registry


@dataclass(frozen=True)
class PersonalData:
    """What an export of a person's data and an erasure must visit; `models` are the labels it answers for.

    `lost` says, a sentence each, what of worth goes with the account, before it is erased.
    """

    name: str
    models: tuple[str, ...]
    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], None]
    order: int = 100
    lost: Callable[[Any], list[str]] = lambda user: []


personal_data: Registry[PersonalData] = Registry()
