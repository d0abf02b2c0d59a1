"""Every page of the admin opens for a superuser, and no list asks more the longer it gets."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.base import ContentFile
from django.db import connection, models
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.models import Service, ServiceConsent
from aapm_site.billing.demo import sample_order
from aapm_site.billing.models import Coupon, Customer
from aapm_site.core.admin.actions import ActionsAdmin
from aapm_site.core.admin.overtaken import READ
from aapm_site.core.background.queue import defer
from aapm_site.core.transitions import Move, moves_from
from aapm_site.mail.models import Mailing, MailingRecipient
from aapm_site.mail.tasks import tidy
from careers.models import BannedEmployer, OwnerRecovery, ReportedJob
from content.models import Document, Newsletter
from content.models import Term as Word
from membership.domain.bundles import make_bundle
from membership.models import (
    DirectoryEntry,
    Group,
    GroupJoinRequest,
    MemberPaper,
    Membership,
    Pause,
    Plan,
    Resignation,
    Term,
    TermNotice,
)
from tests import factories
from tests.house import access_admin, observe, world
from tests.house.pages import Page

MANY = 20
# Their lists lead to their one row.
ONLY_ONE = {"billing.letterhead", "content.answerpromise", "core.association"}
REGISTERED = sorted(model._meta.label_lower for model in admin.site._registry)


@pytest.fixture
def client(here):
    return here.client(world.ADMINISTRATOR)


def look(client: Client, at: str) -> HttpResponse:
    return observe.ask(client, "GET", at)


def address(label: str, page: str, *arguments: object) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=arguments)


@pytest.mark.parametrize("label", REGISTERED)
def test_every_page_of_every_model(client, label):
    """The list, the list searched, a row, its history; adding and deleting where the design allows it."""
    row = apps.get_model(label)._default_manager.first()
    never = access_admin.NEVER
    listed = 302 if label in ONLY_ONE else 200
    wanted = {
        address(label, "changelist"): listed,
        address(label, "changelist") + "?q=pain": listed,
        address(label, "changelist") + "?o=-1": listed,
        address(label, "change", row.pk): 200,
        address(label, "history", row.pk): 200,
        address(label, "add"): 403 if label in never["add"] else 200,
        address(label, "delete", row.pk): 403 if label in never["delete"] else 200,
        address(label, "change", "999999999"): 302,
    }
    answers = {at: look(client, at) for at in wanted}
    assert {at: answer.status_code for at, answer in answers.items()} == wanted
    assert refuses_older_words(row, answers[address(label, "change", row.pk)].content.decode())


def refuses_older_words(row: models.Model, page: str) -> bool:
    """Whether nobody saves this form over what a colleague has saved since: it carries the mark of what it showed, and
    with an older one it is refused. A form in which nothing is written needs none.
    """
    request, own = RequestFactory().get("/"), admin.site._registry[type(row)]
    request.user = factories.staff_user()
    form = own.get_form(request, row, change=True)
    if not own.has_change_permission(request, row) or not form.base_fields:
        return True
    if own.compares_versions:
        return 'name="read_version"' in page
    late = form({READ: " ".join(f"{name}:older" for name in form.base_fields)}, instance=row)
    return f'name="{READ}"' in page and late.has_error(NON_FIELD_ERRORS, "overtaken")


@pytest.mark.parametrize("label", REGISTERED)
def test_every_filter_of_every_list(client, label):
    """Each column that a list can be sorted by, and of each filter the first of its choices and the last."""
    at = address(label, "changelist")
    links = sorted(Page(look(client, at).content.decode(), at).inner_links)
    own = [link for link in links if link.startswith(f"{at}?")]
    sorts = {link for link in own if link.startswith(f"{at}?o=")}
    by_filter = {tuple(parse_qs(urlsplit(link).query, keep_blank_values=True)): link for link in own}
    first_by_filter = {tuple(parse_qs(urlsplit(link).query, keep_blank_values=True)): link for link in reversed(own)}
    asked = sorted({*sorts, *by_filter.values(), *first_by_filter.values()})
    assert {link: code for link in asked if (code := look(client, link).status_code) != 200} == {}


def decisions() -> list[tuple[str, str, str]]:
    return [
        (model._meta.label_lower, move.verb, move.to)
        for model, page in admin.site._registry.items()
        if isinstance(page, ActionsAdmin)
        for move in page.moves.values()
    ]


def test_the_decisions_are_known():
    assert len(decisions()) >= 12
    assert {label for label, _, _ in decisions()} == {
        model._meta.label_lower for model in apps.get_models() if any(staffs_moves(model))
    }


def staffs_moves(model: type[models.Model]) -> Iterator[Move]:
    """The steps of a lifecycle that staff take; an application for a position is between two others."""
    return (move for moves in getattr(model, "LIFECYCLE", {}).values() for move in moves if move.by_staff)


@pytest.mark.parametrize(("label", "verb", "to"), decisions())
def test_every_decision_asks_first_and_shows_its_words(here, client, label, verb, to):
    """From each status that allows the step: the button on the row's page, and the page that it leads to."""
    model = apps.get_model(label)
    # A row that no step leads away from is not what the buttons are for.
    row = next(one for one in model._default_manager.all() if moves_from(one))
    starts = [status for status, steps in model.LIFECYCLE.items() if any(step.to == to for step in steps)]
    assert starts
    asked = 0
    for status in starts:
        model._default_manager.filter(pk=row.pk).update(**in_status(row, status))
        row.refresh_from_db()
        step = next(step for step in moves_from(row) if step.to == to)
        if step.verb != verb:
            continue
        asked += 1
        at = address(label, "decide", row.pk, verb)
        change = Page(look(client, address(label, "change", row.pk)).content.decode())
        assert at in [*change.links, *change.presses], status
        answer = look(client, at)
        assert answer.status_code == 200
        page = Page(answer.content.decode(), at)
        assert page.faults() == []
        assert step.label in page.title
    assert asked >= 1


