"""Whether words name an employer that withholds its name."""

import pytest

from careers.own_name import hints_at, names

LARKFIELD = "Larkfield Health"


@pytest.mark.parametrize(
    ("words", "name", "is_named"),
    [
        ("We at Larkfield Health pay by rank.", LARKFIELD, True),
        ("we at LARKFIELD  HEALTH", LARKFIELD, True),
        ("<p>Lark<b>field</b> Health</p>", LARKFIELD, True),
        ("Larkfield-Health, Larkfield_Health", LARKFIELD, True),
        ("L a r k f i e l d H e a l t h", LARKFIELD, True),
        ("Lárkfield Heálth", LARKFIELD, True),
        ("Larkfield &amp; Health", LARKFIELD, True),
        ("A lark in a field keeps its health", LARKFIELD, False),
        ("Smith &amp; Sons", "Smith & Sons", True),
        ("Ace pays well", "Ace", True),
        ("A place of peace", "Ace", False),
        ("Our team at UCH.", "UCH", True),
        ("", LARKFIELD, False),
        ("Anything", "", False),
        ("Anything", "&", False),
    ],
)
def test_a_name_is_found_however_it_is_written(words, name, is_named):
    assert names(words, name) is is_named


@pytest.mark.parametrize(
    ("words", "name", "telling"),
    [
        ("Come to Larkfield, as we say.", LARKFIELD, ["Larkfield"]),
        ("<p>The Larkfield way</p>", LARKFIELD, ["Larkfield"]),
        ("Health and pain in a regional hospital", "Larkfield Regional Health", []),
        ("the larkfield of birds", LARKFIELD, []),
        ("Ask at Mayo", "Mayo Clinic", []),  # four letters: a person's name as well as another word
        ("Nothing of it", LARKFIELD, []),
    ],
)
def test_parts_of_it_that_tell_are_shown_to_staff(words, name, telling):
    assert hints_at(words, name) == telling
