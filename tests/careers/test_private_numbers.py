"""What looks like a number or an address that should not stand in a free text, and what does not."""

import pytest

from careers.private_numbers import PrivateKind, found_in

DEA, LICENSE, SOCIAL, HOME = PrivateKind.DEA, PrivateKind.LICENSE, PrivateKind.SOCIAL, PrivateKind.HOME


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("My DEA is AB1234563.", DEA, "AB1234563"),
        ("dea number: mb 1234563", DEA, "mb 1234563"),
        ("DEA #FX7654321, all schedules", DEA, "FX7654321"),  # it does not add up, and is called so
        ("License no. 12345", LICENSE, "12345"),
        ("Medical license MD-123456", LICENSE, "MD-123456"),
        ("Maine license number: MD12345", LICENSE, "MD12345"),
        ("Licence 0101-234567 (Virginia)", LICENSE, "0101-234567"),
        ("Lic. #A 98765", LICENSE, "A 98765"),
        ("Nursing license RN 654321", LICENSE, "RN 654321"),
        ("SSN 123-45-6789", SOCIAL, "123-45-6789"),
        ("I live at 42 Elm Street, Portland.", HOME, "42 Elm Street"),
        ("1207 North Harbor View Drive", HOME, "1207 North Harbor View Drive"),
        ("Write to 9 W 42nd St, Apt 3", HOME, "9 W 42nd St"),
        ("17B Cedar Ln.", HOME, "17B Cedar Ln."),
        ("P.O. Box 1189, Bath", HOME, "P.O. Box 1189"),
    ],
)
def test_what_is_found(text, kind, written):
    found = found_in(text)
    assert [(one.kind, one.written) for one in found] == [(kind, written)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Residency 2012-2016, fellowship 2016–2017.",
        "Licensed since 2014.",
        "License in Maine since 2014, renewed 2024.",
        "Licensed in Portland, Maine 04101",
        "ZIP 55802-1234",
        "Call the hospital at (218) 555-0123 or 218-555-0199.",
        "CPT 64483, 64484 and 63650; 27096 weekly.",
        "About 1,200 procedures a year, 300 of them stimulators.",
        "NPI is public, but 1234567893 is not asked for.",
        "Level 1 trauma center, 450 beds.",
        "Medical school: University of Minnesota, 2008.",
        "A practice of 12 on Main Street.",
        "12 years at Elm Street Clinic",
        "Since 2015 with Dr. Harper, then 3 years with Dr. Lee.",
        "In 2016 University of St. Louis",
        "5 half days, 2 in the block suite.",
        "AB1234567",  # a batch number: as a DEA number it does not add up
        "ISBN 978-3-16-148410-0",
        "Board score 245, ABA certificate of 2017",
        "Driver of change; license to practice in 3 states",
        "Grant R01NS123456 on 20-40 Hz stimulation",
    ],
)
def test_what_is_left_alone(text):
    assert found_in(text) == []


def test_each_is_named_once_and_all_are():
    text = "DEA AB1234563, license no. AB1234563 and AB1234563. 42 Elm Street. License 778899."
    assert [(one.kind, one.written) for one in found_in(text)] == [
        (DEA, "AB1234563"), (LICENSE, "778899"), (HOME, "42 Elm Street")
    ]  # fmt: skip


def test_a_long_text_takes_no_time():
    for text in ("license " * 400, "1 A " * 800, "12 Elm " * 500, "A" * 3_000, "9" * 3_000, "1 " + "Ab " * 1_000):
        found_in(text)
