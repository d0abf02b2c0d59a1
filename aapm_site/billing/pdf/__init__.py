"""Papers as PDF: an invoice, a receipt or a credit note from plain values, without a model or a setting of prices."""

from .document import Note, PdfDocument, PrintedLine, Sum
from .layout import render
from .letters import unprintable

__all__ = ["PdfDocument", "Note", "PrintedLine", "Sum", "render", "unprintable"]
