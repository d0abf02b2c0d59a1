"""Rich text is safe whoever wrote it and however it was written."""

import pytest

from aapm_site.core.richtext import clean, plain


@pytest.mark.parametrize(
    ("dirty", "safe"),
    [
        ("<p>Hello</p><script>alert(1)</script>", "<p>Hello</p>"),
        ('<p onclick="x()" style="color:red">Hi</p>', "<p>Hi</p>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="/ask/">Ask</a>', '<a href="/ask/" rel="noopener">Ask</a>'),
        ('<img src="x" onerror="alert(1)" alt="A">', '<img src="x" alt="A">'),
        ("<iframe src=//evil></iframe><p>ok</p>", "<p>ok</p>"),
        ("<svg><script>alert(1)</script></svg>", ""),
        ('<aside class="callout evil">Note</aside>', '<aside class="callout">Note</aside>'),
        ("a\x00b\u202ec", "abc"),
        ("<h1>Title</h1>", "Title"),
        ("<!-- hidden --><p>x</p>", "<p>x</p>"),
    ],
)
def test_only_what_a_page_may_hold_is_kept(dirty, safe):
    assert clean(dirty) == safe


def test_cleaning_twice_changes_nothing():
    once = clean('<p>One &amp; <b>two</b> <a href="https://x.example/?a=1&b=2">x</a></p>')
    assert clean(once) == once


def test_plain_text_is_cut_at_a_word():
    html = "<p>Pain can be <em>treated</em>.</p><p>Ask early &amp; often.</p>"

    assert plain(html) == "Pain can be treated. Ask early & often."
    assert plain(html, 20) == "Pain can be…"
