"""The text of a page from the form to the reader: pictures described, tables that scroll, nothing that runs."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import RequestFactory
from django.utils import timezone

from aapm_site.core.admin.rich_text import tools_for
from aapm_site.core.richtext import clean, clean_simple
from aapm_site.core.transitions import NotAllowed
from content.domain import pages, prepared
from content.forms.text import rich_text_problems
from content.models import Page, Picture
from content.text.markup import dress
from content.text.rendering import render_body
from tests.content.makers import page
from tests.content.pictures import document, picture
from tests.content.test_admin import ADD, fields
from tests.factories import staff_client, staff_user

EDITOR = "Content editor"
ABSENT = "/media/pictures/0000000000000000-480.jpg"


# --- what the form asks -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_described_picture_of_the_library_is_all_right(django_assert_num_queries):
    first, second = picture(), picture(size=(80, 80), alt="", is_decorative=True)
    text = f"<p>A</p>{first.tag()}{second.tag()}<img src='/static/img/favicon.svg' alt='The mark'>"

    with django_assert_num_queries(1):
        assert rich_text_problems(text) == []
    with django_assert_num_queries(0):
        assert rich_text_problems("<p>No picture at all.</p>") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("html", "words"), [
    ('<img src="https://evil.example/a.png?x=1" alt="A">', "is not from the library (https://evil.example/a.png)"),
    ('<img src="//evil.example/a.png" alt="A">', "is not from the library (//evil.example/a.png)"),
    ('<IMG SRC=data:image/png;base64,AAAA>', "is not from the library (pasted into the text)"),
    ("<img>", "is not from the library (pasted into the text)"),
    ("<image src=x>", "is not from the library (pasted into the text)"),
    ('<img src="/accounts/logout/" alt="A">', "is not from the library"),
    (f'<img src="{ABSENT}" alt="A chair">', "Picture 1, “A chair”, is not in the library any more."),
])  # fmt: skip
def test_a_picture_from_elsewhere_is_refused_by_name(html, words):
    problems = rich_text_problems(f"<p>Before</p>{html}")

    assert len(problems) == 1
    assert words in problems[0]


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["", 'alt=""', 'alt="  "', 'alt="" role="button"'])
def test_a_picture_without_words_is_refused_by_name(alt):
    kept = picture()

    assert rich_text_problems(f'<img src="{kept.get_absolute_url()}" {alt}>') == [
        "Picture 1, “A quiet room”, says nothing to those who do not see it. Describe it, or mark it as decorative."
    ]
    assert rich_text_problems(f'<img src="{kept.get_absolute_url()}" alt="" role="presentation">') == []


@pytest.mark.django_db
def test_a_draft_keeps_a_picture_without_words_and_publishing_asks_for_them(client):
    editor, kept = staff_client(EDITOR), picture()
    bare = f'<img src="{kept.get_absolute_url()}" alt="">'

    editor.post(ADD, fields(slug="a-page", body=f"<p>Words.</p>{bare}", recap=f"{bare}{kept.tag()}{bare}"))

    draft = Page.objects.get()
    form, publish = (f"/admin/content/page/{draft.pk}/{step}/" for step in ("change", "decide/publish"))
    asked = "Picture 1 of the text has no words for people who do not see it: describe it, or mark it as decorative."
    back = "Pictures 1 and 3 of the look back have no words for people who do not see them:"
    assert draft.body.count("<img ") == 1
    assert f'<a href="#id_body">{asked}</a>' in editor.get(form).text
    assert editor.get(publish).url == f"{form}#id_body"
    refused = editor.post(publish).text
    assert asked in refused
    assert back in refused
    assert client.get("/a-page/").status_code == 404

    editor.post(form, fields(slug="a-page", body=kept.tag(), recap="", read_version=str(Page.objects.get().version)))
    editor.post(publish)
    assert client.get("/a-page/").status_code == 200


@pytest.mark.django_db
def test_what_readers_read_keeps_its_pictures_described_and_its_prepared_change_may_wait_for_words():
    editor, kept, made = staff_client(EDITOR), picture(), page("a-page")
    at = {"published_at_0": "2026-01-01", "published_at_1": "06:00:00"}
    typed = fields(slug="a-page", body=f'<img src="{kept.get_absolute_url()}" alt="">', **at)
    form = f"/admin/content/page/{made.pk}/change/"

    assert "says nothing to those who do not see it" in editor.post(form, typed).text

    editor.post(form, {**typed, "_prepare": "1"})
    change = Page.objects.prepared().get()
    with pytest.raises(NotAllowed, match="Picture 1 of the text has no words"):
        prepared.publish_change(change, by=editor.user)
    with pytest.raises(NotAllowed, match="Picture 1 of the text has no words"):
        prepared.schedule_change(change, timezone.now() + timedelta(days=1), by=editor.user)


@pytest.mark.django_db
def test_what_a_former_site_published_comes_as_it_was():
    made = page("a-page", status="draft", body=f'<img src="{picture().get_absolute_url()}" alt="">')

    assert pages.publish_page(made, by=None).status == "published"


@pytest.mark.django_db
def test_a_width_that_does_not_exist_is_refused():
    kept = picture(size=(600, 300))

    for address in (kept.address(480, "jpg"), kept.address(480), kept.address(600)):
        assert "is not in the library any more" in rich_text_problems(f'<img src="{address}" alt="A">')[0]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["body", "recap"])
def test_the_form_says_it_beside_the_text_and_keeps_the_text(field):
    editor = staff_client(EDITOR)
    text = '<p>Kept words.</p><img src="https://evil.example/a.png" alt="A">'

    response = editor.post(ADD, fields(slug="a-page", **{field: text}))

    assert response.status_code == 200
    assert "is not from the library (https://evil.example/a.png)" in str(
        response.context["adminform"].form.errors[field]
    )
    assert "Kept words." in response.text
    assert Page.objects.count() == 0


@pytest.mark.django_db
def test_a_page_with_a_picture_and_a_table_reaches_its_readers(client):
    kept, file = picture(size=(1200, 600)), document()
    table = "<table><caption>Doses</caption><thead><tr><th scope='col'>Age</th></tr></thead></table>"
    body = f"<p>Words.</p>{kept.tag()}{table}<p>{file.tag()}</p>"

    assert staff_client(EDITOR).post(ADD, fields(slug="a-page", body=body)).status_code == 302

    stored = Page.objects.get()
    assert (stored.body.count("<img "), stored.body.count("srcset")) == (1, 0)
    Page.objects.update(status="published", published_at="2026-01-01T12:00Z")
    shown = client.get("/a-page/").text
    assert f'srcset="{kept.address(480)} 480w, {kept.address(960)} 960w, {kept.address(1200)} 1200w"' in shown
    assert '<div class="scroll" role="region" tabindex="0" aria-label="Table: Doses">' in shown
    assert f'<a class="download" href="{file.get_absolute_url()}"' in shown


# --- what a reader gets -----------------------------------------------------------------------------------------------


def test_the_first_picture_comes_at_once_and_the_others_when_they_are_near():
    one = '<img src="/media/pictures/abcdefghijklmnop-1600.jpg" alt="A" width="1600" height="900">'

    shown = dress(one * 3)

    assert shown.count("<picture>") == 3
    assert shown.count('loading="lazy"') == 2
    assert shown.index('decoding="async"') < shown.index('loading="lazy"')
    assert shown.count('width="1600" height="900"') == 3


def test_a_small_picture_names_no_width_that_does_not_exist():
    shown = dress('<img src="/media/pictures/abcdefghijklmnop-300.png" alt="A">')

    assert re.findall(r"-(\d+)\.webp", shown) == ["300"]


@pytest.mark.parametrize("html", [
    '<img src="/static/img/favicon.svg" alt="A">', "<p>/media/pictures/abcdefghijklmnop-1600.jpg</p>",
    '<img alt="src=/media/pictures/abcdefghijklmnop-1600.jpg" src="/static/x.png">',
])  # fmt: skip
def test_what_is_no_picture_of_the_library_stays_as_it_is(html):
    assert dress(html) == html


@pytest.mark.parametrize(("html", "labels"), [
    ("<table></table><table></table>", ["Table 1", "Table 2"]),
    ('<div class="scroll"><table></table></div>', ["Table 1"]),
    ("<table><tr><td><table></table></td></tr></table>", ["Table 1"]),
    ("<table><caption><b>A</b> &amp; “B” \"C\"</caption></table>", ["Table: A &amp; “B” &quot;C&quot;"]),
    ("<table><caption>&lt;script&gt;</caption></table>", ["Table: &lt;script&gt;"]),
])  # fmt: skip
def test_each_table_scrolls_in_a_region_with_a_name(html, labels):
    shown = dress(html)

    assert re.findall(r'aria-label="([^"]*)"', shown) == labels
    assert shown.count("<div") == shown.count("</div>") == len(labels)


def test_dressing_asks_the_database_nothing(db, django_assert_num_queries):
    body = '<h2>A</h2><img src="/media/pictures/abcdefghijklmnop-1600.jpg" alt="A"><table></table>' * 50

    with django_assert_num_queries(0):
        assert render_body(body, RequestFactory().get("/")).html.count("<picture>") == 50


# --- nothing runs -----------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    '<img src="/media/x.jpg" alt="" onload="window.__xss=1">',
    '<img src="/media/pictures/abcdefghijklmnop-480.jpg" alt="x&quot; onload=&quot;window.__xss=1">',
    '<img alt="<script>window.__xss=1</script>" src="/media/pictures/abcdefghijklmnop-480.jpg">',
    "<svg><animate onbegin=window.__xss=1></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__xss=1>",
    "<a href=javascript:window.__xss=1>x</a>",
    "<a href=' &#14; javascript:window.__xss=1'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>' class=download>x</a>",
    '<table><caption>"><script>window.__xss=1</script></caption></table>',
    '<table><caption>" autofocus onfocus="window.__xss=1</caption></table>',
    '<table background="javascript:window.__xss=1" style="x:expression(1)"></table>',
    "<figure data-figure='\"><script>window.__xss=1</script>'></figure>",
    "<aside class='callout' onclick=window.__xss=1>x</aside>",
    "<h2 id='\"><script>window.__xss=1</script>'>x</h2>",
    "<p>{loadposition <script>window.__xss=1</script>}</p>",
    '<p>{loadposition news-feed limit="><script>}</p>',
    "<iframe srcdoc='<script>window.__xss=1</script>'></iframe><object data=x></object><embed src=x>",
    "<form action=javascript:1><button formaction=javascript:1>x</button></form><base href=//evil.example/>",
    "<noscript><p title='</noscript><img src=x onerror=window.__xss=1>'>",
    "<!--><script>window.__xss=1</script>-->",
    "<xmp><p title='</xmp><script>window.__xss=1</script>'></xmp>",
    "<p lang='\" onmouseover=window.__xss=1 x=\"' dir=rtl>x</p>",
    "\u202e<p>\x00<scr\x00ipt>window.__xss=1</scr\x00ipt></p>",
]
RUNS = {"script", "iframe", "object", "embed", "svg", "math", "style", "base", "form", "button", "meta", "link"}


class Runs(HTMLParser):
    """Finds what a browser would run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in RUNS:
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                self.found.append(name)
            if name in {"href", "src", "action"} and re.match(r"(javascript|data|vbscript):", address):
                self.found.append(address)


