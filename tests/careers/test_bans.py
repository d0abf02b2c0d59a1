"""The ban list: what it names, where it refuses, what it says, and what erasure leaves of it."""

from functools import partial

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aapm_site.core.roles import CAREERS_STAFF, CONTENT_EDITOR
from aapm_site.core.transitions import NotAllowed
from careers import privacy
from careers.ban_words import folded_name, hash_of
from careers.domain import bans, employers, jobs, renewals, verifications
from careers.domain.bans import Banned
from careers.models import BannedEmployer, CreditBalance, Employer, EmployerInvitation, EmployerMember
from careers.queries.bans import employers_named_by
from careers.states import JobStatus
from tests import racing
from tests.careers.factories import credits_for, live_job, make_employer, make_job, make_member, make_user
from tests.factories import client_of, staff_client

pytestmark = pytest.mark.django_db
SAID = (
    f"We cannot do this for you online. Please write to {settings.STAFF_EMAIL}; a person reads it, and tells you how "
    "we can go on."
)


def ban(**given: str) -> BannedEmployer:
    return bans.ban_employer(**given, reason="Sold prescriptions.", by=None)


def register(email: str = "", name: str = "Cedar Fork", website: str = "") -> Employer:
    return employers.register_employer(by=make_user(email), name=name, kind="private-practice", website=website)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("The Québec Pain & Spine Clinic, L.L.C.", "quebec pain and spine clinic"),
        ("QUEBEC  PAIN-AND-SPINE CLINIC", "quebec pain and spine clinic"),
        ("Straße’s Praxis Inc.", "strasses praxis"),
        ("The", "the"),
        ("LLC", "llc"),
        ("…", ""),
    ],
)
def test_a_name_is_compared_without_its_dress(written, folded):
    assert folded_name(written) == folded


@pytest.mark.parametrize("name", ["Québec Pain Clinic", "THE QUEBEC PAIN CLINIC, LLC", "Quebec pain-clinic"])
def test_a_banned_name_is_refused_however_it_is_written(name):
    ban(name="Quebec Pain Clinic")
    with pytest.raises(Banned) as refused:
        register(name=name)
    assert str(refused.value) == SAID
    assert not Employer.objects.exists()
    assert register(name=f"{name} of Montreal").name == f"{name} of Montreal"


@pytest.mark.parametrize(
    ("website", "email", "is_refused"),
    [
        ("https://pills.example", "", True),
        ("https://www.pills.example/jobs", "", True),
        ("https://jobs.pills.example", "", True),
        ("", "ann@pills.example", True),
        ("", "Ann@mail.pills.example", True),
        ("https://notpills.example", "ann@pills.example.org", False),
        ("https://example.org", "", False),
    ],
)
def test_a_banned_domain_bans_its_subdomains_and_nothing_beside_it(website, email, is_refused):
    ban(domain="https://WWW.Pills.example/")
    if not is_refused:
        assert register(email, website=website).pk
        return
    with pytest.raises(Banned) as refused:
        register(email, website=website)
    assert str(refused.value) == SAID


@pytest.mark.parametrize("email", ["ann@example.org", "ann+new@example.org"])
def test_a_banned_address_is_refused_with_a_tag_too(email):
    ban(address="Ann+Old@Example.org")
    with pytest.raises(Banned):
        register(email)
    assert register("anna@example.org").pk


@pytest.mark.parametrize("domain", ["gmail.com", "sites.google.com", "me.wordpress.com", "co.uk", "k12.mn.us"])
def test_what_would_ban_everybody_is_no_entry(domain):
    with pytest.raises(NotAllowed, match="would shut out everybody"):
        ban(domain=domain)
    assert not BannedEmployer.objects.exists()


