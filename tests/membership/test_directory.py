"""The two directories: who stands in them, what each shows, how they are searched, and what they keep to themselves."""

import json
import re
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.accounts.domain.gazetteer import load_gazetteer
from aapm_site.accounts.models import User
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.access import MEMBERS, decide
from membership.directory_parts import DirectoryAudience, DirectoryCriteria, DirectoryPart, NearPoint
from membership.domain import deaths, directory, memberships
from membership.models import DirectoryEntry
from membership.positions import Closed
from membership.presenters.directory import as_shown
from membership.queries.directory import (
    A_PAGE,
    MOST,
    MOST_PAGES,
    DirectoryKey,
    find_entries,
    matching,
    one_entry,
    read_key,
)
from membership.views import directory as pages
from tests.factories import client_of

from .factories import make_member
from .listed import ALL, YEAR, doctor, listed, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns(db):
    load_gazetteer()


PUBLIC, AMONG = DirectoryAudience.PUBLIC, DirectoryAudience.MEMBERS
FIND = "/find-a-clinician/"
PORTLAND = NearPoint("Portland, Maine", 43.6574, -70.2589, 25)


# Who stands there ---------------------------------------------------------------------------------------------------
STANDINGS = {
    "active": ((-30, 300),),
    "first day": ((0, 300),),
    "last day": ((-300, 0),),
    "in grace": ((-400, -10),),
    "last day of grace": ((-400, -60),),
    "lapsed": ((-400, -61),),
    "not begun": ((1, 300),),
    "a gap now": ((-900, -500), (20, 300)),
    "far future beside an old one": ((-400, -61), (90, 400)),
}


@pytest.mark.parametrize("name", STANDINGS)
def test_whoever_is_a_member_today_is_found_and_nobody_else(name):
    entry = listed(terms=STANDINGS[name])
    person = User.objects.get(pk=entry.membership.user_id)
    is_member = decide(person, Closed(MEMBERS, "/")).allowed
    assert is_member is (name in {"active", "first day", "last day", "in grace", "last day of grace"})
    for audience in DirectoryAudience.values:
        assert (one_entry(audience, entry.public_id) is not None) is is_member
        assert find_entries(audience, DirectoryCriteria(state="ME")).count == int(is_member)


def _close(entry: DirectoryEntry) -> None:
    memberships.close_membership(entry.membership)


def _void(entry: DirectoryEntry) -> None:
    memberships.void_term(entry.membership.terms.get(), reason="A check that bounced.")


def _die(entry: DirectoryEntry) -> None:
    deaths.record_death(entry.membership, on=None)


def _suspend(entry: DirectoryEntry) -> None:
    User.objects.filter(pk=entry.membership.user_id).update(is_active=False)


def _hide(entry: DirectoryEntry) -> None:
    directory.hide_entry(entry, by=None, reason="The practice has asked us to.")


def _lose_name(entry: DirectoryEntry) -> None:
    User.objects.filter(pk=entry.membership.user_id).update(last_name="")


def _delete(entry: DirectoryEntry) -> None:
    directory.delete_entry(entry.membership.user)


@pytest.mark.parametrize("end", [_close, _void, _die, _suspend, _hide, _lose_name, _delete])
def test_whoever_goes_is_gone_at_once_everywhere(client, end):
    entry = listed()
    mine, write = f"{FIND}{entry.public_id}/", f"{FIND}{entry.public_id}/write/"
    assert [client.get(page).status_code for page in (mine, write)] == [200, 200]
    end(entry)
    assert [client.get(page).status_code for page in (mine, write)] == [404, 404]
    assert "Beltrán" not in client.get(FIND, {"state": "ME"}).text
    assert "Maine" not in re.sub(r"<form.*?</form>|<select.*?</select>", "", client.get(FIND).text, flags=re.DOTALL)


def test_each_directory_has_its_own_tick(client):
    member_only = listed(for_public=False)
    public_only = listed(for_members=False)
    assert one_entry(PUBLIC, member_only.public_id) is None
    assert one_entry(AMONG, public_only.public_id) is None
    reader = client_of(make_member(YEAR, user=doctor()))
    assert reader.get(f"/membership/directory/{member_only.public_id}/").status_code == 200
    assert reader.get(f"/membership/directory/{public_only.public_id}/").status_code == 404


