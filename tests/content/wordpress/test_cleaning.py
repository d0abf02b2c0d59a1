"""Texts, from what WordPress stored to what our editor would have written."""

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aapm_site.core import richtext
from content.wordpress import links, typography
from content.wordpress.cleaning import convert


class Around:
    """An old site with one picture, one page and one document."""

    def link(self, address):
        known = {"/old/": "/new/", "https://other.example/": "https://other.example/"}
        return address if address.startswith("#") else known.get(address)

    def picture(self, address, alt, number):
        return f'<img src="/media/kept.webp" alt="{alt}">' if "kept" in address or number == "7" else ""

    def player(self, address, title):
        return links.player(address, title)


def gallery(numbers):
    return "".join(f'<figure><img class="wp-image-{number}" src="" alt=""></figure>' for number in numbers)


def clean(text):
    return convert(text, Around(), gallery)


def body(text):
    return clean(text).body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One\ntwo", "<p>One<br>two</p>"),
        ("One\r\n\r\n\r\n\r\nTwo", "<p>One</p><p>Two</p>"),
        ("One<br /><br/>Two<br>three<br>", "<p>One</p><p>Two<br>three</p>"),
        ("<div>One</div><div><span>Two</span></div>", "<p>One</p><p>Two</p>"),
        ("Before<ul>\n<li>a</li>\n\n<li>b</li></ul>after", "<p>Before</p><ul><li>a</li><li>b</li></ul><p>after</p>"),
        ("<p>&nbsp;</p><p></p><p>x</p>\n&nbsp;\n", "<p>x</p>"),
        ("<b>One\n\nTwo</b>", "<p><strong>One</strong></p><p><strong>Two</strong></p>"),
        ("<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p><p>Two</p></blockquote>"),
        ("<pre>a\n\n  b &lt; c</pre>", "<pre>a\n\n  b &lt; c</pre>"),
        ("One\n<hr />\nTwo", "<p>One</p><hr><p>Two</p>"),
        ("<ul><ul><li>deep</li></ul></ul>", "<ul><li><ul><li>deep</li></ul></li></ul>"),
        ("<ul><li><div>a</div><div>b</div><p>c</p></li></ul>", "<ul><li>a<br>b<p>c</p></li></ul>"),
        ("a <em> b </em>c", "<p>a <em>b</em> c</p>"),
    ],
)
def test_paragraphs_are_made_as_wordpress_made_them(text, expected):
    assert body(text) == expected


def test_blocks_lose_their_comments_and_keep_their_lines():
    text = (
        '<!-- wp:paragraph {"align":"center"} -->\n<p class="has-text-align-center">One\nline</p>\n'
        "<!-- /wp:paragraph -->\n\n<!-- wp:heading -->\n<h2>Two</h2>\n<!-- /wp:heading -->\n"
        '<!-- wp:latest-posts {"postsToShow":4} /-->\n<!-- wp:acme/map {"a":1} /-->\n<!--more-->'
    )

    found = clean(text)

    assert found.body == "<p>One line</p><h2>Two</h2><p>{loadposition news-feed limit=4}</p>"
    assert dict(found.unknown) == {"block acme/map": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
        ("<h3>a</h3><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<h2><strong>a</strong></h2>", "<h2>a</h2>"),
        ("<h1></h1><h2>b</h2>", "<h2>b</h2>"),
        ("<h1>a</h1><h3>b</h3><h2>c</h2><h1>d</h1>", "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>"),
        ("<h4>a</h4><h2>b</h2>", "<h2>a</h2><h2>b</h2>"),
        ("<table><tr><td><h3>a</h3></td></tr></table>", "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"),
    ],
)
def test_the_title_is_the_only_h1_and_headings_leave_no_step_out_at_the_top(text, expected):
    assert body(text) == expected


