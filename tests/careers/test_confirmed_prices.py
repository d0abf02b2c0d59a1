"""Sample prices: not on sale until staff confirm each."""

import pytest

from aapm_site.core.roles import CAREERS_STAFF, FINANCE
from aapm_site.core.starter import load_kind
from aapm_site.core.transitions import NotAllowed
from careers.domain.packages import confirm_price
from careers.models import Package
from careers.queries.rates import packages_on_offer
from careers.starter import PACKAGES
from tests.factories import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples():
    load_kind(PACKAGES)
    return Package.objects.order_by("order")


def test_nothing_is_on_sale_before_it_is_confirmed(samples, client):
    assert samples.count() == 6
    assert packages_on_offer() == ()
    assert "No rates are set at the moment" in client.get("/career-center/rates/").text

    confirm_price(samples[0])

    assert [package.slug for package in packages_on_offer()] == ["single-30"]
    text = client.get("/career-center/rates/").text
    assert "$99.00" in text
    assert "Sample prices" not in text
    with pytest.raises(NotAllowed, match="confirmed already"):
        confirm_price(samples[0])


def test_the_button_says_the_price_and_asks(samples):
    staff, package = staff_client(CAREERS_STAFF), samples[0]
    address = f"/admin/careers/package/{package.pk}/confirm-price/"
    assert address in staff.get(f"/admin/careers/package/{package.pk}/change/").text
    assert "Single, 30 days: $99, for members $79.20." in staff.get(address).text
    assert Package.objects.filter(is_active=True).count() == 0

    answer = staff.post(address, follow=True)

    assert "on sale at $99, for members $79.20" in answer.text
    package.refresh_from_db()
    assert (package.is_active, package.is_sample) == (True, False)
    assert address not in staff.get(f"/admin/careers/package/{package.pk}/change/").text
    assert staff_client(FINANCE).get(address).status_code == 403


def test_a_price_that_was_changed_since_is_not_confirmed_unseen(samples):
    staff, package = staff_client(CAREERS_STAFF), samples[0]
    address = f"/admin/careers/package/{package.pk}/confirm-price/"
    seen = staff.get(address).context["form"].initial["seen"]
    Package.objects.filter(pk=package.pk).update(price=990)

    late = staff.post(address, {"seen": seen})
    assert (late.status_code, "look at the price again" in late.text) == (422, True)
    assert Package.objects.filter(is_active=True).count() == 0
    assert staff.post(address, {"seen": staff.get(address).context["form"].initial["seen"]}).status_code == 302


def test_several_are_confirmed_from_the_list(samples):
    staff = staff_client(CAREERS_STAFF)
    chosen = [package.pk for package in samples[:3]]
    confirm_price(samples[0])
    press = {"action": "confirm-price", "_selected_action": chosen, "confirmed": "yes"}

    answer = staff.post("/admin/careers/package/", press, follow=True)

    assert "Its price has been confirmed already." in answer.text
    assert Package.objects.filter(is_active=True, is_sample=False).count() == 3
