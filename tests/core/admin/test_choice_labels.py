"""What forms call the rows that they offer: of two that bear one name, staff see which is which."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from aapm_site.billing.models import Customer
from careers.models import Job
from tests.careers.factories import make_job
from tests.content.makers import page
from tests.factories import staff_client, user

pytestmark = pytest.mark.django_db


def offered(staff, model: str, field: str, term: str) -> set[str]:
    app, name = model.split(".")
    asked = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    return {row["text"] for row in staff.get(reverse("admin:autocomplete"), asked).json()["results"]}


def test_a_choice_bears_the_address_beside_the_title():
    staff = staff_client()
    top = page("top", title="Sleep and pain")
    below = page("below", title="Sleep and pain", parent=top)
    for email in ("ada@example.org", "byron@example.org"):
        user(email, first_name="Ada", last_name="Byron")

    assert offered(staff, "content.page", "parent", "sleep") == {
        "Sleep and pain (/top/)",
        "Sleep and pain (/top/below/)",
    }
    assert offered(staff, "billing.customer", "user", "byron") == {
        "Ada Byron (ada@example.org)",
        "Ada Byron (byron@example.org)",
    }
    chosen = staff.get(reverse("admin:content_page_change", args=[below.pk])).text
    assert f'<option value="{top.pk}" selected>Sleep and pain (/top/)</option>' in chosen


def test_two_positions_of_one_title_are_told_apart_in_their_list():
    job = make_job()
    Job.objects.filter(pk=job.pk).update(places_text="Boise, ID", status="in_review", submitted_at=timezone.now())

    listed = staff_client().get(reverse("admin:careers_job_changelist")).text  # it opens on what waits

    assert '<td class="field-places">Boise, ID</td>' in listed


def test_whoever_has_an_account_is_a_person():
    answer = staff_client().get(reverse("admin:accounts_user_changelist"))

    assert answer.context["title"] == "People"
    assert "Add person" in answer.text


@pytest.mark.parametrize("role", ["Content editor", "Journal editor"])
def test_who_writes_texts_is_offered_no_list_of_people(role):
    ada = user("ada@example.org")
    writer = staff_client(role)

    assert writer.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert writer.get(reverse("admin:accounts_user_change", args=[ada.pk])).status_code == 403
    asked = {"app_label": "billing", "model_name": "customer", "field_name": "user", "term": "ada"}
    assert writer.get(reverse("admin:autocomplete"), asked).status_code == 403
    assert "accounts/user" not in writer.get(reverse("admin:index")).text


def test_a_form_shows_an_address_only_to_who_may_look_at_people():
    clerk = user(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="change_customer"))
    buyer = Customer.objects.create(name="Byron", user=user("ada@example.org", first_name="Ada", last_name="Byron"))
    desk = staff_client(person=clerk)

    form = desk.get(reverse("admin:billing_customer_change", args=[buyer.pk])).text

    assert f'<option value="{buyer.user_id}" selected>Ada Byron</option>' in form
    asked = {"app_label": "billing", "model_name": "customer", "field_name": "user", "term": "ada"}
    assert desk.get(reverse("admin:autocomplete"), asked).status_code == 403