# What is shown ------------------------------------------------------------------------------------------------------
SAYS = {
    DirectoryPart.WORK: "Physician, Neurology",
    DirectoryPart.PRACTICE: "Harbor Pain Center",
    DirectoryPart.PLACE: "Portland, Maine",
    DirectoryPart.LANGUAGES: "English, Spanish",
    DirectoryPart.NEW_PATIENTS: "Takes new patients",
    DirectoryPart.REFERRALS: "Takes referrals",
    DirectoryPart.TELEPHONE: "207-555-0134",
    DirectoryPart.WEBSITE: "https://harbor.example.org/",
    DirectoryPart.CONTACT: "Write a message",
}


def test_every_part_has_its_words():
    assert set(SAYS) == set(DirectoryPart)


@pytest.mark.parametrize("part", DirectoryPart)
def test_each_part_is_shown_where_it_is_ticked_and_nowhere_else(client, part):
    entry = listed(members_parts=(part,), public_parts=tuple({*ALL} - {part} | {DirectoryPart.WORK}))
    public = client.get(f"{FIND}{entry.public_id}/").text
    inside = client_of(make_member(YEAR, user=doctor())).get(f"/membership/directory/{entry.public_id}/").text
    main = [text.split("<main", 1)[1].split("</main>")[0] for text in (public, inside)]
    shown_in_public, shown_inside = ({name for name, words in SAYS.items() if words in text} for text in main)
    assert shown_inside == {part}
    assert shown_in_public == {*DirectoryPart} - ({part} - {DirectoryPart.WORK})


def test_no_page_holds_an_address_and_no_list_a_telephone(client):
    entry = listed()
    email = entry.membership.user.email
    texts = [client.get(page).text for page in (f"{FIND}?state=ME", f"{FIND}{entry.public_id}/", FIND)]
    texts.append(client.get(f"{FIND}{entry.public_id}/write/").text)
    assert not any(email in text or email.replace("@", "&#64;") in text for text in texts)
    assert "207-555-0134" not in texts[0]
    assert str(entry.pk) not in re.findall(r"find-a-clinician/(\d+)", "".join(texts))


# Finding ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "criteria"),
    [
        (DirectoryPart.PLACE, DirectoryCriteria(state="ME")),
        (DirectoryPart.PLACE, DirectoryCriteria(near=PORTLAND)),
        (DirectoryPart.WORK, DirectoryCriteria(profession="physician")),
        (DirectoryPart.WORK, DirectoryCriteria(specialty="neurology")),
        (DirectoryPart.LANGUAGES, DirectoryCriteria(language="es")),
        (DirectoryPart.NEW_PATIENTS, DirectoryCriteria(new_patients=True)),
        (DirectoryPart.REFERRALS, DirectoryCriteria(referrals=True)),
    ],
)
def test_no_search_tells_what_somebody_keeps_to_themselves(part, criteria):
    shows = listed(members_parts=(part,))
    hides = listed(members_parts=tuple({*ALL} - {part}))
    assert set(matching(AMONG, criteria)) == {shows}
    assert hides not in matching(AMONG, criteria)


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (DirectoryCriteria(state="ME"), True),
        (DirectoryCriteria(state="OR"), False),
        (DirectoryCriteria(profession="nurse"), False),
        (DirectoryCriteria(specialty="oncology"), False),
        (DirectoryCriteria(language="vi"), False),
        (DirectoryCriteria(new_patients=True), False),
        (DirectoryCriteria(name="beltran"), True),
        (DirectoryCriteria(name="ines BELTRÁN"), True),
        (DirectoryCriteria(name="Garcia"), True),
        (DirectoryCriteria(name="eltran"), False),
        (DirectoryCriteria(name="Ines Okafor"), False),
        (DirectoryCriteria(name="%"), False),
        (DirectoryCriteria(state="ME", language="es", referrals=True), True),
        (DirectoryCriteria(state="ME", language="vi", referrals=True), False),
    ],
)
def test_each_criterion_fits_or_not(criteria, found):
    listed(doctor(last_name="Beltrán-García"), takes_new_patients=False)
    assert matching(PUBLIC, criteria).exists() is found


