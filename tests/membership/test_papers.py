"""Cards, letters and certificates: whose they are, what is printed, and what the check of a code says."""

import re
import time
from datetime import date

import pytest
from django.utils import timezone

from aapm_site.core.models import LimitCount
from aapm_site.core.transitions import NotAllowed
from membership import check_codes
from membership.domain import memberships, papers
from membership.models import LatinName, MemberPaper, Membership, Term
from membership.papers import CardPaper, CertificatePaper, LetterPaper, render_card, render_certificate, render_letter
from membership.papers.squares import QUIET, runs, squares
from membership.presenters.papers import squares_of
from membership.presenters.standing import sentence
from tests.racing import at_once

from .factories import day, make_member, make_plan, make_user
from .pdf_words import words_in

ACADEMY = "American Academy of Pain Medicine"
TYPED_AT = "painmed.example/membership/check/"
CODE = "K7QM-2XTF-9HDR"


def card(name: str) -> bytes:
    address = f"https://{TYPED_AT}{CODE}/"
    return render_card(
        CardPaper(ACADEMY, name, "Clinician", 1042, date(2027, 10, 31), date(2026, 11, 29), CODE, address, TYPED_AT)
    )


def certificate(name: str) -> bytes:
    return render_certificate(
        CertificatePaper(ACADEMY, name, "Clinician", 1042, date(2019, 3, 4), date(2026, 11, 1), date(2027, 10, 31))
    )


def letter(name: str) -> bytes:
    days = (date(2019, 3, 4), date(2027, 10, 31), date(2026, 11, 29))
    return render_letter(
        LetterPaper((ACADEMY, "1 Main Street"), name, "Clinician", 1042, *days, CODE, date(2027, 2, 27), "x", TYPED_AT)
    )


def closely(words: str) -> str:
    """Without the breaks of lines, which no reader minds."""
    return "".join(words.split())


NAMES = [
    "Lena Okafor, MD",
    "Łukasz Wójcik-Żółć",
    "Nguyễn Thị Ánh Tuyết",
    "Αλέξανδρος Παπαδόπουλος",
    "Олександра Ґалаґан",
    "Þórdís Ðorđević",
    "A" * 90,
    "Maria del Carmen Fernández de la Vega y Martínez-Bordiú, DNP, PMHNP-BC, FAANP, PhD",
]


# What is printed ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("draw", [card, certificate, letter])
@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_read_back_from_the_paper_in_whole(draw, name):
    words = words_in(draw(name))
    assert closely(name) in closely(words)
    assert "\N{REPLACEMENT CHARACTER}" not in words


@pytest.mark.parametrize("draw", [card, certificate, letter])
def test_a_paper_is_one_page_and_the_same_bytes_each_time(draw):
    drawn = draw(NAMES[-1])
    assert drawn == draw(NAMES[-1])
    assert len(re.findall(rb"/Type /Page\b", drawn)) == 1


def test_a_card_says_what_is_checked():
    words = words_in(card("Lena Okafor, MD"))
    for said in ("Clinician", "1042", "October 31, 2027", "K7QM-2XTF", "9HDR", TYPED_AT):
        assert closely(said) in closely(words)


def test_squares_are_a_qr_code_with_room_around():
    rows = squares("https://painmed.example/membership/check/K7QM-2XTF-9HDR/")
    finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    corner = [["".join(".#"[dark] for dark in row[:7]) for row in rows[:7]]]
    corner.append(["".join(".#"[dark] for dark in row[-7:]) for row in rows[:7]])
    corner.append(["".join(".#"[dark] for dark in row[:7]) for row in rows[-7:]])
    assert corner == [finder] * 3
    assert sum(length for _, _, length in runs("abc")) == sum(map(sum, squares("abc")))
    drawn = squares_of("abc")
    assert drawn.side == len(squares("abc")) + 2 * QUIET
    assert drawn.path.startswith(f"M{QUIET} {QUIET}h7v1h-7z")


@pytest.mark.django_db
def test_a_card_ends_with_the_category_that_it_names():
    person = make_member((-300, 64), plan=make_plan(name="Resident or fellow"))
    member = person.membership
    Term.objects.create(membership=member, plan=make_plan(name="Physician"), starts_on=day(65), ends_on=day(430))

    made = papers.make_card(person)

    assert (made.category, made.ends_on, made.member_until) == ("Resident or fellow", day(64), day(430))
    words = sentence(member.standing(), None)
    assert words.startswith("You are a <em>member</em>, category Resident or fellow, then Physician, until <em>")


