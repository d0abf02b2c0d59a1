"""Somebody else's things: the owner's own forms, filled in and sent by another, find nothing and change nothing."""

from urllib.parse import urljoin

import pytest
from django.db.models import Model
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from aapm_site.accounts.models import User
from careers.models import Employer, Job
from tests.house import observe, world
from tests.house.pages import Form, Page

STRANGERS = {
    world.EMPLOYER: (world.OTHER_EMPLOYER, world.MEMBER, "Careers staff"),
    world.SEEKER: (world.OTHER_EMPLOYER, world.LAPSED, world.MEMBER),
}


def owned_pages(here: world.World, owner: str) -> list[str]:
    """Pages that only their owner opens, with forms on them."""
    if owner == world.SEEKER:
        application = here.application.get_absolute_url()
        return [application, f"{application}withdraw/", "/account/mail/"]
    employer = here.employer.get_absolute_url()
    draft = f"/career-center/employers/jobs/{here.draft_job.public_id}"
    live = f"/career-center/employers/jobs/{here.job.public_id}"
    return [
        *(f"{employer}{page}" for page in ("details/", "team/", "jobs/new/")),
        f"{employer}team/{here.colleague.pk}/remove/",
        *(f"{draft}/{page}/" for page in ("edit", "submit", "withdraw")),
        *(f"{live}/{page}/" for page in ("edit", "pause", "fill")),
    ]


def forms_of(here: world.World, owner: str) -> list[tuple[str, dict[str, str]]]:
    """Where each form of these pages is sent, and with what: the owner's own values, a word changed."""
    client, found = here.client(owner), []
    for address in owned_pages(here, owner):
        page = Page(client.get(address).content.decode(), address)
        found += [(urljoin(address, form.action), changed(form)) for form in page.forms if form.method == "post"]
    return [(address, fields) for address, fields in found if not address.startswith("/accounts/")]


def changed(form: Form) -> dict[str, str]:
    said = {name: value for name, value in form.fields.items() if name != "csrfmiddlewaretoken"}
    for name in ("title", "about", "summary", "answer", "degrees"):
        if name in said:
            said[name] = "Somebody else was here."
    return said


def send(client: Client, address: str, fields: dict[str, str]) -> int | str:
    return observe.outcome(client.post(address, fields))


def asked_to_sign_in(address: str, fields: dict[str, str]) -> bool:
    """By a redirect, or by the page that gives back what was typed."""
    answer = Client().post(address, fields)
    return observe.outcome(answer) == observe.SIGN_IN or (
        answer.status_code == 403 and f'href="{reverse("account_login")}?next=' in answer.text
    )


@pytest.mark.parametrize("owner", STRANGERS)
def test_the_owner_can_send_these_forms(here, owner):
    """They are whole enough to change something, so that their refusal below means something."""
    forms = forms_of(here, owner)
    assert len(forms) >= {world.EMPLOYER: 9, world.SEEKER: 3}[owner]
    worked = 0
    for address, fields in forms:
        with observe.undone():
            before = observe.fingerprint()
            send(here.client(owner), address, fields)
            worked += bool(observe.changed(before, observe.fingerprint()))
    assert worked >= {world.EMPLOYER: 6, world.SEEKER: 2}[owner]


@pytest.mark.parametrize(("owner", "stranger"), [(owner, one) for owner, all_ in STRANGERS.items() for one in all_])
def test_a_stranger_finds_nothing_and_changes_nothing(here, owner, stranger):
    forms = forms_of(here, owner)
    client = here.client(stranger)
    before = observe.fingerprint()
    seen = {address: send(client, address, fields) for address, fields in forms}
    assert {address: code for address, code in seen.items() if code != 404} == {}
    assert observe.changed(before, observe.fingerprint()) == []


@pytest.mark.parametrize("owner", STRANGERS)
def test_a_visitor_is_asked_to_sign_in_and_changes_nothing(here, owner):
    forms = forms_of(here, owner)
    before = observe.fingerprint()
    asked = {address: asked_to_sign_in(address, fields) for address, fields in forms}
    assert [address for address, is_asked in asked.items() if not is_asked] == []
    assert observe.changed(before, observe.fingerprint()) == []


# --- more than the form asks for ------------------------------------------------------------------------------------


def hostile(row: Model, here: world.World) -> dict[str, str]:
    """A value for every column of the row's table that its own form might be tricked into taking."""
    worst = {"is_staff": "on", "is_superuser": "on", "is_active": "", "verified": "on", "featured": "on"}
    worst |= {"is_sample": "on", "status": "approved", "employer": str(here.other_employer.pk), "groups": "1"}
    worst |= {"public_id": "AAAAAAAAAAAAAAAA", "slug": "taken-over", "starts_at": "2026-01-01", "ends_at": "2036-01-01"}
    worst |= {"password": "x", "user_permissions": "1", "approved_at": "2026-01-01 00:00", "created_at": "2000-01-01"}
    return {field.name: worst.get(field.name, "1") for field in row._meta.get_fields()} | worst


TARGETS = [
    (world.EMPLOYER, Job, "draft_job", {"public_employer_name", "places_text", "slug"}),
    (world.EMPLOYER, Employer, "employer", {"slug"}),
    (world.SEEKER, User, None, set()),
]


@pytest.mark.parametrize(("owner", "model", "name", "derived"), TARGETS)
def test_a_form_takes_no_more_than_it_asks_for(here, owner, model, name, derived):
    row = here.users[owner] if name is None else here.rows[name]
    address = {
        Job: lambda: reverse("careers:job-edit", args=[row.public_id]),
        Employer: lambda: reverse("careers:employer-edit", args=[row.public_id]),
        User: lambda: reverse("accounts:profile-edit"),
    }[model]()
    client = here.client(owner)
    form = next(form for form in Page(client.get(address).content.decode(), address).forms if form.method == "post")
    asked = form.names | derived
    before = columns(model, row)

    more = {name: value for name, value in hostile(row, here).items() if name not in form.names}
    client.post(address, more | changed(form) | {"draft": ""})  # as a draft, which need not be whole yet

    after = columns(model, row)
    changes = {column for column in before if before[column] != after[column]}
    assert changes, "The form was not taken at all."
    assert changes <= asked
    kept = set(before) - asked
    assert len(kept) >= 4
    assert {column: after[column] for column in kept} == {column: before[column] for column in kept}


def columns(model: type[Model], row: Model) -> dict[str, object]:
    fresh = model._default_manager.get(pk=row.pk)
    every = {field.name: getattr(fresh, field.attname) for field in model._meta.concrete_fields}
    many = {field.name for field in model._meta.many_to_many}
    linked = {name: {one.pk for one in linked} for name, linked in model_to_dict(fresh).items() if name in many}
    return {name: value for name, value in every.items() if name not in {"search", "updated_at"}} | linked
