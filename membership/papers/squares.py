"""A QR code as squares: where they stand, for a page and for a paper."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from aapm_site.core.first_use import on_first_use

if TYPE_CHECKING:
    import qrcode
else:
    qrcode = on_first_use("qrcode")

QUIET = 4  # squares of empty paper around the code, without which readers do not find it

Run = tuple[int, int, int]


@lru_cache(maxsize=256)
def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code for a text, without the empty paper around it."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    code.make()
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def runs(text: str) -> Iterator[Run]:
    """Its dark squares as (column, row, length), those that touch in a row together."""
    for row, dark in enumerate(squares(text)):
        column = 0
        for is_dark, same in groupby(dark):
            length = len(list(same))
            if is_dark:
                yield column, row, length
            column += length
