"""Templates and the page cache: nothing inline, nothing personal in what all visitors share."""

import re
from functools import cache

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from aapm_site.core.association import last_name
from aapm_site.core.cache import page_cache
from aapm_site.core.models import Association
from tests.house import access, walk, world
from tests.house.observe import ask
from tests.house.source import ROOT, templates

# Mail programs read no style sheets, so mail carries its looks with it.
MAIL = ROOT / "templates" / "emails"
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.IGNORECASE,
)
# Pictures are for everybody who has their address, and an address never shows another picture. The feed for job boards
# is the same for everybody, too long to be kept here, and asked for again each time.
FOR_EVERYBODY = {
    "content:picture-file", "careers:organization-logo", "careers:indeed-feed", "passage:discovery", "passage:keys",
}  # fmt: skip
PAPERS = {f"billing:{door}-{paper}" for door in ("order", "pay") for paper in ("invoice", "receipt", "credit-note")}
COMMENT = re.compile(r"(?s:{%\s*comment.*?endcomment\s*%})|{#.*?#}")


def inline_in(text: str) -> list[str]:
    return [found.group(0).strip() for found in INLINE.finditer(COMMENT.sub("", text))]


def test_no_template_carries_code_or_looks_of_its_own():
    read = [path for path in templates() if path.suffix == ".html" and MAIL not in path.parents]
    assert len(read) >= 100
    found = {str(path.relative_to(ROOT)): inline_in(path.read_text()) for path in read}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_space_above_that_is_asked_for_is_there():
    known = set(re.findall(r"\.(top[0-9])\b", (ROOT / "static" / "css" / "site" / "utilities.css").read_text()))
    asked = {word for path in templates() for word in re.findall(r'class="[^"]*\b(top[0-9])\b', path.read_text())}
    assert "top3" in asked
    assert asked - known == set()


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<button onclick="go()">',
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
    ],
)
def test_an_inline_line_is_noticed(line):
    assert inline_in(line) != []


CLASSES = re.compile(r'\bclass="([^"]*)"')
RULES = re.compile(r"\.([a-z][\w-]*)")
TAGS = re.compile(r"{%.*?%}|{{.*?}}")


def test_each_class_of_the_sites_pages_has_a_rule():
    """A name without one is an intention that nobody sees: a gap that is missing, a mark that looks like its neighbors.

    A name that is put together, or of one letter, is not looked at.
    """
    texts = [path.read_text() for folder in ("css", "js") for path in (ROOT / "static" / folder).rglob(f"*.{folder}")]
    known = set(RULES.findall("\n".join(texts)))
    assert len(known) >= 500
    lacking = {
        (name, str(path.relative_to(ROOT)))
        for path in templates()
        if path.suffix == ".html" and not {"emails", "admin"} & set(path.parts)
        for words in CLASSES.findall(COMMENT.sub("", path.read_text()))
        for name in TAGS.sub(" ", words).split()
        if "{{" not in words and len(name) > 1 and name not in known
    }
    assert lacking == set()


@pytest.mark.parametrize("line", ['<script src="/x.js"></script>', '<script type="application/ld+json">{}</script>'])
def test_a_file_or_data_is_not_taken_for_inline_code(line):
    assert inline_in(line) == []


# --- how templates are written -------------------------------------------------------------------------------------

LONGEST = 140
INCLUDE = re.compile(r"{%\s*include\b[^%]*%}")
# Each is a component in core/templatetags/components.py: {% button %}, {% note %}, {% table %}.
BY_HAND = re.compile(r"""class=(["'])(?:[^"'>]*\s)?(?:btn|note)(?:--[\w-]+)?(?=[\s"'{])[^"']*\1|<table\b""")
# A field prints itself: {{ form.name.as_field_group }}.
FIELD = "components/field.html"


def written_badly(text: str) -> list[str]:
    """Lines that run too far, includes that take in the whole context, components written out."""
    plain = COMMENT.sub("", text)
    includes = INCLUDE.findall(plain)
    return [
        *(f"{len(line)} characters: {line[:60]}…" for line in text.splitlines() if len(line) > LONGEST),
        *(f"without only: {tag}" for tag in includes if not re.search(r"\bonly\s*%}$", tag)),
        *(f"use as_field_group: {tag}" for tag in includes if FIELD in tag),
        *(f"use the component: {found.group()}" for found in BY_HAND.finditer(plain)),
    ]


def test_a_comment_ends_on_its_line():
    """Django takes one of two lines for words to show."""
    open_ended = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in templates()
        for line in COMMENT.sub("", path.read_text()).splitlines()
        if "{#" in line or "#}" in line
    ]
    assert open_ended == []


def test_templates_are_written_in_short_lines_with_the_components():
    read = [path for path in templates() if path.suffix == ".html" and MAIL not in path.parents]
    found = {str(path.relative_to(ROOT)): written_badly(path.read_text()) for path in read}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


# A table's form is that of the settings, a sentence writes the month out; the last two are for machines.
DATES = {"DATETIME_FORMAT", "F j, Y", "F j, Y, g:i a", "F j, Y, g:i A T", "F j", "F j, g:i A T", "g:i a", "c", "Y-m-d"}
PARTS = {"n", "j", "F", "Y"}  # of a link to the archive, and of the plate that shows a day large


