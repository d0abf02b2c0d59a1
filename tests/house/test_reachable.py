"""An address that nobody outside could open is refused, with one sentence, by each form that asks for one."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import resolve

from aapm_site.core.http.reachable import UNREACHABLE, is_within_reach
from tests import factories
from tests.house.forms import as_its_base_makes_it, site_forms, staff_forms

NOWHERE = (
    "https://localhost/jobs/", "https://localhost:8000/", "https://hr.clinic.local/",
    "https://jobs.internal/", "https://jobs.test/", "https://desk.home.arpa/", "https://127.0.0.1/", "https://10.0.0.8/",
    "https://192.168.1.1/", "https://[::1]/", "https://[::ffff:10.0.0.8]/", "https://169.254.169.254/",
)  # fmt: skip
SOMEWHERE = ("https://www.example.org/jobs/", "https://jobs.example/", "https://8.8.8.8/", "https://münchen.example/")


def refusals(field: forms.Field, address: str) -> list[str]:
    try:
        field.clean(address)
    except ValidationError as refused:
        return refused.messages
    return []


@pytest.mark.django_db
def test_no_form_takes_an_address_that_readers_cannot_open(rf):
    request = rf.get("/admin/")
    request.user, request.resolver_match = factories.staff_user(), resolve("/admin/")
    whole = [form for form in site_forms() if not issubclass(form, forms.ModelForm) or form._meta.model]
    asking = [form for form in whole if any(map(asks, vars(form).get("base_fields", {}).values()))]
    made = [(form.__name__, as_its_base_makes_it(form).fields) for form in asking]
    made += [(label, form.base_fields) for _, label, form in staff_forms(request)]
    fields = {f"{label}.{name}": field for label, own in made for name, field in own.items() if asks(field)}

    said = {name: [refusals(field, one) for one in (*NOWHERE, *SOMEWHERE)] for name, field in fields.items()}

    expected = [[UNREACHABLE]] * len(NOWHERE) + [[]] * len(SOMEWHERE)
    assert {name: words for name, words in said.items() if words != expected} == {}
    assert {"JobForm.apply_url", "EmployerForm.website", "content.Resource.url"} <= set(fields)


def asks(field: forms.Field) -> bool:
    return isinstance(field, forms.URLField)


@pytest.mark.parametrize("host", ["2130706433", "127.1", "", ".", "localhost.", "a..", "0"])
def test_a_machine_by_another_name_is_no_host_of_the_world(host):
    assert not is_within_reach(host)
