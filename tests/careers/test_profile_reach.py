"""At the price: how many profiles match the position that is about to be posted, in bands and for its team alone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.choices import EmployerKind
from careers.domain import blocking
from careers.domain.employers import customer_of
from careers.domain.profiles import WantedPlace
from careers.presenters.profile_search import reach_in_words
from careers.queries.profile_reach import reach_of_newest
from careers.states import JobStatus
from tests.factories import client_of

from .factories import live_job, make_employer, make_job, make_member, make_package, make_user, specialty
from .test_profile_search import many, offered

pytestmark = pytest.mark.django_db
RATES = "/career-center/rates/"


def reach(employer):
    return reach_of_newest([employer], timezone.now())


def test_profession_specialty_and_a_state_count():
    employer = make_employer()
    job = make_job(employer)
    job.specialties.add(specialty())
    right = {"specialties": [specialty()]}
    offered(licenses=["ME"], **right)
    offered(places=[WantedPlace(state_code="ME")], **right)
    offered(licenses=["TX"], **right)
    offered(licenses=["ME"])
    offered(licenses=["ME"], slug="nurse", **right)
    hides = offered(licenses=["ME"], **right)
    blocking.block_employer(hides.user, employer)
    assert (reach(employer).title, reach(employer).count) == (job.title, 2)


def test_an_agency_is_told_of_whom_it_may_find():
    agency = make_employer(kind=EmployerKind.AGENCY)
    make_job(agency)
    offered(licenses=["ME"])
    offered(licenses=["ME"], agencies=True)
    assert reach(agency).count == 1


@pytest.mark.parametrize(
    ("status", "is_told"), [(JobStatus.DRAFT, True), (JobStatus.APPROVED, True), (JobStatus.WITHDRAWN, False)]
)
def test_a_draft_or_a_live_position_is_what_it_is_about(status, is_told):
    employer = make_employer()
    make_job(employer, status=status)
    assert (reach(employer) is not None) is is_told


def test_nothing_without_a_position():
    assert reach(make_employer()) is None
    assert reach_in_words(None) == ""


def test_rates_tell_the_team_and_nobody_else():
    make_package()
    employer = make_employer()
    owner = make_member(employer)
    live_job(employer, title="Pain physician in Bath")
    many(11, licenses=["ME"])
    assert "10 to 25 profiles match “Pain physician in Bath”." in client_of(owner).get(RATES).text
    for reader in (Client(), client_of(make_user()), client_of(make_member(make_employer()))):
        assert "profiles match" not in reader.get(RATES).text


def test_the_checkout_tells_it():
    package, employer = make_package(), make_employer()
    owner = make_member(employer)
    make_job(employer, title="Pain physician in Bath")
    customer = customer_of(employer, by=owner)
    path = f"{reverse('billing:checkout')}?sku={package.sku}&customer={customer.public_id}"
    page = client_of(owner).get(path, follow=True)
    assert "Under 10 profiles match “Pain physician in Bath”." in page.text
