"""Sample dues: nobody sees the category, and nobody joins, until staff confirm it."""

import pytest

from aapm_site.core.roles import CONTENT_EDITOR, MEMBERSHIP_STAFF
from aapm_site.core.starter import load_kind
from aapm_site.core.transitions import NotAllowed
from membership.domain.plans import confirm_dues
from membership.models import Plan
from membership.queries.plans import categories
from membership.starter import PLANS
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples():
    load_kind(PLANS)
    return {plan.slug: plan for plan in Plan.objects.all()}


def test_nobody_joins_before_the_dues_are_confirmed(samples, client):
    assert len(samples) == 8
    assert categories() == ()
    assert "The categories are being revised" in client.get("/membership/join/").text
    assert client.get("/membership/join/physician/").status_code == 404

    confirm_dues(samples["physician"], joinable=True)
    confirm_dues(samples["honorary"], joinable=False)

    assert [(plan.name, plan.terms_words) for plan in categories()] == [
        ("Physician", "a year"),
        ("Honorary", "by invitation"),
    ]
    assert client.get("/membership/join/physician/").status_code in (200, 302)
    assert client.get("/membership/join/honorary/").status_code == 404
    with pytest.raises(NotAllowed, match="confirmed already"):
        confirm_dues(samples["physician"], joinable=False)


def test_dues_that_were_changed_since_are_not_confirmed_unseen(samples):
    staff, plan = staff_client(MEMBERSHIP_STAFF), samples["physician"]
    address = f"/admin/membership/plan/{plan.pk}/confirm-dues/"
    seen = staff.get(address).context["form"].initial["seen"]
    Plan.objects.filter(pk=plan.pk).update(dues=9)

    late = staff.post(address, {"joining": "apply", "seen": seen})
    assert (late.status_code, "look at the dues again" in late.text) == (422, True)
    assert Plan.objects.filter(sample=False).count() == 0
    seen = staff.get(address).context["form"].initial["seen"]
    assert staff.post(address, {"joining": "apply", "seen": seen}).status_code == 302


def test_the_button_asks_who_joins(samples):
    staff, plan = staff_client(MEMBERSHIP_STAFF), samples["physician"]
    address = f"/admin/membership/plan/{plan.pk}/confirm-dues/"
    assert address in staff.get(f"/admin/membership/plan/{plan.pk}/change/").text
    assert "Physician: $485 a year." in staff.get(address).text

    assert "Say how people come into it." in staff.post(address).text
    assert Plan.objects.filter(sample=False).count() == 0

    assert "people can apply for it" in staff.post(address, {"joining": "apply"}, follow=True).text
    plan.refresh_from_db()
    assert (plan.joinable, plan.sample) == (True, False)
    assert staff_client(CONTENT_EDITOR).get(address).status_code == 403
