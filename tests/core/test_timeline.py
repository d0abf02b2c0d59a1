"""The line and the history that orders, jobs and applications share."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from aapm_site.core.ui.timeline import HistoryRow, Milestone, Timeline, row_of_change

from .test_ui import render


def squeezed(source: str, **context) -> str:
    return " ".join(render(source, **context).split()).replace("> <", "><")


def test_a_line_marks_what_is_done_and_where_it_is_now():
    timeline = Timeline(
        "How far <this> is",
        (
            Milestone("Ordered", on=datetime(2026, 5, 3, 2, tzinfo=UTC), is_done=True),
            Milestone("Waiting", "due on", date(2026, 6, 1), is_now=True),
            Milestone("Ready", "for <you>"),
        ),
    )

    html = squeezed("{% include 'components/timeline.html' with timeline=timeline only %}", timeline=timeline)

    # The first moment is still the evening before in the association's zone.
    assert html == (
        '<ol class="line line--tall" aria-label="How far &lt;this&gt; is">'
        '<li class="done"><b>Ordered</b><time datetime="2026-05-02">May 2, 2026</time></li>'
        '<li aria-current="step"><b>Waiting</b>due on <time datetime="2026-06-01">June 1, 2026</time></li>'
        "<li><b>Ready</b>for &lt;you&gt; </li></ol>"
    )


def test_a_history_has_the_marks_of_its_states_and_prints_reasons_as_text():
    change = SimpleNamespace(
        to_status="returned", label="Red light", at=datetime(2026, 5, 3, 12, tzinfo=UTC), reason="A <scan> is enough."
    )
    rows = [row_of_change(change, by="AAPM staff"), HistoryRow("Sent", date(2026, 5, 1))]

    html = squeezed("{% include 'components/history.html' with rows=rows only %}", rows=rows)

    assert html == (
        '<ol class="history"><li><span><span class="status status--back">Red light</span>'
        '<span class="small muted"><time datetime="2026-05-03">May 3, 2026</time>, AAPM staff</span></span>'
        '<span class="small">A &lt;scan&gt; is enough.</span></li>'
        '<li><span><b>Sent</b><span class="small muted"><time datetime="2026-05-01">May 1, 2026</time></span></span>'
        "</li></ol>"
    )
