"""The search helper: any typing is a query, and what is shown is escaped."""

import random

import pytest
from django.db import InternalError, connection, transaction

from aapm_site.core.search.query import highlight, spoken, tidy


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Nerve block for knees", "block", "Nerve <mark>block</mark> for knees"),
        ("Blocks & <b>bold</b>", "block", "<mark>Blocks</mark> &amp; &lt;b&gt;bold&lt;/b&gt;"),
        ("No match", "zzz", "No match"),
        ("a \ue000b\ue001 c", "", "a <mark>b</mark> c"),
        ("C++ (x)", "(", "C++ (x)"),
    ],
)
def test_highlighted_text_is_escaped(text, words, shown):
    assert highlight(text, words) == shown


def test_typed_words_are_tidied():
    assert tidy("  knee\x00 \n pain  ") == "knee pain"
    assert len(tidy("x" * 1000)) == 200


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "'", "a & | !", '"open', "-", "a:*", "\\", "% _", "é" * 300, "OR OR", "((("])
def test_no_typing_is_an_error(typed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery('site_english', %s)", [tidy(typed)])
        assert cursor.fetchone() is not None


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_no_mixture_of_operators_is_an_error(seed):
    """Without the care of `spoken`, more than thirty minus signs in a row are one."""
    chance = random.Random(seed)  # noqa: S311
    typed = ["".join(chance.choices("-\"a !|&():*<>\\' OR ", k=150)) for _ in range(300)]
    with connection.cursor() as cursor:
        for words in [
            *typed,
            "-" * 150,
            "- " * 75,
            '-"' * 75,
            '"-' * 75,
            "-a" * 75,
            " -a" * 50,
            "a-" * 75,
            '-"a"' * 40,
        ]:
            cursor.execute("SELECT websearch_to_tsquery('site_english', %s)", [spoken(words)])
        with pytest.raises(InternalError, match="stack too small"), transaction.atomic():
            cursor.execute("SELECT websearch_to_tsquery('site_english', %s)", ["-" * 150])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("headache -migraine", "headache -migraine"),
        ('pain -"low back"', 'pain -"low back"'),
        ("x-ray", "x-ray"),
        ("--pain", "pain"),
        ("pain - relief", "pain   relief"),
    ],
)
def test_a_minus_counts_before_a_word(typed, read):
    assert spoken(typed).split() == read.split()


@pytest.mark.django_db
def test_accents_are_folded_and_words_stemmed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('site_english', 'Évaluations of naïve nerves') "
            "@@ websearch_to_tsquery('site_english', 'evaluation naive nerve')"
        )
        assert cursor.fetchone() == (True,)