def test_the_nearest_come_first_with_their_miles(client):
    far = listed(doctor(last_name="Far"), place=town("Bangor", "ME"))
    listed(doctor(last_name="Middle"), place=town("Bath", "ME"))
    listed(doctor(last_name="Near"), place=town("South Portland", "ME"))
    listed(doctor(last_name="West"), place=town("Portland", "OR"))

    found = find_entries(PUBLIC, DirectoryCriteria(near=replace(PORTLAND, miles=50)))
    names = [entry.membership.user.last_name for entry in found.entries]
    assert names == ["Near", "Middle"]
    assert [as_shown(entry, PUBLIC).away for entry in found.entries] == ["About 1 mile away", "About 28 miles away"]
    wide = replace(PORTLAND, miles=200)
    assert find_entries(PUBLIC, DirectoryCriteria(near=wide)).entries[-1] == far
    page = client.get(FIND, {"near": "04101", "miles": "200"})
    assert page.status_code == 200
    assert re.findall(r"<h2><a [^>]*>\w+ (\w+), MD</a>", page.text) == ["Near", "Middle", "Far"]


ASKED_BY = {"patients": "new_patients"}  # where a filter's name in the form is another one


@pytest.mark.parametrize("audience", DirectoryAudience)
def test_a_filter_counts_what_it_would_find_and_never_what_is_hidden(audience):
    """Each number is that of the list which the filter leads to, so the numbers tell nothing that it keeps back."""
    listed()
    listed(doctor(specialty=None), languages=("en", "vi"), takes_referrals=False, place=town("Bangor", "ME"))
    for part in DirectoryPart:
        listed(members_parts=tuple({*ALL} - {part}), public_parts=tuple({DirectoryPart.WORK, part}))
    whole = find_entries(audience, DirectoryCriteria())
    assert set(whole.tallies) == {"state", "profession", "specialty", "language", "patients", "referrals"}
    assert whole.tallies["language"]["vi"] == 1
    for name, numbers in whole.tallies.items():
        for value, number in numbers.items():
            asked = {ASKED_BY.get(name, name): value if value != "True" else True}
            assert find_entries(audience, DirectoryCriteria(**asked)).count == number, (name, value)


def test_filters_count_nothing_where_the_list_does_not_say_how_many_there_are(monkeypatch):
    monkeypatch.setattr("membership.queries.directory.MOST", 1)
    listed()
    assert find_entries(AMONG, DirectoryCriteria()).tallies["state"] == {"ME": 1}
    listed()
    found = find_entries(AMONG, DirectoryCriteria())
    assert (found.count, found.tallies) == (2, {})


def test_numbers_stand_behind_the_filters_that_are_not_used_yet(client):
    listed()
    page = client.get(FIND, {"state": "ME", "specialty": "neurology"}).text
    assert ">Spanish (1)</option>" in page
    assert ">Vietnamese</option>" in page
    assert "Takes referrals (1)" in page
    assert ">Neurology</option>" in page  # chosen: the list says it


def test_an_empty_circle_says_how_far_the_nearest_is_and_leads_there(client):
    listed(place=town("Bangor", "ME"))
    page = client.get(FIND, {"near": "04101", "miles": "5", "specialty": "neurology"}).text
    away = find_entries(PUBLIC, DirectoryCriteria(near=replace(PORTLAND, miles=200))).entries[0]
    assert f"Nobody who fits is listed within 5 miles. The nearest is {as_shown(away, PUBLIC).away.lower()}." in page
    link = re.search(r'href="([^"]+)">Look within 200 miles', page)
    assert link
    assert "1 clinician found" in client.get(FIND + link[1].replace("&amp;", "&")).text
    nobody = client.get(FIND, {"near": "04101", "miles": "5", "specialty": "oncology"}).text
    assert "Nobody who fits is listed within 200 miles." in nobody
    assert "Look within" not in nobody


def test_a_hidden_place_is_nowhere_near(client):
    listed(place=town("Bangor", "ME"), public_parts=tuple({*ALL} - {DirectoryPart.PLACE}))
    assert "Nobody who fits is listed within 200 miles." in client.get(FIND, {"near": "04101"}).text


def test_a_zip_code_is_measured_from_itself():
    entry = listed(place=town("Bangor", "ME"), postal_code="04401")
    assert (float(entry.latitude), float(entry.longitude)) == (44.8485, -68.8504)


