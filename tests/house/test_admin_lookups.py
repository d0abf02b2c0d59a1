"""No list of the admin answers guesses: an address narrows it by the filters that it declares, and by nothing else."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.admin.lookups import DeclaredLookups
from tests.house import world

GUESSES = ("startswith", "contains", "regex", "gt", "lte", "range", "in", "iexact", "length", "isnull", "exact", "")
REGISTERED = sorted(admin.site._registry.items(), key=lambda one: one[0]._meta.label_lower)


def paths(model: type[models.Model], depth: int = 2) -> list[str]:
    """Every field of a model, and those of what it leads to."""
    found = []
    for field in model._meta.get_fields():
        found.append(field.name)
        if depth > 1 and field.is_relation and isinstance(field.related_model, type):
            found += [f"{field.name}__{inner}" for inner in paths(field.related_model, depth - 1)]
    return found


def declared(made: Any) -> set[str]:
    """The paths that a list has a filter or a link for."""
    filters = made.list_filter
    named = {one.parameter_name for one in filters if isinstance(one, type)}  # the filter's own words, not a field's
    plain = {one[0] if isinstance(one, tuple) else one for one in filters if not isinstance(one, type)}
    return named | plain | {lookup.removesuffix("__id__exact") for lookup in made.linked_by} | {made.date_hierarchy}


@pytest.mark.parametrize(("model", "made"), REGISTERED, ids=[model._meta.label_lower for model, _ in REGISTERED])
def test_a_field_without_a_filter_narrows_nothing(here, model, made):
    request = RequestFactory().get("/")
    request.user = User.objects.filter(is_superuser=True).first()
    asked = {f"{path}__{guess}".removesuffix("__") for path in paths(model) for guess in GUESSES}
    let_through = {lookup for lookup in asked if made.lookup_allowed(lookup, "a", request)}
    wrong = {lookup for lookup in let_through if not any(lookup.startswith(str(path)) for path in declared(made))}
    assert isinstance(made, DeclaredLookups)
    assert wrong == set()
    assert not [lookup for lookup in let_through if lookup.endswith(GUESSES[:9])]


@pytest.mark.parametrize("guess", ["password__startswith=pbkdf2", "password__startswith=x", "authenticator__type=totp"])
def test_a_guess_gets_the_whole_list_whether_it_is_right_or_wrong(here, guess):
    users = reverse("admin:accounts_user_changelist")
    answer = here.client(world.ADMINISTRATOR).get(f"{users}?{guess}")
    assert (answer.status_code, answer["Location"]) == (302, users)


@pytest.mark.parametrize(
    "address",
    [
        "accounts/user/?is_staff__exact=1", "accounts/user/?profession__id__exact=1", "mail/outgoingemail/?kind=x",
        "content/page/?status__exact=live", "careers/creditentry/?employer__id__exact=1",
        "billing/order/?customer__id__exact=1&age=31-60", "careers/job/?employer__verified__exact=1",
    ],
)  # fmt: skip
def test_what_is_declared_narrows_the_list(here, address):
    assert here.client(world.ADMINISTRATOR).get(f"/admin/{address}").status_code == 200
