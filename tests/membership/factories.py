"""People, categories, terms and articles for tests, with what the test does not say filled in."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from aapm_site.accounts.models import Profession, User
from membership.domain.memberships import next_member_number
from membership.journal.domain import articles
from membership.journal.models import Article, ArticleType, Figure, Issue
from membership.models import Application, CareerStage, Membership, Plan, Term

numbers = count(1)

BODY_CANARY = "CANARY-body-quokka"
REFERENCE_CANARY = "CANARY-reference-quokka"
CAPTION_CANARY = "CANARY-caption-quokka"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>CANARY-figure-quokka</text></svg>'


def day(days: int) -> date:
    """A day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def make_user(**fields: Any) -> User:
    number = next(numbers)
    fields.setdefault("first_name", "Lena")
    fields.setdefault("last_name", f"Okafor {number}")
    return User.objects.create_user(fields.pop("email", f"member{number}@example.org"), **fields)


def make_plan(**fields: Any) -> Plan:
    number = next(numbers)
    defaults = {
        "name": f"Category {number}",
        "slug": f"category-{number}",
        "summary": "For those who treat pain.",
        "eligibility": "You treat pain.",
        "dues": 100,
        "term_months": 12,
        "grace_days": 60,
    }
    return Plan.objects.create(**{**defaults, **fields})


def make_member(*terms: tuple[int, int], plan: Plan | None = None, user: User | None = None, **fields: Any) -> User:
    """A person with terms given in days from today: make_member((-10, 355)). Returned fresh, nothing kept on it."""
    user = user or make_user()
    plan = plan or make_plan()
    first = min((start for start, _ in terms), default=0)
    membership = Membership.objects.create(user=user, number=next_member_number(), joined_on=day(first), **fields)
    for start, end in terms:
        Term.objects.create(membership=membership, plan=plan, starts_on=day(start), ends_on=day(end))
    return User.objects.get(pk=user.pk)


def make_application(user: User | None = None, plan: Plan | None = None, **fields: Any) -> Application:
    defaults = {
        "first_name": "Tomás",
        "last_name": "Rivera",
        "profession": Profession.objects.get(slug="physician"),
        "career_stage": CareerStage.objects.get(slug="mid-career"),
        "state_code": "ME",
        "workplace": "Harbor Clinic",
        "training": "Residency in neurology.",
    }
    return Application.objects.create(user=user or make_user(), plan=plan or make_plan(), **{**defaults, **fields})


def make_issue(**fields: Any) -> Issue:
    defaults = {"volume": 27, "number": next(numbers), "published_on": day(-20)}
    return Issue.objects.create(**{**defaults, **fields})


def make_article(issue: Issue | None = None, authors: list[dict[str, Any]] | None = None, **fields: Any) -> Article:
    number = next(numbers)
    defaults = {
        "type": ArticleType.objects.get(slug="original-research"),
        "doi": f"10.5555/pm.2026.{number:04}",
        "title": f"Sleep and pain, part {number}",
        "first_page": 801,
        "last_page": 809,
        "published_on": day(-20),
        "keywords": "sleep, screening",
        "plain_summary": "People who sleep badly hurt more.",
        "abstract": "<p><strong>Objective.</strong> To ask about sleep.</p>",
        "body": f"<h2>Methods</h2><p>{BODY_CANARY}.<sup>1</sup></p>",
        "references": f"{REFERENCE_CANARY}. Sample J. 2024;1:1-2.",
    }
    article = Article(issue=issue or make_issue(), **{**defaults, **fields})
    if authors is None:
        authors = [{"given_name": "Lena", "family_name": "Okafor", "degrees": "MD"}]
    return articles.save_article(article, authors)


def make_figure(article: Article, **fields: Any) -> Figure:
    defaults = {
        "key": "fig1",
        "label": "Figure 1",
        "caption": CAPTION_CANARY,
        "alt": "Two lines that part.",
        "file": ContentFile(SVG, name="fig1.svg"),
    }
    return Figure.objects.create(article=article, **{**defaults, **fields})
