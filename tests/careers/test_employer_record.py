"""The staff's page of an organization: what it has at a glance, with links to lists that hold exactly that."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aapm_site.billing.demo import sample_order
from aapm_site.billing.models import OrderLine
from aapm_site.core.roles import ADMINISTRATOR, CAREERS_STAFF, FINANCE
from careers.choices import EmployerDecisionKind
from careers.domain import days, employer_decisions, employers
from careers.models import Employer, EmployerInvitation
from careers.queries.employer_record import record_of
from careers.states import JobStatus
from tests.careers.factories import credits_for, live_job, make_employer, make_job, make_member
from tests.factories import staff_client

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<dd(?: class="help")?>(?:<a href="([^"]*)">)?([^<]*)(?:</a>)?</dd>')


def at_a_glance(client, employer: Employer) -> dict[str, list[tuple[str, str]]]:
    """The lines of each row, with their addresses."""
    page = client.get(reverse("admin:careers_employer_change", args=[employer.pk]))
    (block,) = re.findall(r'<section class="record".*?</section>', page.text, re.DOTALL)
    rows = re.findall(r"<div><dt>(.*?)</dt>(.*?)</div>", block, re.DOTALL)
    return {
        label: [(html.unescape(words), html.unescape(url)) for url, words in LINE.findall(lines)]
        for label, lines in rows
    }


def line() -> OrderLine:
    details = {"postings": 1, "runs_days": 30, "featured": False}
    return OrderLine(sku="careers:one", title="One posting", details=details, quantity=1, unit_price=299, net=299)


def busy(count: int = 1) -> Employer:
    """An organization with some of everything, so many times."""
    employer = make_employer(verified=True)
    buyer = make_member(employer)
    now = timezone.now()
    for number in range(count):
        live_job(employer, title=f"Live {number}")
        make_job(employer, title=f"Draft {number}")
        make_job(employer, status=JobStatus.IN_REVIEW, submitted_at=now - timedelta(days=2))
        EmployerInvitation.objects.create(employer=employer, email=f"{number}@harborlane.example", invited_by=buyer)
        credits_for(employer, 2)
        days.give_days(employer, 9, by=None, reason="For a mistake of ours.")
        sample_order(employers.customer_of(employer), [line()], by=buyer, on=timezone.localdate())
        employer_decisions.record_decision(
            employer, EmployerDecisionKind.VERIFIED, by=None, reason="We called their office."
        )
    return Employer.objects.get(pk=employer.pk)


def test_an_administrator_reads_what_there_is_and_goes_to_each_list():
    employer = busy()
    jobs, key = reverse("admin:careers_job_changelist"), employer.pk

    def own(model: str) -> str:
        return f"{reverse(f'admin:careers_{model}_changelist')}?employer__id__exact={key}"

    orders = f"{reverse('admin:billing_order_changelist')}?customer__id__exact={employer.customer_id}"
    staff = staff_client(ADMINISTRATOR)
    found = at_a_glance(staff, employer)

    assert found == {
        "Positions": [
            ("3 in all", f"{jobs}?stage=all&employer={key}"),
            ("Live: 1", f"{jobs}?stage=live&employer={key}"),
            ("To be reviewed: 1", f"{jobs}?stage=review&employer={key}"),
            ("Drafts of employers: 1", f"{jobs}?stage=draft&employer={key}"),
        ],
        "Orders": [("1 order", orders)],
        "Team": [("1 person", "#members-group"), ("1 invited", "#invitations-group")],
        "Postings left": [("2 postings of 30 days each", own("creditentry"))],
        "Days left": [("9 days", own("daysentry"))],
        "Verification and history": [
            ("Verified", ""),
            ("1 decision", own("employerdecision")),
            ("History", reverse("admin:careers_employer_history", args=[key])),
            ("Last: Verified by staff. We called their office.", ""),
        ],
    }
    shown = {
        url: staff.get(url).context["cl"].result_count for lines in found.values() for _, url in lines if "?" in url
    }
    assert list(shown.values()) == [3, 1, 1, 1, 1, 1, 1, 1]


def test_the_lists_hold_nothing_of_another_organization():
    busy()
    fresh = make_employer("Juniper Pain")
    found = at_a_glance(staff_client(ADMINISTRATOR), fresh)
    assert {label: [words for words, _ in lines] for label, lines in found.items()} == {
        "Positions": ["0 in all"],
        "Orders": ["None: it has no account with the billing office yet"],
        "Team": ["0 people"],
        "Postings left": ["None"],
        "Days left": ["None"],
        "Verification and history": ["Not verified", "0 decisions", "History"],
    }


def test_a_link_stands_only_where_this_person_may_read_the_list():
    employer = busy()
    careers, finance = (at_a_glance(staff_client(role), employer) for role in (CAREERS_STAFF, FINANCE))

    assert careers["Orders"] == [("1 order", "")]
    assert finance["Orders"][0][1] == f"{reverse('admin:billing_order_changelist')}?customer__id__exact=" + str(
        employer.customer_id
    )
    assert careers["Verification and history"][1][1]
    assert finance["Verification and history"] == [
        ("Verified", ""),
        ("1 decision", ""),
        ("History", reverse("admin:careers_employer_history", args=[employer.pk])),
    ]


@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_the_same_however_much_there_is(count, django_assert_num_queries):
    employer = busy(count)
    with django_assert_num_queries(9):
        found = record_of(employer, timezone.now())
    assert (found.positions, found.orders, found.invited, found.decisions) == (3 * count, count, count, count)


def test_the_page_asks_no_more_for_a_list_that_is_longer():
    """Of the team and the invitations each row is a form of its own; what stands above them is the same."""
    staff, asked = staff_client(ADMINISTRATOR), []
    for employer in (busy(1), busy(4)):
        EmployerInvitation.objects.filter(employer=employer).delete()
        page = reverse("admin:careers_employer_change", args=[employer.pk])
        staff.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staff.get(page)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_stands_in_a_reason_is_text():
    employer = make_employer()
    employer_decisions.record_decision(employer, EmployerDecisionKind.VERIFIED, by=None, reason="<b>Called.</b>")
    page = staff_client(CAREERS_STAFF).get(reverse("admin:careers_employer_change", args=[employer.pk])).text
    assert "&lt;b&gt;Called.&lt;/b&gt;" in page
    assert "<b>Called.</b>" not in page