def test_pages_follow_one_another_without_a_gap_and_end_where_they_say():
    for number in range(A_PAGE * 2 + 1):
        listed(doctor(last_name=f"Same {number % 3}"))
    for criteria in (DirectoryCriteria(), DirectoryCriteria(near=PORTLAND)):
        seen, key, sizes = [], None, []
        while True:
            found = find_entries(AMONG, criteria, key)
            assert found.count == A_PAGE * 2 + 1
            seen += [entry.pk for entry in found.entries]
            sizes.append(len(found.entries))
            if not found.next_key:
                break
            key = read_key(found.next_key, AMONG, criteria)
        assert sizes == [A_PAGE, A_PAGE, 1]
        assert len(set(seen)) == len(seen)


def test_a_key_leads_on_in_its_own_search_and_begins_no_other_in_the_middle(client):
    for number in range(A_PAGE + 1):
        listed(doctor(last_name=f"Same {number:02}"))
    narrow = DirectoryCriteria(name="same", state="ME")
    key = find_entries(PUBLIC, narrow).next_key

    assert read_key(key, PUBLIC, narrow) is not None
    assert read_key(key, PUBLIC, DirectoryCriteria(state="ME")) is None
    assert read_key(key, PUBLIC, DirectoryCriteria(near=PORTLAND)) is None
    assert read_key(key, AMONG, narrow) is None
    assert client.get(FIND, {"state": "ME", "name": "same", "after": key}).text.count("<h2><a") == 1
    assert client.get(FIND, {"state": "ME", "after": key}).text.count("<h2><a") == A_PAGE


def test_a_search_ends_after_ten_pages():
    listed()
    last = DirectoryKey(MOST_PAGES, "", "")
    for _ in range(A_PAGE + 1):
        listed()
    found = find_entries(AMONG, DirectoryCriteria(), last)
    assert (len(found.entries), found.next_key) == (A_PAGE, "")
    assert MOST == A_PAGE * MOST_PAGES


@pytest.mark.parametrize("forged", ["", "forged", "x" * 400, "WzIsImEiLCJiIl0:1abc:def", "\x00"])
def test_a_forged_key_is_the_first_page(client, forged):
    listed()
    assert read_key(forged, PUBLIC, DirectoryCriteria(state="ME")) is None
    assert client.get(FIND, {"state": "ME", "after": forged}).text.count("<h2><a") == 1


WRONG = [
    {"near": "Nowhereville"},
    {"near": "00000"},
    {"near": "\x00\x00"},
    {"near": "x" * 10_000},
    {"name": "x"},
    {"name": "y" * 10_000},
    {"state": "ME", "miles": "9" * 40},
    {"state": "QQ"},
    {"state": "ME", "specialty": "' OR 1=1 --"},
    {"state": "ME", "language": "\x00"},
    {"patients": "on"},
]


@pytest.mark.parametrize("query", WRONG, ids=lambda query: json.dumps(query)[:40])
def test_what_nobody_understands_is_said_and_never_fails(client, query):
    entry = listed()
    answer = client.get(FIND, query)
    assert answer.status_code == 200
    is_found = entry.membership.user.last_name in answer.text
    assert is_found is (query.get("state") == "ME")
    if is_found:
        assert "We left something out." in answer.text


def test_the_public_one_shows_nobody_unasked(client):
    listed()
    for query in ({}, {"patients": "on"}, {"specialty": "neurology"}, {"language": "es"}):
        assert "Beltrán" not in client.get(FIND, query).text
    front = client.get(FIND).text
    assert 'href="/find-a-clinician/?state=ME">Maine</a>' in front
    assert "tel:911" in front
    assert "tel:988" in front
    assert "no recommendation" in front


# What a page costs, and who reads quickly ----------------------------------------------------------------------------
def _queries(client: Client, page: str) -> int:
    """Without what a first request of a process or a session asks."""
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_pages_cost_the_same_for_one_and_for_many():
    entry = listed()
    visitor, reader = Client(), client_of(make_member(YEAR, user=doctor()))
    addresses = (
        (visitor, FIND),
        (visitor, f"{FIND}?near=04101&miles=50"),
        (visitor, f"{FIND}{entry.public_id}/"),
        (visitor, f"{FIND}{entry.public_id}/write/"),
        (reader, "/membership/directory/"),
        (reader, f"/membership/directory/{entry.public_id}/"),
    )
    one = [_queries(who, page) for who, page in addresses]
    for _ in range(A_PAGE):
        listed()
    assert [_queries(who, page) for who, page in addresses] == one
    assert one == [4, 10, 4, 4, 11, 8]


