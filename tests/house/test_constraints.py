"""The database refuses nonsense, whoever writes: choices, amounts, references."""

import ast

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import CheckConstraint, Field

from aapm_site.core import money
from aapm_site.mail.models import Subscription
from tests.house.source import ROOT, tree

OURS = ("aapm_site", "content", "careers", "membership")


def ours() -> list[type[models.Model]]:
    """Our tables, without the copies that pghistory keeps: those must be able to hold whatever was there."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS and not model._meta.label.endswith("Event") and model._meta.managed
    ]


def checked_values(model: type[models.Model], field: Field) -> list[set[object]]:
    """The value lists of the model's check constraints that name the field in `field__in`."""
    found = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            found += [set(values) for name, values in _leaves(constraint.condition) if name == f"{field.name}__in"]
    return found


def _leaves(condition: models.Q) -> list[tuple[str, object]]:
    leaves = []
    for child in condition.children:
        leaves += _leaves(child) if isinstance(child, models.Q) else [child]
    return [leaf for leaf in leaves if isinstance(leaf, tuple)]


def choices_without_check(model: type[models.Model]) -> list[str]:
    """Columns with choices whose check is missing, or lists other values than the form offers."""
    return [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.concrete_fields
        if field.choices is not None
        and field.model is model  # a column of the model's own table
        and {value for value, _ in field.flatchoices} not in checked_values(model, field)
    ]


def test_every_choice_is_checked_by_the_database():
    assert sum(field.choices is not None for model in ours() for field in model._meta.concrete_fields) >= 15
    assert [label for model in ours() for label in choices_without_check(model)] == []


def test_a_choice_without_check_is_noticed(monkeypatch):
    monkeypatch.setattr(Subscription._meta, "constraints", [])
    assert choices_without_check(Subscription) == ["mail.Subscription.frequency"]


def test_a_check_that_forgets_a_value_is_noticed(monkeypatch):
    short = CheckConstraint(condition=models.Q(frequency__in=["at_once"]), name="short")
    monkeypatch.setattr(Subscription._meta, "constraints", [short])
    assert choices_without_check(Subscription) == ["mail.Subscription.frequency"]


@pytest.mark.django_db
def test_every_declared_constraint_stands_in_the_database():
    """A constraint that only the model knows would be a promise without anybody to keep it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        there = {name for (name,) in cursor.fetchall()}
    declared = {constraint.name for model in ours() for constraint in model._meta.constraints}
    assert len(declared) >= 50
    assert declared - there == set()


def test_every_reference_says_what_happens_when_its_target_goes():
    """on_delete is written out at each reference, and SET_NULL only where null is allowed (Django checks that)."""
    decided = {models.CASCADE, models.PROTECT, models.RESTRICT, models.SET_NULL}
    references = [
        field for model in ours() for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)
    ]
    assert len(references) >= 30
    assert [str(field) for field in references if field.remote_field.on_delete not in decided] == []


# What a person leaves behind goes with them; what the association must keep stands in the way or loses the name.
GOES_WITH_THE_USER = {
    "accounts.AccountRecovery.person",
    "accounts.AddressChange.person",
    "accounts.Service.owner",  # the library's column, which nothing fills
    "accounts.ServiceConsent.person",
    "accounts.UserGroup.user",
    "accounts.UserPermission.user",
    "mail.Subscription.user",
    "careers.BlockedEmployer.user",
    "careers.EmployerMember.user",
    "careers.OwnerRecovery.new_owner",
    "careers.Profile.user",
    "careers.SavedJob.user",
    "careers.JobApplication.user",
    "membership.Application.user",
    "membership.BundleAdministrator.user",
    "membership.BundleSeat.user",
    "membership.ApplicationDraft.user",
    "membership.SavedArticle.user",
    "membership.Viewing.person",
}
KEEPS_THE_USER = {"membership.Membership.user"}


def test_what_happens_with_a_user_that_is_deleted_is_decided_row_by_row():
    user = apps.get_model("accounts.User")
    to_user = [
        (f"{model._meta.label}.{field.name}", field.remote_field.on_delete)
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is user
    ]
    assert {label for label, rule in to_user if rule is models.CASCADE} == GOES_WITH_THE_USER
    assert {label for label, rule in to_user if rule in {models.PROTECT, models.RESTRICT}} == KEEPS_THE_USER


def amounts() -> list[tuple[type[models.Model], Field]]:
    """Columns of money: those made by core.money.amount_field."""
    sample = money.amount_field()
    return [
        (model, field)
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DecimalField)
        and (field.max_digits, field.decimal_places) == (sample.max_digits, sample.decimal_places)
    ]


def can_be_negative(model: type[models.Model], field: Field) -> bool:
    conditions = [
        leaf
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        for leaf in _leaves(constraint.condition)
    ]
    return not any(name == f"{field.name}__gte" and _not_negative(value, conditions) for name, value in conditions)


def test_no_amount_can_be_negative():
    assert len(amounts()) >= 4
    assert [f"{model._meta.label}.{field.name}" for model, field in amounts() if can_be_negative(model, field)] == []


def test_an_amount_without_check_is_noticed(monkeypatch):
    model, field = amounts()[0]
    monkeypatch.setattr(model._meta, "constraints", [])
    assert can_be_negative(model, field)


def _not_negative(value: object, conditions: list[tuple[str, object]]) -> bool:
    """0 or more, or not below another amount that is 0 or more."""
    if isinstance(value, models.F):
        return any(name == f"{value.name}__gte" and _not_negative(least, conditions) for name, least in conditions)
    return value == 0


def test_every_amount_has_its_currency_beside_it():
    for model, field in amounts():
        currencies = [other.name for other in model._meta.concrete_fields if other.name.endswith("currency")]
        assert currencies, f"{model._meta.label}.{field.name}"


def test_no_money_is_a_float():
    floats = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField)
    ]
    assert floats == []


def test_the_clock_is_not_read_while_a_module_loads():
    """A default like timezone.now() would be the moment at which the process started."""
    wrong = []
    for model in ours():
        path = ROOT / (model.__module__.replace(".", "/") + ".py")
        for statement in ast.walk(tree(path)):
            if (
                isinstance(statement, ast.keyword)
                and statement.arg == "default"
                and isinstance(statement.value, ast.Call)
            ):
                called = ast.unparse(statement.value.func)
                if called.endswith(("now", "today", "localdate")):
                    wrong.append(f"{path.name}:{statement.value.lineno}")
    assert wrong == []
