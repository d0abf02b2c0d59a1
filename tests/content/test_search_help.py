"""What staff teach the search: best bets, words that mean the same, and what stands below what patients look for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from aapm_site.core.http import view_counts
from aapm_site.core.models import Count, StarterRow
from aapm_site.core.search import engine
from aapm_site.core.search.guides import MOST_ALTERNATIVES, bets_for, meant
from aapm_site.core.search.registry import SearchHit, SearchKind
from careers.search import JOBS
from content.models import BestBet, Contributor, Page, Synonym
from content.starter.tables import best_bets, synonyms
from membership.journal.search import JOURNAL
from tests.careers.factories import live_job
from tests.content.makers import page
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

PEOPLE = {"HTTP_USER_AGENT": "Mozilla/5.0"}


def bet(title="Find a clinician", phrases="pain clinic*\nnear me", **values):
    values = {"url": "/find-a-clinician/"} | values
    return BestBet.objects.create(title=title, phrases=phrases, **values)


def alike(*phrases, name="The same"):
    return Synonym.objects.create(name=name, phrases="\n".join(phrases))


# Best bets ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("pain clinic", True),
        ("Pain Clinics", True),
        ("a pain clinic in Maine", True),
        ("doctor NEAR ME", True),
        ("pain-clinic", True),
        ("clinic for pain", False),
        ("near mercy hospital", False),
        ("", False),
        ("\x00", False),
        ("pain " * 60, False),
    ],
)
def test_a_bet_is_shown_for_its_words(typed, is_meant):
    bet()
    assert [found.url for found in bets_for(typed)] == (["/find-a-clinician/"] if is_meant else [])


def test_three_bets_in_the_editors_order_and_no_place_twice():
    for place, title in enumerate(("Fourth", "Third", "Second", "First")):
        bet(title, order=40 - place, url=f"/{title}/")
    bet("Again", order=1, url="/First/")
    assert [found.title for found in bets_for("pain clinic")] == ["First", "Second", "Third"]


def test_a_bet_on_a_page_stands_while_everybody_may_read_it(client):
    about = page("about", title="About us")
    bet(page=about, url="")
    bet("Out of use", is_on=False)
    assert [found.url for found in bets_for("pain clinic")] == ["/about/"]
    about.audience = "members"
    about.save()
    assert bets_for("pain clinic") == []
    about.audience, about.unpublish_at = "public", timezone.now() - timedelta(minutes=1)
    about.save()
    assert bets_for("pain clinic") == []


def test_a_bet_leads_to_one_place():
    for wrong in ({"url": ""}, {"page": page("about")}):
        with pytest.raises(IntegrityError, match="content_bestbet_one_target"), transaction.atomic():
            bet(**wrong)


def test_the_page_shows_bets_before_the_results_and_counts_no_failure(client):
    bet(note="Members who take patients.")
    page("clinic", title="What a pain clinic does")

    found = client.get("/search/?q=pain+clinic", **PEOPLE).text
    alone = client.get("/search/?q=zzqy+near+me", **PEOPLE).text
    view_counts.flush()

    assert 0 < found.index("Members who take patients.") < found.index("What a pain clinic does")
    assert 'href="/find-a-clinician/"' in alone
    assert not Count.objects.filter(kind="search-nothing").exists()


def test_suggestions_begin_with_bets(client):
    bet()
    page("clinic", title="Pain clinics")
    assert client.get("/search/suggest/?q=pain+clinic").json()["suggestions"] == [
        {"title": "Find a clinician", "url": "/find-a-clinician/", "kind": "Begin here"},
        {"title": "Pain clinics", "url": "/clinic/", "kind": "Page"},
    ]


def test_words_that_hold_somebodys_data_are_not_counted(client):
    for typed in ("ines@people.example", "207 555 0112 pain", "zzqy"):
        client.get("/search/", {"q": typed}, **PEOPLE)
    view_counts.flush()
    assert set(Count.objects.values_list("kind", "key")) == {("search", "zzqy"), ("search-nothing", "zzqy")}


# Words that mean the same ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("crps", "crps OR complex regional pain syndrome"),
        ("CRPS in children", "CRPS in children OR complex regional pain syndrome in children"),
        ("complex regional pain syndrome", "complex regional pain syndrome OR crps"),
        ('"crps"', '"crps"'),  # said exactly
        ("crps -children", "crps -children"),
        ("crps OR gout", "crps OR gout"),
        ("crpsx", "crpsx"),
        ("pain", "pain"),
        ("", ""),
    ],
)
def test_another_wording_is_looked_for_too(typed, looked_for):
    alike("crps", "complex regional pain syndrome")
    assert meant(typed) == looked_for


def test_the_longest_wording_is_replaced_and_the_ways_are_few():
    alike("back pain", "lumbago", "low back pain")
    alike(*(f"word {letter}" for letter in "abcdefghijkl"), name="Many")
    assert meant("low back pain") == "low back pain OR back pain OR lumbago"
    assert meant("word a").count(" OR ") == MOST_ALTERNATIVES


def test_what_holds_any_wording_is_found_and_marked(client):
    page("one", title="Complex regional pain syndrome", body="<p>A limb that hurts for months.</p>")
    assert engine.find("crps", AnonymousUser()) == []
    alike("crps", "complex regional pain syndrome")
    assert [hit.title for hit in engine.show(engine.find("crps", AnonymousUser()), "crps", AnonymousUser())] == [
        "Complex regional pain syndrome"
    ]


@pytest.mark.parametrize("wrong", ["one wording", "", "one\none", "one\ntwo*", "one\n!!!", "one\n" + "x" * 81])
def test_wordings_are_checked(wrong):
    with pytest.raises(ValidationError):
        Synonym(name="The same", phrases=wrong).full_clean()


# Patients first -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("source", "typed", "is_below"),
    [
        (JOBS, "back pain", True),
        (JOBS, "back pain jobs", False),
        (JOBS, "careers", False),
        (JOBS, "fellowship", False),
        (JOBS, "employer", False),
        (JOBS, "enjoy life", True),
        (JOURNAL, "gabapentin", True),
        (JOURNAL, "gabapentin trials", False),
        (JOURNAL, "randomized", False),
        (JOURNAL, "doi 10.1093", False),
        (JOURNAL, "tissue", True),
    ],
)
def test_positions_and_articles_are_asked_for_by_words(source, typed, is_below):
    assert source.stands_below(typed.split()) is is_below


def test_positions_stand_below_pages_unless_they_are_meant():
    live_job(title="Back pain physician", summary="back pain back pain back pain")
    page("low", title="Your visit", body="<p>What to bring when your back gives you pain.</p>")

    def order(query):
        return [match.source for match in engine.find(query, AnonymousUser())]

    assert order("back pain") == ["pages", "jobs"]
    assert order("Back pain physician") == ["jobs"]
    assert order("pain") == ["pages", "jobs"]
    assert [hit.title for hit in engine.suggest("back pain physician", 5)] == ["Back pain physician"]


def test_a_title_that_was_typed_whole_stands_first_wherever_it_stands():
    live_job(title="Pain")
    page("low", title="Your visit", body="<p>Pain.</p>")
    assert [match.source for match in engine.find("pain", AnonymousUser())] == ["jobs", "pages"]


# Telling apart --------------------------------------------------------------------------------------------------------
KIND = SearchKind("page", "Page", "Pages")


def hit(title="Same", url="/a/", **values):
    return SearchHit(title, url, kind=KIND, **values)


@pytest.mark.parametrize(
    ("hits", "metas"),
    [
        ([hit(), hit(url="/b/%C3%A4/")], ["/a/", "/b/ä/"]),
        ([hit(), hit("Other", "/b/")], ["", ""]),
        ([hit(), hit("SAME", "/b/")], ["/a/", "/b/"]),
        ([hit(place="Above"), hit(url="/b/")], ["", ""]),
        ([hit(meta="Lantern"), hit(url="/b/", meta="Lantern")], ["Lantern · /a/", "Lantern · /b/"]),
        ([hit(meta="Lantern"), hit(url="/b/", meta="Harbor")], ["Lantern", "Harbor"]),
    ],
)
def test_hits_of_one_title_are_told_apart(hits, metas):
    assert [one.meta for one in engine.told_apart(hits)] == metas


def test_no_gap_is_left_where_an_element_ended(client):
    page("visit", title="Your visit", body="<p>If the pain is <b>new</b>, or <i>worse</i>: zebra (<b>now</b>).</p>")
    shown = engine.show(engine.find("zebra", AnonymousUser()), "zebra", AnonymousUser())[0].excerpt
    assert "is new, or worse: <mark>zebra</mark>" in shown


def test_a_heading_does_not_run_into_the_sentence_after_it(client):
    page(
        "visit",
        title="Your visit",
        body="<h2>What to bring</h2><p>A list.</p><ul><li>Pills</li><li>Why?</li></ul><p>Zebra.</p>",
    )
    shown = engine.show(engine.find("zebra", AnonymousUser()), "zebra", AnonymousUser())[0].excerpt
    assert shown == "About visit. What to bring. A list. Pills. Why? <mark>Zebra</mark> …"


# The staff's desk -----------------------------------------------------------------------------------------------------
def test_staff_see_what_was_looked_for_in_vain_and_begin_a_bet_from_it():
    editor = staff_client("Content editor")
    Count.objects.create(kind="search-nothing", key="pain clynic", on=timezone.localdate(), times=7)
    Count.objects.create(kind="search-nothing", key="old", on=timezone.localdate() - timedelta(days=30), times=9)
    listed = editor.get("/admin/content/bestbet/").text
    assert "<td>pain clynic</td><td>7</td>" in listed
    assert "<td>old</td>" not in listed
    assert 'href="/admin/content/bestbet/add/?phrases=pain+clynic"' in listed
    assert "pain clynic</textarea>" in editor.get("/admin/content/bestbet/add/?phrases=pain+clynic").text


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"url": "/no-such-place/"}, "Nothing on this site answers at that address."),
        ({"url": "/about/"}, "That is a page: choose it"),
        ({"url": "javascript:alert(1)"}, "Write an address that begins with / or https://."),
        ({"url": ""}, "Choose a page or write an address: one of the two."),
        ({"phrases": "!!!"}, "holds no word that could be looked for"),
    ],
)
def test_a_bet_that_leads_nowhere_is_refused_and_what_was_typed_stays(values, error):
    page("about")
    sent = {"title": "Come in", "phrases": "come in", "url": "/glossary/", "order": "10", "is_on": "on"} | values
    shown = staff_client("Content editor").post("/admin/content/bestbet/add/", sent)
    assert error in shown.text
    assert 'value="Come in"' in shown.text
    assert not BestBet.objects.exists()


def test_what_is_shipped_is_right(settings):
    settings.DEMO = False
    call_command("load_starter_content", stdout=StringIO())
    for row in (*BestBet.objects.all(), *Synonym.objects.all()):
        row.full_clean()
    assert BestBet.objects.count() == len(best_bets())
    assert [bet.url for bet in bets_for("board of directors")] == []  # a draft until names stand on it
    Page.objects.filter(path="/about/board/").update(status="published")
    wanted = {
        "pain clinic": "/find-a-clinician/",
        "find a doctor near me": "/find-a-clinician/",
        "Dolor de espalda": "/patient-resources/?language=es",
        "CME": "/meetings/",
        "who leads the Academy": "/about/board/",
        "board of directors": "/about/board/",
        "what is your phone number": "/contact/",
        "membership dues": "/membership/join/",
    }
    assert {words: bets_for(words)[0].url for words in wanted} == wanted
    assert [bet.url for bet in bets_for("medical director, board certified")] == []

    # What patients type and we have no page of leads to a place that helps.
    for words in ("TMJ", "tooth pain", "period pain", "botox", "endometriosis"):
        assert bets_for(words)[-1].url == "/patient-resources/?topic=conditions", words
    clinician = Contributor.objects.create(name="Ines Duarte", slug="ines-duarte", is_person=True)
    now_public = {"status": "published", "published_at": timezone.now(), "reviewer": clinician}
    now_public |= {"reviewed_on": timezone.localdate()}
    Page.objects.filter(path="/what-is-pain-medicine/medicines/").update(**now_public)
    Page.objects.filter(path__startswith="/conditions/").update(**now_public)
    assert [bet.title for words in ("pain medicine", "what is pain medecin") for bet in bets_for(words)] == []
    meant_by = {
        "sciatica": "/conditions/back-pain/",
        "slipped disc": "/conditions/back-pain/",
        "pinched nerve": "/conditions/back-pain/",
        "RSD": "/conditions/complex-regional-pain-syndrome/",
        "shingles vaccine": "/conditions/shingles/",
        "headaches": "/conditions/headache/",
        "botox": "/conditions/headache/",
        "knee pain": "/conditions/arthritis/",
        "opioids": "/what-is-pain-medicine/medicines/",
        "withdrawal": "/what-is-pain-medicine/medicines/",
        "methadone": "/patient-resources/?topic=medicines",
        "physical therapy near me": "/find-a-clinician/",
    }
    assert {words: bets_for(words)[0].url for words in meant_by} == meant_by


def test_help_tonight_is_meant_by_whoever_needs_it_now_once_its_page_is_public(settings):
    settings.DEMO = False
    call_command("load_starter_content", stdout=StringIO())
    tonight = Page.objects.get(path="/for-patients/tonight/")
    for words in ("help now", "crisis line", "emergency", "I need help tonight"):
        Page.objects.filter(pk=tonight.pk).update(status="draft", published_at=None)
        assert "/for-patients/tonight/" not in [bet.url for bet in bets_for(words)]
        Page.objects.filter(pk=tonight.pk).update(status="published", published_at=timezone.now() - timedelta(days=1))
        assert bets_for(words)[0].url == "/for-patients/tonight/"


def test_a_bet_to_a_page_that_staff_have_removed_is_not_made(settings):
    settings.DEMO = False
    call_command("load_starter_content", stdout=StringIO())
    BestBet.objects.filter(title="The board").delete()
    StarterRow.objects.filter(kind="best-bets").delete()
    Page.objects.filter(path="/about/board/").delete()
    call_command("load_starter_content", stdout=StringIO())
    assert not BestBet.objects.filter(title="The board").exists()
    assert BestBet.objects.filter(title="The staff", page__path="/about/staff/").exists()


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("herniated disc", "Sciatica comes from a disk."),
        ("percocet", "An opioid slows your breathing."),
        ("meditation", "In mindfulness you watch the pain."),
        ("medical marijuana", "Say if you use cannabis."),
    ],
)
def test_what_patients_type_finds_what_we_call_otherwise(typed, held, client):
    Synonym.objects.bulk_create(Synonym(**row) for row in synonyms())
    page("told", title="Told", body=f"<p>{held}</p>")
    assert 'href="/told/"' in client.get("/search/", {"q": typed}).text