def test_dates_have_one_form_in_tables_and_one_in_sentences():
    written = {found for path in templates() for found in re.findall(r"""\|date:["']([^"']*)""", path.read_text())}
    assert written == DATES | PARTS


@pytest.mark.parametrize(
    "text",
    [
        "x" * 141,
        '{% include "components/card.html" %}',
        '{% include "components/card.html" with only=1 %}',
        '{% include "components/field.html" with field=form.name only %}',
        '<a class="btn btn--quiet" href="/">Back</a>',
        "<button class='btn'>Save</button>",
        '<a class="top6 btn--text" href="/">Back</a>',
        '<div class="note note--bad">No</div>',
        "<table>",
    ],
)
def test_a_template_that_is_written_badly_is_noticed(text):
    assert len(written_badly(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "x" * 140,
        '{% include "components/hit.html" with hit=hit only %}',
        '{% button kind="quiet" %}Save{% endbutton %}',
        '<p class="note-line">',
        '<p class="saved-note small">',
        "{# <table> #}",
        "{% comment %}<table>{% endcomment %}",
    ],
)
def test_a_template_in_the_form_of_the_house_is_left_alone(text):
    assert written_badly(text) == []


# --- what all visitors share ---------------------------------------------------------------------------------------


def _is_public(entry: URLPattern) -> bool:
    return getattr(entry.callback, "public_keys", None) is not None


@cache
def public_names() -> frozenset[str]:
    """The names of all routes whose views say that they are public."""
    found = set()

    def look(resolver, spaces):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                if _is_public(entry):
                    found.add(":".join([*spaces, entry.name or ""]))
            else:
                look(entry, (*spaces, entry.namespace) if entry.namespace else spaces)

    look(get_resolver(), ())
    return frozenset(found)


def public_addresses(here: world.World) -> list[str]:
    doors = [
        (name, door)
        for name, found in access.SITE.items()
        for door in (found if isinstance(found, tuple) else (found,))
    ]
    return [reverse(name, kwargs=door.sample(here)) for name, door in doors if name in public_names()]


def test_the_public_pages_are_known():
    assert len(public_names()) >= 25
    assert public_names() <= {route.name for route in walk.routes()}


def test_a_public_page_sets_no_cookie_and_holds_no_token_and_is_the_same_for_all(here):
    wrong = []
    for address in public_addresses(here):
        first, second = ask(Client(), "GET", address), ask(Client(), "GET", address, **{"Accept-Language": "pl"})
        if (
            first.cookies
            or "csrfmiddlewaretoken" in first.content.decode()
            or "nonce-" in first["Content-Security-Policy"]
        ):
            wrong.append(f"{address} is somebody's own")
        if without_clock(first) != without_clock(second):
            wrong.append(f"{address} differs from one visitor to the next")
    assert not wrong, "\n".join(wrong)


def without_clock(response):
    """The page but for the second at which its form was shown, which is signed into it."""
    return re.sub(rb'name="shown_at" value="[^"]*"', b"", response.content)


def test_a_public_page_is_the_same_from_the_cache_after_a_member_was_there(here, settings):
    settings.PAGE_CACHE = True
    member, wrong, kept = here.client(world.MEMBER), [], 0
    for address in public_addresses(here):
        page_cache.pages.clear()
        fresh = Client().get(address, headers={"accept-encoding": ""})
        page_cache.pages.clear()
        member.get(address)
        Client().get(address)
        again = Client().get(address, headers={"accept-encoding": ""})
        kept += len(page_cache.pages.entries)
        if (again.status_code, without_clock(again)) != (fresh.status_code, without_clock(fresh)):
            wrong.append(address)
        if fresh.status_code == 200 and again["Cache-Control"] != page_cache.CACHE_CONTROL:
            wrong.append(f"{address}: {again['Cache-Control']}")
    assert wrong == []
    assert kept >= 20


def test_a_new_name_of_the_association_stands_on_every_page(here):
    """But for papers of money, which say what they said on their day."""
    Association.objects.update(name="Society for the Quiet of Pain")
    last_name.forget()
    old, wrong, told = Association().name.encode(), set(), 0
    for actor in (world.VISITOR, world.MEMBER, world.EMPLOYER):
        client = here.client(actor)
        for name, found in access.SITE.items():
            for door in found if isinstance(found, tuple) else (found,):
                response = ask(client, "GET", reverse(name, kwargs=door.sample(here)))
                said = b"".join(response)
                told += b"Society for the Quiet of Pain" in said
                if old in said.replace(b"<br>", b" ").replace(b"\r\n ", b""):
                    wrong.add(name)
                for close in response._resource_closers:
                    close()
    assert wrong == PAPERS
    assert told >= 300


def test_what_nobody_may_keep_says_so(here):
    """Every other page, and every page of a signed-in person: private, no-store."""
    wrong = []
    for actor in (world.VISITOR, world.MEMBER, world.EMPLOYER):
        client = here.client(actor)
        for name, found in access.SITE.items():
            door = found[0] if isinstance(found, tuple) else found
            response = ask(client, "GET", reverse(name, kwargs=door.sample(here)))
            shared = name in FOR_EVERYBODY or (actor == world.VISITOR and name in public_names())
            said = response.get("Cache-Control", "")
            if not shared and "no-store" not in said and not ("private" in said and "max-age=0" in said):
                wrong.append(f"{actor} {name}: {said}")
            for close in response._resource_closers:
                close()
    assert not wrong, "\n".join(wrong)
