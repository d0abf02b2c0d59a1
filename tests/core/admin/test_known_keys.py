"""What is no key of a row is refused in words: no form of the admin breaks over it, and none writes."""

from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from aapm_site.accounts.models import User
from content.models import Category
from tests.factories import staff_client

pytestmark = pytest.mark.django_db

NONSENSE = ("abc", "99999999999999999999", "\x00")


@pytest.fixture
def client():
    client = staff_client()
    client.raise_request_exception = False  # a fault is an answer like another: 500
    return client


def relations(form: Any) -> list[str]:
    own = form._meta.model._meta.pk.name  # of a row below the form: hidden, and not what anybody chooses
    found = [name for name, field in form.fields.items() if isinstance(field, forms.ModelChoiceField)]
    return [name for name in found if name != own]


def forms_of(answer: Any) -> list[Any]:
    tables = [table.formset for table in answer.context["inline_admin_formsets"]]
    rows = [table.forms[0] if table.forms else table.empty_form for table in tables]
    return [answer.context["adminform"].form, *rows]


def sent(answer: Any, nonsense: str) -> dict[str, str]:
    """The add form with nonsense for each row that it may point at, in the first row of each table below it as well."""
    data = {}
    for table in (shown.formset for shown in answer.context["inline_admin_formsets"]):
        data |= {f"{table.prefix}-TOTAL_FORMS": "1", f"{table.prefix}-INITIAL_FORMS": "0"}
    for form in forms_of(answer):
        data |= {form.add_prefix(name).replace("__prefix__", "0"): nonsense for name in relations(form)}
    return data


def test_no_form_breaks_over_what_is_no_key(client):
    asked, wrong = 0, []
    for model, owner in admin.site._registry.items():
        at = reverse(f"admin:{owner.opts.app_label}_{owner.opts.model_name}_add")
        shown = client.get(at)
        if shown.status_code != 200 or not any(relations(form) for form in forms_of(shown)):
            continue
        before = (model._default_manager.count(), LogEntry.objects.count())
        for nonsense in NONSENSE:
            answer = client.post(at, sent(shown, nonsense))
            if answer.status_code != 200:
                wrong.append((at, nonsense, answer.status_code))
                continue
            for form in forms_of(answer):
                wrong += [(at, nonsense, name) for name in relations(form) if name not in form.errors]
                asked += len(relations(form))
        assert (model._default_manager.count(), LogEntry.objects.count()) == before
    assert wrong == []
    assert asked > 60


def test_what_was_typed_beside_it_is_still_there(client):
    answer = client.post("/admin/billing/customer/add/", {"name": "The Typed Clinic", "user": "abc"})
    assert 'value="The Typed Clinic"' in answer.text
    assert "Please choose from the list" in answer.text


def test_a_row_is_looked_at_only_where_there_is_something_to_see(client):
    kinds = list(ContentType.objects.values_list("pk", flat=True))
    page = ContentType.objects.get_for_model(Category).pk
    assert {client.get(f"/admin/r/{kind}/1/").status_code for kind in kinds} <= {302, 404}
    assert {client.get(f"/admin/r/{page}/{key}/").status_code for key in (*NONSENSE[:2], "%00")} == {404}
    assert {client.get(f"/admin/r/{kind}/1/").status_code for kind in (*NONSENSE[:2], "%00")} == {404}


def test_a_row_with_a_page_is_led_to_for_who_may_see_it(client):
    category = Category.objects.create(name="Pain", slug="pain-here")
    at = f"/admin/r/{ContentType.objects.get_for_model(Category).pk}/{category.pk}/"
    assert (client.get(at).status_code, client.get(at)["Location"]) == (302, category.get_absolute_url())
    User.objects.update(is_superuser=False)
    assert client.get(at).status_code == 404
