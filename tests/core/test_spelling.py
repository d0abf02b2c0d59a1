"""Slips of the pen: which word somebody meant."""

import pytest

from aapm_site.core.models import SearchWord
from aapm_site.core.search import spelling
from aapm_site.core.search.spelling import correct, gather, slips
from content.models import Page
from tests.content.makers import page

WORDS = {
    "bad": 30,
    "back": 9,
    "nerve": 9,
    "block": 9,
    "blow": 1,
    "pain": 50,
    "medicine": 20,
    "anesthesia": 3,
    "evaluation": 2,
}


@pytest.fixture
def words(db):
    SearchWord.objects.bulk_create(SearchWord(word=word, times=times) for word, times in WORDS.items())


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("nerve", "nerve", 0),
        ("nerv", "nerve", 1),
        ("nreve", "nerve", 1),
        ("pian", "pain", 1),
        ("blok", "block", 1),
        ("medecin", "medicine", 2),
        ("", "abc", 3),
        ("abc", "", 3),
        ("abcd", "dcba", 3),
    ],
)
def test_slips_are_counted(one, other, number):
    assert slips(one, other) == slips(other, one) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nerv blok", "nerve block"),
        ("NERV Blok", "nerve block"),
        ("pian", "pain"),
        ("bak pain", "back pain"),  # a letter that is missing is likelier than a wrong one
        ("anestesia", "anesthesia"),
        ("évaluatoin", "evaluation"),
        ('"nerv blok" -medecine', '"nerve block" -medecine'),
        ("nerve OR blok", "nerve OR block"),
        ("nerve block", ""),
        ("xylophone", ""),
        ("", ""),
        ("''' & | ! (", ""),
        ("ab", ""),
    ],
)
def test_a_word_nobody_knows_becomes_the_nearest_that_the_site_has(words, typed, meant):
    assert correct(typed)[0] == meant


def test_says_what_of_a_query_is_known(words):
    assert correct("Nerve xylophone pain") == ("", ["Nerve", "pain"])


def test_a_correction_is_one_statement_and_looks_at_eight_words(words, django_assert_num_queries):
    with django_assert_num_queries(1):
        corrected, _ = correct(" ".join(["blok"] * 3 + [f"word{number}" for number in range(7)] + ["nerv"]))
    assert corrected.startswith("block block block ")
    assert corrected.endswith(" nerv")
    with django_assert_num_queries(0):
        assert correct("a -b") == ("", [])


@pytest.mark.django_db
def test_only_public_words_are_gathered_and_those_that_went_are_dropped():
    page("public", title="Zebrafish’s Étude", summary="Of 42 nerves.")
    page("draft", title="Draftword", status="draft")
    page("members", title="Memberword", audience="members")

    gather()
    kept = set(SearchWord.objects.values_list("word", flat=True))
    assert {"zebrafish", "etude", "nerves"} <= kept
    assert not kept & {"draftword", "memberword", "42"}

    Page.objects.filter(slug="public").update(status="draft")
    gather()
    assert not SearchWord.objects.filter(word="zebrafish").exists()


@pytest.mark.django_db
def test_gathering_again_counts_again():
    page("one", title="Zebrafish")
    gather()
    page("two", title="Zebrafish")
    first = spelling.gather()
    assert SearchWord.objects.get(word="zebrafish").times == 2
    assert spelling.gather() == first
