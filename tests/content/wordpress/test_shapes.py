"""Exports in the shapes that builders, plugins and editors of many years have left: what a page keeps, what is told."""

# ruff: noqa: E501 - as exports write them, in one line

import re

import pytest
from django.core.management import CommandError

from content.models import Contributor, Menu, Page
from content.states import PageStatus
from content.wordpress import fields, typography
from tests.content.wordpress import wxr

from .shapes import SHAPES
from .test_files import folder  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def test_of_every_shape_a_page_keeps_what_it_says(bring, folder):  # noqa: F811 - the fixture
    items = [
        wxr.item(5, "About", "About us.", slug="about"),
        wxr.attachment(30, "2018/12/clinic.jpg", "The clinic", alt="A clinic", excerpt="Caption of clinic"),
    ]
    for place, (name, (text, meta, _)) in enumerate(SHAPES.items()):
        items.append(wxr.item(100 + place, name, text, slug=f"t-{place}", meta=meta))
    outcome = bring(items, "--media", str(folder))
    assert outcome.error is None

    wrong = {}
    for place, (name, (_, _, wanted)) in enumerate(SHAPES.items()):
        page = Page.objects.get(slug=f"t-{place}")
        shown = re.sub(r"/media/(pictures|documents)/[\w-]{16}", r"/media/\1/KEY", page.body)
        if shown != wanted or page.status != PageStatus.PUBLISHED:
            wrong[name] = shown
    assert wrong == {}
    said = [f"{place} {detail}" for place, detail in outcome.of("please look")]
    assert not any(
        letters in "".join(said + [page.body for page in Page.objects.all()]) for letters in ("ET-DC", "JTND")
    )
    assert any("filled in post title by itself" in line for line in said)
    assert any("the link to /?author=77 leads nowhere here; its words stay" in line for line in said)


@pytest.mark.parametrize(("text", "meta", "told"), [
    ("<h2>A title</h2>", {}, "nothing of its text is left; it comes as a draft"),
    ('<iframe src="javascript:x"></iframe>[odd a="1"]&nbsp;', {}, "nothing of its text is left; it comes as a draft"),
    ("", {"_elementor_data": "[{not json"}, "what its page builder keeps in a field cannot be read"),
    ("", {"_bricks_page_content_2": "a:1:{i:0;"}, "nothing of its text is left; it comes as a draft"),
    ('[gallery include="999"]', {}, "the picture with the number 999 is not here; it was taken out"),
    ("[gallery]", {}, "a gallery names no picture, and none that was uploaded for it is in this export"),
])  # fmt: skip
def test_a_page_of_which_nothing_is_left_says_so(bring, text, meta, told):
    outcome = bring([wxr.item(1, "A title", text, slug="one", meta=meta)])
    assert Page.objects.get().status == PageStatus.DRAFT
    assert told in [detail for _, detail in outcome.of("please look", "text")]


@pytest.mark.parametrize(("written", "shown"), [
    ("Pain < 3 months & <em>older</em> adults", "Pain < 3 months & older adults"),
    ("AT&amp;T and Q&A", "AT&T and Q&A"),
    ("Rest&notes &copy2019", "Rest&notes &copy2019"),
    ("a<b", "a<b"),
    ("5 > 3 <b>bold</b>", "5 > 3 bold"),
    ("&lt;script&gt; tags", "<script> tags"),
    ("Ages 5<18>3", "Ages 5<18>3"),
    ("R&amp;amp;D", "R&D"),
    ("See a--b.pdf -- now", "See a--b.pdf – now"),
    ("Caf&eacute; &#8211; now", "Café – now"),
    ("Use <code> well", "Use <code> well"),
    ("<a href='x'>Linked</a> <code>title</code><br/>", "Linked title"),
])  # fmt: skip
def test_signs_in_titles(written, shown):
    assert typography.line(written) == shown


