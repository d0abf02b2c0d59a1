"""What differs between two texts, and that nothing of their markup gets out."""

import time

from aapm_site.core import html_diff
from aapm_site.core.html_diff import (
    ADDED,
    CHANGED,
    LEFT_OUT,
    REMOVED,
    SAME,
    changes_only,
    line_difference,
    text_difference,
)


def states(blocks):
    return [(block.kind, block.state) for block in blocks]


def test_a_changed_word_is_marked_and_said():
    [block] = text_difference("<p>Pain is <b>rare</b>.</p>", "<p>Pain is common.</p>")

    assert block.state == CHANGED
    assert block.html == (
        'Pain is <del><span class="vh">removed: </span>rare</del><ins><span class="vh">added: </span>common</ins>.'
    )


def test_blocks_come_and_go_where_they_stood():
    old = "<h2>Why</h2><p>One thing that we say.</p><ul><li><p>An entry</p></li></ul>"
    new = "<h2>Why</h2><p>Something else entirely here</p><p>One thing that we say.</p>"

    assert states(text_difference(old, new)) == [
        ("h2", SAME),
        ("p", ADDED),
        ("p", SAME),
        ("li", REMOVED),
    ]


def test_equal_texts_have_no_change():
    text = "<h2>A</h2><table><tbody><tr><td>1</td><th>2</th></tr></tbody></table><pre>x</pre>"

    assert {block.state for block in text_difference(text, text)} == {SAME}
    assert text_difference("", "") == []


def test_what_a_text_holds_never_becomes_markup():
    hostile = "<p>&lt;script&gt;x()&lt;/script&gt; \" ' & ‮</p>"

    blocks = text_difference("<p>Safe words</p>", hostile) + text_difference(hostile, "<p>Safe</p>")
    assert all("<script" not in block.html for block in blocks)
    assert "&lt;script&gt;" in blocks[-1].html + blocks[0].html + blocks[1].html
    assert "<img" not in line_difference('<img src=x onerror="x()">', "<b>")


def test_a_picture_and_a_link_say_what_they_are():
    old = '<p><a href="/old/">Read</a> <img src="/a.webp" alt="A nerve"></p>'
    new = '<p><a href="/new/">Read</a> <img src="/a.webp" alt=""></p>'

    staff = text_difference(old, new, addresses=True)[0].html
    assert "old" in staff
    assert "[Picture: " in staff
    assert "decorative" in staff
    assert "/new/" not in text_difference(old, new)[0].html


def test_what_stayed_is_left_out_around_the_changes():
    paragraphs = [f"<p>Paragraph number {number} stays.</p>" for number in range(10)]
    changed = [*paragraphs[:5], "<p>Quite another text stands now</p>", *paragraphs[6:]]

    shown = changes_only(text_difference("".join(paragraphs), "".join(changed)))

    assert [(block.state, block.count) for block in shown if block.state == LEFT_OUT] == [(LEFT_OUT, 4), (LEFT_OUT, 3)]


def test_huge_texts_are_compared_in_a_moment():
    begun = time.monotonic()
    first = "<p>" + " ".join(f"word{number}" for number in range(40_000)) + "</p>"
    second = "<p>" + " ".join(f"word{number}" for number in range(40_000, 0, -1)) + "</p>"
    text_difference(first, second)
    many = "".join(f"<p>a {number}</p>" for number in range(20_000))
    other = "".join(f"<p>b {number}</p>" for number in range(20_000))
    blocks = text_difference(many, other)

    assert time.monotonic() - begun < 20
    assert len(blocks) <= 2 * 20_000 // 20
    assert len(html_diff.pieces(many)) == 20_000
