"""What tells who somebody is goes, and is named for the editor; what everybody needs stays."""

import time

import pytest

from content.text.anonymize import Finding, anonymize, anonymize_html
from content.text.html_to_text import as_text, for_mail

NAMES = ["Ida Berg", "ida.berg@example.org"]


@pytest.mark.parametrize(
    ("typed", "left", "kind"),
    [
        ("write to ida@mail.example.org please", "write to (e-mail left out) please", "e-mail address"),
        ("see https://me.example/x?y=1 now", "see (link left out) now", "link"),
        ("call 555-014-2277 or", "call (phone number left out) or", "phone number"),
        ("call (555) 014-2277", "call (phone number left out)", "phone number"),
        ("call +1 555.014.2277", "call (phone number left out)", "phone number"),
        ("call 5550142277", "call (phone number left out)", "phone number"),
        ("born 03/14/1961 in", "born (date left out) in", "date"),
        ("born March 14th, 1961", "born (date left out)", "date"),
        ("on 2021-05-06 they", "on (date left out) they", "date"),
        ("MRN: 0048213", "(number left out)", "record number"),
        ("chart no. A-88123", "(number left out)", "record number"),
        ("ssn 123-45-6789", "ssn (number left out)", "social security number"),
        ("at 12 Elm Street", "at (address left out)", "street address"),
        ("number 00482134", "number (number left out)", "number"),
        ("and Dr. Okafor said", "and (a clinician’s name left out) said", "name of a clinician"),
        ("I am Ida Berg.", "I am (name left out).", "name"),
        ("i am ida  berg", "i am (name left out)", "name"),
        ("BERG writes", "(name left out) writes", "name"),
        ("Ida’s back", "(name left out) back", "name"),
    ],
)
def test_what_tells_the_person_goes_and_is_named(typed, left, kind):
    found = anonymize(typed, NAMES)

    assert found.text == left
    assert [finding.kind for finding in found.findings] == [kind]


@pytest.mark.parametrize(
    "typed",
    [
        "call 911 or 988, or 1-800-222-1222",
        "since 2019, for 12 weeks, 50 or 100 mg, 10/10 pain",
        "$1,200 a year and 3.14159265",
        "L4-L5, C5/6 and T12",
        "my records were lost and the chart is old",
        "I take it at 7:30",
    ],
)
def test_ordinary_numbers_and_helplines_stay(typed):
    assert anonymize(typed, NAMES) == anonymize(typed)
    assert anonymize(typed).findings == ()
    assert anonymize(typed).text == typed


def test_a_name_that_is_a_word_goes_only_as_a_name():
    assert anonymize("I will ask Will and grace", ["Will Grace"]).text == "I will ask (name left out) and grace"


def test_marks_in_a_name_are_only_marks():
    assert anonymize("a (b [c", ["(.*", "[", "+?"]).text == "a (b [c"
    assert anonymize("text", ["", " ", "\x00"]).text == "text"


def test_an_answer_loses_the_name_and_keeps_our_number():
    html = '<p>Dear Ida, call 555-014-2277 &amp; <a href="mailto:IDA.berg@example.org">write</a>.</p>'

    found = anonymize_html(html, NAMES)

    assert found.text == "<p>Dear (name left out), call 555-014-2277 &amp; <a>write</a>.</p>"
    assert found.findings == (
        Finding("name", "Ida", "(name left out)"),
        Finding("phone number", "555-014-2277", "555-014-2277"),
    )


def test_what_looks_like_markup_in_a_text_stays_text():
    assert anonymize_html("<p>1 &lt; 2 &amp;&amp; Berg</p>", NAMES).text == "<p>1 &lt; 2 &amp;&amp; (name left out)</p>"


@pytest.mark.parametrize(
    "typed",
    ["a" * 50_000, "1" * 50_000, "a@" * 25_000, "1-" * 25_000, "Dr. " * 12_000, "MRN " * 12_000, "1 Aa " * 10_000,
     "a." * 25_000, "http://" * 7_000, "Jan 1 " * 8_000],
)  # fmt: skip
def test_hostile_text_takes_no_longer_than_its_length(typed):
    since = time.process_time()
    anonymize(typed, NAMES)
    assert time.process_time() - since < 2


def test_a_letter_without_markup_keeps_its_parts():
    html = (
        "<p>First <strong>this</strong>.</p><ul><li><p>one</p></li><li>two</li></ul>"
        '<p>See <a href="https://example.org/x">our page</a>, <a href="tel:911">911</a><br>or &lt;ask&gt;.</p>'
    )

    assert as_text(html) == "First this.\n\n- one\n- two\n\nSee our page (https://example.org/x), 911\nor <ask>."


def test_a_letter_leads_to_the_site_from_anywhere():
    html = '<p><a href="/ask/">ask</a> <a href="//evil.example/">x</a> {loadposition x} <img src="/media/a.webp"></p>'

    assert for_mail(html, "https://aapm.example") == (
        '<p><a href="https://aapm.example/ask/">ask</a> <a href="//evil.example/">x</a> '
        ' <img src="https://aapm.example/media/a.webp"></p>'
    )
