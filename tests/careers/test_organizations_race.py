"""Two logos, two names and an address that both want, each over a connection of its own."""

import pytest
from django.core.files.storage import default_storage

from aapm_site.core.transitions import NotAllowed
from careers.domain import employers, logos
from careers.models import Employer, EmployerLogo, EmployerSlug
from tests import racing

from .factories import make_employer
from .test_organizations import picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_logos_that_meet_one_is_kept_with_its_files_and_no_other():
    employer = make_employer()
    made = [logos.made_logo(picture(200 + 20 * number), "logo.png") for number in range(4)]
    said = racing.at_once(*[lambda one=one: logos.keep_logo(employer, one) for one in made])
    assert [type(one) for one in said] == [EmployerLogo] * 4
    kept = EmployerLogo.objects.get()
    assert all(default_storage.exists(name) for name in kept.files)
    others = [one for one in said if one.pk != kept.pk]
    assert not any(default_storage.exists(name) for one in others for name in one.files)


def test_two_organizations_that_take_one_name_get_two_addresses():
    one, other = make_employer("One", slug="one"), make_employer("Other", slug="other")
    said = racing.at_once(
        lambda: employers.edit_employer(one, by=None, name="Lakeward Health"),
        lambda: employers.edit_employer(other, by=None, name="Lakeward Health"),
    )
    refused = [answer for answer in said if isinstance(answer, NotAllowed)]
    assert {type(answer) for answer in said} <= {Employer, NotAllowed}
    slugs = sorted(Employer.objects.values_list("slug", flat=True))
    if refused:  # they met: the second sends it again
        assert "lakeward-health" in slugs
        late = one if isinstance(said[0], NotAllowed) else other
        employers.edit_employer(late, by=None, name="Lakeward Health")
        slugs = sorted(Employer.objects.values_list("slug", flat=True))
    assert slugs == ["lakeward-health", "lakeward-health-2"]
    assert sorted(EmployerSlug.objects.values_list("slug", flat=True)) == ["one", "other"]


def test_an_organization_that_is_closed_meanwhile_keeps_no_logo_of_after():
    employer = make_employer()
    made = logos.made_logo(picture(), "logo.png")
    kept, _ = racing.at_once(lambda: logos.keep_logo(employer, made), lambda: employers.close_employer(employer))
    assert EmployerLogo.objects.exists() is not isinstance(kept, NotAllowed)
