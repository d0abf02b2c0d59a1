"""Whatever is kept about a person is answered for: the rooms say what an export shows and an erasure removes."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models

from aapm_site.accounts.domain import privacy
from aapm_site.accounts.models import User
from aapm_site.core.privacy import PersonalData, personal_data
from aapm_site.mail.models import OutgoingEmail
from careers.models import EmployerInvitation
from content.models import Question
from membership.models import Application
from tests.house import world

# Field names that hold a person's name or how to reach them, wherever they stand.
PERSONAL_NAMES = {
    "email",
    "first_name",
    "last_name",
    "given_name",
    "family_name",
    "full_name",
    "orcid",
    "phone",
    "license",
    "ip",
    "ip_address",
    "user_agent",
}

# Tables that point at a person, or hold a name, and need no answer of their own. Each with the reason.
NEEDS_NO_ANSWER = {
    "admin.LogEntry": "what staff did; kept for as long as the rows it tells of",
    "accounts.UserEvent": "who might enter and decide, and when: a number and three flags, kept as proof",
    "accounts.UserGroupEvent": "who held which role, and when: numbers only, kept as proof",
    "accounts.UserPermissionEvent": "who held which right, and when: numbers only, kept as proof",
    "accounts.Service": "the library's column for an owner, which nothing here fills",
    "allauth_idp_oidc.Client": "the same column: a service is the Academy's, not a person's",
    "billing.Letterhead": "where questions about invoices go, an address of the Academy, printed on every paper",
    "billing.LetterheadEvent": "the same, as it stood before",
    "careers.ReportedJob": "which staff decided, SET_NULL; who reported is never kept",
    "careers.Job": "where to apply: an organization's address, published with its position",
    "careers.FellowshipOffer": "where to apply: an organization's address, published with its places",
    "careers.JobEvent": "the same, as it stood before",
    "content.MeetingStatusChange": "which editor decided, SET_NULL; the history itself is kept",
    "content.Newsletter": "which editor wrote, sent and agreed, SET_NULL; what it says is a letter of the Academy",
    "content.NewsletterChange": "which editor decided, SET_NULL",
    "content.PageStatusChange": "which editor decided, SET_NULL; the history itself is kept",
    "content.PageVersion": "which editor wrote it, SET_NULL; the text itself is kept",
    "content.Topic": "which office answers its questions: an address of the Academy",
    "core.Association": "how the Academy's own office is reached, printed on every page",
    "core.AssociationEvent": "the same, as it stood before",
    "core.Hold": "which staff held a piece of work, SET_NULL",
    "membership.MemberExport": "which staff took a list out of the site, SET_NULL: kept as proof",
    "membership.MemberFilter": "which staff made it, SET_NULL",
    "membership.MemberLetter": "which staff wrote, sent and agreed, SET_NULL; what it says is a letter of the Academy",
    "membership.MemberLetterChange": "which staff decided, SET_NULL",
    "membership.ArticleRelation": "which editor wrote it, SET_NULL; a published notice",
    "membership.DeliveredText": "which editor imported it, SET_NULL; a published work",
    "membership.Article": "a published work; its license is the publisher's, not a person's",
    "membership.ArticleAuthor": "an author as printed in the journal: a published work, not an account",
}


def is_personal(field: models.Field) -> bool:
    if isinstance(field, models.ForeignKey):
        return field.related_model is User
    return isinstance(field, models.EmailField) or field.name in PERSONAL_NAMES


def personal_models() -> dict[str, list[str]]:
    """Every table with a column about a person, libraries' tables included, with those columns."""
    found = {}
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        if fields := [field.name for field in model._meta.concrete_fields if is_personal(field)]:
            found[model._meta.label] = fields
    return found


def answered_for() -> set[str]:
    return {label for registered in personal_data for label in registered.models}


def test_every_table_with_personal_data_is_answered_for():
    found = personal_models()
    assert len(found) >= 12
    unanswered = {
        label: fields for label, fields in found.items() if label not in answered_for() | set(NEEDS_NO_ANSWER)
    }
    assert unanswered == {}


def test_nothing_is_excused_that_is_not_there():
    assert set(NEEDS_NO_ANSWER) - set(personal_models()) == set()


def test_nothing_is_both_answered_for_and_excused():
    assert answered_for() & set(NEEDS_NO_ANSWER) == set()


def test_every_answer_names_tables_that_exist():
    for label in sorted(answered_for()):
        assert apps.get_model(label) is not None


def test_a_table_that_nobody_answers_for_is_noticed(monkeypatch):
    monkeypatch.setattr(personal_data, "_items", {})
    assert "mail.Subscription" in set(personal_models()) - answered_for()
    assert "accounts.User" in set(personal_models()) - answered_for()


@pytest.mark.django_db
@pytest.mark.parametrize("registered", list(personal_data), ids=lambda registered: registered.name)
def test_export_and_erasure_work_for_somebody_who_left_nothing(registered: PersonalData):
    """A person without any row must not break the export of the others."""
    nobody = User.objects.create_user("nobody@example.org")
    assert isinstance(registered.export(nobody), dict)
    registered.erase(nobody)


def tables_that_know(word: str) -> list[str]:
    """Every table of the database, libraries' and histories' included, with a row that holds the word."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        known = []
        for name in names:
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}" t WHERE t::text ILIKE %s)', [f"%{word}%"])
            known += [name] if cursor.fetchone()[0] else []
    return known


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [world.SEEKER, world.MEMBER, world.EMPLOYER])
def test_after_erasure_no_table_and_no_file_knows_the_person(kind, tmp_path, django_capture_on_commit_callbacks):
    here = world.build()
    person = here.users[kind]
    User.objects.filter(pk=person.pk).update(first_name="Quillon", last_name="Vexmoor", email="vexmoor@people.example")
    person.refresh_from_db()
    EmailAddress.objects.filter(user=person).update(email=person.email)
    Question.objects.create(name=person.full_name, email=person.email, question="May I ask as Vexmoor?")
    Application.objects.filter(user=person).update(last_name="Vexmoor", training="Dr. Vexmoor, 2021")
    OutgoingEmail.objects.filter(user=person).update(to=person.email, text="Dear Dr. Vexmoor")
    EmployerInvitation.objects.filter(employer__members__user=person).update(email="vexmoor@people.example")
    here.client(kind).get("/account/")
    assert len(tables_that_know("vexmoor")) >= 3

    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(person)

    assert tables_that_know("vexmoor") == []
    if kind == world.SEEKER:
        assert [path for path in tmp_path.rglob("*") if path.suffix == ".pdf"] == []
