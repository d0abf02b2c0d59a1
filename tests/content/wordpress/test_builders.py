"""What stands elsewhere than in the text: attributes of page builders, settings of blocks, kept blocks, fields."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.wordpress import builders
from content.wordpress.cleaning import convert
from content.wordpress.kept_blocks import KeptBlocks

from .test_cleaning import Around, body, clean, gallery

FIGURE = '<figure><img src="/media/kept.webp" alt=""></figure>'


def raw(text):
    return base64.b64encode(quote(text).encode()).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # WPBakery
        ('[vc_row][vc_custom_heading text="Hours &amp; ways"][/vc_row]', "<h2>Hours &amp; ways</h2>"),
        ('[vc_custom_heading text="Hours" font_container="tag:h4|color:#fff"]', "<h2>Hours</h2>"),
        ('[vc_single_image image="7" img_size="full"]', FIGURE),
        ('[vc_gallery images="7,8" interval="3"]', FIGURE),
        (
            '[vc_btn title="Come" link="url:https%3A%2F%2Fother.example%2F|title:Book||"]',
            '<p><a href="https://other.example/" rel="noopener">Come</a></p>',
        ),
        ('[vc_toggle title="Does it hurt?"]No.[/vc_toggle]', "<h2>Does it hurt?</h2><p>No.</p>"),
        ('[vc_cta h2="Join us" h4="It is free"]Today.[/vc_cta]', "<h2>Join us</h2><p>It is free</p><p>Today.</p>"),
        (f"[vc_raw_html]{raw('<p>From 9 to 4</p>')}[/vc_raw_html]", "<p>From 9 to 4</p>"),
        (f"<p>[vc_raw_html]{raw('<p>Ärzte</p>')}[/vc_raw_html]</p>", "<p>Ärzte</p>"),
        # Divi
        (
            '[et_pb_section fb_built="1" admin_label="A section of the page"][et_pb_blurb title="A %22kind%22 word" '
            'image="/x/kept.jpg" url="https://other.example/"]Text.[/et_pb_blurb][/et_pb_section]',
            f'<h2><a href="https://other.example/" rel="noopener">A “kind” word</a></h2>{FIGURE}<p>Text.</p>',
        ),
        (
            '[et_pb_button button_url="https://other.example/" button_text="Give" _builder="4"][/et_pb_button]',
            '<p><a href="https://other.example/" rel="noopener">Give</a></p>',
        ),
        (
            '[et_pb_testimonial author="Anna Senior" job_title="Nurse" position="left"]It helps.[/et_pb_testimonial]',
            "<p>Nurse</p><p>It helps.</p><p>Anna Senior</p>",
        ),
        (
            '[et_pb_video src="https://www.youtube.com/watch?v=abcdefghijk"][/et_pb_video]',
            '<p><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">Watch the film on YouTube</a></p>',
        ),
        # Avada and others
        (
            '[fusion_youtube id="abcdefghijk" width="600"]',
            '<p><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">Watch the film on YouTube</a></p>',
        ),
        ('[su_spoiler title="More"]Hidden once.[/su_spoiler]', "<h2>More</h2><p>Hidden once.</p>"),
        ('[av_promobox intro_words="We answer every letter"]', "<p>We answer every letter</p>"),
        ('[vc_row css=".vc_custom{margin: 0 auto !important;}" el_class="wide box here"]x[/vc_row]', "<p>x</p>"),
    ],
)
def test_words_in_attributes_are_not_lost(text, expected):
    found = clean(text)
    assert (found.body, dict(found.unknown)) == (expected, {})


@pytest.mark.parametrize("inner", ["!!!!", "AAAAAAAAAAAAAAAAAAAAAAAA", base64.b64encode(bytes(range(40))).decode()])
def test_letters_of_base64_never_stand_on_a_page(inner):
    found = clean(f"Before.\n\n[vc_raw_html]{inner}[/vc_raw_html]\n\nAfter.")
    assert inner == "!!!!" or inner not in found.body
    assert found.body.startswith("<p>Before.</p>")
    assert found.body.endswith("<p>After.</p>")


def test_scripts_in_enciphered_html_are_taken_out_and_told():
    found = clean(f"[vc_raw_html]{raw('<script>alert(1)</script><p onclick=x>Here</p>')}[/vc_raw_html]")
    assert found.body == "<p>Here</p>"
    assert "a script was taken out of the text" in found.notes


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(["title", "image", "link", "text", "url", "src", "x_words"]), st.text()), st.text()
)
def test_whatever_an_attribute_holds_only_safe_text_comes_of_it(attributes, inner):
    built = builders.build("et_pb_blurb", attributes, inner, lambda numbers: "")
    shown = convert(built.html, Around(), gallery).body
    assert not any(danger in shown.lower() for danger in ("<script", "javascript:", "onerror"))


ELEMENTOR = [
    {
        "elType": "section",
        "elements": [
            {"elType": "widget", "widgetType": "heading", "settings": {"title": "Visit us", "header_size": "h2"}},
            {"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "<p>We are <b>open</b>.</p>"}},
            {"elType": "widget", "widgetType": "image", "settings": {"image": {"id": 7, "url": "/a/x.jpg"}}},
            {
                "elType": "widget",
                "widgetType": "accordion",
                "settings": {"tabs": [{"tab_title": "Parking", "tab_content": "<p>Behind.</p>"}]},
            },
            {
                "elType": "widget",
                "widgetType": "button",
                "settings": {"text": "Come", "link": {"url": "https://other.example/"}},
            },
        ],
    }
]


def test_a_text_that_elementor_keeps_in_a_field_is_read_from_there():
    assert body(builders.from_elementor(json.dumps(ELEMENTOR))) == (
        f"<h2>Visit us</h2><p>We are <strong>open</strong>.</p>{FIGURE}<h3>Parking</h3><p>Behind.</p>"
        '<p><a href="https://other.example/" rel="noopener">Come</a></p>'
    )


@pytest.mark.parametrize("odd", ["", "[", "null", "7", '{"elements": 3}', "[" * 2_000, '[{"elType":"widget"}]'])
def test_a_field_that_holds_no_page_is_empty(odd):
    assert builders.from_elementor(odd) == ""


@pytest.mark.parametrize(
    ("written", "made", "told"),
    [
        ('[iconbox heading="Our aim" icon="fa fa-x"]', "<h2>Our aim</h2>", {"[iconbox]": 1}),
        (
            '[quotebox text="They listened to me at last." name="Ana Ruiz"]',
            "<p>They listened to me at last.</p><p>Ana Ruiz</p>",
            {"[quotebox]": 1},
        ),
        ('[card-x title="Visit"]Behind the house.[/card-x]', "<h2>Visit</h2><p>Behind the house.</p>", {"[card-x]": 1}),
        ('[spacing desktop_height="60" mobile_height="30"]', "", {}),
        ('[rev_slider alias="home"]', "", {}),
        ('[gravity_form id="3" title="false" description="false"]', "", {}),
        ('[head-line title="no"]Words.[/head-line]', "<p>Words.</p>", {}),
    ],
)
def test_words_in_a_box_that_nobody_knows_are_kept_and_told(written, made, told):
    found = convert(written, Around(), gallery)
    assert (found.body, dict(found.told)) == (made, told)
    assert sum(found.unknown.values()) == (0 if told else 1)


def widget(**settings):
    return json.dumps([{"elType": "widget", "widgetType": "odd-slider", "settings": settings}])


@pytest.mark.parametrize(
    ("kept", "beside"),
    [
        ({"text_des": "We help people with pain live well."}, ["We help people with pain live well."]),
        ({"text_des": "<p>We are <b>open</b> on every weekday.</p>"}, []),  # the page holds it, in other markup
        ({"text_des": "we are OPEN, on every week-day!"}, []),  # and in other signs
        ({"slides": [{"say": "Come in, the door stands open."}] * 2}, ["Come in, the door stands open."]),
        ({"say": "Bring a list &amp; your own questions."}, ["Bring a list & your own questions."]),
        ({"say": "Too few words"}, []),
        ({"css_classes": "one two three four five six"}, []),
        ({"selected_icon": {"value": "one two three four five six"}}, []),  # all that stands under a machine's name
        ({"custom": "color: red; margin: one two three four"}, []),
    ],
)
def test_sentences_that_no_widget_drew_are_found(kept, beside):
    assert builders.kept_beside(widget(**kept), "We are open on every weekday.") == beside


@pytest.mark.parametrize(
    "odd", ["", "[", "null", "7", "[" * 2_000, "[" * 200 + '"one two three four five six"' + "]" * 200]
)
def test_a_field_that_cannot_be_read_keeps_nothing_beside(odd):
    assert builders.kept_beside(odd, "") == []


# Blocks ---------------------------------------------------------------------------------------------------------------
def put(text, **blocks):
    notes = []
    kept = {number.removeprefix("n"): content for number, content in blocks.items()}
    return body(KeptBlocks(kept, notes).put_into(text)), notes


HOURS = (
    '<!-- wp:paragraph {"metadata":{"name":"hours","bindings":{}}} --><p class="x">From nine.</p>'
    "<!-- /wp:paragraph --><!-- wp:paragraph --><p>Ring twice.</p><!-- /wp:paragraph -->"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<!-- wp:block {"ref":4} /-->', "<p>From nine.</p><p>Ring twice.</p>"),
        ('<!--  wp:block  { "ref" : 4 }  /-->', "<p>From nine.</p><p>Ring twice.</p>"),
        ('<!-- wp:core/block {"ref":4} /-->', "<p>From nine.</p><p>Ring twice.</p>"),
        ('<!-- wp:block {"ref":5} /-->', "<p>Notice.</p><p>From nine.</p><p>Ring twice.</p>"),
        (
            '<!-- wp:block {"ref":4,"content":{"hours":{"content":"Closed in <em>August</em>."}}} /-->',
            "<p>Closed in <em>August</em>.</p><p>Ring twice.</p>",
        ),
    ],
)
def test_kept_blocks_stand_in_the_text_with_its_own_words(text, expected):
    shown, notes = put(text, n4=HOURS, n5='<p>Notice.</p><!-- wp:block {"ref":4} /-->')
    assert (shown, notes) == (expected, [])


def test_words_without_a_place_follow_the_block_and_a_missing_block_is_told():
    shown, notes = put('<!-- wp:block {"ref":4,"content":{"other":{"content":"By the way."}}} /-->', n4="<p>Kept.</p>")
    assert shown == "<p>Kept.</p><p>By the way.</p>"
    assert notes == ["the words “By the way.” of its own have no place in the kept block; they follow it"]
    assert put('<!-- wp:block {"ref":9} /-->') == (
        "",
        ["the kept block 9 is not in this export; its text is missing"],
    )


def test_a_kept_block_that_shows_itself_ends():
    shown, _ = put('<!-- wp:block {"ref":4} /-->', n4='<p>Round.</p><!-- wp:block {"ref":4} /-->')
    assert 1 <= shown.count("Round.") <= 10


def test_notes_below_a_text_are_led_to_by_their_marks():
    text = (
        '<p>Half felt better<sup data-fn="8b-1" class="fn"><a href="#8b-1" id="8b-1-link">1</a></sup> soon'
        '<sup class="fn"><a href="#cd" id="cd-link">2</a></sup>.</p><!-- wp:footnotes /-->'
    )
    notes = json.dumps([{"id": "8b-1", "content": "Smith, <em>2018</em>."}, {"id": "cd", "content": "Jones."}])
    assert convert(text, Around(), gallery, footnotes=notes).body == (
        '<p>Half felt better<sup><a href="#at-8b-1" rel="noopener">1</a></sup> soon'
        '<sup><a href="#cd" rel="noopener">2</a></sup>.</p>'
        '<ol><li id="at-8b-1">Smith, <em>2018</em>.</li><li id="cd">Jones.</li></ol>'
    )


@pytest.mark.parametrize("odd", ["", "x", "{}", "[1]", '[{"id":1}]', "[" * 3_000])
def test_odd_notes_harm_nothing(odd):
    assert convert("<p>Text.</p><!-- wp:footnotes /-->", Around(), gallery, footnotes=odd).body.startswith(
        "<p>Text.</p>"
    )


def test_a_block_of_another_plugin_leaves_its_words():
    found = clean(
        '<!-- wp:acf/card {"name":"acf/card","data":{"who":"Dr. Lane","_who":"field_5f","at":"https://x.example"}} /-->'
        '<!-- wp:acme/note {"words":"Two words and more","color":"very dark blue"} /-->'
    )
    assert found.body == "<p>Dr. Lane</p><p>Two words and more</p>"
    assert [note.split(";")[0] for note in found.notes] == [
        "this site has no block like acf/card",
        "this site has no block like acme/note",
    ]


def test_a_file_is_linked_once():
    block = (
        '<!-- wp:file {"id":1} --><div class="wp-block-file"><a href="https://other.example/">The guide</a>'
        '<a href="https://other.example/" class="wp-block-file__button" download>Download</a></div><!-- /wp:file -->'
    )
    assert body(block) == '<p><a href="https://other.example/" rel="noopener">The guide</a></p>'


# Signs ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "written",
    [
        "https://www.youtube.com/watch?v=Ab--cD3eFgh", "(https://files.example/a--b...c)", "annual--report.pdf,",
        "www.a--b.example", "office--desk@example.net.", "/news/a--b/c", "--verbose", "-v",
    ],
)  # fmt: skip
def test_no_dash_is_drawn_into_an_address_a_file_or_an_option(written):
    assert written in body(f"See {written} here -- and there.")
    assert "here – and there." in body(f"See {written} here -- and there.")


def test_brackets_quotes_and_dashes_of_code_stay():
    assert body('Use <code>list[0] -- "x"</code> and [sic].') == '<p>Use <code>list[0] -- "x"</code> and [sic].</p>'
    assert body("<pre>[gallery ids=7]\n[[note]] a[1]</pre>") == "<pre>[gallery ids=7]\n[note] a[1]</pre>"
