"""The lists of the desk: named for what they hold, sorted by what waits longest, without numbers to be looked up."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, RelatedFieldWidgetWrapper
from django.forms import Select
from django.forms.renderers import get_default_renderer
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from aapm_site.accounts.models import User
from aapm_site.core import roles
from aapm_site.core.background.due import due_work
from aapm_site.core.models import Hold
from aapm_site.mail.models import OutgoingEmail
from aapm_site.mail.states import EmailState
from careers.models import Employer, Job
from content.domain import questions
from content.models import Question
from membership.models import Membership
from tests.careers.factories import make_employer
from tests.content.asking import asked
from tests.factories import staff_client
from tests.membership.factories import make_application

# Tables of words that staff write, a few dozen at most; entries of a menu are those of one menu.
SHORT_LISTS = {
    "Body",
    "FinderQuestion",
    "MemberFilter",
    *("Profession", "Specialty", "Topic", "ResourceTopic", "Category", "Plan", "CareerStage", "PracticeSetting"),
    *("ArticleType", "MenuItem", "Group", "Permission"),
}
pytestmark = pytest.mark.django_db


def listed(client, address):
    return [row.pk for row in client.get(address).context["cl"].result_list]


def test_a_list_bears_the_name_of_what_it_lists():
    boss = staff_client()
    for model, owner in admin.site._registry.items():
        page = boss.get(
            f"/admin/{model._meta.app_label}/{model._meta.model_name}/", follow=True
        )  # one leads to its row
        assert "Select " not in page.context["title"], owner


def test_deleting_is_nowhere_the_first_action_of_a_list():
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    offered = {
        owner: [name for name, _ in owner.get_action_choices(request)] for owner in admin.site._registry.values()
    }
    with_delete = {owner: names for owner, names in offered.items() if "delete_selected" in names}
    assert {names[-1] for names in with_delete.values()} == {"delete_selected"}
    assert len(offered) > len(with_delete) > 5


@pytest.mark.parametrize("model", [Employer, Membership])
def test_what_is_closed_is_deleted_by_nobody(model):
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    owner = admin.site._registry[model]
    assert (owner.has_view_permission(request), owner.has_delete_permission(request)) == (True, False)


def test_no_red_cross_stands_beside_a_choice():
    field = Job._meta.get_field("employer")
    widget = RelatedFieldWidgetWrapper(Select(), field.remote_field, admin.site, can_delete_related=True)
    shown = get_default_renderer().render(widget.template_name, {**widget.get_context("employer", 1, {}), "name": "x"})
    assert "delete" not in shown.lower()
    assert "change_id_" in get_default_renderer().render(
        widget.template_name, {**widget.get_context("employer", 1, {}), "can_change_related": True}
    )


def test_no_form_lists_a_table_that_grows(monkeypatch):
    """Short lists of words are chosen from; what grows by people's work is found by its words."""
    monkeypatch.setattr("content.admin.parents.MOST_PARENTS", -1)  # pages are listed while they are few
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True)
    request.resolver_match = resolve("/admin/")
    forms = []
    for owner in admin.site._registry.values():
        forms.append((owner.get_form(request, None, change=True), ""))
        for one in owner.get_inline_instances(request):
            table = one.get_formset(request, None)
            forms.append((table.form, table.fk.name))  # what leads to the row that the table stands in is no choice
    wide = {
        f"{form._meta.model.__name__}.{name}"
        for form, above in forms
        for name, field in form.base_fields.items()
        if name != above and grows(field)
    }
    assert wide == set()


def grows(field):
    chosen_from = getattr(field, "queryset", None)
    widget = getattr(field.widget, "widget", field.widget)
    searched = isinstance(widget, AutocompleteMixin) or widget.is_hidden
    return chosen_from is not None and not searched and chosen_from.model.__name__ not in SHORT_LISTS


def test_nobody_has_to_know_a_number():
    """A row that stands in another one's form is found by its words."""
    owners = [*admin.site._registry.values()]
    inlines = [inline for owner in owners for inline in owner.inlines]
    assert [type(one).__name__ for one in [*owners, *inlines] if getattr(one, "raw_id_fields", ())] == []