@pytest.mark.parametrize(
    "given", [{}, {"name": "Cedar", "domain": "cedar.example"}, {"domain": "cedar.example", "address": "a@b.example"}]
)
def test_an_entry_says_exactly_one_thing(given):
    with pytest.raises(NotAllowed, match="one of the three"):
        ban(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        BannedEmployer.objects.create(**given, reason="Why")


def test_an_entry_stands_once_while_it_holds():
    entry = ban(name="Cedar Fork")
    with pytest.raises(NotAllowed, match="already"):
        ban(name="CEDAR FORK, Inc.")
    with pytest.raises(IntegrityError), transaction.atomic():
        BannedEmployer.objects.create(name=entry.name, reason="Twice")
    bans.lift_ban(entry, why="Another one.", by=None)
    with pytest.raises(NotAllowed, match="lifted"):
        bans.lift_ban(entry, why="Again.", by=None)
    assert register().name == "Cedar Fork"
    assert ban(name="Cedar Fork").pk != entry.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_entry_at_once_one_is_told_that_it_stands():
    done = racing.at_once(*[lambda: ban(domain="cedarfork.example")] * 2)
    assert BannedEmployer.objects.get() in done
    (refused,) = [one for one in done if isinstance(one, NotAllowed)]
    assert str(refused) == bans.LISTED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_lift_one_at_once_one_is_told_and_the_first_reason_stays():
    entry = ban(name="Cedar Fork")
    reasons = ("They wrote to us.", "A mistake of ours.")
    done = racing.at_once(*[partial(bans.lift_ban, entry, why=why, by=None) for why in reasons])
    (lifted,) = [one for one in done if isinstance(one, BannedEmployer)]
    assert lifted.why_lifted == BannedEmployer.objects.get().why_lifted == reasons[done.index(lifted)]
    assert [str(one) for one in done if one is not lifted] == [bans.LIFTED]


# Each door ------------------------------------------------------------------------------------------------------------
def test_an_owner_does_not_rename_into_the_list_and_staff_may():
    employer = make_employer("Old Name")
    owner = make_member(employer)
    ban(name="Cedar Fork")
    ban(domain="pills.example")
    for details in ({"name": "Cedar Fork"}, {"website": "https://pills.example"}):
        with pytest.raises(Banned):
            employers.edit_employer(employer, by=owner, **details)
    employer.refresh_from_db()
    assert (employer.name, employer.website) == ("Old Name", make_employer("Another").website)
    assert employers.edit_employer(employer, by=owner, about="What we do.").about == "What we do."
    staff = staff_client(CAREERS_STAFF)
    data = {name: getattr(employer, name) for name in ("slug", "kind", "website", "about")} | {"name": "Cedar Fork"}
    data |= {f"{part}-{count}_FORMS": 0 for part in ("members", "invitations") for count in ("TOTAL", "INITIAL")}
    page = staff.post(reverse("admin:careers_employer_change", args=[employer.pk]), data)
    employer.refresh_from_db()
    assert (page.status_code, employer.name) == (302, "Cedar Fork")


def test_no_proof_is_asked_for_or_used():
    employer = make_employer(website="https://cedar.example")
    owner = make_member(employer)
    proof = verifications.ask_for_proof(employer, by=owner, address="ann@cedar.example")
    entry = ban(domain="cedar.example")
    with pytest.raises(Banned):
        verifications.use_proof(proof, by=owner)
    with pytest.raises(Banned):
        verifications.ask_for_proof(employer, by=owner, address="ann@cedar.example")
    bans.lift_ban(entry, why="A mistake.", by=None)
    assert verifications.use_proof(proof, by=owner).is_verified


def test_nobody_banned_joins_a_team():
    employer, ann = make_employer(), make_user("ann@pills.example")
    invited = EmployerInvitation.objects.create(employer=employer, email=ann.email)
    ban(domain="pills.example")
    with pytest.raises(Banned):
        employers.accept_invitation(invited, by=ann)
    assert (EmployerMember.objects.count(), EmployerInvitation.objects.count()) == (0, 1)


def test_no_position_is_renewed_and_nothing_is_paused_by_itself():
    employer = make_employer("Cedar Fork")
    owner = make_member(employer)
    credits_for(employer, 2)
    live = jobs.approve_job(jobs.submit_job(make_job(employer), by=owner), by=None)
    ban(name="Cedar Fork")
    with pytest.raises(Banned):
        renewals.renew_job(live, by=owner)
    live.refresh_from_db()
    assert (live.status, CreditBalance.objects.get().left) == (JobStatus.APPROVED, 1)


def test_the_page_says_one_sentence_and_keeps_what_was_typed():
    ban(name="Cedar Fork")
    page = client_of(make_user()).post(
        reverse("careers:employer-register"), {"name": "Cedar Fork", "kind": "private-practice", "about": "Our words."}
    )
    assert page.status_code == 422
    assert SAID in page.text
    assert "Our words." in page.text


def test_it_costs_two_queries_however_long_the_list(django_assert_num_queries):
    person = make_user("ann@example.org")
    for number in range(30):
        ban(name=f"Clinic {number}")
    with django_assert_num_queries(2):
        bans.refuse_banned(person, name="Clinic", website="https://clinic.example")


# Staff ----------------------------------------------------------------------------------------------------------------
@pytest.fixture
def staff():
    return staff_client(CAREERS_STAFF)


def write(client: Client, **given: str):
    return client.post(reverse("admin:careers_bannedemployer_add"), given)


def test_staff_write_lift_and_see_whom_an_entry_names(staff):
    one = make_employer("Cedar Fork", website="https://jobs.cedar.example")
    other = make_employer("Juniper", website="https://juniper.example")
    make_member(other, email="ann@cedar.example")
    live_job(one)
    make_employer("Not meant", website="https://notcedar.example")

    assert write(staff, domain="Cedar.example", reason="Sold prescriptions.").status_code == 302
    entry = BannedEmployer.objects.get()
    assert (entry.domain, entry.added_by, entry.lifted_at) == ("cedar.example", staff.user, None)
    assert [(found.name, found.live) for found in employers_named_by(entry)] == [("Cedar Fork", 1), ("Juniper", 0)]
    page = staff.get(reverse("admin:careers_bannedemployer_change", args=[entry.pk])).text
    jobs_of = f"{reverse('admin:careers_job_changelist')}?stage=live&amp;employer={one.pk}"
    assert f'<a href="{jobs_of}">1 live position</a>' in page
    assert "Not meant" not in page

    lift = reverse("admin:careers_bannedemployer_lift", args=[entry.pk])
    assert staff.post(lift, {"reason": "A mistake."}).status_code == 302
    entry.refresh_from_db()
    assert (entry.lifted_by, entry.why_lifted) == (staff.user, "A mistake.")


@pytest.mark.parametrize(
    ("given", "named"),
    [({"name": "CEDAR FORK, LLC"}, ["Cedar Fork"]), ({"address": "Ann@Example.org"}, ["Juniper"])],
)
def test_a_name_and_an_address_find_their_organizations(given, named):
    make_employer("Cedar Fork")
    make_member(make_employer("Juniper"), email="ann@example.org")
    assert [found.name for found in employers_named_by(ban(**given))] == named


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"domain": "gmail.com"}, "would shut out everybody there"),
        ({"domain": "no domain"}, "Please give a domain as in hospital.org."),
        ({"name": "…"}, "name in letters"),
        ({"name": "Cedar", "domain": "cedar.example"}, "one of the three"),
        ({}, "one of the three"),
        ({"name": "Listed"}, "on the ban list already"),
        ({"address": "ännchen@example.org"}, "e-mail address"),
        ({"name": "\0\0"}, "This holds a sign that nobody can see."),
        ({"name": "a" * 10_000}, "120 characters"),
    ],
)
def test_bad_entries_are_refused_kindly(staff, given, said):
    ban(name="Listed")
    page = write(staff, reason="Why", **given)
    assert page.status_code == 200
    assert said in page.text
    assert BannedEmployer.objects.count() == 1


def test_others_of_the_staff_see_no_list():
    assert staff_client(CONTENT_EDITOR).get(reverse("admin:careers_bannedemployer_changelist")).status_code == 403


# Personal data --------------------------------------------------------------------------------------------------------
def test_erasure_leaves_a_hash_that_still_refuses():
    ann = make_user("ann@example.org")
    old = ban(address="ann@example.org")
    bans.lift_ban(old, why="A mistake.", by=None)
    ban(address="ann@example.org")
    ban(address="bob@example.org")
    rows = privacy.export(ann)["banned"]
    assert [(row["address"], row["lifted_at"] is None) for row in rows] == [
        ("ann@example.org", True),
        ("ann@example.org", False),
    ]

    bans.forget_address(ann)

    kept = BannedEmployer.objects.order_by("pk").values_list("address", "address_hash")
    assert list(kept) == [("", hash_of("ann@example.org")), ("bob@example.org", "")]
    with pytest.raises(Banned):
        bans.refuse_banned(ann, name="Any")
    with pytest.raises(NotAllowed, match="already"):
        ban(address="ann@example.org")
