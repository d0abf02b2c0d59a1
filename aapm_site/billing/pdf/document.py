"""What is printed: plain values, already decided and formatted by whoever asks for the paper."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class PrintedLine:
    """One row of the table. The tax rate is in percent (8.250), the total is before discount and tax."""

    title: str
    quantity: int
    unit_price: Decimal
    discount: Decimal
    tax_rate: Decimal
    total: Decimal
    note: str = ""


@dataclass(frozen=True)
class Sum:
    """One row below the table."""

    label: str
    amount: Decimal
    strong: bool = False


@dataclass(frozen=True)
class Note:
    """A block of text below the sums, such as how to pay."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PdfDocument:
    """An invoice, a receipt or a credit note. The first line of seller and bill_to is the name; mark is a quiet word
    beside the heading, such as PAID."""

    heading: str
    number: str
    facts: tuple[tuple[str, str], ...]
    seller: tuple[str, ...]
    bill_to: tuple[str, ...]
    lines: tuple[PrintedLine, ...]
    sums: tuple[Sum, ...]
    currency: str
    notes: tuple[Note, ...] = ()
    mark: str = ""
