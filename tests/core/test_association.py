"""The association's details: one row, and everything that says who the association is and how it is reached."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.template.loader import render_to_string

from aapm_site.core.association import (
    association,
    association_name,
    last_known_name,
    last_name,
    network_of,
    social_addresses,
    telephone_url,
)
from aapm_site.core.cache import page_cache, revisions
from aapm_site.core.demo import demo_loaders
from aapm_site.core.models import MOST_SOCIAL_ADDRESSES, Association
from aapm_site.core.roles import CONTENT_EDITOR, FINANCE, JOURNAL_EDITOR, MEMBERSHIP_STAFF
from aapm_site.core.seo import organization_ld
from aapm_site.core.templatetags.ui import on_two_lines
from aapm_site.mail.domain.queue import compose_email
from tests.content import makers
from tests.factories import client_of, staff_client, user
from tests.house import source

pytestmark = pytest.mark.django_db

WRITTEN = {
    "name": "American Academy of Pain Medicine",
    "legal_line": "A nonprofit corporation in Illinois.",
    "street": "12 Long Street\nSuite 4",
    "city": "Duluth",
    "state": "MN",
    "postal_code": "55802",
    "telephone": "(218) 555-0142 ext. 7",
    "email": "office@academy.example",
    "hours": "Monday to Friday, 9 a.m. to 4 p.m. Central",
    "website": "academy.example",
    "founded": 1983,
    "social": "https://www.linkedin.com/company/academy\nOur films https://films.example/academy",
}
ROW = "/admin/core/association/1/change/"
TEXT_OF_FOOT = re.compile(r'<footer class="site-foot.*?</footer>', re.S)


@pytest.fixture
def starter(settings):
    settings.DEMO = False
    call_command("load_starter_content", verbosity=0)


def write(**changes):
    Association.objects.update(**{**WRITTEN, **changes})


def foot(client, at="/"):
    return TEXT_OF_FOOT.search(client.get(at).text)[0]


# What it says ---------------------------------------------------------------------------------------------------------
def test_there_is_one_row_from_the_beginning_with_the_name_alone():
    about = association()

    assert Association.objects.count() == 1
    assert (about.name, about.founded, about.address) == ("American Academy of Pain Medicine", 1983, ())
    assert about.sheet == ("American Academy of Pain Medicine",)


@pytest.mark.parametrize(
    ("typed", "dialed"),
    [
        ("(312) 555-0183", "tel:+13125550183"),
        ("312 555 0183 ext. 12", "tel:+13125550183;ext=12"),
        ("+44 20 7946 0018", "tel:+442079460018"),
        ("1-800-555-0183", "tel:18005550183"),
        ("", ""),
        ("by appointment", ""),
    ],
)
def test_a_telephone_dials(typed, dialed):
    assert telephone_url(typed) == dialed


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://www.linkedin.com/company/x", "LinkedIn"),
        ("https://x.com/x", "X"),
        ("https://notx.com/x", "notx.com"),
        ("https://m.facebook.com/x", "Facebook"),
        ("https://www.forum.example/x", "forum.example"),
    ],
)
def test_a_network_is_called_as_people_call_it(url, network):
    assert network_of(url) == network


def test_accounts_keep_their_order_and_own_names():
    found = social_addresses("\nhttps://youtube.com/@a \n Our films   https://films.example/a\n")
    assert [(one.network, one.url) for one in found] == [
        ("YouTube", "https://youtube.com/@a"),
        ("Our films", "https://films.example/a"),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"social": "http://x.com/a"}, "“http://x.com/a” is not a whole address that begins with https://."),
        ({"social": "LinkedIn"}, "“LinkedIn” is not a whole address that begins with https://."),
        ({"social": "https://[x.com/a"}, "“https://[x.com/a” is not a whole address that begins with https://."),
        ({"social": "https://a@x.com/"}, "“https://a@x.com/” is not a whole address that begins with https://."),
        ({"social": "https://x.com/a\nX https://x.com/a"}, "“https://x.com/a” stands here twice."),
        (
            {"social": "\n".join(f"https://x.com/{one}" for one in range(MOST_SOCIAL_ADDRESSES + 1))},
            "Please keep at most 8 addresses; these are 9.",
        ),
        ({"street": "a\nb\nc\nd"}, "A paper has room for 3 lines here, and these are 4."),
        ({"founded": 1699}, "Give at least 1700."),
    ],
)
def test_what_cannot_be_said_is_refused(changes, words):
    row = Association(**{**WRITTEN, **changes})
    with pytest.raises(ValidationError) as refused:
        row.clean_fields()
    assert list(refused.value.message_dict.values()) == [[words]]


def test_the_database_holds_one_row_with_a_name_and_never_loses_it():
    for wrong in (lambda: Association.objects.create(pk=2), lambda: Association.objects.update(name=" ")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    with pytest.raises(ProgrammingError, match="Cannot delete rows"), transaction.atomic():
        Association.objects.all().delete()


# Where it stands ------------------------------------------------------------------------------------------------------
def test_the_foot_of_every_page_says_it(client, starter):
    assert "<address>" not in foot(client)
    write()
    said = foot(client)

    assert "<p>American Academy of Pain Medicine. The medical specialty society" in said
    for words in (
        "<span>12 Long Street</span>",
        "<span>Suite 4</span>",
        "<span>Duluth, MN 55802</span>",
        '<a href="tel:+12185550142;ext=7">(218) 555-0142 ext. 7</a>',
        '<a href="mailto:office@academy.example">office@academy.example</a>',
        '<a href="https://www.linkedin.com/company/academy">LinkedIn</a>',
        '<a href="https://films.example/academy">Our films</a>',
        "A nonprofit corporation in Illinois.",
    ):
        assert words in said
    assert "invented" not in said
    write(is_sample=True)
    assert "<span>Sample address, invented</span>" in foot(client)


def test_the_foot_costs_no_query(client, starter, django_assert_num_queries):
    client.get("/accessibility/")
    with django_assert_num_queries(4):  # the page, its place and its related pages, and all menus
        client.get("/accessibility/")
    write()
    with django_assert_num_queries(4):
        assert "12 Long Street" in foot(client, "/accessibility/")


def test_the_contact_page_says_it(client, starter, django_assert_num_queries):
    assert "By letter" not in client.get("/contact/").text
    write()
    with django_assert_num_queries(6):  # of which one is the association
        said = client.get("/contact/").text

    assert "American Academy of Pain Medicine<br>12 Long Street<br>Suite 4<br>Duluth, MN 55802</address>" in said
    assert "<dd>Monday to Friday, 9\u00a0a.m. to 4\u00a0p.m. Central</dd>" in said
    assert "A sample: the address" not in said
    write(is_sample=True)
    assert "A sample: the address, the numbers and the accounts are invented." in client.get("/contact/").text


def test_search_engines_are_told(client, starter):
    assert not {"address", "telephone", "email", "sameAs"} & set(organization_ld())
    write()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").text, re.S)
    found = next(block for block in map(json.loads, blocks) if block["@type"] == "MedicalOrganization")

    assert found["name"] == "American Academy of Pain Medicine"
    assert found["foundingDate"] == "1983"
    assert found["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "12 Long Street, Suite 4",
        "addressLocality": "Duluth",
        "addressRegion": "MN",
        "postalCode": "55802",
    }
    assert found["sameAs"] == ["https://www.linkedin.com/company/academy", "https://films.example/academy"]
    assert (found["telephone"], found["email"]) == ("(218) 555-0142 ext. 7", "office@academy.example")


def test_an_edit_shows_although_pages_are_kept(client, settings, starter):
    settings.PAGE_CACHE = settings.REMEMBERED_READS = True
    assert "<address>" not in foot(client, "/about/")
    editor, before = staff_client(CONTENT_EDITOR), revisions.current()
    editor.post(ROW, WRITTEN)
    assert revisions.current() != before  # which every process sees within a second
    page_cache.pages.clear()
    assert "Duluth, MN 55802" in foot(client, "/about/")


# Who writes it --------------------------------------------------------------------------------------------------------
def test_staff_write_it_and_its_history_is_kept():
    editor = staff_client(CONTENT_EDITOR)
    assert editor.get("/admin/core/association/").headers["Location"] == ROW
    assert editor.get("/admin/core/association/add/").status_code == 403
    assert editor.get("/admin/core/association/1/delete/").status_code == 403

    assert editor.post(ROW, WRITTEN).status_code == 302
    assert association().town == "Duluth, MN 55802"
    assert editor.post(ROW, {**WRITTEN, "name": " "}).status_code == 200
    assert "Changed" in editor.get("/admin/core/association/1/history/").text
    events = Association.objects.get().events.order_by("pgh_id")
    assert list(events.values_list("city", flat=True)) == ["", "Duluth"]


def test_only_those_who_write_the_site_or_send_invoices_may():
    for role, code in ((CONTENT_EDITOR, 200), (FINANCE, 200), (MEMBERSHIP_STAFF, 403), (JOURNAL_EDITOR, 403)):
        assert staff_client(role).get(ROW).status_code == code, role
    assert client_of(user()).get(ROW).status_code == 302


def test_the_demonstration_is_a_sample_and_leaves_what_staff_wrote():
    demo_loaders.get("association").load(print)
    assert association().is_sample
    write(is_sample=False)
    demo_loaders.get("association").load(print)
    assert (association().city, association().is_sample) == ("Duluth", False)


# Another name ---------------------------------------------------------------------------------------------------------
NEW = "Society for the Quiet of Pain"
OLD = "American Academy of Pain Medicine"


@pytest.fixture
def renamed():
    """As if staff had just saved another name; this process knows the old one no more."""
    Association.objects.update(name=NEW)
    last_name.forget()


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/meetings/", "/meetings/course/", "/meetings/calendar.ics", "/meetings/course/calendar.ics"),
        *("/news/told/", "/feeds/news/", "/feeds/meetings/", "/feeds/answers/", "/accounts/login/", "/nothing-here/"),
        *("/career-center/jobs/feed/", "/career-center/jobs/feed/json/", "/career-center/jobs/feed/indeed.xml"),
    ],
)
def test_a_new_name_stands_wherever_the_old_one_did(client, renamed, address):
    makers.meeting("course")
    makers.news("told")
    answer = client.get(address)
    text = b"".join(answer).decode() if answer.streaming else answer.text
    assert OLD not in text
    assert NEW in text.replace("\r\n ", "")


def test_letters_bear_it_too(renamed):
    to = user()
    for template in ("membership/application_approved", "membership/application_received"):
        letter = compose_email(to.email, template, {}, user=to, kind="membership-application")
        assert OLD not in letter.subject + letter.text + letter.html
        assert NEW in letter.text
        assert NEW in letter.html


def test_no_template_and_no_module_spells_the_name():
    """Texts of starter and demonstration are rows; the model's own beginning and what operators set remain."""
    spelled = {path for path in source.templates() if OLD in path.read_text()}
    beginnings = {"aapm_site/core/models.py", "aapm_site/settings.py", "aapm_site/billing/demo.py"}
    spelled |= {path for path in source.modules() if OLD in path.read_text()}
    assert {str(path.relative_to(source.ROOT)) for path in spelled} - beginnings == set()


def test_many_letters_in_one_transaction_ask_for_the_name_once(renamed, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {association_name() for _ in range(5)} == {NEW}
    Association.objects.update(name=OLD)
    assert association_name() == NEW  # as for everything that is remembered, half a minute at most
    last_name.keep(NEW, 0)
    assert association_name() == OLD


def test_a_page_about_a_failure_asks_nothing(renamed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert last_known_name() == OLD
        assert OLD in render_to_string("errors/500.html")
    association_name()
    with django_assert_num_queries(0):
        assert NEW in render_to_string("errors/500.html")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (OLD, "American Academy<br>of Pain Medicine"),
        ("Quiet", "Quiet"),
        ("A <b>", "A<br>&lt;b&gt;"),
        ("日本ペインクリニック学会", "日本ペインクリニック学会"),
    ],
)
def test_the_logo_breaks_a_name_once_near_its_middle(name, shown):
    assert on_two_lines(name) == shown