def test_applications_that_wait_come_oldest_first():
    now = timezone.now()
    rows = [make_application(submitted_at=now - timedelta(days=days)) for days in (1, 4, 2)]
    address = "/admin/membership/application/?status__exact=submitted"
    assert listed(staff_client(roles.MEMBERSHIP_STAFF), address) == [rows[1].pk, rows[2].pk, rows[0].pk]


def test_questions_that_wait_come_urgent_ones_then_the_oldest_first():
    now = timezone.now()
    rows = []
    for days, urgent in ((1, False), (5, False), (2, True)):
        row = asked(question=f"Question of day {days}?")
        Question.objects.filter(pk=row.pk).update(asked_at=now - timedelta(days=days), is_urgent=urgent)
        rows.append(row.pk)
    closed = asked(question="Never mind?")
    questions.close_question(closed, by=None, reason="None needed.")

    address = "/admin/content/question/?status__exact=new"
    assert listed(staff_client(roles.CONTENT_EDITOR), address) == [rows[2], rows[1], rows[0]]


def test_letters_that_did_not_arrive_come_oldest_first():
    now = timezone.now()
    rows = [
        OutgoingEmail.objects.create(
            to="amara@example.org",
            message_id=f"<{days}@example.org>",
            state=EmailState.FAILED,
            kind="careers",
            created_at=now - timedelta(days=days),
        )
        for days in (1, 6, 3)
    ]
    address = "/admin/mail/outgoingemail/?letters=undelivered"
    assert listed(staff_client(roles.CAREERS_STAFF), address) == [rows[1].pk, rows[2].pk, rows[0].pk]


# Whether an employer is verified is a decision ------------------------------------------------------------------------
def test_an_employer_is_verified_by_a_decision_with_who_when_and_why():
    employer, client = make_employer(verified=False), staff_client(roles.CAREERS_STAFF)
    change, verify, unverify = (
        f"/admin/careers/employer/{employer.pk}/{page}/" for page in ("change", "verify", "unverify")
    )
    form = client.get(change).text
    assert (f'value="{verify}"' in form, f'value="{unverify}"' in form, 'name="verified"' in form) == (
        True,
        False,
        False,
    )

    assert client.post(verify, {"reason": " "}).status_code == 422
    client.post(change, {"name": employer.name, "slug": employer.slug, "kind": employer.kind, "verified": "on"})
    assert not Employer.objects.get().verified
    client.post(verify, {"reason": "Called the number in the state's register."})

    assert Employer.objects.get().verified
    history = client.get(f"/admin/careers/employer/{employer.pk}/history/").text
    assert "Called the number in the state" in history
    assert client.user.display_name in history or client.user.email in history
    assert client.post(verify, {"reason": "Once more."}).status_code == 422
    client.post(unverify, {"reason": "The address belongs to somebody else."})
    assert not Employer.objects.get().verified
    assert staff_client(roles.FINANCE).post(verify, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("press", "said"),
    [
        ({"action": "delete_selected"}, "no row was chosen. Tick at least one"),
        ({"action": "", "_selected_action": ["1"]}, "choose first what to do with the rows"),
    ],
)
def test_a_press_without_a_choice_is_answered_in_our_words(press, said):
    answer = staff_client().post("/admin/content/topic/", {"index": "0", **press}, follow=True)
    assert said in answer.text
    assert "Items must be selected" not in answer.text
    assert "No action selected" not in answer.text


def test_questions_are_not_deleted_by_the_list():
    question = asked()
    boss = staff_client()
    assert "delete_selected" not in boss.get("/admin/content/question/").text
    press = {"action": "delete_selected", "_selected_action": [question.pk], "post": "yes", "index": "0"}
    boss.post("/admin/content/question/", press)
    assert Question.objects.filter(pk=question.pk).exists()


def test_due_work_that_is_held_stands_there_in_words():
    Hold.objects.create(work="mail", key="1", reason="Wait")
    Hold.objects.create(work="gone-room", key="2", reason="Wait")
    page = staff_client().get("/admin/core/hold/").text
    label = due_work.get("mail").label
    assert page.count(f'<td class="field-work_words">{label}</td>') + page.count(f">{label}</a></th>") == 1
    assert ">gone-room<" in page
    assert f'<a href="?work=mail">{label}</a>' in page
    assert len(staff_client().get("/admin/core/hold/?work=mail").context["cl"].result_list) == 1
