"""The decision on access as the gate that a reader meets."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..access import AccessDecision


def gate(decision: AccessDecision, *, heading: str, note: str) -> SafeString:
    """Why a text is closed to this reader, and what to do next; `note` is what is said besides to everybody."""
    context = {"heading": heading, "text": f"{decision.reason} {note}", "rule": decision.rule}
    if step := decision.next_step:
        context |= {"url": step.url, "label": step.label}
    if other := decision.other:
        context |= {"other_url": other.url, "other_label": other.label}
    return render_to_string("components/gate.html", context)
