"""The glossary: its page, its form, and the words that explain themselves in a text."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from aapm_site.core.richtext import clean
from content.forms.term import TermForm
from content.models import Term
from content.text.glossary import VOID, explain
from tests.content.makers import page


@dataclass(frozen=True)
class Word:
    """A word as explain() needs it, without a database."""

    name: str
    slug: str
    definition: str = "What it means."
    aliases: tuple[str, ...] = ()

    @property
    def words(self):
        return [self.name, *self.aliases]


BLOCK = Word("nerve block", "nerve-block", "Medicine placed next to a nerve.", ("nerve blocks",))
NERVE = Word("nerve", "nerve", "A wire of the body.")
ADDED = re.compile(
    r'<button type="button" class="term-word" [^>]*>(.*?)</button><span class="term-note".*?</a></span>',
    re.DOTALL,
)
HELD = re.compile(r'<span class="term-held">(.*?</a></span>[^<]+)</span>', re.DOTALL)


def explained(html):
    """The words that have become buttons, as they stand in the text."""
    return re.findall(r'class="term-word" popovertarget="[^"]+">(.*?)</button>', html, re.DOTALL)


def without(html):
    """The text as it was before its words explained themselves."""
    return ADDED.sub(r"\1", HELD.sub(r"\1", html))


def test_the_first_occurrence_opens_its_definition():
    written = explain("<p>A nerve block, then a nerve block.</p>", [BLOCK])

    assert written == (
        '<p>A <span class="term-held">'
        '<button type="button" class="term-word" popovertarget="word-nerve-block">nerve block</button>'
        '<span class="term-note" id="word-nerve-block" popover><strong>nerve block</strong> '
        "<span>Medicine placed next to a nerve.</span> "
        '<a href="/glossary/#nerve-block">In the glossary</a></span>,</span> then a nerve block.</p>'
    )


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Nerve Blocks help.</p>", ["Nerve Blocks"]),
        ("<p>A nerve block of a nerve.</p>", ["nerve block", "nerve"]),
        ("<p>A nerve and a nerve block.</p>", ["nerve", "nerve block"]),
        ("<p>A nerve&nbsp;block.</p>", ["nerve&nbsp;block"]),
        ("<p>A nerve\n block.</p>", ["nerve\n block"]),
        ("<p>Unnerved, nerveless, nerve_x, 2nerve.</p>", []),
        ("<p>nerve-sparing (nerve) block</p>", ["nerve"]),
        ('<p><a href="/x/">nerve block</a></p><p>nerve block</p>', ["nerve block"]),
        ("<h2>nerve block</h2><h3><em>nerve</em></h3>", []),
        ("<p><code>nerve</code> <kbd>nerve</kbd></p><pre>nerve</pre>", []),
        ("<dl><dt>nerve</dt><dd>nerve</dd></dl>", ["nerve"]),
        ("<table><tr><th>nerve</th><td>nerve</td></tr></table>", ["nerve"]),
        ("<p>{loadposition nerve limit=3}</p>", []),
        ('<p><img src="/x.png" alt="nerve"></p>', []),
        ('<p title="nerve">x</p>', []),
        ("<p>&nerve; &amp;nerve</p>", ["nerve"]),
        ("<p>ne<em>rve</em></p>", []),
    ],
)
def test_where_words_are_found(html, words):
    written = explain(html, [NERVE, BLOCK])

    assert explained(written) == words
    assert without(written) == html


def test_a_word_with_signs_of_html_is_found_and_escaped():
    hostile = Word("R&D <b>", "rd", '"><script>x()</script>{loadposition ask-form}')

    written = explain("<p>Our r&amp;D &lt;B&gt; room.</p>", [hostile])

    assert explained(written) == ["r&amp;D &lt;B&gt;"]
    assert "<script" not in written
    assert "{loadposition" not in written


def test_an_entity_is_never_opened():
    assert explain("<p>Fish &amp; chips</p>", [Word("amp", "amp")]) == "<p>Fish &amp; chips</p>"


def test_an_id_that_stands_on_the_page_is_not_given_twice():
    written = explain('<p id="word-nerve">A nerve.</p>', [NERVE])

    assert re.findall(r'id="([^"]+)"', written) == ["word-nerve", "word-nerve-x"]


def test_a_definition_is_not_explained_itself():
    written = explain("<p>A block.</p>", [Word("block", "block", "It stops a nerve."), NERVE])

    assert explained(written) == ["block"]


def test_what_does_not_read_back_is_left_alone():
    broken = "<p>A nerve </P ><p"

    assert explain(broken, [NERVE]) == broken


def test_nothing_to_explain():
    assert explain("<p>A nerve.</p>", []) == "<p>A nerve.</p>"
    assert explain("", [NERVE]) == ""
    assert explain("<p>A nerve.</p>", [Word(" ", "blank")]) == "<p>A nerve.</p>"


class Balance(HTMLParser):
    """Whether every element that was opened was closed, in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.is_well_formed = [], True
        self.feed(html)
        self.close()
        self.is_well_formed &= not self.open

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.is_well_formed = False