@pytest.mark.parametrize("literal", [
    "doi:10.1000/abc--def", "10.1000/xyz--1", "C:\\a--b", "user/repo--x", "#a--b", "@a--b", "abc_def--ghi", "x=1--2",
    "(https://a--b.org)", "a--b.org/x...y", "--verbose", "office--desk@example.net", "tel:+1--2", "(/a--b/c)",
])  # fmt: skip
def test_no_dash_is_drawn_into_what_is_no_sentence(literal):
    assert typography.dashes(f"words--words {literal} end...") == f"words–words {literal} end…"


def test_no_quotation_mark_is_bent_in_an_address(bring):
    bring(
        [
            wxr.item(
                1, "One", "https://example.net/it's--here\n\n\"See https://example.net/o'neil.\" It's so.", slug="one"
            )
        ]
    )
    assert Page.objects.get().body == (
        '<p><a href="https://example.net/it\'s--here" rel="noopener">example.net/it\'s--here</a></p>'
        "<p>“See https://example.net/o'neil.” It’s so.</p>"
    )


def test_letters_of_other_languages_in_addresses_of_buttons(bring):
    bring(
        [
            wxr.item(
                1,
                "One",
                '[vc_btn title="Go" link="url:https%3A%2F%2Fexample.net%2Fa%E2%80%93b%2F%E4%BA%91|||"]',
                slug="one",
            )
        ]
    )
    assert Page.objects.get().body == '<p><a href="https://example.net/a–b/云" rel="noopener">Go</a></p>'


# --- who wrote it -----------------------------------------------------------------------------------------------------
def authored(*entries):
    """An export with two accounts, a guest whom a plugin keeps as an entry, and these posts."""
    guest = wxr.item(
        90, "Omar Second", kind="guest-author", slug="cap-osecond",
        meta={"cap-user_login": "osecond", "cap-display_name": "Omar Second"},
    )  # fmt: skip
    posts = [
        wxr.item(number, f"Entry {number}", "Words of the day.", kind="post", slug=f"e{number}", **more)
        for number, more in enumerate(entries, start=1)
    ]
    return [wxr.author("rlane", "Ruth Lane"), wxr.author("jdoe2", "jdoe2"), guest, *posts]


@pytest.mark.parametrize(("more", "name", "further"), [
    ({"terms": [("author", "cap-rlane", "rlane")]}, "Ruth Lane", []),
    ({"terms": [("author", "cap-osecond", "osecond")], "creator": "jdoe2"}, "Omar Second", []),
    ({"terms": [("author", "cap-osecond", "osecond"), ("author", "cap-rlane", "rlane")]}, "Omar Second", ["Ruth Lane"]),
    ({"terms": [("author", "mia-third", "Mia Third")]}, "Mia Third", []),
    ({"terms": [("byline", "mia-third", "Mia Third")], "creator": "jdoe2"}, "Mia Third", []),
    ({"meta": {"_molongui_author": "guest-90"}}, "Omar Second", []),
    ({"meta": {"sfly_guest_author_names": "Mia Third and Ann Fourth"}}, "Mia Third", ["Ann Fourth"]),
    ({"creator": "jdoe2"}, None, []),
    ({"creator": "gone-account7"}, None, []),
    ({"creator": "rlane"}, "Ruth Lane", []),
])  # fmt: skip
def test_who_is_named_under_an_entry(bring, more, name, further):
    outcome = bring(authored(more))
    entry = Page.objects.get(slug="e1")
    assert (entry.author.name if entry.author else None) == name
    told = [detail for _, detail in outcome.of("please look", "text")]
    assert told == [f"{one} is named as its author too; this site names one" for one in further]
    assert not Contributor.objects.filter(name__in=["osecond", "rlane", "jdoe2"]).exists()


@pytest.mark.parametrize("account", ["Site Admin", "webadmin", "WP-Admin 2", "admin_1", "Super User", "wordpress"])
def test_an_account_is_no_byline(bring, account):
    bring([wxr.author("x9", account), wxr.item(1, "One", "Words.", kind="post", slug="one", creator="x9")])
    assert Page.objects.get().author is None