def in_status(row: models.Model, status: str) -> dict[str, object]:
    """The columns that belong to a status, so that the database accepts it."""
    now, fields = timezone.now(), {field.name for field in row._meta.concrete_fields}
    found = {"status": status}
    if "taken_down_at" in fields:
        found["taken_down_at"] = now if status in {"paused", "filled", "withdrawn"} else None
    if "trashed_at" in fields:
        found["trashed_at"] = now if status == "trashed" else None
    if "canceled_because" in fields:
        is_off = status == "canceled"
        found |= {"canceled_at": now if is_off else None, "canceled_because": "Snow." if is_off else ""}
    for name in ("published_at", "decided_at", "starts_at"):
        if name in fields and getattr(row, name) is None:
            found[name] = now
    if status == "scheduled":
        found["published_at"] = now + timedelta(days=1)  # once its date has come it is public, and decided otherwise
    if "ends_at" in fields and row.ends_at is None:
        found["ends_at"] = now + timedelta(days=30)
    return found


def test_a_decision_that_is_not_open_leads_back_with_a_word(here, client):
    answer = client.get(address("careers.job", "decide", here.ended_job.pk, "approve"), follow=True)
    assert answer.redirect_chain == [(address("careers.job", "change", here.ended_job.pk), 302)]
    assert "Somebody has decided already" in answer.content.decode()


# --- no list asks once per row --------------------------------------------------------------------------------------


def copies(row: models.Model, number: int) -> None:
    """So many more rows like this one; what must be unique is made so."""
    for place in range(number):
        fresh = type(row)._default_manager.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            _make_unlike(fresh, field, place)
        fresh.pk, fresh._state.adding = None, True
        fresh.save(force_insert=True)


def _make_unlike(row: models.Model, field: models.Field, place: int) -> None:
    unique = field.unique or any(
        field.name in constraint.fields
        for constraint in row._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    )
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        if field.related_model._meta.label == "accounts.User" and value is not None:
            setattr(row, field.attname, factories.user().pk)
        elif field.unique and field.null:
            setattr(row, field.attname, None)
    elif isinstance(field, models.FileField) and value:
        setattr(row, field.name, ContentFile(b"x", f"{place}.pdf"))
    elif field.primary_key or not unique:
        return
    elif isinstance(field, models.EmailField):
        setattr(row, field.name, f"copy{place}-{row.pk}@people.example")
    elif isinstance(field, models.CharField) and field.choices is None and value is not None:
        setattr(row, field.name, f"{value}-{place}"[-field.max_length :] if field.max_length else f"{value}-{place}")
    elif isinstance(field, models.IntegerField) and value is not None:
        setattr(row, field.name, value + 1_000 + place)


def _another_notice(place: int) -> None:
    last = Term.objects.order_by("ends_on").last()
    begins = last.ends_on + timedelta(days=1)
    term = Term.objects.create(membership=last.membership, plan=last.plan, starts_on=begins, ends_on=begins)
    TermNotice.objects.create(term=term, step="before")


