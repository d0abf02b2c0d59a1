"""The demonstration's members and journal: complete, always the same, safe to load again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.accounts.models import Specialty, User
from aapm_site.billing.models import Counter, Invoice
from aapm_site.core.periods import ReportPeriod, months_before
from membership import demo
from membership.access import decide
from membership.demo import people
from membership.domain.automatic_due import due_automatic
from membership.journal.domain.issues import lineup
from membership.journal.models import Article, ArticleUsage, DeliveredFile, Issue
from membership.journal.queries.reading import is_out
from membership.models import Application, AutomaticRenewal, Group, Membership, Plan, Term
from membership.presenters.reports import dues
from membership.queries.dues_orders import dues_orders
from membership.queries.members import standing_of
from membership.queries.statistics import statistics_of
from membership.rules import status_on

pytestmark = pytest.mark.django_db

COUNTED = (User, Membership, Term, Plan, Application, Group, Issue, Article, DeliveredFile)


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


@pytest.fixture
def loaded():
    """The demonstration, and how many statements it took."""
    for email in (people.MEMBER, people.LAPSED):
        User.objects.create_user(email, first_name="Demo", last_name="Person", specialty=Specialty.objects.first())
    with CaptureQueriesContext(connection) as statements:
        demo.load(lambda said: None)
    return len(statements)


def test_it_is_all_there_quickly_and_loading_again_changes_nothing(loaded):
    before = counts()
    Plan.objects.filter(slug="physician").update(dues=1)

    demo.load(lambda said: None)

    assert counts() == before
    assert Plan.objects.get(slug="physician").dues == 1
    assert (Plan.objects.count(), Issue.objects.count(), Article.objects.count()) == (8, 5, 29)
    assert User.objects.filter(email__endswith="@members.example").count() == 2_903
    assert loaded < 1_440  # statements, with the savepoints: members come in bulk, each article by the import


def test_the_people_are_always_the_same():
    names = demo.read("names.toml")

    assert people.draw(names) == people.draw(names)
    assert len({person.email for person in people.draw(names)}) == 2_900
    assert all(person.email.isascii() for person in people.draw(names))


def test_members_stand_as_the_weights_say_and_nobody_can_sign_in_as_one(loaded):
    today = timezone.localdate()
    samples = Membership.objects.filter(user__email__endswith="@members.example")
    standings = [status_on(membership.terms.all(), today) for membership in samples.prefetch_related("terms")]

    assert 1_960 <= standings.count("active") <= 2_150
    assert 90 <= standings.count("grace") <= 200
    assert 600 <= standings.count("lapsed") <= 800
    assert len(standings) == 2_900
    # So that the public pages say what they said before they counted.
    assert 2_000 < statistics_of(today).members < 3_000
    assert not any(membership.user.has_usable_password() for membership in samples.select_related("user"))
    assert not samples.filter(user__is_staff=True).exists()

    member, lapsed = (User.objects.get(email=email) for email in (people.MEMBER, people.LAPSED))
    assert (standing_of(member).status, standing_of(lapsed).status) == ("active", "lapsed")
    for article in Article.objects.select_related("issue"):
        assert decide(member, article).allowed
        assert decide(lapsed, article).allowed is bool(article.free_on(timezone.localdate()))


def test_dues_were_paid_over_two_years_and_one_membership_renews_by_itself(loaded):
    today = timezone.localdate()
    received = dues(ReportPeriod(months_before(today, 23), today)).file.rows
    assert len(received) == 24
    assert all(paid > 5_000 for *_, paid, _ in received[:-1])  # the last month may have just begun
    member = User.objects.get(email=people.MEMBER)
    orders = list(dues_orders(member))
    assert [order.status for order in orders] == ["paid"] * len(orders) != []
    assert {order.owed for order in orders} == {0}
    numbers = list(Invoice.objects.order_by("number").values_list("number", "issued_on"))
    assert (
        len({number for number, _ in numbers})
        == len(numbers)
        == Counter.objects.filter(series__startswith="INV").aggregate(sum=Sum("last"))["sum"]
    )
    assert all(number.startswith(f"INV-{on.year}-") for number, on in numbers)

    automatic = AutomaticRenewal.objects.on().select_related("membership").get()
    (row,) = [one for one in due_automatic(timezone.now() + timedelta(days=60)) if "Announce" in one.title]
    assert str(automatic.membership) in row.title


def test_every_article_is_whole_and_every_page_of_it_opens(loaded):
    member = Client()
    member.force_login(User.objects.get(email=people.MEMBER))

    for article in Article.objects.select_related("issue", "delivered"):
        assert article.sample, article
        assert article.doi.startswith("10.5555/"), article
        assert article.abstract, article
        assert article.plain_summary, article
        assert article.authors.exists(), article
        notes = [note for note in article.delivered.report["notes"] if "new type" not in note and "advance" not in note]
        assert notes == [], article
        assert article.body == "", article
        shown = member.get(article.get_absolute_url())
        if not is_out(article, timezone.localdate()):
            assert shown.status_code == 404, article
            continue
        content = shown.content.decode()
        assert content.count('<a class="zoom"') == article.delivered_files.filter(role="picture").count(), article
        assert "sample" in content
        assert "not delivered" not in content
    assert DeliveredFile.objects.filter(role="picture").count() == 12
    for file in DeliveredFile.objects.select_related("article"):
        assert len(b"".join(member.get(file.get_absolute_url()).streaming_content)) == file.size, file


def test_an_issue_is_still_being_put_together(loaded):
    issue = Issue.objects.get(published_on=None)

    assert [(one.slug, one.section) for one in lineup(issue)] == [
        ("pm-2026-1202", ""), ("pm-2026-1201", "Measured at home"), ("pm-2026-1203", "Measured at home"),
    ]  # fmt: skip
    assert Client().get(issue.get_absolute_url()).status_code == 404
    assert Client().get("/journal/article/pm-2026-1202/").status_code == 404
    assert not ArticleUsage.objects.filter(article__slug__in=["pm-2026-1202", "pm-2026-1203"]).exists()


def test_there_is_a_correction_a_retraction_and_an_article_ahead_of_its_issue(loaded):
    pages = {
        slug: Client().get(f"/journal/article/pm-2026-{slug}/").content.decode() for slug in ("1103", "1005", "1201")
    }

    assert "This article has been corrected." in pages["1103"]
    assert "<title>RETRACTED: Graded motor imagery" in pages["1005"]
    assert ">advance article</a>" in pages["1201"]