# --- several files, menus ---------------------------------------------------------------------------------------------
def parts():
    """A kept block, a picture's words and a menu, each in another file than what shows it."""
    first = [
        wxr.item(1, "Visit", '<!-- wp:block {"ref":7} /-->', slug="visit"),
        wxr.entry_of_menu(20, "main-menu", "", order=1, target=2),
        wxr.menu_term("main-menu", "Main menu"),
    ]
    second = [
        wxr.item(7, "Hours", "<!-- wp:paragraph --><p>From nine to four.</p><!-- /wp:paragraph -->", kind="wp_block"),
        wxr.item(2, "Find us", "By the lake.", slug="find-us"),
    ]
    return first, second


@pytest.mark.parametrize("turned", [False, True])
def test_all_files_of_an_export_in_one_run(tmp_path, bring, turned):
    first, second = parts()
    other = tmp_path / "other.xml"
    other.write_bytes(wxr.export(*(first if turned else second)))
    outcome = bring(second if turned else first, further=[other])
    assert outcome.error is None
    assert Page.objects.get(slug="visit").body == "<p>From nine to four.</p>"
    assert [entry.page.slug for entry in Menu.objects.get(name="main").items.all()] == ["find-us"]
    assert outcome.of("please look", "text") == []


def test_a_menu_leads_to_pages_of_an_earlier_file(bring):
    first, second = parts()
    bring(second)
    bring(first)
    assert [entry.title for entry in Menu.objects.get(name="main").items.all()] == ["Find us"]


def test_files_of_two_sites_are_not_mixed(tmp_path, bring):
    other = tmp_path / "other.xml"
    other.write_bytes(wxr.export(wxr.item(1, "One", "Words.")).replace(wxr.SITE.encode(), b"https://another.example"))
    outcome = bring([wxr.item(2, "Two", "Words.")], further=[other])
    assert isinstance(outcome.error, CommandError)
    assert "different sites" in str(outcome.error)
    assert Page.objects.count() == 0


def test_a_menu_of_blocks_is_a_menu(bring):
    menu = (
        '<!-- wp:home-link {"label":"Start"} /--><!-- wp:navigation-submenu {"label":"About","type":"page","id":1,'
        f'"url":"{wxr.SITE}/about/","kind":"post-type"}} -->'
        '<!-- wp:navigation-link {"label":"Team","type":"page","id":2,'
        f'"url":"{wxr.SITE}/team/","kind":"post-type"}} /--><!-- /wp:navigation-submenu -->'
        '<!-- wp:navigation-link {"label":"Give","url":"https://give.example.net/","kind":"custom"} /-->'
        '<!-- wp:navigation-link {"label":"Gone","id":99,"kind":"post-type"} /-->'
    )
    outcome = bring(
        [
            wxr.item(1, "About us", "Words.", slug="about"),
            wxr.item(2, "Our team", "Words.", slug="team"),
            wxr.item(3, "Navigation", menu, kind="wp_navigation", slug="navigation"),
        ]
    )
    rows = Menu.objects.get(name="main").items.order_by("parent__order", "order")
    assert sorted((row.title, row.parent.title if row.parent else "", row.url) for row in rows) == [
        ("About", "", ""), ("Give", "", "https://give.example.net/"), ("Start", "", "/"), ("Team", "About", ""),
    ]  # fmt: skip
    assert [detail for _, detail in outcome.of("left out", "menu")] == ["it leads nowhere that is here"]


@pytest.mark.parametrize(("written", "read"), [
    ('a:2:{i:0;s:3:"ä!";i:1;b:1;}', {"0": "ä!", "1": "1"}),
    ('O:8:"stdClass":1:{s:1:"a";N;}', {"a": None}),
    ('a:1:{i:0;s:9:"ä!";}', {"0": "ä!"}),
    ("a:1:{i:0;", None),
    ("a:99999999:{" + "i:0;" * 50, None),
    ('{"tree_json_string": "[1]"}', [1]),
    ("a:1:{i:0;" * 200, None),
])  # fmt: skip
def test_trees_as_php_and_json_write_them(written, read):
    assert fields.tree_of(written) == read


