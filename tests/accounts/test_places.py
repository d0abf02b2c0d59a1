"""The gazetteer: how it is loaded and searched, the field for a place, and what nobody found. A hundred towns of it."""

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.domain.places import note_unknown_places
from aapm_site.accounts.models import Place, UnknownPlace, ZipCode
from aapm_site.accounts.place_field import ChosenPlace, PlaceField
from aapm_site.accounts.place_text import PlaceReading, county_key, place_key, readings
from aapm_site.accounts.queries.places import find_places, places_called
from aapm_site.core.retention import forget_old
from aapm_site.core.roles import CAREERS_STAFF
from careers.models import JobLocation
from tests.careers.factories import make_employer, make_job
from tests.conftest import GAZETTEER
from tests.factories import staff_client

PORTLAND_MAINE, NEW_YORK, OAKLAND_CAMBRIA = 4975802, 5128581, 5204166


# Names, without a database -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Cloud", "Saint Cloud"), ("Española", "espanola"), ("Coeur d'Alene", "Coeur d’Alene"),
        ("Winston-Salem", "winston  salem"), ("Mt. Vernon", "Mount Vernon"), ("Ft Worth", "Fort Worth"),
        ("Washington, D.C.", "washington dc"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(one, other):
    assert place_key(one) == place_key(other)


def test_a_county_is_compared_without_its_kind():
    assert county_key("Coffee County") == county_key("coffee") == "coffee"
    assert county_key("County") == "county"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Portland, ME", PlaceReading("Portland", "", "ME")),
        (" portland ,maine  04101 ", PlaceReading("portland", "", "ME", "04101")),
        ("Oakland, Cambria County, PA", PlaceReading("Oakland", "Cambria County", "PA")),
        ("Oakland, Cambria", PlaceReading("Oakland", "Cambria")),
        ("04101-1234", PlaceReading(postal_code="04101-1234")),
        ("New York", PlaceReading("New York")),
        ("041", PlaceReading("041")),
        (",", PlaceReading()),
        ("", PlaceReading()),
    ],
)
def test_what_is_typed_is_read(typed, first):
    assert readings(typed)[0] == first


def test_last_words_may_be_a_state():
    assert [(way.town, way.state_code) for way in readings("Grand Forks North Dakota")] == [
        ("Grand Forks North Dakota", ""),
        ("Grand Forks", "ND"),
    ]


# Loading -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def gazetteer(db) -> None:
    assert load_gazetteer() is not None


def edition(folder, *changes: tuple[str, str]) -> None:
    """The test's gazetteer once more, with other words in its towns."""
    for path in GAZETTEER.iterdir():
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")


def make_place(name: str, state_code: str, latitude: float, longitude: float, **more: object) -> Place:
    slug = place_key(f"{name} {state_code}").replace(" ", "-")
    fields = {"name": name, "state_code": state_code, "latitude": latitude, "longitude": longitude, "slug": slug}
    return Place.objects.create(**fields | more)


def test_places_from_before_become_towns_and_what_named_a_town_finds_it(db):
    cloud = make_place("St. Cloud", "MN", 45.5, -94.2)
    far = make_place("Portland", "ME", 47.0, -68.0)  # staff's own, another town of the name
    employer = make_employer(place=cloud)
    job = make_job(
        places=[
            {"city": "Bangor", "state_code": "ME"},
            {"city": "Nowhere", "state_code": "ME"},
            {"city": "Oakland", "state_code": "PA", "postal_code": "16101"},
        ]
    )
    unclear = make_job(places=[{"city": "Oakland", "state_code": "PA"}])
    assert not JobLocation.objects.exclude(place=None).exists()

    report = load_gazetteer()

    assert (report.towns, report.zip_codes, report.adopted, report.linked) == (116, 11, 1, 2)
    cloud.refresh_from_db()
    assert (cloud.number, cloud.name, employer.place_id) == (5044407, "Saint Cloud", cloud.pk)
    far.refresh_from_db()
    assert (far.number, Place.objects.get(number=PORTLAND_MAINE).slug) == (None, f"portland-me-{PORTLAND_MAINE}")
    assert [place.place and place.place.label for place in job.locations.all()] == [
        "Bangor, Maine", None, "Oakland, Lawrence County, Pennsylvania",
    ]  # fmt: skip
    assert unclear.locations.get().place is None
    assert find_places("Portland, Maine").places == (Place.objects.get(number=PORTLAND_MAINE), far)


