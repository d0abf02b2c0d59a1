"""A link pressed twice, a decision beside a new name: each over a connection of its own."""

import threading

import pytest
from django.db import transaction

from aapm_site.core.transitions import NotAllowed
from careers.domain import employer_decisions, employers, verifications
from careers.domain.employer_decisions import KnownAs
from careers.models import DomainProof, Employer, EmployerDecision
from tests import racing

from .factories import make_employer, make_member

pytestmark = pytest.mark.django_db(transaction=True)
AT_HOME = "office@harborlane.example"


def test_a_link_is_good_once():
    employer = make_employer()
    owner = make_member(employer)
    proof = verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    said = racing.at_once(*[lambda: verifications.use_proof(proof, by=owner)] * 6)
    assert sorted(type(one).__name__ for one in said) == ["NotAllowed"] * 5 + ["ProofOutcome"]
    assert list(EmployerDecision.objects.values_list("kind", flat=True)) == ["proved"]


def test_two_who_ask_at_once_leave_one_link():
    employer = make_employer()
    owner = make_member(employer)
    said = racing.at_once(*[lambda: verifications.ask_for_proof(employer, by=owner, address=AT_HOME)] * 4)
    assert [type(one) for one in said] == [DomainProof] * 4
    assert DomainProof.objects.count() == 1


def test_two_of_staff_decide_once():
    employer = make_employer()
    said = racing.at_once(*[lambda: verifications.verify_employer(employer, by=None, how="They called.")] * 4)
    assert sorted(type(one).__name__ for one in said) == ["Employer", "NotAllowed", "NotAllowed", "NotAllowed"]
    assert EmployerDecision.objects.count() == 1


@pytest.mark.parametrize("number", range(5))
def test_a_new_name_and_a_proof_leave_a_record_that_says_what_is_so(number):
    """Whoever is first: it is verified under the new name by its own link, or lost that with the old name."""
    employer = make_employer()
    owner = make_member(employer)
    proof = verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    racing.at_once(
        lambda: verifications.use_proof(proof, by=owner),
        lambda: employers.edit_employer(employer, by=owner, name="Another Name"),
    )
    kinds = list(EmployerDecision.objects.order_by("pk").values_list("kind", flat=True))
    now = Employer.objects.get()
    assert now.name == "Another Name"
    assert (kinds, now.verified) in [(["proved", "renamed"], False), (["proved"], True)]


def test_both_ways_in_rename_once_each_and_the_record_holds_both_names():
    employer = make_employer()
    verifications.verify_employer(employer, by=None, how="They called.")
    racing.at_once(
        lambda: employers.edit_employer(employer, by=None, name="One Name"),
        lambda: employers.edit_employer(employer, by=None, name="Other Name"),
    )
    assert Employer.objects.get().verified is False
    assert EmployerDecision.objects.filter(kind="renamed").count() == 1  # what is lost is lost once


def test_control_without_the_lock_it_is_lost_twice():
    employer = make_employer(verified=True)
    both_have_read = threading.Barrier(2)

    def careless(name: str) -> None:
        with transaction.atomic():
            read = Employer.objects.get()
            both_have_read.wait(timeout=20)
            former = KnownAs(read.name, read.website)
            read.name = name
            employer_decisions.lose_standing(read, former, by=None)

    racing.at_once(lambda: careless("One Name"), lambda: careless("Other Name"))
    assert EmployerDecision.objects.filter(employer=employer, kind="renamed").count() == 2


def test_an_organization_that_is_being_closed_is_not_verified_by_a_link():
    employer = make_employer()
    owner = make_member(employer)
    proof = verifications.ask_for_proof(employer, by=owner, address=AT_HOME)
    used, _ = racing.at_once(
        lambda: verifications.use_proof(proof, by=owner), lambda: employers.close_employer(employer)
    )
    now = Employer.objects.get()
    assert now.closed_at is not None
    assert now.verified is not isinstance(used, NotAllowed)
