"""The tags and components that every page is made of."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from aapm_site.core.forms import PublicForm, SiteForm
from aapm_site.core.menus import MenuEntry
from aapm_site.core.templatetags import ui
from tests import factories


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


class Wishes(SiteForm):
    title = forms.CharField(label="Title", help_text="As it stands on the door.")
    city = forms.CharField(label="City", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        help_text="One of two.",
        widget=forms.RadioSelect,
        choices=[("a", "Full time"), ("b", "Part time")],
    )
    quiet = forms.BooleanField(label="Withhold our name", help_text="It stays off the page.", required=False)


# --- small tags -----------------------------------------------------------------------------------------------------


def test_an_icon_is_drawn_and_hidden_from_screen_readers():
    assert ui.icon("check", "turn") == (
        '<svg class="icon turn" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        '<path d="m4 10.5 4 4 8-9"/></svg>'
    )


def test_a_slip_in_an_icons_name_is_noticed():
    with pytest.raises(KeyError):
        ui.icon("chekc")


def test_structured_data_cannot_close_its_block():
    said = {"name": "</script><script>alert(1)</script> & more"}

    html = ui.jsonld(said)

    assert html.count("</script>") == 1
    block = html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert "<" not in block
    assert json.loads(block) == said


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"amount": 99}, "$99"),
        ({"amount": Decimal("74.25")}, "$74.25"),
        ({"amount": 99, "cents": True}, "$99.00"),
        ({"amount": 1250, "currency": "SEK"}, "SEK 1,250"),
    ],
)
def test_money_is_set_in_its_own_figures(arguments, text):
    assert ui.money(**arguments) == f'<span class="money">{text}</span>'


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (365000, 420000, '<span class="money">$365,000–420,000</span> a year'),
        (90, 90, '<span class="money">$90</span> a year'),
        (90, None, '<span class="money">from $90</span> a year'),
        (None, 200000, '<span class="money">up to $200,000</span> a year'),
        (None, None, ""),
    ],
)
def test_pay_is_said_as_people_say_it(low, high, text):
    assert ui.money_range(low, high, "USD", "a year") == text


def test_a_day_is_the_associations_day():
    late_evening_in_chicago = datetime(2027, 1, 1, 3, 0, tzinfo=UTC)

    assert ui.day(late_evening_in_chicago) == '<time datetime="2026-12-31">December 31, 2026</time>'


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 5, 3), date(2026, 5, 3), "May 3, 2026"),
        (date(2026, 5, 3), date(2026, 5, 9), "May 3–9, 2026"),
        (date(2026, 5, 28), date(2026, 6, 2), "May 28 to June 2, 2026"),
        (date(2026, 5, 3), date(2027, 5, 2), "May 3, 2026 to May 2, 2027"),
    ],
)
def test_a_range_of_dates_says_nothing_twice(first, last, text):
    assert re.sub(r"<[^>]+>", "", ui.date_range(first, last)) == text


@pytest.mark.parametrize(
    ("value", "tone"),
    [("approved", "live"), ("in_review", "wait"), ("returned", "back"), ("paused", "pause"), ("withdrawn", "end")],
)
def test_a_status_has_a_tone_and_words(value, tone):
    assert ui.status(value) == f'<span class="status status--{tone}">{value.replace("_", " ").capitalize()}</span>'


def test_a_status_without_a_tone_still_has_its_word():
    assert ui.status("draft", "Draft <b>") == '<span class="status">Draft &lt;b&gt;</span>'


@pytest.mark.parametrize(("value", "of", "percent"), [(37, 100, "37"), (0, 0, "0"), (150, 100, "100"), (1, 3, "33.33")])
def test_a_scale_never_leaves_its_line(value, of, percent):
    assert ui.scale(value, of)["percent"] == percent


# --- buttons, notes, tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% button %}Send{% endbutton %}", '<button class="btn">Send</button>'),
        (
            '{% button kind="quiet" size="s" name="step" value=2 about=title %}Edit{% endbutton %}',
            '<button class="btn btn--quiet btn--s" name="step" value="2">Edit'
            '<span class="vh">: A &amp; &lt;b&gt;</span></button>',
        ),
        (
            '{% button kind="text" form="mfa" disabled=True %} Stop {% endbutton %}',
            '<button class="btn--text" form="mfa" disabled>Stop</button>',
        ),
        (
            '{% button aria_busy="true" formaction=nothing value=0 hidden=False extra_class="is-hover" %}{{ title }}'
            "{% endbutton %}",
            '<button class="btn is-hover" aria-busy="true" value="0">A &amp; &lt;b&gt;</button>',
        ),
        (
            '{% button "accounts:home" fragment="mail" wide=True %}Go{% endbutton %}',
            '<a class="btn btn--wide" href="/account/#mail">Go</a>',
        ),
        (
            '{% button "account_login" query="next=/x/&a=b" kind="danger" rel="nofollow" %}Go{% endbutton %}',
            '<a class="btn btn--danger" href="/accounts/login/?next=/x/&amp;a=b" rel="nofollow">Go</a>',
        ),
        (
            "{% button url=address %}Go{% endbutton %}",
            '<a class="btn" href="/&quot;&gt;&lt;i&gt;">Go</a>',
        ),
    ],
)
def test_a_button_is_a_link_or_sends_its_form(source, html):
    assert render(source, title="A & <b>", address='/"><i>') == html


def test_a_button_to_an_address_that_is_not_there_is_noticed():
    with pytest.raises(NoReverseMatch):
        render('{% button "accounts:no-such-page" %}Go{% endbutton %}')


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% note %}Words.{% endnote %}", f'<div class="note">{ui.icon("info")}<p>Words.</p></div>'),
        (
            '{% note "warn" title %}{{ title }}{% endnote %}',
            f'<div class="note note--warn">{ui.icon("alert")}<p><strong>A &amp; &lt;b&gt;</strong> '
            "A &amp; &lt;b&gt;</p></div>",
        ),
        (
            '{% note "good" "Done." %}{% endnote %}',
            f'<div class="note note--good">{ui.icon("check")}<p><strong>Done.</strong></p></div>',
        ),
        (
            '{% note "bad" alert=True id="trouble" %}<h2>Not sent</h2><p>Why.</p>{% endnote %}',
            f'<div class="note note--bad" role="alert" tabindex="-1" id="trouble">{ui.icon("alert")}<h2>Not sent</h2>'
            "<p>Why.</p></div>",
        ),
        (
            '{% note title="Before." icon="users" element="section" %}<ul><li>One</li></ul>{% endnote %}',
            f'<section class="note">{ui.icon("users")}<p><strong>Before.</strong></p><ul><li>One</li></ul></section>',
        ),
    ],
)
def test_a_note_has_a_sign_and_words(source, html):
    assert render(source, title="A & <b>") == html


def test_a_slip_in_a_notes_tone_is_noticed():
    with pytest.raises(KeyError):
        render('{% note "waring" %}Words.{% endnote %}')


@pytest.mark.parametrize(
    ("level", "note"),
    [("success", "note note--good"), ("error", "note note--bad"), ("warning", "note note--warn"), ("info", "note")],
)
def test_a_message_is_a_note_in_its_tone(level, note):
    said = Message(getattr(constants, level.upper()), "It is <b>done</b>.")

    html = render("{% include name %}", name="components/messages.html", messages=[said])

    assert f'<div class="{note}">' in html
    assert "<p>It is &lt;b&gt;done&lt;/b&gt;.</p>" in html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "{% table title %}<tbody></tbody>{% endtable %}",
            '<div class="scroll" tabindex="0" role="region" aria-label="A &amp; &lt;b&gt;"><table class="table">'
            "<caption>A &amp; &lt;b&gt;</caption><tbody></tbody></table></div>",
        ),
        (
            '{% table label="Terms" admin=True %}<caption class="vh">All</caption>{% endtable %}',
            '<div class="results" tabindex="0" role="region" aria-label="Terms"><table>'
            '<caption class="vh">All</caption></table></div>',
        ),
        (
            '{% table "Tax" region=False extra_class="sums" id="tax" %}{% endtable %}',
            '<table class="table sums" id="tax"><caption>Tax</caption></table>',
        ),
        (
            '{% table label="Rates" region_class="top6" %}{% endtable %}',
            '<div class="scroll top6" tabindex="0" role="region" aria-label="Rates">'
            '<table class="table"></table></div>',
        ),
    ],
)
def test_a_table_stands_in_a_region_with_a_name(source, html):
    assert render(source, title="A & <b>") == html


# --- forms ----------------------------------------------------------------------------------------------------------


def test_a_field_ties_label_hint_and_error_to_its_control():
    form = Wishes({"title": "", "kind": "a"})

    html = form["title"].as_field_group()

    assert '<label class="label" for="id_title">Title</label>' in html
    assert '<span class="hint" id="id_title_helptext">As it stands on the door.</span>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<div class="errors" id="id_title_error">' in html
    assert html.index('class="hint"') < html.index("<input") < html.index('class="errors"')


@pytest.mark.parametrize("name", ["title", "kind", "quiet"])
def test_every_kind_of_field_is_described_by_its_hint(name):
    html = Wishes()[name].as_field_group()

    assert f'id="id_{name}_helptext"' in html
    assert f'aria-describedby="id_{name}_helptext"' in html


def test_what_may_stay_empty_says_so():
    html = render("{{ form }}", form=Wishes())

    assert "City <small>(optional)</small>" in html
    assert "Title <small>" not in html


def test_choices_stand_in_a_named_group():
    html = Wishes()["kind"].as_field_group()

    assert '<fieldset class="field group" id="id_kind_group" aria-describedby="id_kind_helptext">' in html
    assert html.count('<label class="check">') == 2


def test_the_error_summary_leads_to_each_field():
    form = Wishes({"title": "", "city": ""})

    html = render("{{ form }}", form=form)

    assert 'role="alert" tabindex="-1"' in html
    summary = html[: html.index("</ul>")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_title", "id_kind_group"]
    assert all(f'id="{target}"' in html for target in targets)


def test_the_trap_of_a_public_form_is_out_of_sight():
    class Question(PublicForm):
        text = forms.CharField(label="Question")

    html = render("{{ form }}", form=Question())

    trap = html[html.index('<div class="trap"') :]
    assert 'aria-hidden="true"' in trap
    assert 'name="website"' in trap
    assert html.count('name="website"') == 1


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "number", "url"),
    [
        ("q=nerve+block&page=3", 4, "?q=nerve+block&page=4"),
        ("q=nerve+block&page=3", 1, "?q=nerve+block"),
        ("page=3", 1, "/search/"),
        ("role=a&role=b", 2, "?role=a&role=b&page=2"),
    ],
)
def test_a_pager_keeps_the_rest_of_the_query(query, number, url):
    request = RequestFactory().get("/search/?" + query)

    assert ui.page_url(Context({"request": request}), number) == url


def test_a_pager_may_write_its_pages_into_the_path():
    context = Context({})

    assert ui.page_url(context, 1, "/2018/12/14/") == "/2018/12/14/"
    assert ui.page_url(context, 3, "/2018/12/14/") == "/2018/12/14/page/3/"


def test_a_pager_shows_where_it_stands_and_gaps():
    page = Paginator(range(240), 10).page(12)

    assert ui.elided(page) == [1, None, 11, 12, 13, None, 24]
    html = render(
        '{% include "components/pagination.html" with page=page label="Pages of jobs" request=request only %}',
        page=page,
        request=RequestFactory().get("/jobs/"),
    )
    assert 'aria-current="page" aria-label="Page 12, this page"' in html
    assert 'href="?page=11" rel="prev"' in html


def test_one_page_needs_no_pager():
    html = render(
        '{% include "components/pagination.html" with page=page request=request only %}',
        page=Paginator([1], 10).page(1),
        request=RequestFactory().get("/"),
    )

    assert html.strip() == ""


# --- the frame ------------------------------------------------------------------------------------------------------


def test_a_menu_marks_this_page_and_opens_without_scripts():
    items = [MenuEntry("Journal", "/journal/", (MenuEntry("All issues", "/journal/issues/"),), current=True)]

    html = render(
        '{% include "components/menu.html" with items=items name="wide" path="/journal/issues/" only %}',
        items=items,
    )

    assert '<a href="/journal/" aria-current="true">Journal</a>' in html
    assert '<details class="sub" name="wide"><summary>' in html
    assert '<a href="/journal/issues/" aria-current="page">All issues</a>' in html


@pytest.mark.django_db
def test_the_frame_can_be_shared_by_all_visitors():
    response = Client().get("/no-such-page/")

    assert response.status_code == 404
    html = response.content.decode()
    assert html.count("<h1") == 1
    assert "csrfmiddlewaretoken" not in html
    assert "nonce" not in html
    assert not response.cookies


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_pages_for_trouble_need_no_database_and_no_context(name):
    html = render("{% include name %}", name=f"errors/{name}.html")

    assert html.count("<h1") == 1
    assert 'href="/static/css/site.css"' in html


def test_what_was_typed_is_given_back_as_text():
    html = render("{% include name %}", name="errors/503.html", typed=[("Question", "<b>why</b>\nnow")])

    assert "<dt>Question</dt><dd>&lt;b&gt;why&lt;/b&gt;<br>now</dd>" in html


# --- the style page -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_style_page_is_for_staff():
    visitor = Client().get("/styleguide/")
    member = factories.client_of(factories.user()).get("/styleguide/")
    person = factories.staff_user("Content editor")
    factories.second_factor(person)
    staff_client = factories.client_of(person)
    factories.pass_second_factor(staff_client)
    staff = staff_client.get("/styleguide/")

    assert (visitor.status_code, visitor.headers["Location"]) == (302, "/accounts/login/?next=/styleguide/")
    assert member.status_code == 403
    assert staff.status_code == 200
    html = staff.content.decode()
    assert html.count("<h1") == 1
    assert all(f'class="sw-{token}"' in html for token in ("paper", "ink", "teal", "saffron", "deep"))


def test_a_card_prints_what_it_is_given_as_text():
    html = render(
        '{% card heading to="accounts:home" label="More" %}{{ text }}{% endcard %}', heading="A & B", text="<i>"
    )

    assert isinstance(html, SafeString)
    assert "<h2>A &amp; B</h2>" in html
    assert '<p class="small">&lt;i&gt;</p>' in html
    assert '<a class="btn btn--quiet btn--wide" href="/account/">More</a>' in html


def test_a_card_may_hold_blocks_of_its_own():
    html = render('{% card "Ticks" wash=True %}<ul><li>One</li></ul>{% endcard %}')

    assert " ".join(html.split()) == ('<section class="box box--wash"> <h2>Ticks</h2> <ul><li>One</li></ul> </section>')


def test_an_empty_list_says_why_and_what_would_fill_it():
    html = render('{% blank_slate url="/ask/" label="Ask" %}{{ text }}{% endblank_slate %}', text="None & none.")

    assert "<p>None &amp; none.</p>" in html
    assert '<a class="btn btn--quiet" href="/ask/">Ask</a>' in html


def test_only_the_sites_own_addresses_become_links(settings):
    settings.SITE_ORIGIN = "https://aapm.example"
    strange = "https://evil.example/?a=1&b=<b>, nor https://aapm.example.evil/ or x.org"
    text = f"See https://aapm.example/pay/x-1/. Not {strange}"
    assert ui.own_links(text) == (
        'See <a href="https://aapm.example/pay/x-1/">https://aapm.example/pay/x-1/</a>. Not '
        "https://evil.example/?a=1&amp;b=&lt;b&gt;, nor https://aapm.example.evil/ or x.org"
    )


@pytest.mark.parametrize(
    ("title", "within"),
    [("Nerve blocks", "nerve blocks"), ("CRPS", "CRPS"), ("Coverage by Medicare", "coverage by Medicare"), ("", "")],
)
def test_a_title_in_a_sentence_begins_small_and_keeps_its_names(title, within):
    assert ui.in_sentence(title) == within


def test_an_hour_stays_with_its_half_of_the_day():
    assert ui.with_whole_hours("8:30 a.m. to 5 p.m. Central") == "8:30\u00a0a.m. to 5\u00a0p.m. Central"
    assert ui.with_whole_hours("noon to 1 pm, by appointment") == "noon to 1 pm, by appointment"