def runs(html: str) -> list[str]:
    reader = Runs()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.mark.django_db
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_is_stored_and_shown_runs(hostile):
    shown = render_body(clean(f"<p>Before</p>{hostile}<p>After</p>"), RequestFactory().get("/")).html

    assert runs(shown) == []
    assert "Before" in shown


def test_the_control_sees_what_runs():
    assert runs("<img src=x onerror=y><a href=' java\nscript:1'>x</a><script>") == ["onerror", "javascript:1", "script"]


@pytest.mark.django_db
def test_words_of_a_picture_do_not_run_where_they_are_shown(client):
    words = '"><script>window.__xss=1</script><img src=x onerror=window.__xss=1>'
    kept = picture(title=words, alt=words, credit=words)
    page("about", body=kept.tag(caption=words))
    editor = staff_client(EDITOR)

    for shown in (
        client.get("/about/"),
        editor.get("/admin/content/picture/"),
        editor.get(f"/admin/content/picture/{kept.pk}/change/"),
        editor.get(f"/admin/content/picture/{kept.pk}/delete/", follow=True),
    ):
        assert "<script>window.__xss" not in shown.text
        assert "<img src=x onerror" not in shown.text


# --- the editor's tools -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_editor_offers_what_the_person_may_use():
    editor, colleague = staff_user(EDITOR), staff_user("Careers staff")

    offered = tools_for(editor, with_positions=True)

    assert {name for name in offered if name != "positions"} == {
        "pages", "pictures", "picture-upload", "documents", "document-upload",
    }  # fmt: skip
    assert offered["pictures"] == "/admin/content/picture/choose/"
    assert {"name": "limit", "kind": "int"} in next(
        one["arguments"] for one in offered["positions"] if one["name"] == "news-feed"
    )
    assert "gate" not in {one["name"] for one in offered["positions"]}
    assert tools_for(colleague, with_positions=False) == {}
    letters = tools_for(editor, with_positions=False, with_pictures=False)
    assert set(letters) == {"pages", "documents", "document-upload"}


@pytest.mark.django_db
def test_the_form_hands_the_tools_to_the_script_and_none_without_it():
    shown = staff_client(EDITOR).get(ADD).text

    assert "data-editor-tools=" in shown
    assert '<textarea name="body"' in shown
    assert Picture.objects.count() == 0


# --- letters of lists and names of notes ------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "kept"), [
    ('<ol type="a"><li>x</li></ol>',) * 2,
    ('<ol start="3" type="I"><li id="note-1">x</li></ol>',) * 2,
    ('<ol type="1"><li>x</li></ol>', "<ol><li>x</li></ol>"),
    ('<ol type="disc" class="a"><li>x</li></ol>', "<ol><li>x</li></ol>"),
    ('<ul type="a"><li>x</li></ul>', "<ul><li>x</li></ul>"),
])  # fmt: skip
def test_a_list_keeps_how_it_counts(written, kept):
    assert clean(written) == kept
    assert clean_simple('<ol type="a"><li>x</li></ol>') == '<ol type="a"><li>x</li></ol>'
