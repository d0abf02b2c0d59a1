"""Letters that stand for a name."""

import pytest

from aapm_site.core.ui.monograms import initials


@pytest.mark.parametrize(
    ("name", "is_person", "letters"),
    [
        ("Rosa Lindqvist", True, "RL"),
        ("Ana María de la Cruz", True, "AC"),
        ("Plato", True, "P"),
        ("Harbor Lane Pain & Spine", False, "HL"),
        ("University of the Plains", False, "UP"),
        ("Étoile", False, "É"),
        ("A hospital in Maine", False, ""),
        ("An agency", False, ""),
        ("3M", False, "M"),
        ("…", False, ""),
    ],
)
def test_letters_of_a_name(name, is_person, letters):
    assert initials(name, is_person=is_person) == letters