def test_styles_classes_fonts_and_alignment_go():
    text = (
        '<p style="text-align:center;color:red" class="x" align="right"><font face="Comic Sans">a</font> '
        '<span style="font-size:40px">b</span> <u>c</u></p><center>d</center>'
    )

    assert body(text) == "<p>a b c</p><p>d</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>x",
        "<img src=x onerror=alert(1)>x",
        '<a href="javascript:alert(1)">x</a>',
        "<svg onload=alert(1)></svg>x",
        "<scr<script>ipt>alert(1)</script>x",
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<iframe src="javascript:alert(1)"></iframe>x',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>x',
        "[caption]<img src=x onerror=alert(1)>x[/caption]x",
        '[button url="javascript:alert(1)"]x[/button]',
        "<style>@import 'x'</style>x",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'></math>x",
    ],
)
def test_nothing_runs(text):
    found = body(text)

    assert "x" in found
    assert not re.search(r"<script|javascript:|\bon\w+=|<svg|<iframe|srcdoc|<style", found)
    assert richtext.clean(found) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," she said.', "“Yes,” she said."),
        ("It's the clinician's", "It’s the clinician’s"),
        ("in the '90s", "in the ’90s"),
        ("one -- two --- three ...", "one – two — three …"),
        ("AT&amp;T &lt;3", "AT&amp;T &lt;3"),
        ("don&#8217;t &amp;#8217; &amp;nbsp;x", "don’t ’ x"),
        ("itâ€™s", "it’s"),
        ("a\u00a0b 10\u00a0mg\u200b", "a b 10&nbsp;mg"),
        ('<em>"a"</em> b', "<em>“a”</em> b"),
        ('("quoted")', "(“quoted”)"),
    ],
)
def test_entities_quotes_and_dashes_are_right(text, expected):
    assert body(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="/old/" target="_blank">a</a>', '<p><a href="/new/" rel="noopener">a</a></p>'),
        ('<a href="/gone/">a</a> b', "<p>a b</p>"),
        ('<a href="/old/"></a>b', "<p>b</p>"),
        (
            '<a href="/old/"><h3>a</h3></a>',
            '<h2><a href="/new/" rel="noopener">a</a></h2>',
        ),
        ('<p id="x">a</p><a href="#x">b</a>', '<p id="x">a</p><p><a href="#x" rel="noopener">b</a></p>'),
        ('<a name="x"></a><h2>a</h2><p id="unused">b <a href="#x">c</a></p>',
         '<h2 id="x">a</h2><p>b <a href="#x" rel="noopener">c</a></p>'),
    ],
)  # fmt: skip
def test_links_lead_to_the_new_addresses_or_leave_their_words(text, expected):
    assert body(text) == expected


PICTURE = '<img src="/media/kept.webp" alt="A clinic">'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[caption id="a7" align="alignnone" width="3"]<img src="kept.jpg" alt="A clinic" /> In town[/caption]',
            f"<figure>{PICTURE}<figcaption>In town</figcaption></figure>",
        ),
        ('[caption caption="In town"]<img src="kept.jpg" alt="A clinic">[/caption]',
         f"<figure>{PICTURE}<figcaption>In town</figcaption></figure>"),
        ('<p>a <img src="kept.jpg" alt="A clinic"> b</p>', f"<p>a</p><figure>{PICTURE}</figure><p>b</p>"),
        ('<figure class="wp-block-image"><img src="kept.jpg" alt="A clinic"><figcaption>In town</figcaption></figure>',
         f"<figure>{PICTURE}<figcaption>In town</figcaption></figure>"),
        ('a [caption]<img src="gone.jpg" alt="Gone"> Gone too[/caption] b', "<p>a</p><p>Gone too</p><p>b</p>"),
        ('<p>a <img src="gone.jpg"> b</p>', "<p>a b</p>"),
        ('<p><a href="/old/"><img src="gone.jpg"></a></p><p>b</p>', "<p>b</p>"),
        ('<ul><li><img src="kept.jpg" alt="A clinic"> a</li></ul>', f"<ul><li>{PICTURE} a</li></ul>"),
        ('[gallery ids="7,8"]', '<figure><img src="/media/kept.webp" alt=""></figure>'),
        ('<img src="kept.jpg" alt="{loadposition x}&quot;><b>">', '<figure><img src="/media/kept.webp" alt="'),
    ],
)  # fmt: skip
def test_pictures_stand_as_figures_and_missing_ones_leave_no_trace(text, expected):
    assert body(text).startswith(expected)
    assert body(text).count("<figure>") == expected.count("<figure>")


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ('<iframe src="https://www.youtube.com/embed/abcdefghij1?rel=0" title="A talk"></iframe>',
         "https://www.youtube.com/watch?v=abcdefghij1", "Watch “A talk” on YouTube"),
        ("\nhttps://youtu.be/abcdefghij1\n",
         "https://www.youtube.com/watch?v=abcdefghij1", "Watch the film on YouTube"),
        ("[embed]https://vimeo.com/12345678[/embed]", "https://vimeo.com/12345678", "Watch the film on Vimeo"),
        ('<iframe src="//maps.example/x"></iframe>', "https://maps.example/x", "maps.example/x"),
        ('<figure class="wp-block-embed"><div>\nhttps://news.example/a\n</div></figure>',
         "https://news.example/a", "news.example/a"),
    ],
)  # fmt: skip
def test_windows_on_other_sites_become_links(text, address, words):
    found = body(text)

    assert found == f'<p><a href="{address}" rel="noopener">{words}</a></p>'


