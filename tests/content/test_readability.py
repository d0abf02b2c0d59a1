"""The reading grade: the formula, what is counted, and texts that would mislead it."""

import time

import pytest

from content.text import readability

PLAIN = "<p>The cat sat on the mat. It was a warm day. We like to sit in the sun and rest for a while.</p>" * 3
HARD = (
    "<p>Multidisciplinary rehabilitation incorporating pharmacological, interventional and psychological modalities "
    "demonstrates considerable superiority over unidimensional therapeutic administration in populations "
    "experiencing longstanding neuropathic symptomatology, notwithstanding heterogeneous methodological quality, "
    "inconsistent outcome definitions, and insufficient longitudinal observation throughout investigations.</p>"
)


@pytest.mark.parametrize(
    ("word", "count"),
    [("pain", 1), ("medicine", 3), ("table", 2), ("treated", 2), ("walked", 1), ("the", 1), ("rhythm", 1), ("", 1)],
)
def test_syllables(word, count):
    assert readability.syllables(word) == count


def test_the_formula_by_hand():
    text = "Pain is a word. " * 10  # 40 words, 10 sentences, 40 syllables

    assert readability.grade(text) == round(max(0.39 * 4 + 11.8 * 1 - 15.59, 0), 1) == 0
    longer = "Medicine is a comfort for people. " * 10  # 6 words, 10 syllables a sentence
    assert readability.grade(longer) == round(0.39 * 6 + 11.8 * 10 / 6 - 15.59, 1)


def test_plain_words_ask_for_less_than_hard_ones():
    assert readability.grade(PLAIN) < 3
    assert readability.grade(HARD) > 20


def test_entries_of_a_list_are_sentences_of_their_own():
    entries = "".join(f"<li>Rest when you need to {word}</li>" for word in "abcdefgh")

    assert readability.grade(f"<ul>{entries}</ul>") < 3


@pytest.mark.parametrize("text", ["", "<p></p>", "<p>Two words</p>", "{loadposition career-feed} " * 40, "漢字 " * 50])
def test_a_text_too_short_to_tell_has_no_grade(text):
    assert readability.grade(text) is None


def test_a_huge_text_is_read_in_a_moment():
    begun = time.monotonic()

    assert readability.grade("a" * 400_000 + " " + PLAIN) is not None
    assert readability.grade("word " * 80_000) is not None
    assert time.monotonic() - begun < 10
