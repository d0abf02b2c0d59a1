"""What leads somewhere is known by its shape, whatever its ending; people's names and degrees are not taken for it."""

import pytest

from aapm_site.core.contact_marks import asks_for_call, has_phone_number, has_web_address, links_in_prose, new_ways

ADDRESSES = """
visit evil.com | evil.zip | EVIL.COM | Evil.Com | evil.photography | a.b.evil.museum | go2.evil-1.link | bit.ly/abc
(evil.com) | evil.com! | see evil.com. | hack.Xyz | J.Smith.evil.io | boss@evil.example | 10.0.0.1 | 1.2.3.4/login
evil . com | evil. com | evil[dot]com | evil (dot) com | evil dot com
x.co | T.Co | J.Com | St.Com | A.Zip | Dr.evil
St.Mary/login | evil.com/St.Mary | m.ch | b.sc | пример.рф | münchen.de | evil。com | ｅｖｉｌ．ｃｏｍ
xn--e1afmkfd.xn--p1ai
http:⁄⁄evil·com | http∶∕∕x | evil•com | evil‧com | evil⋅zip
http://x | HTTPS://X | www.evil | mailto:a | tel:5 | example.shop?x
"""
NAMES = """
St. Mary's Hospital | St.Mary's Hospital | ST.MARY'S | Ste.Genevieve | Mt.Sinai | St.Gallen | Ph.D | Ph.D. | M.D. | D.O.
M.Sc., B.Sc. | M.B.B.S., M.B.Ch.B | Pharm.D., BCPS | R.N., B.S.N. | F.A.A.P.M. | MD, MPH | U.S. | U.S.A. | J.Li
U.S. Army Medical Center | J.R.R. Tolkien | J.R.R.Tolkien | O'Neil | Jean-Luc | Sr. María José | Alice B. | Yo-Yo Ma
Univ.-Prof. Dr.med. Huber | Prof.Dr.Weiss | Dr.Okafor | Dr.rer.nat. Kim | Md.Rahman | Acme, Inc.
Col·legi de Metges | COL·LEGI | MD · PhD | GmbH & Co.KG | N.V.
3.5 Pain Clinic | No. | E. coli Lab | Smith et al. In Chicago | Amara Okafor
"""
NUMBERS = """
call 555-123-4567 | +1 (312) 555 0100 | 312.555.0100 | 3125550100 | 555 1234 | (800) 555-1212 | 0049 89 123456
+44 20 7946 0958 | ５５５１２３４ | ①②③④⑤⑥⑦ | 1-800-FLOWERS | 1 800 PAYNOW | 800-flowers
555-CALL-NOW | (555) CALL-NOW | 555 PAY-CARD | 312-555-PAIN | 312−555−0100
"""
NO_NUMBERS = """
Pain Clinic 24/7/365 | Class of 2026-2027 | VA Medical Center 12 | Suite 900 North | Route 800 Hospital | 2026 | 80045
3rd Infantry Division | 988 Lifeline | 911 | Amara Okafor II | Team 12/2026 | 1st and 2nd
"""
FOR_CALLERS = """
Not you? Call +1 888 555 0199 to cancel | (888) 555-0199 | call 888-555-0199 | 888.555.0199 | 888 555 0199
+18885550199 | 1-888-555-0199 | Call 8885550199 | 888‑555‑0199 | ８８８ ５５５ ０１９９
0049 89 123456 | 555-CALL-NOW | 1-800-FLOWERS
"""
ORDER_NUMBERS = """
4500012345 | PO 4500012345 | PO-4500012345 | PO 2026-118 | 2026-000123 | PO-2026-000123 | 4500012345/10 | PO 4711
10-2026-00123 | 00012345 | 123-4567 | A123456789012 | REQ 00045-2026-11 | 4500012345 10 | 118-OPS | Telemetry 4500012345
"""


def each(lines: str) -> list[str]:
    return [word.strip() for line in lines.strip().splitlines() for word in line.split("|")]


@pytest.mark.parametrize("text", [*each(ADDRESSES), "ev\u200bil.c\u00adom"])
def test_a_web_address_is_seen(text):
    assert has_web_address(text)


@pytest.mark.parametrize("text", each(NAMES))
def test_a_name_is_no_web_address(text):
    assert not has_web_address(text)


@pytest.mark.parametrize("text", each(NUMBERS))
def test_a_telephone_number_is_seen(text):
    assert has_phone_number(text)


@pytest.mark.parametrize("text", each(FOR_CALLERS))
def test_a_long_number_for_callers_is_told_apart(text):
    assert asks_for_call(text)


@pytest.mark.parametrize("text", [*each(ORDER_NUMBERS), *each(NO_NUMBERS)])
def test_an_order_number_asks_nobody_to_call(text):
    assert not asks_for_call(text)


@pytest.mark.parametrize("text", [*each(NO_NUMBERS), *each(NAMES)])
def test_other_numbers_are_none(text):
    assert not has_phone_number(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It hurts.it gets worse.Then I sleep.me", []),
        ("I take 2.5mg/day.I feel ill, e.g. at night.What now?", []),
        ("see https://a.b/c and www.x.com and evil.zip/x plus webmd.com", 4),
        ("write to amara@example.com or to o.k@mail.example.org", []),
        ("webmd.com says so, and webmd.com is right", ["webmd.com"]),
    ],
)
def test_links_in_sentences_are_counted_once(text, found):
    links = links_in_prose(text)
    assert (len(links) if isinstance(found, int) else links) == found


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("", "Nothing to see.", []),
        ("Ring 207-555-0100.", "Please ring (207) 555 0100.", []),
        ("Ring 207-555-0100.", "Ring 207-555-0101.", ["2075550101"]),
        ("a@b.example", "Write to a@b.example or c@b.example", ["c@b.example"]),
        ("<p>x</p>", '<p><a href="https://a.example/1">x</a></p>', ["https://a.example/1"]),
        ('<a href="https://a.example/1">x</a>', '<p>y <a href="https://a.example/1">z</a></p>', []),
        ("From 2019-2024, 1,200 a year", "From 2020-2025, 1,300 a year", []),
    ],
)
def test_what_a_text_brings_to_reach_somebody_by(before, after, new):
    assert new_ways(before, after) == new