@pytest.mark.parametrize(
    ("text", "expected", "unknown"),
    [
        ("a {loadposition career-feed limit=4} b", "<p>a</p><p>{loadposition career-feed limit=4}</p><p>b</p>", []),
        ("a {loadposition old-banner} b", "<p>a b</p>", ["{loadposition old-banner}"]),
        ("{loadposition career-feed limit=x color=red}", "<p>{loadposition career-feed}</p>",
         ["{loadposition career-feed color=…}", "{loadposition career-feed limit=…}"]),
        ("{loadmodule mod_x} a", "<p>a</p>", ["{loadmodule mod_x}"]),
        ('[contact-form-7 id="12" title="Contact"]', "<p>{loadposition ask-form}</p>", []),
        ("[recent_posts count=5]", "<p>{loadposition news-feed limit=5}</p>", []),
        ("a [acme_slider id=3] b", "<p>a b</p>", ["[acme_slider]"]),
        ("[acme_box]kept[/acme_box]", "<p>kept</p>", ["[acme_box]"]),
        ("[vc_row][vc_column]kept[/vc_column][/vc_row]", "<p>kept</p>", []),
        ("as he said [sic] in [1] and [Smith 2018]", "<p>as he said [sic] in [1] and [Smith 2018]</p>", []),
        ("write [[gallery]]", "<p>write [gallery]</p>", []),
        ('[button url="https://other.example/"]Go[/button]',
         '<p><a href="https://other.example/" rel="noopener">Go</a></p>', []),
        ("[a_b][c_d]x[/a_b][/c_d]", "<p>x</p>", ["[a_b]", "[c_d]"]),
    ],
)  # fmt: skip
def test_shortcodes_and_positions(text, expected, unknown):
    found = clean(text)

    assert found.body == expected
    assert sorted(found.unknown) == unknown


def test_boxes_in_a_cell_stay_apart():
    text = "<table><tr><td><div>One</div><div>Two</div></td></tr></table>"

    assert body(text) == "<table><tbody><tr><td>One<br>Two</td></tr></tbody></table>"


def test_tables_keep_their_cells_and_lose_their_looks():
    text = (
        '<table style="width:100%" border="1"><thead><tr><th scope="col" width="9">A</th><th>B</th></tr></thead>'
        '<tbody><tr><td colspan="2" align="right">c</td></tr><tr><td></td><td></td></tr></tbody></table>'
    )

    assert body(text) == (
        '<table><thead><tr><th scope="col">A</th><th>B</th></tr></thead><tbody><tr><td colspan="2">c</td></tr>'
        "</tbody></table>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[a]" * 50_000,
        "[a]" * 20_000 + "[/a]" * 20_000,
        "<div>" * 20_000 + "x",
        "<blockquote>" * 5_000 + "x",
        "<b>" * 20_000 + "x",
        "<ul><li>" * 3_000 + "x",
        '"' * 100_000,
        "<!-- wp:" * 20_000,
        "{loadposition " * 20_000,
        "[caption " * 20_000,
        "&amp;" * 50_000,
        "<" * 100_000,
        "\n" * 200_000 + "x",
    ],
    ids=lambda text: text[:10],
)
def test_hostile_texts_are_clean_in_bearable_time(text):
    begin = time.process_time()
    clean(text)
    assert time.process_time() - begin < 8


def test_null_bytes_and_marks_of_direction_go():
    assert body("a\x00b \u202ec\u2066") == "<p>ab c</p>"


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "span",
    "em",
    "table",
    "tr",
    "td",
    "br",
    "hr",
]
WORDS = st.text(st.sampled_from("abcxyz 09.,'\"-–“”’\n\u00a0äß&<>#;{}()"), max_size=12)


@st.composite
def markup(draw, depth=0):
    """Elements in elements, words among them."""
    if depth == 3 or draw(st.integers(0, 2)) == 0:
        return draw(WORDS).replace("<", "&lt;")
    tag = draw(st.sampled_from(TAGS))
    return f"<{tag}>{''.join(draw(markup(depth + 1)) for _ in range(draw(st.integers(0, 3))))}</{tag}>"


@settings(max_examples=150)
@given(st.lists(markup(), max_size=4).map("".join))
def test_cleaning_twice_is_cleaning_once(text):
    # Signs that meet only when the markup between them goes are not drawn together the first time.
    assume(not re.search(r"[-.](<[^>]*>)+[-.]", text))
    once = body(text)

    assert body(once) == once


@settings(max_examples=150)
@given(st.lists(markup(), max_size=4).map("".join))
def test_no_letter_is_lost(text):
    def letters(html):
        """Sorted: what stands in a table beside its cells is put before it, as browsers do (HTML, foster parenting)."""
        return sorted(re.sub(r"[^a-z0-9äß]", "", richtext.plain(html)))

    assert letters(body(text)) == letters(re.sub(r"</?(?:br|hr)>", " ", text))


@settings(max_examples=150)
@given(st.text(st.sampled_from("<>/=\"'scriptimgonerrorhref javascript:[]{}!-&;#x0\n"), max_size=80))
def test_nothing_of_any_text_runs(text):
    found = body(text)

    assert not re.search(r"<(script|style|iframe|svg|form)|<[^>]*\son\w+\s*=|(href|src)=\"\s*javascript:", found, re.I)
    assert richtext.clean(found) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [('  A <b>bold</b> &amp; "quoted"\n title ', "A bold & “quoted” title"), ("", ""), ("\x00\u202ex", "x")],
)
def test_titles_are_one_plain_line(text, expected):
    assert typography.line(text) == expected