def test_a_crawl_stops_and_says_what_to_do(client, monkeypatch):
    monkeypatch.setattr(pages, "PAGES_AN_HOUR", 3)
    entry = listed()
    asked = [client.get(FIND, {"state": "ME"}).status_code for _ in range(2)]
    asked += [client.get(f"{FIND}{entry.public_id}/").status_code for _ in range(2)]
    assert asked == [200, 200, 200, 429]
    slow = client.get(FIND, {"state": "ME"})
    assert slow.status_code == 429
    assert "Beltrán" not in slow.text
    assert "tel:988" in slow.text
    assert client.get(FIND).status_code == 200  # the front shows nobody, and stays open
    # Somebody who is signed in is counted by themselves, not by the network of many.
    assert client_of(make_member(YEAR, user=doctor())).get("/membership/directory/").status_code == 200


def test_nothing_of_it_is_cached_or_listed_by_search_engines(client, settings):
    settings.PAGE_CACHE = True
    entry = listed()
    for page in (f"{FIND}?state=ME", f"{FIND}{entry.public_id}/", f"{FIND}{entry.public_id}/write/"):
        answer = client.get(page)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert 'name="robots" content="noindex' in answer.text
    assert 'name="robots" content="noindex' not in client.get(FIND).text
    sitemap = client.get("/sitemap-membership.xml").text
    assert "/find-a-clinician/</loc>" in sitemap
    assert entry.public_id not in sitemap
    assert "/membership/directory/" not in sitemap
    assert FIND + entry.public_id not in client.get("/search/", {"q": entry.membership.user.last_name}).text


def test_members_alone_read_the_members_directory(client):
    entry = listed()
    pages_of = ("/membership/directory/", f"/membership/directory/{entry.public_id}/")
    for page in pages_of:
        assert client.get(page).status_code == 302
    for person in (doctor(), make_member((-900, -500), user=doctor())):
        for page in pages_of:
            refused = client_of(person).get(page)
            assert refused.status_code == (200 if page.endswith("directory/") else 403)
            assert "Beltrán" not in re.sub(r"<header.*?</header>", "", refused.text, flags=re.DOTALL)
            assert FIND in refused.text


# A member's own entry -------------------------------------------------------------------------------------------------
MINE = "/membership/directory/mine/"
FILLED = {
    "practice": "Harbor Pain Center",
    "place": "Portland, Maine",
    "telephone": "(207) 555-0134 ext. 2",
    "website": "harbor.example.org",
    "languages": ["en", "es"],
    "takes_new_patients": "on",
    "for_public": "on",
    "public_parts": ["work", "telephone"],
    "members_parts": ["practice"],
}


def test_a_preview_shows_what_would_be_seen_and_saves_nothing():
    person = make_member(YEAR, user=doctor())
    browser = client_of(person)
    tried = browser.post(MINE, {**FILLED, "do": "preview"})
    assert tried.status_code == 200
    assert not DirectoryEntry.objects.exists()
    seen = tried.text.split('id="seen"', 1)[1].split("</section>")[0]
    assert "(207) 555-0134 ext. 2" in seen
    assert "Harbor Pain Center" not in seen
    assert "You are not listed there." in seen
    assert 'value="Harbor Pain Center"' in tried.text

    assert browser.post(MINE, FILLED)["Location"] == f"{MINE}#seen"
    entry = DirectoryEntry.objects.get()
    assert (entry.place, entry.website, entry.for_members) == (
        town("Portland", "ME"),
        "https://harbor.example.org",
        False,
    )
    shown = as_shown(one_entry(PUBLIC, entry.public_id), PUBLIC)
    assert (shown.telephone, shown.dialled, shown.practice) == ("(207) 555-0134 ext. 2", "2075550134", "")
    page = Client().get(f"{FIND}{entry.public_id}/").text
    facts = re.search(r'<dl class="facts">.*?</dl>', page, re.DOTALL)[0]
    assert facts in browser.get(MINE).text  # the very words