# --- old addresses ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("address", "target"), [
    ("/?m=201812", "/2018/12/"), ("/?m=20181214", "/2018/12/14/"), ("/?year=2018&monthnum=3", "/2018/03/"),
    ("/?category_name=news", "/news/category/news/"), ("/?author_name=rlane", "/news/by/ruth-lane/"),
    ("/index.php?m=2018", "/2018/"), ("/?tag=gone", None), ("/?category_name=gone", None), ("/?author=99", None),
    ("/index.php?p=9999", None),
])  # fmt: skip
def test_lists_that_the_front_page_was_asked_for(bring, client, address, target):
    bring(
        [
            wxr.author("rlane", "Ruth Lane"),
            wxr.category("news", "News"),
            wxr.item(1, "One", "Words.", kind="post", slug="one", terms=[("category", "news", "News")]),
        ]
    )
    answer = client.get(address)
    assert (answer.status_code, answer.get("Location")) == ((301, target) if target else (404, None))


@pytest.mark.parametrize("address", [
    "clinic-300x200.jpg", "clinic-scaled.jpg", "clinic-150x150.JPG", "clinic.jpg.webp", "clinic-300x200@2x.jpg",
    "clinic-e1557236000000.jpg", "clinic-e1557236000000-300x200.jpg",
])  # fmt: skip
def test_whatever_was_made_of_a_picture_leads_to_it(bring, folder, client, address):  # noqa: F811 - the fixture
    bring([wxr.attachment(30, "2018/12/clinic.jpg", "The clinic", alt="A")], "--media", str(folder))
    answer = client.get(f"/wp-content/uploads/2018/12/{address}")
    assert (answer.status_code, answer["Location"][:16]) == (301, "/media/pictures/")


@pytest.mark.parametrize(("address", "target"), [
    ("/search/pain+clinic/", "/search/?q=pain+clinic"), ("/search/a%26b/page/2/", "/search/?q=a%26b"),
    ("/wp-sitemap.xml", "/sitemap.xml"), ("/sitemap_index.xml", "/sitemap.xml"),
])  # fmt: skip
def test_the_search_and_the_map_of_the_former_site(client, address, target):
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, target)


# --- kept blocks with words of their own ------------------------------------------------------------------------------
HEAD = '<!-- wp:heading {"metadata":{"bindings":{"__default":{"source":"core/pattern-overrides"}},"name":"Head"}} -->'
KEPT = (
    f"{HEAD}<h2>Head</h2><!-- /wp:heading -->"
    '<!-- wp:paragraph {"metadata":{"name":"Caf\\u00e9 \\u0022hours\\u0022"}} --><p>Nine to four</p><!-- /wp:paragraph -->'
    '<!-- wp:button {"metadata":{"name":"Go"}} --><div><a href="https://a.example/">Go</a></div><!-- /wp:button -->'
    '<!-- wp:image {"id":30,"metadata":{"name":"Pic"}} --><figure><img src="/x.jpg" alt="A" class="wp-image-30"/>'
    "<figcaption>Below</figcaption></figure><!-- /wp:image -->"
)
NINE, GO = "<p>Nine to four</p>", '<p><a href="https://a.example/" rel="noopener">Go</a></p>'


