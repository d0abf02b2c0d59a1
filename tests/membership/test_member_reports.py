"""The pages of the reports about members, and their files. Their figures are held to the rules elsewhere."""

from decimal import Decimal

import pytest
from django.utils import timezone

from aapm_site.core.periods import ReportPeriod, month_of, months_before
from membership.models import Term
from membership.presenters import reports
from membership.queries import reports as figures
from tests.billing.factories import payment
from tests.factories import staff_client

from .factories import day, make_member, make_plan
from .test_dues import order_dues

pytestmark = pytest.mark.django_db
BASE = "/admin/membership/membership/reports/"
ALL = [report.slug for report in reports.REPORTS]
NOTHING = {
    "members": "Nobody is a member on ",
    "movement": "Nobody joined, renewed or lapsed in these days.",
    "retention": "A year must have passed since the first members joined.",
    "dues": "No dues were due and none were paid in these days.",
}


def report(slug: str):
    return next(one for one in reports.REPORTS if one.slug == slug)


def table_of(response) -> list[str]:
    return response.getvalue().decode("utf-8-sig").splitlines()


def some_members() -> None:
    physician = make_plan(name="=Physician", dues=485)
    for start, end in ((-400, -36), (-800, -436), (-20, 345)):
        make_member((start, end), plan=physician, state_code="ME")
    make_member((-700, -336), (-335, 30), plan=make_plan(name="Retired", dues=0))


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_database_gets_a_kind_sentence_and_some_members_a_chart(slug, django_assert_num_queries):
    staff = staff_client("Membership staff")
    page = staff.get(f"{BASE}{slug}/")
    assert page.context["found"].answer.startswith(NOTHING[slug])
    assert '<svg class="chart' not in page.text
    assert table_of(staff.get(f"{BASE}{slug}/table.csv"))[0]

    some_members()
    page = staff.get(f"{BASE}{slug}/")
    assert not page.context["found"].answer.startswith(NOTHING[slug])
    assert '<svg class="chart' in page.text
    assert len(table_of(staff.get(f"{BASE}{slug}/table.csv"))) > 1
    period = page.context["period"]
    with django_assert_num_queries(2 if slug == "dues" else 1):  # the ledger is another statement
        report(slug).of(period)


def test_members_on_a_past_day_on_the_page_and_in_the_file():
    some_members()
    staff = staff_client("Membership staff")
    page = staff.get(f"{BASE}members/", {"on": f"{day(-10)}"})
    assert page.context["found"].answer.startswith("3 members on ")
    assert page.context["found"].answer.endswith(", 1 of them in grace.")
    lines = table_of(staff.get(f"{BASE}members/table.csv", {"on": f"{day(-10)}"}))
    assert lines[:4] == [
        "By,Name,Paid up,In grace,Members", "Category,'=Physician,1,1,2", "Category,Retired,1,0,1",
        "Career stage,Not known,2,1,3",
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["yesterday", "1999-12-31", "\x00" * 9_000, "9999-12-31"])
@pytest.mark.parametrize("rest", ["", "table.csv"])
def test_a_day_that_is_none_is_asked_about(query, rest):
    assert staff_client("Membership staff").get(f"{BASE}members/{rest}", {"on": query}).status_code == 422


def test_who_reads_them():
    for role, status in (("Membership staff", 200), ("Finance", 200), ("Careers staff", 403)):
        client = staff_client(role)
        for rest in ("", "dues/", "dues/table.csv"):
            assert client.get(f"{BASE}{rest}").status_code == status
    assert staff_client("Finance").get(f"{BASE}nothing/").status_code == 404


def test_dues_expected_and_received():
    """Of a month: the terms that end in it at today's dues, those that were renewed, and what was paid in it."""
    first, last = month_of(months_before(timezone.localdate(), 3))
    plan, free = make_plan(name="Physician", dues=485), make_plan(name="Student", dues=0)
    ends = (last - timezone.localdate()).days

    def member(*terms, plan=plan):
        return make_member(*terms, plan=plan)

    member((ends - 364, ends))
    member((ends - 364, ends), (ends + 40, ends + 400))  # within grace: renewed
    member((ends - 364, ends), (ends + 200, ends + 500))  # too late: came back
    member((ends - 364, ends), plan=free)
    given = member((ends - 364, ends))
    Term.objects.filter(membership=given.membership).update(source="honorary")

    found = figures.expected_dues(ReportPeriod(first, last))
    assert found == {"USD": [figures.MonthOfDues(3, Decimal(1455), 1)]}


def test_what_was_paid_is_received():
    person = make_member((-350, 15), plan=make_plan(name="Physician", dues=485))
    payment(order_dues(person))
    today = timezone.localdate()
    found = reports.dues(ReportPeriod(today.replace(day=1), month_of(today)[1]))
    assert found.tables[0].rows[0][5] == Decimal(485)
    assert "$485 was paid for dues." in found.answer
