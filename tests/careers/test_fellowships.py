"""The fellowship corner: open on the days that staff set, free for verified programs, read by staff first."""

import tomllib
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain.places import keep_names
from aapm_site.accounts.models import Place
from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers.demo.fellowships import FILE, load_fellowships, next_july
from careers.domain import employers, fellowships
from careers.fellowship_states import OfferStatus
from careers.forms.fellowship import FellowshipOfferForm
from careers.models import Employer, FellowshipOffer, FellowshipRound
from tests.factories import client_of, staff_client

from .factories import make_employer, make_member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def duluth() -> Place:
    place = Place.objects.create(
        name="Duluth", state_code="MN", state="Minnesota", latitude=46.8, longitude=-92.1, slug="duluth"
    )
    keep_names(place)
    return place


def a_round(opens: int = -10, closes: int = 10, **fields) -> FellowshipRound:
    """A round by its days from today."""
    days = {"opens_on": TODAY() + timedelta(days=opens), "closes_on": TODAY() + timedelta(days=closes)}
    return FellowshipRound.objects.create(name="After the match", **days, **fields)


def typed(**more) -> dict:
    return {
        "program": "Lakeside Pain Fellowship",
        "town": "Duluth, Minnesota",
        "open_places": "2",
        "begins_on": str(next_july(TODAY())),
        "accredited": "on",
        "visa": "j-1",
        "summary": "Clinic and block suite, a day for research.",
        "wanted": "Any residency that leads to the boards.",
        "apply_email": "gme@lakeside.example",
        **more,
    }


def offer(place: Place, status: str = OfferStatus.APPROVED, **fields) -> FellowshipOffer:
    fields.setdefault("employer", make_employer(verified=True))
    fields.setdefault("round", FellowshipRound.objects.first() or a_round())
    said = {name: typed()[name] for name in ("program", "begins_on", "summary", "wanted", "apply_email")}
    return FellowshipOffer.objects.create(place=place, status=status, **{**said, **fields})


def board(client) -> str:
    return " ".join(client.get("/career-center/fellowships/").content.decode().split())


def letters() -> list[str]:
    return [mail.template for mail in OutgoingEmail.objects.order_by("pk")]


def test_a_place_begins_on_a_day_to_come_and_one_that_was_written_before_may_pass(duluth):
    form = FellowshipOfferForm(typed(begins_on=str(TODAY() - timedelta(days=1))))
    assert form.errors == {"begins_on": ["This day is over."]}
    assert FellowshipOfferForm(typed(begins_on=str(TODAY()))).is_valid()

    begun = offer(duluth, begins_on=TODAY() - timedelta(days=1))
    assert FellowshipOfferForm(typed(begins_on=str(begun.begins_on)), instance=begun).is_valid()


def test_a_program_posts_and_staff_let_it_stand_on_the_board(client, duluth):
    a_round()
    employer = make_employer("Lakeside Health", verified=True)
    program = client_of(make_member(employer))

    new = reverse("careers:fellowship-new", args=[employer.public_id])
    wrong = program.post(new, typed(apply_email="", open_places="0"))
    assert wrong.status_code == 422
    assert program.post(new, typed()).status_code == 302
    assert "Lakeside Pain Fellowship" not in board(client)
    assert letters() == ["careers/fellowship_submitted"]

    made = FellowshipOffer.objects.get()
    staff = staff_client(CAREERS_STAFF)
    assert "Fellowship places to review" in staff.get("/admin/").content.decode()
    decide = reverse("admin:careers_fellowshipoffer_decide", args=[made.pk, "approve"])
    assert staff.post(decide).status_code == 302

    shown = board(client)
    assert "Lakeside Pain Fellowship" in shown
    assert "2 open places in 1 program" in shown
    assert "ACGME-accredited" in shown
    assert "Duluth, Minnesota" in shown
    assert letters()[-1] == "careers/fellowship_approved"

    edit = reverse("careers:fellowship-edit", args=[made.public_id])
    assert program.post(edit, typed(open_places="1")).status_code == 302
    assert "Lakeside Pain Fellowship" not in board(client)
    made.refresh_from_db()
    assert (made.open_places, made.status) == (1, OfferStatus.IN_REVIEW)


def test_what_comes_back_says_why_and_is_filled_by_its_program(client, duluth):
    employer = make_employer(verified=True)
    program = client_of(make_member(employer))
    made = offer(duluth, OfferStatus.IN_REVIEW, employer=employer)
    fellowships.return_offer(made, by=None, reason="Who may apply?")
    own = reverse("careers:fellowship-own", args=[employer.public_id])
    assert "Who may apply?" in program.get(own).content.decode()

    fellowships.edit_offer(made, by=None, fields={})
    fellowships.approve_offer(made, by=None)
    assert made.program in board(client)
    fill = reverse("careers:fellowship-step", args=[made.public_id, "fill"])
    assert program.get(fill).status_code == 200
    program.post(fill)
    assert made.program not in board(client)
    with pytest.raises(NotAllowed, match="cannot be changed"):
        fellowships.edit_offer(made, by=None, fields={"open_places": 3})