# Codes ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K7QM-2XTF-9HDR", "K7QM2XTF9HDR"),
        (" k7qm 2xtf\u20119hdr ", "K7QM2XTF9HDR"),
        ("K7QM-2XTF-9HD", ""),
        ("K7QM-2XTF-9HD0", ""),
        ("K7QM-2XTF-9HDŘ", ""),
        ("٧" * 12, ""),
        ("\x00" * 12, ""),
        ("A" * 10_000, ""),
        ("", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert check_codes.read(typed) == code


def test_codes_are_drawn_by_chance():
    codes = {check_codes.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(check_codes.read(check_codes.written(code)) == code for code in codes)


# Whose papers ---------------------------------------------------------------------------------------------------------
db = pytest.mark.django_db


@db
@pytest.mark.parametrize(
    ("terms", "has_card", "has_letter"),
    [
        ([(-30, 300)], True, True),
        ([(-30, 0)], True, True),  # the last day belongs to it
        ([(-400, -10)], True, False),  # grace: a member, but not in good standing
        ([(-500, -100)], False, False),
        ([(10, 300)], False, False),
        ([], False, False),
    ],
)
def test_who_has_which_paper(terms, has_card, has_letter):
    person = make_member(*terms)
    for make, may in ((papers.make_card, has_card), (papers.make_letter, has_letter)):
        if may:
            assert make(person).membership.user == person
        else:
            with pytest.raises(NotAllowed):
                make(person)
    assert MemberPaper.objects.count() == has_card + has_letter


@db
def test_who_is_no_member_at_all_gets_none():
    with pytest.raises(NotAllowed, match="for members"):
        papers.make_card(make_user())


@db
def test_a_code_ends_with_the_membership_and_never_lasts_for_life():
    short, paid_ahead, honorary = make_member((-30, 100)), make_member((-30, 100), (101, 465)), make_member((-9, 9000))
    assert papers.make_card(short).ends_on == day(100)
    assert papers.make_card(paid_ahead).ends_on == day(400)
    assert papers.make_card(honorary).ends_on == day(400)
    assert papers.make_letter(short).ends_on == day(90)
    assert papers.make_letter(make_member((-300, 20))).ends_on == day(20)


@db
def test_a_press_keeps_the_card_while_it_is_true_and_a_new_code_ends_the_old_one():
    person = make_member((-30, 100))
    first = papers.make_card(person)
    assert papers.make_card(person) == first

    second = papers.make_card(person, anew=True)

    assert second.code != first.code
    assert papers.check(first.code) is None
    assert papers.check(second.code).paper == second

    person.degrees = "MD"
    person.save()
    third = papers.make_card(person)
    assert (third.name, papers.check(second.code)) == (f"{person.full_name}, MD", None)


@db
def test_letters_of_one_day_are_one_letter():
    person = make_member((-30, 100))
    assert papers.make_letter(person) == papers.make_letter(person)


@db
def test_a_name_without_letters_of_ours_asks_for_its_latin_form(client):
    person = make_member((-30, 100), user=make_user(first_name="美咲", last_name="田中", degrees="MD"))
    client.force_login(person)
    assert "Write my name in Latin letters" in client.get("/membership/mine/").content.decode()
    with pytest.raises(NotAllowed, match="Latin letters"):
        papers.make_card(person)
    for wrong in ("美咲", "", "…", "http://evil.example", "A\x00", "Tanaka\nMisaki", "x" * 101):
        refused = client.post("/membership/mine/name/", {"name": wrong})
        assert (refused.status_code, LatinName.objects.count()) == (422, 0), wrong

    client.post("/membership/mine/name/", {"name": " Misaki  Tanaka "})
    client.post("/membership/mine/card/make/")

    made = MemberPaper.objects.get()
    assert (made.name, made.full_name) == ("Misaki Tanaka, MD", "美咲 田中, MD")
    assert "MisakiTanaka,MD" in closely(words_in(client.get("/membership/mine/card/pdf/").content))
    page = client.get(f"/membership/check/{made.code}/").content.decode()
    assert "Misaki Tanaka, MD" in page
    assert "美咲 田中, MD" in page


@db
def test_nobody_prints_another_name_than_their_own(client):
    person = make_member((-30, 100))
    client.force_login(person)
    assert client.post("/membership/mine/name/", {"name": "Somebody Else"}).status_code == 404
    with pytest.raises(NotAllowed):
        papers.say_latin_name(person, "Somebody Else")
    assert papers.make_card(person).name == person.full_name


@db
def test_a_name_that_is_not_known_is_never_an_address():
    person = make_member((-30, 100), user=make_user(first_name="", last_name="", email="secret.mailbox@example.org"))
    with pytest.raises(NotAllowed, match="name"):
        papers.make_card(person)


# The check ------------------------------------------------------------------------------------------------------------
CHECK = "/membership/check/"


@db
def test_who_has_the_code_sees_name_category_and_until(client):
    person = make_member((-30, 100), plan=make_plan(name="Physician"))
    made = papers.make_card(person)

    answer = client.get(f"{CHECK}{check_codes.written(made.code).lower()}/")

    page = answer.content.decode()
    for said in ("Valid today.", person.full_name, "Physician", f"{day(100):%B} {day(100).day}, {day(100).year}"):
        assert said in page
    assert person.email not in page
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex' in page


def spoil(how: str, made: MemberPaper, person) -> str:
    """The code of a card for which the answer must be no."""
    membership = Membership.objects.get()
    if how == "ended":
        MemberPaper.objects.update(made_on=day(-9), ends_on=day(-1))
    elif how == "replaced":
        MemberPaper.objects.update(replaced_at=timezone.now())
    elif how == "closed":
        memberships.close_membership(membership)
    elif how == "taken back":
        memberships.void_term(Term.objects.get(), reason="No.")
    elif how == "lapsed":
        Term.objects.update(starts_on=day(-500), ends_on=day(-100))
    elif how == "cannot sign in":
        person.is_active = False
        person.save()
    elif how == "another code":
        return "A" * 12 if made.code != "A" * 12 else "B" * 12
    return made.code


@db
@pytest.mark.parametrize(
    "how", ["ended", "replaced", "closed", "taken back", "lapsed", "cannot sign in", "another code"]
)
def test_every_other_code_gets_one_and_the_same_answer(client, how):
    person = make_member((-30, 100))
    code = spoil(how, papers.make_card(person), person)

    answer = client.get(f"{CHECK}{code}/")
    none = client.get(f"{CHECK}CCCC-CCCC-CCCC/")

    def settled(page: bytes) -> str:
        return re.sub(r'nonce="[^"]*"', "", page.decode().replace(check_codes.written(code), "CCCC-CCCC-CCCC"))

    assert answer.status_code == none.status_code == 404
    assert settled(answer.content).replace(f"{CHECK}{code}/", f"{CHECK}CCCC-CCCC-CCCC/") == settled(none.content)
    assert person.last_name not in answer.content.decode()


@db
def test_tries_are_counted(client, monkeypatch):
    monkeypatch.setattr("membership.views.check.TRIES", 2)
    made = papers.make_card(make_member((-30, 100)))
    answers = [client.get(f"{CHECK}{code}/").status_code for code in ("A" * 12, "B" * 12, made.code)]
    assert answers == [404, 404, 429]
    assert LimitCount.objects.get().times == 3


@db
@pytest.mark.parametrize("code", ["x" * 5000, "<b>", "%", "١٢٣٤", "'; DROP TABLE"])
def test_what_is_no_code_is_said_kindly(client, code):
    asked = client.get(CHECK, {"code": code})
    assert asked.status_code == 422
    assert "twelve letters and figures" in asked.content.decode()


@db
def test_a_typed_code_leads_to_its_address(client):
    assert client.get(CHECK, {"code": " k7qm 2xtf 9hdr"})["Location"] == f"{CHECK}{CODE}/"


# At the same moment ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_presses_make_one_card():
    person = make_member((-30, 100))
    made = at_once(*[lambda: papers.make_card(person)] * 4)
    assert len({paper.pk for paper in made}) == MemberPaper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_two_presses_meet(monkeypatch):
    person = make_member((-30, 100))
    monkeypatch.setattr(papers, "_lock", lambda person: Membership.objects.select_related("user").get(user=person))
    real = papers.card_of

    def slow(membership):
        found = real(membership)
        time.sleep(0.5)
        return found

    monkeypatch.setattr(papers, "card_of", slow)
    made = at_once(*[lambda: papers.make_card(person)] * 2)
    assert len({getattr(one, "pk", None) for one in made}) == 2  # two cards, or one that the constraint refused
