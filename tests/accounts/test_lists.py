"""The shared lists and roles that migrations bring."""

import pytest
from django.contrib.auth.models import Group

from aapm_site.accounts.models import Profession, Specialty
from aapm_site.core.roles import ROLES

pytestmark = pytest.mark.django_db


def test_every_role_is_a_group():
    assert set(ROLES) <= set(Group.objects.values_list("name", flat=True))


def test_the_lists_begin_with_the_known_entries_in_order():
    assert list(Profession.objects.values_list("slug", flat=True))[:2] == ["physician", "advanced-practice"]
    assert Profession.objects.count() == 8
    assert Specialty.objects.count() == 15
    assert (
        Specialty.objects.get(slug="physical-medicine-and-rehabilitation").name
        == "Physical medicine and rehabilitation"
    )