@pytest.mark.parametrize(("shown", "body", "told"), [
    ('<!-- wp:block {"ref":7} /-->', f"<h2>Head</h2>{NINE}{GO}<p>Below</p>", []),
    ('<!--   wp:core/block   {  "ref" : "7" }   /-->', f"<h2>Head</h2>{NINE}{GO}<p>Below</p>", []),
    (
        '<!-- wp:block {"ref":7,"content":{"Head":{"content":"Own \\u003cem\\u003ehead\\u003c/em\\u003e"},'
        '"Café \\u0022hours\\u0022":{"content":"Ten"},"Go":{"text":"Come","url":"https://b.example/?a=1\\u0026b=2"},'
        '"Pic":{"caption":"Own words"}}} /-->',
        '<h2>Own <em>head</em></h2><p>Ten</p><p><a href="https://b.example/?a=1&amp;b=2" rel="noopener">Come</a></p>'
        "<p>Own words</p>",
        [],
    ),
    ('<!-- wp:block {"ref":8} /-->', f"<h2>From between</h2>{NINE}{GO}<p>Below</p>", []),
    ('<!-- wp:block {"ref":9} /-->', "<p>Self.</p>", ["the kept block 9 holds itself; it is shown once"]),
    (
        '<!-- wp:block {"ref":10,"content":{"Gone":{"content":"Lost"}}} /-->', "<p>Plain words</p><p>Lost</p>",
        ["the words “Lost” of its own have no place in the kept block; they follow it"],
    ),
    (
        "<p>x</p><!-- wp:block /-->", "<p>x</p>",
        ["the kept block without a number is not in this export; its text is missing"],
    ),
])  # fmt: skip
def test_a_kept_block_says_what_the_page_gave_it(bring, shown, body, told):
    outcome = bring(
        [
            wxr.item(7, "Kept", KEPT, kind="wp_block"),
            wxr.item(
                8,
                "Between",
                '<!-- wp:block {"ref":7,"content":{"Head":{"content":"From between"}}} /-->',
                kind="wp_block",
            ),
            wxr.item(9, "Self", '<!-- wp:block {"ref":9} /--><p>Self.</p>', kind="wp_block"),
            wxr.item(10, "Classic", "Plain words", kind="wp_block"),
            wxr.item(1, "One", shown, slug="one"),
        ]
    )
    assert Page.objects.get().body == body
    notes = [detail for _, detail in outcome.of("please look", "text") if "picture" not in detail]
    assert notes == told


@pytest.mark.parametrize(("text", "body"), [
    ("First.<!--more Read on-->Second.<!--nextpage-->Third.", "<p>First.</p><p>Second.</p><p>Third.</p>"),
    (
        "[youtube=https://youtu.be/abcdefghijk] and [vimeo 123456789] and [youtube]lmnopqrstuv[/youtube]",
        '<p><a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener">Watch the film on YouTube</a></p><p>and</p>'
        '<p><a href="https://vimeo.com/123456789" rel="noopener">Watch the film on Vimeo</a></p><p>and</p>'
        '<p><a href="https://www.youtube.com/watch?v=lmnopqrstuv" rel="noopener">Watch the film on YouTube</a></p>',
    ),
    (
        '[pdf-embedder url="https://files.example.net/a--b.pdf"]',
        '<p><a href="https://files.example.net/a--b.pdf" rel="noopener">files.example.net/a--b.pdf</a></p>',
    ),
    (
        '<!-- wp:list {"ordered":true} --><ol style="list-style-type:lower-alpha" start="4"><li>d</li></ol><!-- /wp:list -->',
        '<ol start="4" type="a"><li>d</li></ol>',
    ),
    (
        '<!-- wp:ub/toggle {"panelTitle":"A title kept apart"} --><p>Words.</p><!-- /wp:ub/toggle -->',
        "<h2>A title kept apart</h2><p>Words.</p>",
    ),
    (
        '<!-- wp:x/toggle {"panelTitle":"Said"} --><h3>Said</h3><p>Words.</p><!-- /wp:x/toggle -->',
        "<h2>Said</h2><p>Words.</p>",
    ),
    (
        '<!-- wp:social-links --><ul><!-- wp:social-link {"url":"https://m.example/@us","service":"mastodon"} /--></ul><!-- /wp:social-links -->',
        '<ul><li><p><a href="https://m.example/@us" rel="noopener">Mastodon</a></p></li></ul>',
    ),
])  # fmt: skip
def test_smaller_shapes(bring, text, body):
    bring([wxr.item(1, "One", text, slug="one")])
    assert Page.objects.get().body == body
