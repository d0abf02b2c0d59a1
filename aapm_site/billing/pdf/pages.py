"""Blocks that flow over pages: each knows its height and draws itself at the place that it is given."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PdfBlock:
    """A part of a page that is not divided."""

    height: float
    draw: Callable[[float], None]
    gap: float = 0  # room above, unless the block opens a page
    keep: bool = False  # stays on the page of the next block, as far as a page can hold both
    head: "PdfBlock" = None  # drawn above it again when it opens a page

    @property
    def room(self) -> float:
        return self.gap + self.height


Placed = tuple[PdfBlock, float]


def paginate(blocks: Iterable[PdfBlock], *, top: float, bottom: float, running: PdfBlock) -> list[list[Placed]]:
    """The blocks of each page with their places. Every page but the first begins with the running block."""
    pages: list[list[Placed]] = [[]]
    y = top
    for run in _runs(blocks):
        needed = sum(block.room for block in run)
        together = needed <= bottom - top - running.height
        for number, block in enumerate(run):
            if pages[-1] and y + (needed if together and number == 0 else block.room) > bottom:
                pages.append([(running, top)])
                y = top + running.height
                if block.head:
                    pages[-1].append((block.head, y))
                    y += block.head.height
            elif pages[-1]:
                y += block.gap
            pages[-1].append((block, y))
            y += block.height
    return pages


def _runs(blocks: Iterable[PdfBlock]) -> Iterator[list[PdfBlock]]:
    """Blocks that stay together, each list ending with one that need not stay with the next."""
    run: list[PdfBlock] = []
    for block in blocks:
        run.append(block)
        if not block.keep:
            yield run
            run = []
    if run:
        yield run
