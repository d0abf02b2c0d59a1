"""A box that staff tick says a fact or a wish. What is decided goes by an action, with who, when and why."""

import pytest
from django.contrib import admin
from django.forms import BooleanField
from django.urls import resolve

from tests import factories

pytestmark = pytest.mark.django_db

SAMPLE = "a fact: it was made up, and pages say so"
OFFERED = "a wish of the room itself: whether it is offered from now on"
TICKS = {
    "accounts.User.is_active": "by superusers alone; a person's account is closed and opened in their history",
    "accounts.User.is_staff": "by superusers alone; colleagues come by an invitation",
    "accounts.User.is_superuser": "by superusers alone; colleagues come by an invitation",
    "billing.Coupon.is_active": OFFERED,
    "billing.Letterhead.is_sample": SAMPLE,
    "core.Association.is_sample": SAMPLE,
    "careers.Employer.is_sample": SAMPLE,
    "careers.Job.featured": "a fact of the posting that was used",
    "careers.Package.featured": "a fact of what is sold",
    "careers.Package.is_active": OFFERED,
    "careers.Package.is_sample": SAMPLE,
    "content.HistoryYear.is_sample": SAMPLE,
    "content.Officer.is_sample": SAMPLE,
    "content.Contributor.is_person": "a fact: a person, or an organization",
    "content.Page.clinical": "a fact of the text, which asks for a reviewer",
    "content.Page.every_year": "a fact of the day",
    "content.Page.for_patients": "a fact of the text",
    "content.Page.show_toc": "how the page looks",
    "content.Picture.is_decorative": "a fact of the picture",
    "content.Resource.is_published": OFFERED,
    "content.BestBet.is_on": OFFERED,
    "content.Synonym.is_on": OFFERED,
    "content.Urgency.is_on": OFFERED,
    "membership.Collection.is_published": OFFERED,
    "membership.ConsentText.is_on": OFFERED,
    "membership.Article.free_to_read": "a fact of the article",
    "membership.Article.is_advance": "a fact of the article",
    "membership.Article.sample": SAMPLE,
    "membership.ArticleAuthor.is_corresponding": "a fact of the article",
    "membership.Issue.sample": SAMPLE,
    "membership.MemberFilter.is_shared": "a wish of its owner, whose list it is",
    "membership.Plan.is_prorated": "a fact of what the category costs",
    "membership.Plan.joinable": OFFERED,
    "membership.Plan.reads_journal": "what the plan holds",
    "membership.Plan.sample": SAMPLE,
    "membership.Reminder.is_on": OFFERED,
    "membership.SeatReminder.is_on": OFFERED,
}


def ticks(request) -> set[str]:
    """The boxes of every form of the admin, and of the tables below, that a superuser may tick."""
    found = set()
    for model, own in admin.site._registry.items():
        forms = [(model, own.get_form(request))] if own.has_add_permission(request) else []
        if own.has_change_permission(request):
            forms.append((model, own.get_form(request, model(), change=True)))
            tables = own.get_inline_instances(request)
            forms += [(one.model, one.get_formset(request).form) for one in tables if one.max_num != 0]
        for at, form in forms:
            found |= {
                f"{at._meta.label}.{name}"
                for name, field in form.base_fields.items()
                if isinstance(field, BooleanField) and name in {one.name for one in at._meta.concrete_fields}
            }
    return found


def test_a_tick_is_a_fact_or_a_wish(rf):
    request = rf.get("/admin/")
    request.user, request.resolver_match = factories.staff_user(), resolve("/admin/")
    assert ticks(request) == set(TICKS)
