"""Who says that an organization is who it says it is: a link to its own domain, staff, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from aapm_site.core.roles import CAREERS_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from careers import privacy
from careers.choices import EmployerDecisionKind as Kind
from careers.domain import employers, verifications
from careers.models import DomainProof, Employer, EmployerDecision
from careers.queries.verification import proved_and_waiting
from careers.web_domains import is_anybodys, is_public_suffix
from tests.factories import staff_client, staff_user
from tests.house.pages import Page

from .factories import make_employer, make_job, make_member

pytestmark = pytest.mark.django_db
AT_HOME = "office@harborlane.example"


@pytest.fixture
def employer():
    return make_employer()


@pytest.fixture
def owner(employer, client):
    person = make_member(employer)
    client.force_login(person)
    return person


def page_of(employer) -> str:
    return reverse("careers:employer-verification", args=[employer.public_id])


def link_in_the_letter() -> str:
    text = OutgoingEmail.objects.latest("pk").text
    return next(line for line in text.splitlines() if "/verification/" in line).partition("//")[2].partition("/")[2]


def kinds(employer) -> list[str]:
    """The record, oldest first."""
    return list(EmployerDecision.objects.filter(employer=employer).order_by("pk").values_list("kind", flat=True))


# The link -------------------------------------------------------------------------------------------------------------
def test_an_owner_proves_the_domain_by_a_mailed_link(client, employer, owner):
    assert "Verify it" in client.get(employer.get_absolute_url()).text
    asked = client.post(page_of(employer), {"email": "Office@HarborLane.example"}, follow=True)
    assert "We wrote to that address at harborlane.example." in asked.text
    letter = OutgoingEmail.objects.get()
    assert (letter.to, letter.kind, letter.state) == (AT_HOME, "careers.domain_proof", "queued")
    assert employer.name not in letter.text  # it may have gone to a stranger

    link = "/" + link_in_the_letter()
    assert "Yes, verify Harbor Lane Pain" in client.get(link).text
    assert kinds(employer) == []  # a mail scanner follows links, and presses nothing
    done = client.post(link, follow=True)

    assert "is verified, by an address at harborlane.example." in done.text
    assert "by a link that we mailed to an address at harborlane.example." in done.text
    decision = EmployerDecision.objects.get()
    assert (decision.kind, decision.domain, decision.by, decision.reason) == ("proved", "harborlane.example", owner, "")
    assert Employer.objects.get().verified is True
    assert "Verify it" not in client.get(employer.get_absolute_url()).text
    again = client.post(link, follow=True)
    assert verifications.VERIFIED in again.text
    assert kinds(employer) == ["proved"]


@pytest.mark.parametrize(
    ("website", "address", "said"),
    [
        ("https://harborlane.example", "me@gmail.com", "Anybody can have an address at gmail.com."),
        ("https://harborlane.example", "me@mail.gmail.com", "Anybody can have an address at mail.gmail.com."),
        ("https://harborlane.example", "me@other.example", "not at the domain of your website"),
        ("https://harborlane.example", "me@notharborlane.example", "not at the domain of your website"),
        ("https://harborlane.example", "me@example", "valid"),
        ("https://clinic.co.uk", "me@co.uk", "Anybody can have an address at co.uk."),
        ("https://school.k12.mn.us", "me@k12.mn.us", "Anybody can have an address at k12.mn.us."),
        ("https://clinic.ny.us", "me@ny.us", "Anybody can have an address at ny.us."),
        ("https://harborlane.example", "me@harborlane.example\x00", ""),
        ("https://harborlane.example", "x" * 10_000 + "@harborlane.example", ""),
        ("https://harborlane.example", "", ""),
    ],
)
def test_another_address_is_refused_with_the_way_on(client, employer, owner, website, address, said):
    Employer.objects.update(website=website)
    answer = client.post(page_of(employer), {"email": address})
    assert answer.status_code == 422
    assert said in answer.text
    assert (DomainProof.objects.count(), OutgoingEmail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("website", "said"),
    [
        ("", "give your organization’s website"),
        ("https://harborlane.wixsite.com", "where anybody can have a page"),
        ("https://sites.google.com/harborlane", "where anybody can have a page"),
    ],
)
def test_without_a_domain_of_its_own_the_page_says_what_comes_first(client, employer, owner, website, said):
    Employer.objects.update(website=website)
    assert said in client.get(page_of(employer)).text
    with pytest.raises(NotAllowed):
        verifications.ask_for_proof(employer, by=owner, address=AT_HOME)


def test_addresses_above_and_below_the_website_will_do(employer, owner):
    Employer.objects.update(website="https://www.pain.harborlane.example/jobs")
    for address in ("a@pain.harborlane.example", "b@mail.pain.harborlane.example", AT_HOME):
        assert verifications.ask_for_proof(employer, by=owner, address=address).domain == address.partition("@")[2]


def test_what_belongs_to_a_country_or_a_state_tells_nothing():
    assert all(map(is_public_suffix, ("org", "co.uk", "com.au", "ny.us", "k12.mn.us", "state.ny.us", "nhs.uk")))
    assert not any(map(is_public_suffix, ("hospital.org", "clinic.co.uk", "duluth.k12.mn.us", "mayo.edu", "bbc.uk")))
    assert is_anybodys("harborlane.weebly.com")
    assert not is_anybodys("weebly.example")


def test_a_link_ends_with_its_time_with_a_newer_one_and_with_another_website(client, employer, owner):
    client.post(page_of(employer), {"email": AT_HOME})
    first = "/" + link_in_the_letter()
    client.post(page_of(employer), {"email": AT_HOME})
    second = "/" + link_in_the_letter()
    assert verifications.LINK_IS_OVER in client.post(first, follow=True).text
    with time_machine.travel(timezone.now() + timedelta(hours=verifications.HOURS, minutes=1)):
        assert client.get(second).status_code == 302
    Employer.objects.update(website="https://elsewhere.example")
    assert "not at the domain of your website" in client.post(second, follow=True).text
    assert (kinds(employer), Employer.objects.get().verified) == ([], False)


def test_the_link_opens_to_owners_of_this_organization_alone(client, employer, owner):
    client.post(page_of(employer), {"email": AT_HOME})
    link = "/" + link_in_the_letter()
    other = make_employer("Juniper Gate")
    for member in (make_member(employer, "poster"), make_member(employer, "viewer"), make_member(other)):
        client.force_login(member)
        assert client.get(link).status_code == client.post(link).status_code == 404
        assert client.get(page_of(employer)).status_code == client.post(page_of(employer)).status_code == 404
    there = link.replace(employer.public_id, other.public_id)
    assert client.post(there).status_code == 302  # the other owner's own page: a link of somebody else is none
    client.logout()
    assert client.post(link).status_code == 302
    assert (kinds(employer), kinds(other)) == ([], [])


def test_five_letters_a_day(employer, owner):
    for _ in range(verifications.LETTERS_A_DAY):
        verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    with pytest.raises(NotAllowed, match="5 letters today"):
        verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert verifications.ask_for_proof(employer, by=owner, address=AT_HOME)


def test_a_closed_organization_proves_nothing(employer, owner):
    proof = verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    employers.close_employer(employer)
    for step in (
        lambda: verifications.ask_for_proof(employer, by=owner, address=AT_HOME),
        lambda: verifications.use_proof(proof, by=owner),
    ):
        with pytest.raises(NotAllowed, match="closed on our site"):
            step()


# What ends it ---------------------------------------------------------------------------------------------------------
def test_an_owner_who_renames_loses_it_and_a_new_proof_waits_for_staff(client, employer, owner):
    verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)
    employers.edit_employer(employer, by=owner, name="Mayo Clinic")
    lost = EmployerDecision.objects.latest("pk")
    assert (lost.kind, lost.by) == (Kind.RENAMED, owner)
    assert lost.reason == "From “Harbor Lane Pain & Spine” to “Mayo Clinic”."
    assert "verified under its former name" in client.get(page_of(employer)).text

    done = verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)

    assert (done.is_verified, Employer.objects.get().verified) == (False, False)
    assert kinds(employer) == ["proved", "renamed", "proved"]
    assert [one.pk for one in proved_and_waiting()] == [employer.pk]
    assert "our staff look at it once more" in client.get(page_of(employer)).text
    verifications.verify_employer(employer, by=staff_user(CAREERS_STAFF), how="They have merged.")
    assert (Employer.objects.get().verified, list(proved_and_waiting())) == (True, [])


def test_staff_who_rename_reset_it_too_and_the_jobs_show_the_name(employer):
    verifications.verify_employer(employer, by=None, how="They called.")
    job = make_job(employer, status="approved")
    hidden = make_job(employer, status="approved", confidential=True, public_employer_name="A practice in Maine")
    client = staff_client(CAREERS_STAFF)
    address = reverse("admin:careers_employer_change", args=[employer.pk])
    fields = next(form.fields for form in Page(client.get(address).text, address).forms if form.id == "employer_form")

    saved = client.post(address, fields | {"name": "Harbor Lane Health"}, follow=True)

    assert "Harbor Lane Health is not verified any more" in saved.text
    assert Employer.objects.get().verified is False
    lost = EmployerDecision.objects.latest("pk")
    assert (lost.kind, lost.by.is_staff) == (Kind.RENAMED, True)
    job.refresh_from_db(), hidden.refresh_from_db()
    assert (job.public_employer_name, hidden.public_employer_name) == ("Harbor Lane Health", "A practice in Maine")
    client.post(address, fields | {"name": "Harbor Lane Health", "about": "By the water."})
    assert len(kinds(employer)) == 2  # what was not verified loses nothing


def test_another_website_ends_what_a_link_has_proved_and_nothing_else(employer, owner):
    verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)
    employers.edit_employer(employer, by=owner, website="https://www.harborlane.example/jobs")
    assert Employer.objects.get().verified is True
    employers.edit_employer(employer, by=owner, website="https://elsewhere.example")
    assert (Employer.objects.get().verified, kinds(employer)[-1]) == (False, "moved")
    done = verifications.use_proof(
        verifications.ask_for_proof(employer, by=owner, address="a@elsewhere.example"), by=owner
    )
    assert done.is_verified
    verifications.unverify_employer(employer, by=None, why="A look.")
    verifications.verify_employer(employer, by=None, how="They called.")
    employers.edit_employer(employer, by=owner, website="")
    assert Employer.objects.get().verified is True


def test_what_staff_took_back_no_link_brings_again(employer, owner):
    verifications.verify_employer(employer, by=None, how="They called.")
    verifications.unverify_employer(employer, by=None, why="It was somebody else.")
    done = verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)
    assert not done.is_verified
    assert [one.pk for one in proved_and_waiting()] == [employer.pk]


def test_a_link_alone_lets_no_letter_to_a_stranger_name_the_organization(employer, owner):
    """Whoever owns a domain may call themselves anything."""
    verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)
    employers.invite_member(Employer.objects.get(), by=owner, email="new@people.example", role="poster")
    assert employer.name not in OutgoingEmail.objects.latest("pk").text
    verifications.unverify_employer(employer, by=None, why="To look.")
    verifications.verify_employer(employer, by=None, how="They called.")
    employers.invite_member(Employer.objects.get(), by=owner, email="newer@people.example", role="poster")
    assert employer.name in OutgoingEmail.objects.latest("pk").text


# Staff ----------------------------------------------------------------------------------------------------------------
def test_staff_verify_with_how_and_the_record_is_read_in_the_admin(employer):
    client = staff_client(CAREERS_STAFF)
    verify, unverify = (
        reverse(f"admin:careers_employer_{verb}", args=[employer.pk]) for verb in ("verify", "unverify")
    )
    assert client.post(verify, {"reason": ""}).status_code == 422
    assert client.post(verify, {"reason": "I called their front desk."}).status_code == 302
    assert client.post(unverify, {"reason": "The desk knows nothing of it."}).status_code == 302
    assert kinds(employer) == ["verified", "taken-back"]
    shown = client.get(reverse("admin:careers_employerdecision_changelist")).text
    assert "I called their front desk." in shown
    assert "The desk knows nothing of it." in shown


def test_staff_verify_the_name_that_they_have_seen(employer, owner):
    client = staff_client(CAREERS_STAFF)
    verify = reverse("admin:careers_employer_verify", args=[employer.pk])
    seen = client.get(verify).context["form"].initial["seen"]
    employers.edit_employer(employer, by=owner, name="Mayo Clinic")
    answer = client.post(verify, {"reason": "I called.", "seen": seen})
    assert (answer.status_code, "another name or website" in answer.text) == (422, True)
    assert Employer.objects.get().verified is False


def test_the_list_shows_who_waits_to_be_verified(employer, owner):
    make_employer("Juniper Gate")
    verifications.verify_employer(employer, by=None, how="They called.")
    employers.edit_employer(employer, by=owner, name="Harbor Lane Health")
    verifications.use_proof(verifications.ask_for_proof(employer, by=owner, address=AT_HOME), by=owner)
    client = staff_client(CAREERS_STAFF)
    listed = client.get(reverse("admin:careers_employer_changelist"), {"waits": "proved"})
    assert [row.name for row in listed.context["cl"].result_list] == ["Harbor Lane Health"]


def test_what_a_person_decided_is_theirs_to_read_and_their_name_goes_with_them(employer, owner):
    proof = verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    assert privacy.export(owner)["links_to_prove_a_domain"][0]["domain"] == "harborlane.example"
    verifications.use_proof(proof, by=owner)
    employers.edit_employer(employer, by=owner, name="New Name")
    told = privacy.export(owner)["organizations_decided_on"]
    assert [(row["what"], row["domain"]) for row in told] == [
        ("Verification lost with the former name", ""),
        ("Domain proved by a mailed link", "harborlane.example"),
    ]
    privacy.erase(owner)
    assert set(EmployerDecision.objects.values_list("by", flat=True)) == {None}
