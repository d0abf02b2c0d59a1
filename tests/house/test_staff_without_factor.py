"""Staff who have not shown their second factor have the rights of anybody, at every address outside the admin too."""

import ast

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aapm_site.accounts.models import User
from membership.models import Membership, Plan, Term
from tests import factories
from tests.house import access, matrix, observe, world
from tests.house.source import ROOT, modules, tree

# Here staff are led to show their mailbox: nobody but they set up the first factor, move the mailbox or take another
# password. Of what is about factors only these pages are open, where one is shown.
SHOWING_FACTOR = {
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
}
GUARDED = {
    "account_email",
    "account_change_password",
    "account_set_password",
    *(name for name in access.SITE if name.startswith("mfa_") and name not in SHOWING_FACTOR),
}
MAILBOX = "→/account/security/mailbox/"
# What the roles open to those who have shown the factor, where anybody finds nothing.
OPENED = {
    "Content editor": {"styleguide", "content:document-file"},
    "Careers staff": {"styleguide", "careers:job-preview"},
    "Membership staff": {"styleguide", "membership:paper-detail"},
    "Journal editor": {"styleguide"},
    "Finance": {"styleguide"},
    world.ADMINISTRATOR: {"styleguide", "careers:job-preview", "membership:paper-detail", "content:document-file"},
}


@pytest.mark.parametrize("role", world.STAFF)
def test_without_the_factor_each_role_gets_what_a_superuser_without_it_gets(here, asked, role):
    """Who is asked everything in the other ways, too, in test_access.py."""
    looked_at = [cell for cell in asked if cell.method == "GET"]
    wrong = matrix.faults_of(here.client_without_factor(role), looked_at, world.UNPROVED)
    assert not wrong, "\n".join(wrong)
    assert len(looked_at) >= 500


def test_that_is_what_anybody_gets_or_the_way_to_the_mailbox():
    """Anybody: one of two people who share nothing but their account; each has what the other has not."""
    differing = {
        (name, answers[world.UNPROVED])
        for name in access.SITE
        for door in matrix.doors(name)
        for answers in (door.get, door.post)
        if answers[world.UNPROVED] not in {answers[world.LAPSED], answers[world.OTHER_EMPLOYER]}
    }
    assert differing == {(name, MAILBOX) for name in GUARDED}


def test_with_the_factor_these_addresses_open():
    """The control: there is something to lose. That they open is asked in test_access_staff.py."""
    for role, wanted in OPENED.items():
        opened = {
            name
            for name in access.SITE
            for door in matrix.doors(name)
            if door.get[world.UNPROVED] in {403, 404} and door.get[role] == 200
        }
        assert wanted <= opened, role


def test_an_older_session_counts_no_more_than_one_without_a_factor(here):
    older, person = here.client_without_factor(world.ADMINISTRATOR), here.users[world.ADMINISTRATOR]
    factories.second_factor(person)

    assert observe.knock(older, "GET", reverse("styleguide")) == 403
    assert observe.knock(older, "GET", reverse("account_email")) == "→/accounts/2fa/reauthenticate/"


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def without_factor(person: User) -> User:
    """The person as the middleware marks them."""
    marked = fresh(person)
    marked.has_shown_factor = False
    return marked


def test_every_question_after_rights_hears_the_mark(here):
    person = here.users[world.ADMINISTRATOR]
    proved, unproved = fresh(person), without_factor(person)

    for one, has_rights in ((proved, True), (unproved, False)):
        assert one.has_perm("careers.view_job") is has_rights
        assert one.has_perms(["careers.view_job"]) is has_rights
        assert one.has_module_perms("careers") is has_rights
        assert ("careers.view_job" in one.get_all_permissions()) is has_rights
        assert (one.acts_as_staff, one.acts_as_superuser) == (has_rights, has_rights)
        assert one.has_perm("content.read_page", here.members_page) is has_rights
        assert one.has_perm("content.read_page", here.page) is True


def test_staff_keep_what_they_have_as_members(here):
    person = here.users["Finance"]
    plan = Plan.objects.get(slug="physician")
    membership = Membership.objects.create(user=person, number=9_999, joined_on="2020-01-01")
    Term.objects.create(membership=membership, plan=plan, starts_on="2020-01-01", ends_on="2099-12-31")

    assert without_factor(person).has_perm("content.read_page", here.members_page)
    assert without_factor(person).has_perm("billing.member_price")
    assert observe.knock(here.client_without_factor("Finance"), "GET", here.members_page.path) == 200


# Where the question is who somebody is, and not what they may do: their account, their sign-in, the admin's forms.
MAY_ASK_WHO = {
    "aapm_site/accounts/admin.py",
    "aapm_site/accounts/backends.py",  # as Django does: a superuser has all rights
    "aapm_site/accounts/domain/addresses.py",
    "aapm_site/accounts/domain/merging.py",
    "aapm_site/accounts/domain/privacy.py",
    "aapm_site/accounts/domain/recoveries.py",
    "aapm_site/accounts/domain/staff.py",
    "aapm_site/accounts/inviting.py",
    "aapm_site/accounts/middleware.py",
    "aapm_site/accounts/models/user.py",
    "aapm_site/accounts/views/security.py",
    "careers/domain/employers.py",
    "content/models/preview.py",  # whether who made a link may still do so: nothing is opened by it for that person
    "membership/admin/viewing.py",  # nobody looks at the site as one of the staff
    "membership/domain/deaths.py",
    "membership/domain/viewing.py",
}


def test_nobody_else_asks_who_is_staff_without_asking_for_the_mark():
    asking = {
        str(path.relative_to(ROOT))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"is_staff", "is_superuser"}
    }
    assert asking - MAY_ASK_WHO == set()
    assert asking >= {"aapm_site/accounts/middleware.py"}


def test_the_mark_costs_no_query(here, settings):
    client = here.client(world.ADMINISTRATOR)
    counted = []
    for required in (False, True):
        settings.STAFF_MFA_REQUIRED = required
        with CaptureQueriesContext(connection) as queries:
            assert observe.knock(client, "GET", reverse("careers:job-preview", args=[here.job.public_id])) == 200
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_the_demonstration_does_without(here, settings):
    settings.STAFF_MFA_REQUIRED = False

    assert observe.knock(here.client_without_factor(world.ADMINISTRATOR), "GET", reverse("styleguide")) == 200
