"""What looks like a private number or a home in a free text is asked about once, before it is kept or sent."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.utils.crypto import salted_hmac

from ..private_numbers import PrivateNumber, found_in


class AskedAboutNumbers:
    """For a form with the free texts `asked`; the button that keeps them all the same sends `mark` as “keep”.

    `doubts` are those that the person has not said to keep; `known` is what the texts held before, which is no news.
    """

    asked: ClassVar[tuple[str, ...]] = ()
    known: Mapping[str, str] = {}
    fields: Any
    cleaned_data: Any
    data: Any

    @property
    def found(self) -> list[tuple[str, PrivateNumber]]:
        """What looks like a private number or address, with the label of its field."""
        return [(str(self.fields[name].label), one) for name in self.asked for one in self._new_in(name)]

    def _new_in(self, name: str) -> Iterator[PrivateNumber]:
        known = {one.written for one in found_in(self.known.get(name, ""))}
        return (one for one in found_in(self.cleaned_data.get(name, "")) if one.written not in known)

    @property
    def mark(self) -> str:
        """Stands for exactly what was found, so that a number that is added later is asked about too."""
        said = "\0".join(f"{label}\0{one.written}" for label, one in self.found)
        return salted_hmac("careers.profile.keep", said).hexdigest() if said else ""

    @property
    def doubts(self) -> list[tuple[str, PrivateNumber]]:
        """What was found and the person has not said to keep."""
        return self.found if self.data.get("keep") != self.mark else []
