"""The pages between a position and the checkout: rates, for whom, what is owned, what is used."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from careers.choices import CreditReason
from careers.domain import credit_ledger, employers, jobs
from careers.models import CreditEntry, Employer, Job
from careers.queries import credits as queries
from careers.states import JobStatus

from .factories import (
    credits_for,
    make_employer,
    make_job,
    make_member,
    make_package,
    make_user,
    order_of,
    pay,
)
from .test_board import room_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Employer:
    return make_employer()


@pytest.fixture
def owner(employer, client):
    user = make_member(employer)
    client.force_login(user)
    return user


def buy_url(slug: str = "one") -> str:
    return reverse("careers:package-buy", args=[slug])


def postings_url(employer) -> str:
    return reverse("careers:employer-credits", args=[employer.public_id])


def submit_url(job) -> str:
    return reverse("careers:job-submit", args=[job.public_id])


# Rates ---------------------------------------------------------------------------------------------------------------
def test_the_rates_lead_to_the_checkout_and_show_what_one_owns(client, employer, owner):
    make_package("one", name="Single", price=99, member_price="79.20")
    credits_for(employer, 2)
    html = client.get("/career-center/rates/").content.decode()
    assert f'href="{buy_url()}"' in html
    assert "What you own" in html
    assert "2 postings of 30 days each" in html
    assert "A posting that is not used yet never expires." in html
    assert "Your price" not in html
    for free in ("free", "without charge"):
        assert free not in html.lower()


def test_a_member_sees_the_members_price_as_theirs(client, owner):
    make_package("one", price=99, member_price="79.20")
    owner.user_permissions.add(Permission.objects.get(codename="member_price"))
    response = client.get("/career-center/rates/")
    assert [str(row.yours) for row in response.context["rows"]] == ["$79.20"]
    assert "Your price" in response.content.decode()


def test_a_visitor_sees_no_ones_postings_and_is_asked_to_sign_in_to_buy(client):
    make_package("one")
    assert "What you own" not in client.get("/career-center/rates/").content.decode()
    assert client.get(buy_url())["Location"] == f"/accounts/login/?next={buy_url()}"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_rates_take_one_query_of_a_visitor(client, rows):
    for number in range(rows):
        make_package(f"package-{number}")
    assert room_queries(client, "/career-center/rates/") == 1


@pytest.mark.parametrize("rows", [1, 8])
def test_the_rates_take_as_many_queries_of_somebody_with_many_organizations(client, employer, owner, rows):
    for number in range(rows):
        make_package(f"package-{number}", member_price=1)
        other = make_employer(f"Employer {number}")
        other.members.create(user=owner)
        credits_for(other, runs_days=30 + number)
    # Packages, the person's employers, what they have left, the newest of their positions: there is none.
    assert room_queries(client, "/career-center/rates/") == 4
    make_job(other)
    # Its specialties and places, and whom it would meet of those who do not hide from its employer.
    assert room_queries(client, "/career-center/rates/") == 7


# For whom ------------------------------------------------------------------------------------------------------------
def test_the_first_time_a_button_makes_the_account_and_a_look_makes_nothing(client, employer, owner):
    make_package("one")
    page = client.get(buy_url())
    assert page.status_code == 200
    assert f"Go on as {employer.name.replace('&', '&amp;')}" in page.content.decode()
    assert Employer.objects.get().customer is None

    response = client.post(buy_url(), {"employer": employer.public_id})

    customer = Employer.objects.get().customer
    there = f"{reverse('billing:checkout')}?sku=careers:one&customer={customer.public_id}"
    assert response["Location"] == there
    assert client.get(buy_url())["Location"] == there


@pytest.mark.parametrize("query", ["?job=a%00b", "?job=x&sku=y", "?employer=%00"])
def test_what_an_old_link_carries_changes_nothing(client, employer, owner, query):
    make_package("one")
    assert client.get(buy_url() + query).status_code == 200
    response = client.post(buy_url() + query, {"employer": employer.public_id, "job": "a\x00b"})
    assert response["Location"].endswith(f"?sku=careers:one&customer={Employer.objects.get().customer.public_id}")


def test_with_several_organizations_one_is_chosen(client, employer, owner):
    make_package("one")
    other = make_employer("Another")
    other.members.create(user=owner, role="owner")
    for one in (employer, other):
        employers.customer_of(one, by=owner)
    page = client.get(buy_url())
    assert page.status_code == 200
    assert page.content.decode().count('name="employer"') == 2


@pytest.mark.parametrize("chosen", ["\x00", "", "another", "viewed"])
def test_nobody_buys_for_an_organization_that_is_not_theirs(client, employer, owner, chosen):
    make_package("one")
    stranger, viewed = make_employer("Another"), make_employer("Viewed")
    viewed.members.create(user=owner, role="viewer")
    ids = {"\x00": "\x00", "": "", "another": stranger.public_id, "viewed": viewed.public_id}
    assert client.post(buy_url(), {"employer": ids[chosen]}).status_code == 422
    assert Employer.objects.filter(customer__isnull=False).count() == 0


def test_without_an_organization_one_registers_it_first(client):
    make_package("one")
    client.force_login(make_user())
    response = client.get(buy_url(), follow=True)
    assert response.redirect_chain == [(reverse("careers:employer-register") + "?buy=one", 302)]
    assert "register yours first" in response.content.decode()

    there = response.redirect_chain[0][0]
    registered = client.post(there, {"name": "Lantern Street Pain", "kind": "private-practice"}, follow=True)
    assert registered.redirect_chain == [(buy_url(), 302)]
    assert "Now back to what you wanted to buy" in registered.content.decode()


@pytest.mark.parametrize("key", ["", "?buy=nothing", "?buy=//evil.example", "?buy=a%00b", f"?buy={'x' * 400}"])
def test_an_odd_package_leads_to_the_board_as_ever(client, key):
    client.force_login(make_user())
    form = {"name": "Lantern Street Pain", "kind": "private-practice"}
    answer = client.post(reverse("careers:employer-register") + key, form)
    assert (answer.status_code, answer["Location"]) == (302, Employer.objects.get().get_absolute_url())


def test_what_is_not_on_offer_is_not_there(client, owner):
    make_package("one", is_active=False)
    assert client.get(buy_url()).status_code == 404


# What is owned -------------------------------------------------------------------------------------------------------
def test_the_page_of_postings_tells_how_they_came_and_went(client, employer, owner):
    make_package("three-pack", postings=3, price=200)
    waiting = jobs.await_payment(make_job(employer, title="Waits"), by=owner)
    page = client.get(postings_url(employer)).content.decode()
    assert "No posting is left" in page
    assert "What waits for one" in page

    order = order_of(employer, owner)
    pay(order)
    jobs.take_job_back(Job.objects.get(pk=waiting.pk), by=owner)
    staff = make_user(is_staff=True, first_name="Secret", last_name="Name")
    credit_ledger.add_credits(
        employer, queries.CreditType(60), 1, CreditReason.GIVEN, by=staff, reason="For the delay."
    )

    response = client.get(postings_url(employer))

    lines = [(line.what, line.signed, str(line.kind), line.by) for line in response.context["ledger"].lines]
    assert lines == [
        ("Given by the Academy", "+1", "60 days", "AAPM staff"),
        ("Back from", "+1", "30 days", owner.display_name),
        ("Used for", "−1", "30 days", ""),
        (f"Bought, invoice {order.invoice.number}", "+3", "30 days", ""),
    ]
    html = response.content.decode()
    assert "For the delay." in html
    assert "Secret" not in html
    assert reverse("billing:order-list") in html


def test_a_viewer_reads_it_and_is_not_asked_to_buy(client, employer):
    credits_for(employer)
    client.force_login(make_member(employer, "viewer"))
    html = client.get(postings_url(employer)).content.decode()
    assert "For the test." in html
    for button in ("See the rates", "Write a position", "Orders and invoices"):
        assert button not in html


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_postings_takes_seven_queries_however_long_it_is(client, employer, owner, rows):
    make_package("one", price=1)
    for number in range(rows):
        pay(order_of(employer, owner, "one"), reference=str(number))
        jobs.submit_job(make_job(employer, title=f"Job {number}"), by=owner)
    jobs.await_payment(make_job(employer), by=owner)
    # Membership, what is left, what waits, the team, the ledger with its jobs, invoices and people;
    # days and theirs.
    assert room_queries(client, postings_url(employer)) == 7


def test_the_history_goes_on_by_key(client, employer, owner, monkeypatch):
    for _ in range(queries.PAGE_SIZE + 1):
        credits_for(employer)
    first = client.get(postings_url(employer)).context["ledger"]
    assert (len(first.lines), first.older) == (50, CreditEntry.objects.order_by("-pk")[49].pk)
    second = client.get(f"{postings_url(employer)}?before={first.older}").context["ledger"]
    assert (len(second.lines), second.older) == (1, None)


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=99999999999999999999"])
def test_a_key_that_makes_no_sense_shows_the_newest(client, employer, owner, query):
    credits_for(employer)
    assert len(client.get(postings_url(employer) + query).context["ledger"].lines) == 1


def test_the_board_and_the_account_say_what_is_left(client, employer, owner):
    assert "No postings left" in client.get(employer.get_absolute_url()).content.decode()
    credits_for(employer)
    credits_for(employer, featured=True)
    assert "2 postings left" in client.get(employer.get_absolute_url()).content.decode()
    assert "2 postings left" in client.get("/account/").content.decode()


# What is used --------------------------------------------------------------------------------------------------------
def test_one_kind_is_said_and_several_are_chosen_from(client, employer, owner):
    job = make_job(employer)
    credits_for(employer, 2)
    html = client.get(submit_url(job)).content.decode()
    assert "<b>30 days</b>. You have 2 left" in html
    assert '<input type="hidden" name="kind" value="30"' in html

    credits_for(employer, runs_days=60)
    html = client.get(submit_url(job)).content.decode()
    assert html.count('name="kind"') == 2
    assert "60 days: 1 left" in html
    assert client.post(submit_url(job), {"kind": "90"}).status_code == 422
    assert client.post(submit_url(job)).status_code == 422

    client.post(submit_url(job), {"kind": "60"})

    job.refresh_from_db()
    assert (job.status, job.runs_days) == (JobStatus.IN_REVIEW, 60)


def test_with_none_left_one_buys_or_lets_it_wait(client, employer, owner):
    make_package("one", price=99)
    job = make_job(employer)
    html = client.get(submit_url(job)).content.decode()
    assert '<button class="btn btn--quiet btn--s" name="buy" value="one">' in html
    wait = reverse("careers:job-step", args=[job.public_id, "await-payment"])
    assert f'action="{wait}"' in html
    answer = client.post(submit_url(job), follow=True)
    assert answer.redirect_chain == [(submit_url(job), 302)]
    assert "You have no posting left" in answer.content.decode()

    board = client.post(wait, follow=True).content.decode()

    assert Job.objects.get().status == JobStatus.AWAITING_PAYMENT
    assert "Waiting for your payment; goes to review as soon as it is recorded" in board
    assert "Let it wait" not in board


def test_who_buys_for_a_position_leaves_it_waiting_and_it_goes_on_by_itself(client, employer, owner):
    make_package("one", price=99)
    job = make_job(employer)

    # Pressed twice, as people do.
    for _ in range(2):
        response = client.post(submit_url(job), {"buy": "one"})
        assert response["Location"] == buy_url()

    page = client.get(buy_url()).content.decode()
    assert page.count("goes to review by itself as soon as your payment is recorded") == 1
    assert Job.objects.get().status == JobStatus.AWAITING_PAYMENT
    pay(order_of(employer, owner, "one"))
    assert Job.objects.get().status == JobStatus.IN_REVIEW


@pytest.mark.parametrize("slug", ["", "gone", "never", "o\x00ne", "a/b"])
def test_what_is_not_sold_is_not_bought_for_a_position(client, employer, owner, slug):
    make_package("gone", is_active=False)
    job = make_job(employer)
    answer = client.post(submit_url(job), {"buy": slug}, follow=True)
    assert answer.redirect_chain == [(submit_url(job), 302)]
    assert "This package is not on offer any more. Choose another, please." in answer.content.decode()
    assert Job.objects.get().status == JobStatus.DRAFT


def test_a_position_for_which_a_posting_is_there_is_sent_and_nothing_is_bought(client, employer, owner):
    make_package("one")
    job = make_job(employer)
    credits_for(employer)
    answer = client.post(submit_url(job), {"buy": "one"}, follow=True)
    assert answer.redirect_chain == [(submit_url(job), 302)]
    assert "You have 1 posting left, so it need not wait. Send it now." in answer.content.decode()
    assert Job.objects.get().status == JobStatus.DRAFT


@pytest.mark.parametrize("status", [JobStatus.IN_REVIEW, JobStatus.APPROVED])
def test_nothing_is_bought_for_a_position_that_needs_none(client, employer, owner, status):
    make_package("one")
    job = make_job(employer, status=status)
    assert client.post(submit_url(job), {"buy": "one"})["Location"] == submit_url(job)
    assert Job.objects.get().status == status


def test_the_page_opens_for_what_can_be_sent_only(client, employer, owner):
    sent = make_job(employer, status=JobStatus.IN_REVIEW)
    assert client.get(submit_url(sent))["Location"].startswith(employer.get_absolute_url())
    unfinished = make_job(employer, apply_email="")
    assert client.get(submit_url(unfinished))["Location"] == reverse("careers:job-edit", args=[unfinished.public_id])


def test_what_came_back_has_its_posting_and_the_preview_knows_its_days(client, employer, owner):
    credits_for(employer, runs_days=60)
    job = make_job(employer)
    preview = reverse("careers:job-preview", args=[job.public_id])
    assert "60 days" not in client.get(preview).content.decode()
    sent = jobs.submit_job(job, by=owner)
    assert "It will be live for 60 days" in client.get(preview).content.decode()
    jobs.return_job(sent, by=make_user(), reason="Which pay?")
    assert "live for 60 days" in client.get(preview).content.decode()
    assert "It has its posting already." in client.get(submit_url(job)).content.decode()
