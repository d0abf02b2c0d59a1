"""A refusal as the gate that a reader meets."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .access import AccessWords


def gate(words: AccessWords, *, heading: str, note: str) -> SafeString:
    """Why a text is closed to this reader, and what to do next; `note` is what is said besides to everybody."""
    context = {"heading": heading, "text": f"{words.reason} {note}", "rule": words.rule}
    if step := words.next_step:
        context |= {"url": step.url, "label": step.label}
    if other := words.other:
        context |= {"other_url": other.url, "other_label": other.label}
    return render_to_string("components/gate.html", context)