def _another_request(place: int) -> None:
    GroupJoinRequest.objects.create(group=Group.objects.first(), membership=_another_member(5_000 + place))


def _another_entry(place: int) -> None:
    """Of a member there is one."""
    DirectoryEntry.objects.create(membership=_another_member(7_000 + place))


def _another_member(number: int) -> Membership:
    today = timezone.localdate()
    return world._member(factories.user(), number, Plan.objects.first(), today, today)


def _another_of(model: type[models.Model], first: int) -> Callable[[int], None]:
    """A row like the last one, of another member: of each there is one that counts."""

    def make(place: int) -> None:
        row = model._default_manager.last()
        for field in row._meta.concrete_fields:
            if field.unique and isinstance(field, models.CharField):
                _make_unlike(row, field, place)
        row.membership, row.pk, row._state.adding = _another_member(first + place), None, True
        row.save(force_insert=True)

    return make


def _another_service(place: int) -> Service:
    return Service.objects.create(name=f"A journal {place}", purpose="To read.", type="public")


def _another_recipient(place: int) -> None:
    MailingRecipient.objects.create(mailing=Mailing.objects.last(), user=factories.user())


def _another_consent(place: int) -> None:
    ServiceConsent.objects.create(person=factories.user(), service=_another_service(place), scopes=["openid"])


def _another_order(place: int) -> None:
    sample_order(Customer.objects.first(), [world._sold(1)], by=None, on=timezone.localdate())


def _another_owner(place: int) -> None:
    """Of an organization one waits at a time."""
    last, now = OwnerRecovery.objects.first(), timezone.now()
    ended = {"due_at": now, "outcome": "stopped", "ended_at": now, "ended_by": factories.user()}
    OwnerRecovery.objects.create(
        employer=last.employer,
        new_owner=factories.user(),
        reason="x",
        evidence="x",
        opened_by=factories.user(),
        **ended,
    )


def _another_case(place: int) -> None:
    """Of a position one waits at a time."""
    ReportedJob.objects.create(job=ReportedJob.objects.first().job, outcome="kept", decided_at=timezone.now())


# Rows that come with something else, so that a copy alone would be refused.
MADE_OTHERWISE = {
    "billing.order": _another_order,
    "billing.coupon": lambda place: Coupon.objects.create(code=f"CODE-{place}", percent=5),
    "procrastinate.procrastinatejob": lambda place: defer(tidy),
    "accounts.service": _another_service,
    "accounts.serviceconsent": _another_consent,
    "account.emailaddress": lambda place: factories.user(),
    "careers.bannedemployer": lambda place: BannedEmployer.objects.create(name=f"clinic {place}", reason="x"),
    "careers.ownerrecovery": _another_owner,
    "careers.reportedjob": _another_case,
    "content.newsletter": lambda place: Newsletter.objects.create(subject=f"Letter {place}"),
    "content.page": lambda place: world.page(f"copy-{place}"),
    "content.term": lambda place: Word.objects.create(name=f"word {place}", slug=f"word-{place}", definition="A word."),
    "content.document": lambda place: Document.objects.create(
        title=f"Paper {place}", name=f"{place}.txt", size=1, checksum=f"{place:064}", file=ContentFile(b"x", "x.txt")
    ),
    "membership.bundle": lambda place: make_bundle(f"Practice {place}", Plan.objects.first()),
    "mail.mailingrecipient": _another_recipient,
    "membership.memberpaper": _another_of(MemberPaper, 10_000),
    "membership.pause": _another_of(Pause, 11_000),
    "membership.resignation": _another_of(Resignation, 12_000),
    "membership.termnotice": _another_notice,
    "membership.groupjoinrequest": _another_request,
    "membership.directoryentry": _another_entry,
}


@pytest.mark.parametrize("label", sorted(set(REGISTERED) - ONLY_ONE))
def test_a_list_asks_the_same_number_of_questions_for_twenty_rows(client, label):
    at, model = address(label, "changelist"), apps.get_model(label)
    row = model._default_manager.last()
    look(client, at)  # what the process remembers from now on, such as content types
    few = questions(client, at)
    if label in MADE_OTHERWISE:
        for place in range(MANY):
            MADE_OTHERWISE[label](place)
    else:
        copies(row, MANY)
    assert model._default_manager.count() > MANY
    many = questions(client, at)
    assert len(many) <= len(few), "\n".join(sorted({one for one in many if many.count(one) > 1}))


def questions(client, at: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert look(client, at).status_code == 200
    return [one["sql"] for one in asked.captured_queries]