def test_nothing_is_ticked_before_the_member_ticks_it():
    page = client_of(make_member(YEAR, user=doctor())).get(MINE).text
    form = page.split('id="entry"', 1)[1].split("</form>")[0]
    assert "checked" not in form


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"public_parts": ["telephone"]}, directory.WORK_UNTICKED),
        ({"public_parts": ["email"]}, "Please choose from the list"),
        ({"telephone": "call me"}, "Write the number with its area code"),
        ({"telephone": "1" * 30}, "Write the number with its area code"),
        ({"website": "javascript:alert(1)"}, "Write its whole address"),
        ({"website": "http://localhost/"}, "Nobody outside your own network"),
        ({"place": "Nowhereville, Maine"}, "We do not know this town"),
        ({"practice": "Visit evil.com"}, "Please leave out web addresses"),
        ({"practice": "x" * 10_000}, "Please shorten this to 160 characters"),
        ({"languages": ["klingon"]}, "Please choose from the list"),
    ],
)
def test_a_wrong_entry_is_refused_in_words_and_kept(change, said):
    person = make_member(YEAR, user=doctor())
    answer = client_of(person).post(MINE, {**FILLED, **change})
    assert answer.status_code == 422
    assert said in answer.text
    assert not DirectoryEntry.objects.exists()


def test_who_may_not_be_listed_reads_why():
    with pytest.raises(NotAllowed, match="for members"):
        directory.keep_entry(doctor(), directory.EntryWords())
    nameless = make_member(YEAR, user=doctor(last_name=""))
    with pytest.raises(NotAllowed, match="last name"):
        directory.keep_entry(nameless, directory.EntryWords(for_members=True))
    unsaid = make_member(YEAR, user=doctor(profession=None))
    with pytest.raises(NotAllowed, match="profession"):
        directory.keep_entry(unsaid, directory.EntryWords(for_public=True, public_parts=ALL))
    assert not DirectoryEntry.objects.exists()
    assert "Join the Academy" in client_of(doctor()).get(MINE).text
    lapsed = make_member((-900, -500), user=doctor())
    assert "Nobody sees your entry now." in client_of(lapsed).get(MINE).text


def test_another_members_entry_is_out_of_reach():
    entry, other = listed(), listed()
    browser = client_of(other.membership.user)
    browser.post(MINE, {"practice": "Taken over"})
    browser.post("/membership/directory/mine/delete/")
    assert list(DirectoryEntry.objects.values_list("pk", "practice")) == [(entry.pk, "Harbor Pain Center")]


def test_the_database_refuses_nonsense():
    entry = listed()
    for wrong in (
        {"public_parts": ["email"]},
        {"languages": ["klingon"]},
        {"latitude": None},
        {"hidden_at": timezone.now()},
        {"hidden_reason": "No date."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DirectoryEntry.objects.filter(pk=entry.pk).update(**wrong)


# Staff ----------------------------------------------------------------------------------------------------------------
def test_staff_hide_an_entry_with_a_reason_that_its_member_reads(desk):
    entry = listed()
    page = f"/admin/membership/directoryentry/{entry.pk}"
    assert desk.post(f"{page}/hide/", {"reason": ""}).status_code == 422
    assert desk.post(f"{page}/hide/", {"reason": "This telephone is somebody else's."}).status_code == 302
    letter = OutgoingEmail.objects.get(kind="directory")
    assert letter.to == entry.membership.user.email
    assert "This telephone is somebody else's." in letter.text
    mine = client_of(entry.membership.user)
    assert "This telephone is somebody else" in mine.get(MINE).text
    mine.post(MINE, FILLED)  # to mend it does not show it
    mine.post("/membership/directory/mine/delete/")  # nor does writing it anew
    assert one_entry(PUBLIC, entry.public_id) is None
    assert DirectoryEntry.objects.filter(pk=entry.pk).exists()
    assert desk.post(f"{page}/show/", {"reason": "It is mended."}).status_code == 302
    assert one_entry(PUBLIC, entry.public_id) is not None
    assert "stands in the directory again" in OutgoingEmail.objects.filter(kind="directory").first().text


def test_the_list_of_entries_tells_what_is_found_today(desk):
    shown, lapsed = listed(doctor(last_name="Shown")), listed(doctor(last_name="Gone"), terms=((-900, -500),))
    for value, names in (("public", {"Shown"}), ("nobody", {"Gone"}), ("members", {"Shown"})):
        text = desk.get(f"/admin/membership/directoryentry/?found={value}").text
        assert {name for name in ("Shown", "Gone") if f"Ines {name}" in text} == names
    assert shown.pk != lapsed.pk