def test_what_was_posted_for_a_round_that_is_over_is_neither_changed_nor_approved(duluth):
    employer = make_employer(verified=True)
    made = offer(duluth, OfferStatus.IN_REVIEW, employer=employer, round=a_round(-10, -1))
    a_round(5, 9)
    program = client_of(make_member(employer))
    edit = reverse("careers:fellowship-edit", args=[made.public_id])
    assert edit not in program.get(reverse("careers:fellowship-own", args=[employer.public_id])).text
    assert "stand on the board no more" in program.get(edit, follow=True).text
    assert "stand on the board no more" in program.post(edit, typed()).text
    with pytest.raises(NotAllowed, match="Its round is over"):
        fellowships.approve_offer(made, by=None)


def test_a_program_is_not_closed_while_its_places_are_on_the_board(duluth):
    made = offer(duluth)
    with pytest.raises(NotAllowed, match="Fellowship places of it"):
        employers.close_employer(made.employer)
    fellowships.fill_offer(made, by=None)
    assert employers.close_employer(made.employer).closed_at


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"verified": False}, "not yet"), ({"verified": True, "closed_at": timezone.now()}, "closed")],
)
def test_only_verified_programs_post(duluth, fields, why):
    a_round()
    employer = make_employer(**fields)
    with pytest.raises(NotAllowed, match=why):
        fellowships.post_offer(employer, by=None, fields={})
    answer = client_of(make_member(employer)).post(
        reverse("careers:fellowship-new", args=[employer.public_id]), typed()
    )
    assert answer["Location"].endswith("/fellowships/")
    assert not FellowshipOffer.objects.exists()


@pytest.mark.parametrize(
    ("days", "shown", "words"),
    [
        ((-10, 0), True, "open until"),
        ((0, 5), True, "open until"),
        ((1, 5), False, "The board opens on"),
        ((-10, -1), False, "It opens after the next match"),
    ],
)
def test_the_board_is_open_on_the_days_that_staff_set(client, duluth, days, shown, words):
    offer(duluth, round=a_round(*days))
    page = board(client)
    assert ("Lakeside Pain Fellowship" in page) is shown
    assert words in page


FEED = "/career-center/fellowships/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client) -> list[ElementTree.Element]:
    return ElementTree.fromstring(client.get(FEED).content).findall(f"{ATOM}entry")


def test_the_feed_has_what_stands_on_the_board_the_newest_first(client, duluth):
    at = timezone.now()
    older = offer(duluth, program="Lakeside <b>&amp;</b> Harbor", approved_at=at - timedelta(days=2), is_sample=True)
    newer = offer(duluth, program="Hillside", approved_at=at - timedelta(days=1), open_places=3)
    for status in (OfferStatus.IN_REVIEW, OfferStatus.FILLED, OfferStatus.WITHDRAWN):
        offer(duluth, status, program="Nobody reads this")

    first, second = entries(client)
    assert [one.find(f"{ATOM}title").text for one in (first, second)] == [newer.program, older.program]
    assert first.find(f"{ATOM}link").get("href").endswith(f"/career-center/fellowships/#offer-{newer.pk}")
    assert first.find(f"{ATOM}id").text.endswith(f":fellowship/{newer.pk}")
    told = first.find(f"{ATOM}summary").text
    assert f"Duluth, Minnesota. 3 open places, beginning July 1, {next_july(TODAY()).year}." in told
    assert newer.apply_email not in client.get(FEED).text
    assert "A sample: the program is invented." in second.find(f"{ATOM}summary").text
    page = board(client)
    assert f'type="application/atom+xml" title="Open fellowship places" href="{FEED}"' in page
    assert page.count(f'href="{FEED}"') == 2


def test_the_feed_is_empty_and_the_same_while_the_board_is_closed(client, duluth):
    offer(duluth, round=a_round(1, 5))
    assert entries(client) == []
    assert client.get(FEED).content == client.get(FEED).content


def test_while_no_round_is_known_nobody_posts():
    a_round(-10, -1)
    with pytest.raises(NotAllowed, match="No round"):
        fellowships.post_offer(make_employer(verified=True), by=None, fields={})


def test_the_demonstration_has_a_dozen_that_are_loaded_once(client):
    slugs: set[str] = set()
    for row in _sample_rows():
        slugs.add(row["employer"])
        where = {"name": row["city"], "state_code": row["state"]}
        if not Place.objects.filter(**where).exists():
            place = Place.objects.create(
                **where, state=row["state"], latitude=40, longitude=-90, slug=f"{row['city']}-{row['state']}".lower()
            )
            keep_names(place)
    employers: dict[str, Employer] = {slug: make_employer(slug, slug=slug, verified=True) for slug in slugs}
    assert load_fellowships(employers) == 12
    assert load_fellowships(employers) == 0
    assert "17 open places in 12 programs" in board(client)
    assert next_july(date(2026, 11, 28)) == date(2027, 7, 1)


def _sample_rows() -> list[dict]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["offer"]