PIECES = st.sampled_from(
    [
        "nerve", "block", "nerve block", "pain", "Pain", "&amp;", "&lt;", "<", ">", "&", "{loadposition x}", "{", "}",
        '"', "<p>", "</p>", "<em>", "</em>", '<a href="/nerve/">', "</a>", "<h2>", "</h2>", "<br>", "<ul><li>", "é",
        "</li></ul>", "<code>", "</code>", "<table><tr><td>", "</td></tr></table>", "\u00a0", "İ", "ß", "<dt>",
    ]
)  # fmt: skip
BODIES = st.lists(st.one_of(PIECES, st.just(" "), st.text(max_size=4)), max_size=30).map("".join).map(clean)
NAMES = st.one_of(
    st.sampled_from(["nerve", "block", "nerve block", "pain", "p", "amp", "ß", "İ", "{", "br"]), st.text(max_size=6)
)
TERMS = st.lists(
    st.builds(Word, NAMES, st.from_regex(r"\A[a-z]{1,4}\Z"), st.text(max_size=20), st.tuples(NAMES)), max_size=6
)


@given(BODIES, TERMS)
def test_the_text_stays_and_the_html_is_well_formed_whatever_stands_there(body, terms):
    written = explain(body, terms)

    assert without(written) == body
    assert Balance(written).is_well_formed == Balance(body).is_well_formed
    slugs = re.findall(r'popovertarget="([^"]+)"', written)
    assert len(slugs) == len(set(slugs))


def term(name, **fields):
    fields.setdefault("slug", name.lower().replace(" ", "-"))
    fields.setdefault("definition", f"What {name} means.")
    return Term.objects.create(name=name, **fields)


@pytest.mark.django_db
def test_the_glossary_holds_every_word_under_its_letter(client):
    term("taper")
    term("acute pain")
    term("Anesthesia", aliases="anaesthesia\n  numbing \nanesthesias\nnumbings")
    term("10-point scale", slug="scale")

    response = client.get("/glossary/")

    groups = [(letter, [word.name for word in words]) for letter, words in response.context["groups"]]
    assert groups == [("A", ["acute pain", "Anesthesia"]), ("T", ["taper"]), ("#", ["10-point scale"])]
    assert '<dt id="taper">taper</dt><dd>What taper means.</dd>' in response.text
    assert "Also: anaesthesia, numbing." in response.text
    assert '<a href="#letter-t">T</a>' in response.text
    defined = response.context["meta"].jsonld[0]
    assert (defined["@type"], len(defined["hasDefinedTerm"])) == ("DefinedTermSet", 4)
    assert defined["hasDefinedTerm"][-1]["url"].endswith("/glossary/#taper")


@pytest.mark.django_db
def test_an_empty_glossary_says_so(client):
    assert "No word has been explained yet" in client.get("/glossary/").text


@pytest.mark.django_db
def test_the_glossary_costs_three_queries_however_long(client, django_assert_num_queries):
    term("one")
    with django_assert_num_queries(3):
        client.get("/glossary/")
    for number in range(50):
        term(f"word {number}")

    with django_assert_num_queries(3):
        client.get("/glossary/")


@pytest.mark.django_db
def test_a_word_leads_to_the_page_for_patients_that_is_about_it(client):
    Term.objects.create(name="nerve block", slug="nerve-block", aliases="nerve blocks", definition="Medicine.")
    page("nerve-blocks", for_patients=True)
    page("taper", title="Taper"), page("members", title="Taper", for_patients=True, audience="members")
    Term.objects.create(name="taper", slug="taper", definition="Small steps.")

    shown = client.get("/glossary/").text

    assert '<a href="/nerve-blocks/">Read about nerve blocks</a>' in shown
    assert shown.count("Read about") == 1


@pytest.mark.django_db
def test_words_explain_themselves_in_texts_for_patients_only(client, django_assert_num_queries):
    term("nerve block")
    page("for-patients", body="<p>A nerve block.</p>", for_patients=True)
    page("for-others", body="<p>A nerve block.</p>")
    page("members", body="<p>A nerve block.</p>", for_patients=True, audience="members")
    for number in range(50):
        term(f"word {number}")

    with django_assert_num_queries(5):
        shown = client.get("/for-patients/").text

    assert explained(shown) == ["nerve block"]
    assert explained(client.get("/for-others/").text) == []
    assert "nerve block" not in client.get("/members/").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given_data", "field", "why"),
    [
        ({"name": "Nerve Block"}, "aliases", "“nerve block” belongs to “nerve block” already."),
        ({"aliases": "x\nNERVE BLOCK"}, "aliases", "“nerve block” belongs to “nerve block” already."),
        ({"name": ""}, "name", "Please fill this in."),
        ({"name": "x" * 81}, "name", "Please shorten this to 80 characters; it has 81 now."),
        ({"name": "a\x00b"}, "name", "This holds a sign that nobody can see. Please type it again."),
        ({"definition": "   "}, "definition", "Please fill this in."),
        ({"definition": "x" * 401}, "definition", "Please shorten this to 400 characters; it has 401 now."),
        ({"slug": "a b"}, "slug", "Use only letters, digits and hyphens, such as nerve-blocks."),
    ],
)
def test_a_word_that_cannot_be_kept_is_refused_with_its_reason(given_data, field, why):
    term("nerve block")
    form = TermForm({"name": "taper", "slug": "taper", "definition": "Smaller steps.", "aliases": "", **given_data})

    assert why in form.errors[field]


@pytest.mark.django_db
def test_a_word_keeps_its_own_forms_when_it_is_saved_again():
    block = term("nerve block", aliases="nerve blocks")
    data = {"name": "nerve block", "slug": "nerve-block", "definition": "New\u202e words.", "aliases": "nerve blocks"}
    form = TermForm(data, instance=block)

    assert form.is_valid()
    assert form.save().definition == "New words."


@pytest.mark.django_db
def test_the_database_keeps_each_word_once():
    term("Taper")

    with pytest.raises(IntegrityError), transaction.atomic():
        term("taper", slug="taper-2")