def test_loading_again_asks_one_question_and_a_later_edition_updates_in_place(
    gazetteer, settings, tmp_path, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert load_gazetteer() is None
    portland = Place.objects.get(number=PORTLAND_MAINE)
    portland.names.create(name="The Forest City", key=place_key("The Forest City"))
    edition(tmp_path, ("4975802,Portland,ME", "4975802,Portland on the Bay,ME"), ("4646637", "4646638"))
    settings.GAZETTEER = tmp_path

    assert load_gazetteer().towns == 116

    assert find_places("Forest City, ME").places == ()
    assert find_places("The Forest City").places == (portland,)
    assert find_places("Portland on the Bay").places[0].slug == "portland-me"
    assert find_places("Portland, Maine").places == ()
    # What an edition lacks stays: something may point at it.
    assert Place.objects.filter(number__in=(4646637, 4646638)).count() == 2


def test_the_way_back_leaves_one_place_of_a_name_and_tells_the_others_apart(gazetteer):
    oaklands = Place.objects.filter(name="Oakland", state_code="PA")
    linked = [{"city": "Oakland", "state_code": "PA", "place": place} for place in oaklands.order_by("-population")]
    job = make_job(places=linked[:2])
    with connection.cursor() as cursor:
        cursor.execute(import_module("careers.migrations.0021_places_of_one_name").TOLD_APART)
    back = import_module("aapm_site.accounts.migrations.0012_gazetteer").one_of_a_name

    back(apps, connection.schema_editor())

    assert [place.city for place in job.locations.all()] == ["Oakland", "Oakland, Lawrence County"]
    assert set(Place.objects.filter(name__startswith="Oakland", state_code="PA").values_list("name", flat=True)) == {
        "Oakland",
        "Oakland (5204168)",
    }
    assert Place.objects.values("name", "state_code", "country").distinct().count() == Place.objects.count()
    # Forward again, the town is the same row.
    Place.objects.update(number=None)
    load_gazetteer()
    assert job.locations.first().place.number == OAKLAND_CAMBRIA


def test_the_command_says_what_it_did(db):
    said = StringIO()
    call_command("load_gazetteer", stdout=said)
    call_command("load_gazetteer", stdout=said)
    call_command("load_gazetteer", stdout=said, verbosity=0)

    first, second = said.getvalue().splitlines()
    assert "116 towns and 11 ZIP codes" in first
    assert second == "The gazetteer is loaded already."
    assert ZipCode.objects.count() == 11


# Finding -------------------------------------------------------------------------------------------------------------
OAKLANDS = [f"Oakland, {county} County, Pennsylvania" for county in ("Cambria", "Lawrence", "Susquehanna")]
FOUND = {
    "Portland, ME": ["Portland, Maine"],
    "portland maine 04101": ["Portland, Maine 04101"],
    "Portland": ["Portland, Oregon", "Portland, Maine", "Portland, Texas"],
    "Portland 97201": ["Portland, Oregon 97201"],
    "Oakland, PA": OAKLANDS,
    "Oakland, Lawrence, PA": OAKLANDS[1:2],
    "Oakland, PA 16101": [f"{OAKLANDS[1]} 16101"],
    "Oakland, PA 00000": [f"{label} 00000" for label in OAKLANDS],
    "St Cloud, Florida": ["Saint Cloud, Florida"],
    "New York City": ["New York, New York"],
    "NYC": ["New York, New York"],
    "Espanola NM": ["Española, New Mexico"],
    "Washington DC": ["Washington, District of Columbia"],
    "04101": ["Portland, Maine 04101", "South Portland, Maine 04101", "Falmouth, Maine 04101", "Bath, Maine 04101"],
    "60614": ["Chicago, Illinois 60614", "Oak Park, Illinois 60614", "Evanston, Illinois 60614"],
    "99999": [],
    "Nowhere": [],
    "Portland, XX": [],
    "%": [],
}


def test_what_a_text_means(gazetteer, django_assert_max_num_queries):
    for typed, expected in FOUND.items():
        with django_assert_max_num_queries(2):
            found = find_places(typed)
        labels = [found.label(place) for place in found.places]
        assert labels == expected, typed
        # What a choice offers means that place alone.
        assert [find_places(label).places for label in labels] == [(place,) for place in found.places], typed


def test_suggestions_begin_with_what_is_typed_the_largest_first(gazetteer, client, django_assert_num_queries):
    def suggested(typed: str, queries: int) -> list[str]:
        with django_assert_num_queries(queries):
            answer = client.get("/places/suggest/", {"q": typed})
        assert answer["X-Robots-Tag"] == "noindex"
        return [place["title"] for place in answer.json()["suggestions"]]

    assert suggested("portl", 1) == ["Portland, Oregon", "Portland, Maine", "Portland, Texas"]
    assert suggested("Portland, m", 1) == ["Portland, Maine"]
    assert suggested("portland or", 2) == ["Portland, Oregon"]
    assert suggested("new york", 1) == ["New York, New York"]
    assert suggested("oakland, pa", 1) == OAKLANDS
    assert suggested("04101", 2)[0] == "Portland, Maine 04101"
    assert suggested("p", 0) == suggested("", 0) == []
    assert suggested("zz%", 2) == suggested("x" * 5000, 2) == []
    kinds = [place["kind"] for place in client.get("/places/suggest/?q=portland").json()["suggestions"]]
    assert kinds == ["Multnomah County", "Cumberland County", "San Patricio County"]


def test_a_town_whose_name_stands_twice_is_not_guessed(gazetteer, django_assert_num_queries):
    with django_assert_num_queries(1):
        called = places_called([("Oakland", "PA"), ("Oakland", "TN"), ("st. cloud", "MN")])
    assert {pair: str(place) for pair, place in called.items()} == {
        ("Oakland", "TN"): "Oakland, TN",
        ("st. cloud", "MN"): "Saint Cloud, MN",
    }


def test_the_field_takes_one_place_offers_several_and_lets_a_named_state_pass(gazetteer):
    field = PlaceField(required=False)
    portland = Place.objects.get(number=PORTLAND_MAINE)
    assert field.clean("Portland, Maine 04101") == ChosenPlace("Portland", "ME", "04101", portland)
    assert field.clean(" , ") is None
    unlisted = PlaceField(takes_unlisted=True)
    assert unlisted.clean("Tiny Hollow, VT 05001") == ChosenPlace("Tiny Hollow", "VT", "05001")
    assert unlisted.unknown == "Tiny Hollow, VT 05001"


# What nobody found ---------------------------------------------------------------------------------------------------
def test_what_was_not_found_is_counted_once_a_name_and_forgotten_in_time(db):
    note_unknown_places(["Tiny Hollow, VT", "tiny hollow VT", "x" * 500])
    assert list(UnknownPlace.objects.order_by("-times").values_list("typed", "times")) == [
        ("Tiny Hollow, VT", 2),
        ("x" * 120, 1),
    ]
    UnknownPlace.objects.filter(times=1).update(last_at=timezone.now() - timedelta(days=181))

    assert forget_old(timezone.now())["unknown-places"] == 1
    assert UnknownPlace.objects.get().times == 2


def names_of(place: Place, *new: str) -> dict[str, str]:
    form = {"names-TOTAL_FORMS": str(len(new)), "names-INITIAL_FORMS": "0"}
    return form | {f"names-{row}-name": name for row, name in enumerate(new)}


def test_staff_give_a_town_a_further_name_and_change_nothing_else_of_it(gazetteer):
    note_unknown_places(["Puddle Dock"])
    staff = staff_client(CAREERS_STAFF)
    assert "Puddle Dock" in staff.get("/admin/accounts/unknownplace/").text
    town = Place.objects.get(number=PORTLAND_MAINE)
    page = f"/admin/accounts/place/{town.pk}/change/"
    assert staff.get(page).context["has_delete_permission"] is False

    staff.post(page, names_of(town, "Puddle Dock") | {"name": "Elsewhere"})
    twice = staff.post(page, names_of(town, "puddle  dock"))

    town.refresh_from_db()
    assert (town.name, find_places("puddle dock").places) == ("Portland", (town,))
    assert "The place is found by this name already." in twice.text
    assert staff.post(page, names_of(town, "…")).status_code == 200


def test_a_place_of_staffs_own_is_found_by_its_name(gazetteer):
    staff = staff_client(CAREERS_STAFF)
    data = {"name": "Tiny Hollow", "county": "", "state_code": "VT", "state": "Vermont", "country": "US"}
    where = {"latitude": "44", "longitude": "-72", "slug": "tiny-hollow-vt"}
    saved = staff.post("/admin/accounts/place/add/", data | where | names_of(Place(), "Hollow"))

    place = Place.objects.get(number=None)
    assert saved.status_code == 302
    assert find_places("Tiny Hollow VT").places == find_places("hollow").places == (place,)
