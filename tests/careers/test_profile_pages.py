"""A seeker's own pages: how somebody begins, what is kept and refused, the CV, the switches, and the way out."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from aapm_site.accounts.models import Profession, Specialty
from careers.domain import profiles
from careers.domain.profiles import WantedPlace
from careers.models import Profile
from careers.presenters.profile import advice_for, as_seen, headline, standing_of
from careers.profile_sight import Openness, ProfileReader
from careers.queries.profiles import own_profile
from tests import factories
from tests.careers.cvs import pdf_cv
from tests.careers.test_profiles import cv, make_profile, town

pytestmark = pytest.mark.django_db
OWN = "/career-center/profile/"
EDIT = "/career-center/profile/edit/"


@pytest.fixture
def person():
    return factories.user("seeker@people.example", first_name="Ada", last_name="Quill", degrees="MD")


@pytest.fixture
def browser(person):
    return factories.client_of(person)


def sent(**fields):
    """The form as a browser sends it, its rows of towns too."""
    towns = {f"places-{row}-place": "" for row in range(10)}
    counts = {"places-TOTAL_FORMS": "10", "places-INITIAL_FORMS": "0"}
    return {"profession": Profession.objects.get(slug="physician").pk, **towns, **counts, **fields}


def test_who_has_none_is_shown_how_to_begin(browser):
    page = browser.get(OWN)
    assert page.status_code == 200
    assert "You have no profile yet." in page.text
    assert f'href="{EDIT}"' in page.text


def test_the_profession_alone_makes_a_profile(browser, person):
    assert browser.post(EDIT, sent()).headers["Location"] == OWN
    made = Profile.objects.get(user=person)
    assert (made.profession.slug, made.searchable, made.name_shown, made.active) == ("physician", False, False, True)


def test_everything_is_kept(browser, person):
    town()
    specialty = Specialty.objects.get(slug="neurology")
    answer = browser.post(
        EDIT,
        sent(
            stage="fellow", years="7", specialties=[specialty.pk], certifications=["pain", "neurology"],
            licenses=["MN", "ME"], languages=["es"], procedures=["pump"], training="Residency.\r\nFellowship.",
            experience="Seven years.", about="Calm.", available_on="2027-07-01", settings_wanted=["academic"],
            remote="partly", visa="j-1", pay_wish="$350,000", states_wanted=["WI"], **{"places-0-place": "Duluth, MN"},
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    made = own_profile(person)
    kept = [
        made.stage, made.years, list(made.specialties.all()), made.certifications, made.licenses, made.languages,
        made.procedures, made.experience, made.about, str(made.available_on), made.settings_wanted, made.remote,
        made.visa, made.pay_wish, [place.in_words for place in made.places.all()],
    ]  # fmt: skip
    assert kept == [
        "fellow", 7, [specialty], ["pain", "neurology"], ["MN", "ME"], ["es"], ["pump"], "Seven years.", "Calm.",
        "2027-07-01", ["academic"], "partly", "j-1", 350_000, ["Duluth, Minnesota", "Wisconsin"],
    ]  # fmt: skip
    again = browser.get(EDIT)
    assert 'value="Duluth, Minnesota"' in again.text
    assert "Licensed in: Maine, Minnesota" in again.text or "Licensed in: Minnesota, Maine" in again.text
    assert "Whole states: Wisconsin" in again.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("profession", "", "Choose your profession; the rest can wait."),
        ("years", "9" * 5_000, "as a whole number, such as 7."),
        ("years", "70", "Give at most 60 years."),
        ("years", "-1", "Give the years as a whole number, such as 7."),
        ("pay_wish", "a lot", "Give whole dollars a year"),
        ("pay_wish", "0", "Give whole dollars a year"),
        ("pay_wish", "99999999999", "Give at most 5,000,000 dollars a year."),
        ("about", "x" * 10_000, "it has 10000"),
        ("places-0-place", "Nowhere at All, Maine", "We do not know this town."),
        ("available_on", "9999-12-31", "That is not a day we can use"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browser, field, typed, said):
    town()
    answer = browser.post(EDIT, sent(experience="Nine years of clinic.", **{field: typed}))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nine years of clinic." in answer.text
    assert not Profile.objects.exists()


@pytest.mark.parametrize("wrong", [{"certifications": ["\0"]}, {"licenses": ["XX"]}, {"specialties": ["1e9"]}])
def test_what_no_list_offers_is_refused(browser, wrong):
    assert browser.post(EDIT, sent(**wrong)).status_code == 422
    assert not Profile.objects.exists()


def test_zeros_in_a_text_are_left_out(browser):
    assert browser.post(EDIT, sent(about="Ca\0lm.")).status_code in {302, 422}
    assert all("\0" not in one.about for one in Profile.objects.all())


def test_a_town_named_twice_and_more_than_ten_places(browser):
    town()
    twice = browser.post(EDIT, sent(**{"places-0-place": "Duluth, MN", "places-1-place": "Duluth, Minnesota"}))
    assert (twice.status_code, "This place is named twice." in twice.text) == (422, True)
    states = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA"]
    many = browser.post(EDIT, sent(states_wanted=states, **{"places-0-place": "Duluth, MN"}))
    assert (many.status_code, "Towns and states together may be 10." in many.text) == (422, True)
    assert browser.post(EDIT, sent(states_wanted=states)).status_code == 302


def test_a_number_is_asked_about_once(browser, person):
    typed = sent(training="DEA AB1234563, license no. 12345")
    asked = browser.post(EDIT, typed)
    assert asked.status_code == 422
    assert "“AB1234563” in Training looks like a DEA number." in asked.text
    assert "“12345” in Training looks like the number of a license." in asked.text
    assert not Profile.objects.exists()
    mark = asked.context["form"].mark
    assert f'value="{mark}"' in asked.text
    # Something that comes beside it is asked about too.
    more = browser.post(EDIT, {**typed, "about": "I live at 42 Elm Street.", "keep": mark})
    assert (more.status_code, Profile.objects.exists()) == (422, False)
    assert browser.post(EDIT, {**typed, "keep": mark}).status_code == 302
    # What was kept knowingly is not asked about at the next change.
    assert browser.post(EDIT, {**typed, "years": "5"}).status_code == 302
    assert Profile.objects.get(user=person).years == 5


def test_a_mark_of_somebody_elses_making_keeps_nothing(browser):
    assert browser.post(EDIT, sent(training="DEA AB1234563", keep="x" * 64)).status_code == 422


def test_the_switches(browser, person):
    made = make_profile(person)
    assert "Hidden" in browser.get(OWN).text
    browser.post(f"{OWN}switches/", {"searchable": "on", "active": "on"})
    made.refresh_from_db()
    assert (made.searchable, made.name_shown, made.active) == (True, False, True)
    assert "Open to employers" in browser.get(OWN).text
    browser.post(f"{OWN}switches/", {"searchable": "on"})
    assert "Resting" in browser.get(OWN).text


def test_a_cv_is_kept_handed_out_and_removed(browser, person, django_capture_on_commit_callbacks):
    made = make_profile(person)
    content = pdf_cv()
    kept = browser.post(f"{OWN}cv/", {"cv": SimpleUploadedFile("My CV.pdf", content)})
    assert kept.status_code == 302
    assert "My CV.pdf" in browser.get(OWN).text
    handed = browser.get(f"{OWN}cv/file/")
    assert b"".join(handed.streaming_content) == content
    assert handed["Content-Disposition"] == 'attachment; filename="My CV.pdf"'
    assert handed["Cache-Control"] == "private, no-store"
    assert "and we keep no copy" in browser.get(f"{OWN}cv/remove/").text
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{OWN}cv/remove/")
    made.refresh_from_db()
    assert not made.cv
    assert browser.get(f"{OWN}cv/file/").status_code == 404


def test_a_file_that_is_no_cv_is_refused_and_the_old_one_stays(browser, person):
    made = make_profile(person)
    profiles.keep_cv(made, cv())
    refused = browser.post(f"{OWN}cv/", {"cv": SimpleUploadedFile("cv.exe", b"MZ")})
    assert refused.status_code == 422
    assert "A CV is a PDF, DOCX or ODT file." in refused.text
    assert "Choose the file of your CV first." in browser.post(f"{OWN}cv/").text
    made.refresh_from_db()
    assert made.cv_name == "My CV.pdf"


def test_as_employers_see_it(browser, person):
    make_profile(
        person, training="Trained at Lakeside.", years=7, pay_wish=321_000, certifications=["pain"], licenses=["MN"],
        places=[WantedPlace(state_code="ME")], specialties=[Specialty.objects.get(slug="neurology")],
    )  # fmt: skip
    page = browser.get(f"{OWN}preview/")
    before, after = page.context["before"], page.context["after"]
    assert before.headline == after.headline == "Physician, neurology, 7 years of practice"
    assert (before.name, before.email, before.texts, before.cv_name) == ("", "", [], "")
    assert (after.name, after.email) == ("Ada Quill, MD", "seeker@people.example")
    assert after.texts == [("Training", "Trained at Lakeside.")]
    assert before.facts == after.facts
    assert ("Would work in", "Maine") in before.facts
    assert "321" not in page.text
    top, bottom = page.text.split('id="after"')
    assert "Ada Quill" not in top.partition('id="before"')[2]
    assert "Ada Quill" in bottom


def test_nothing_of_it_is_there_for_who_is_blocked(person):
    made = make_profile(person, searchable=True, name_shown=True)
    seen = as_seen(made, ProfileReader.AFTER, Openness.of(made, blocked=True))
    assert (seen.is_there, seen.headline, seen.name, seen.facts, seen.texts) == (False, "", "", [], [])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Physician"), ({"years": 0}, "Physician"), ({"years": 1}, "Physician, 1 year of practice"),
        ({"stage": "fellow", "years": 0}, "Physician, in fellowship"),
        ({"stage": "early"}, "Physician, in the first five years of practice"),
        ({"stage": "practice", "years": 12}, "Physician, 12 years of practice"),
    ],
)  # fmt: skip
def test_the_headline(person, fields, words):
    assert headline(make_profile(person, **fields)) == words


def test_advice_goes_as_the_profile_grows(person):
    made = make_profile(person)
    today = timezone.localdate()
    labels = [one.label for one in advice_for(made, today)]
    assert labels == [
        "Specialties", "Licenses", "Board certifications", "Places", "First day", "Procedures", "Training",
        "Experience", "CV",
    ]  # fmt: skip
    make_profile(
        person, licenses=["MN"], certifications=["pain"], procedures=["pump"], training="T", experience="E",
        available_on=today - timedelta(days=91), places=[WantedPlace(state_code="MN")],
        specialties=Specialty.objects.all()[:1],
    )  # fmt: skip
    made = own_profile(person)
    profiles.keep_cv(made, cv())
    assert [one.sentence for one in advice_for(own_profile(person), today)] == [
        "The day from which you could begin is long over. Is it still so?"
    ]


def test_where_it_stands(person):
    made = make_profile(person, searchable=True)
    words = [standing_of(made).label]
    for field, value in (("paused_at", timezone.now()), ("active", False), ("hidden_at", timezone.now())):
        setattr(made, field, value)
        words.append(standing_of(made).label)
    assert words == ["Open to employers", "Resting", "Resting", "Kept back"]


def test_the_export_holds_all_of_it(browser, person):
    made = make_profile(person, about="Calm.", pay_wish=321_000, places=[WantedPlace(state_code="ME")])
    profiles.keep_cv(made, cv())
    answer = browser.get(f"{OWN}export/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "private, no-store")
    with ZipFile(BytesIO(answer.content)) as archive:
        said = json.loads(archive.read("profile.json"))
        assert archive.read("cv/My CV.pdf") == b"%PDF- one"
    assert (said["about_you"], said["pay_hoped_for_in_dollars_a_year"], said["places_wanted"], said["cv"]["name"]) == (
        "Calm.", 321_000, ["Maine"], "My CV.pdf"
    )  # fmt: skip


def test_it_is_deleted_after_a_question(browser, person):
    make_profile(person)
    assert "we keep no copy" in browser.get(f"{OWN}delete/").text
    assert Profile.objects.exists()
    assert browser.post(f"{OWN}delete/").headers["Location"] == OWN
    assert not Profile.objects.exists()


def test_the_pages_are_for_the_person_alone(browser, person):
    make_profile(factories.user("other@people.example"), about="Not for Ada.")
    for page in ("", "edit/"):
        answer = browser.get(f"{OWN}{page}")
        assert "Not for Ada." not in answer.text
        assert "no-store" in answer["Cache-Control"]
    for page in ("preview/", "export/", "delete/", "cv/", "cv/file/", "cv/remove/"):
        assert browser.get(f"{OWN}{page}").status_code == 404


@pytest.mark.parametrize("many", [1, 10])
def test_the_queries_of_a_page_do_not_grow(browser, person, django_assert_num_queries, many):
    states = ["AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA"][:many]
    make_profile(
        person, places=[WantedPlace(state_code=code) for code in states], specialties=Specialty.objects.all()[:many]
    )
    browser.get(OWN)
    browser.get(f"{OWN}preview/")
    with django_assert_num_queries(QUERIES):
        browser.get(OWN)
    with django_assert_num_queries(QUERIES):
        browser.get(f"{OWN}preview/")


# The session and the person, whether the address is proved, the profile with its specialties and places, the page.
QUERIES = 9
