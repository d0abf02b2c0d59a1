"""Rich text is safe whoever wrote it and however it was written."""

import pytest
from django.core.exceptions import ValidationError

from aapm_site.core.richtext import RichTextField, clean, is_too_deep, plain


@pytest.mark.parametrize(
    ("dirty", "safe"),
    [
        ("<p>Hello</p><script>alert(1)</script>", "<p>Hello</p>"),
        ('<p onclick="x()" style="color:red">Hi</p>', "<p>Hi</p>"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener">x</a>'),
        ('<a href="/ask/">Ask</a>', '<a href="/ask/" rel="noopener">Ask</a>'),
        ('<a href="//a.example/b">x</a>', '<a href="https://a.example/b" rel="noopener">x</a>'),
        ('<img src="/media/x.jpg" onerror="alert(1)" alt="A">', '<img src="/media/x.jpg" alt="A">'),
        (
            '<img src="/static/x.png" alt="" role="presentation">',
            '<img src="/static/x.png" alt="" role="presentation">',
        ),
        ('<img src="/media/x.jpg" alt="A" role="button">', '<img src="/media/x.jpg" alt="A">'),
        ('<a class="download btn" href="/a">A</a>', '<a class="download" href="/a" rel="noopener">A</a>'),
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


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "/\\evil.example/x.png",
        "\\\\evil.example/x.png",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "x.png",
        "/accounts/logout/",
        "/media/../accounts/logout/",
        "",
    ],
)
def test_pictures_from_elsewhere_are_dropped_with_their_empty_figure(source):
    assert clean(f'<p>Before</p><figure><img alt=" src=" src="{source}"></figure><p>After</p>') == (
        "<p>Before</p><p>After</p>"
    )


def test_cleaning_twice_changes_nothing():
    once = clean('<p>One &amp; <b>two</b> <a href="https://x.example/?a=1&b=2">x</a></p>')
    assert clean(once) == once


def test_plain_text_is_cut_at_a_word():
    html = "<p>Pain can be <em>treated</em>.</p><p>Ask early &amp; often.</p>"

    assert plain(html) == "Pain can be treated. Ask early & often."
    assert plain(html, 20) == "Pain can be…"


@pytest.mark.parametrize(
    "nested",
    [
        "<div>" * 80_000 + "word",
        "<DIV\n>" * 80_000 + "word" + "</div>" * 80_000,
        "<b></i>" * 40_000 + "word",
        "<ul><li>" * 40_000 + "word",
        "<blockquote><p>" * 20_000 + "word",
    ],
)
def test_what_is_nested_beyond_measure_keeps_its_words_alone(nested):
    assert " ".join(clean(nested).split()) == "word"
    with pytest.raises(ValidationError, match="stand one inside of another|at most 400,000"):
        RichTextField().clean(nested, None)
    with pytest.raises(ValidationError, match="stand one inside of another"):
        RichTextField().clean(nested[:100_000], None)


@pytest.mark.parametrize(
    "html",
    ["<p>One" * 500, "<ul>" + "<li>One" * 500 + "</ul>", "<blockquote>" * 100 + "One" + "</blockquote>" * 100],
)
def test_a_long_text_is_not_a_deep_one(html):
    assert not is_too_deep(html)
    assert clean(html).count("One") == html.count("One")


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<p>One <em>two</em>, three<br>four.</p>", "One two, three four."),
        ("a &lt; b and 5 < 6", "a < b and 5 < 6"),
        ("5 < 6 <b>but</b> > 4", "5 but > 4"),
        ("<p", "<p"),
        ("<p>( <em>a</em> )</p> <p>b</p> !", "( a) b!"),
    ],
)
def test_plain_text_is_what_stands_between_tags(html, words):
    assert plain(html) == words
