"""The one mechanism behind every action of the admin, on an admin of its own: holds whose reason can be changed."""

import pytest
from django import forms
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import path, reverse

from aapm_site.core.admin.action_forms import ActionForm
from aapm_site.core.admin.actions import ActionOutcome, ActionsAdmin, AdminAction, MoveAction
from aapm_site.core.admin.site import StaffSite
from aapm_site.core.models import Hold
from aapm_site.core.roles import CONTENT_EDITOR
from aapm_site.core.transitions import NotAllowed
from aapm_site.urls import urlpatterns as site_urls
from membership.domain import applications
from membership.models import Application
from membership.states import ApplicationStatus
from tests.factories import staff_client
from tests.membership.factories import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

RELEASED = "Released: there is nothing to say any more."


class WordsForm(ActionForm):
    words = forms.CharField(max_length=20)

    def mark(self) -> str:
        return Hold.objects.get(pk=self.subject.pk).reason


def _say(hold: Hold, form: WordsForm, by: object) -> ActionOutcome:
    """Writes before it refuses, so that a refusal has something to take back."""
    hold.reason = form.cleaned_data["words"]
    hold.save()
    if hold.reason == "forbidden":
        raise NotAllowed("Not this word.")
    if hold.reason == "invalid":
        raise ValidationError("Nor this one.")
    return ActionOutcome((f"Said by {by.email}.",), sums=str(len(hold.reason)))


def _refusal(hold: Hold) -> str:
    return RELEASED if hold.reason == "released" else ""


SAY = AdminAction(
    verb="say-why",
    label="Say why",
    permission="core.change_hold",
    words=("It is written beside the work.",),
    refusal=_refusal,
    form=WordsForm,
    unusual=lambda hold, form: form.cleaned_data["words"] == "unusual",
    do=_say,
)
HIDDEN = AdminAction(
    verb="hidden", label="Not offered", permission="core.change_hold", is_offered=lambda hold: False, do=_say
)


class HoldActionsAdmin(ActionsAdmin):
    ordering = ("key",)
    object_actions = (SAY, HIDDEN)
    list_actions = (SAY,)


DECLINE = MoveAction(
    verb="decline",
    to=ApplicationStatus.DECLINED,
    label="Decline",
    permission="membership.decide_application",
    do=applications.decline_application,
)


class ApplicationActionsAdmin(ActionsAdmin):
    ordering = ("pk",)
    object_actions = list_actions = (DECLINE,)


staff = StaffSite()
staff.register(Hold, HoldActionsAdmin)
staff.register(Application, ApplicationActionsAdmin)
urlpatterns = [path("admin/", staff.urls), *site_urls]


@pytest.fixture
def boss():
    return staff_client()


def make_hold(reason: str = "first", key: str = "1") -> Hold:
    return Hold.objects.create(work="mail", key=key, reason=reason)


def page(hold: Hold, verb: str = "say_why") -> str:
    return reverse(f"admin:core_hold_{verb}", args=[hold.pk])


def reason_of(hold: Hold) -> str:
    return Hold.objects.get(pk=hold.pk).reason


def test_get_asks_and_changes_nothing_and_post_does_it(boss):
    hold = make_hold()
    change = boss.get(page(hold, "change")).text
    assert (f'value="{page(hold)}" form="hold_form">Say why…' in change, page(hold, "hidden") in change) == (
        True,
        False,
    )

    asked = boss.get(page(hold))
    assert (asked.status_code, "It is written beside the work." in asked.text) == (200, True)
    assert reason_of(hold) == "first"
    done = boss.post(page(hold), {"words": "second", "seen": asked.context["form"].initial["seen"]}, follow=True)

    assert done.redirect_chain == [(page(hold, "change"), 302)]
    assert [str(message) for message in done.context["messages"]] == [f"Said by {boss.user.email}."]
    assert reason_of(hold) == "second"


def test_who_may_not_is_refused_and_is_offered_nothing(boss):
    hold, other = make_hold(), staff_client(CONTENT_EDITOR)

    assert [other.get(page(hold)).status_code, other.post(page(hold), {"words": "second"}).status_code] == [403, 403]
    assert other.get(f"/admin/core/hold/{hold.pk + 1}/say-why/").status_code == 403  # whether there is one or not
    assert boss.get(f"/admin/core/hold/{hold.pk + 1}/say-why/").status_code == 404
    assert reason_of(hold) == "first"


@pytest.mark.urls("aapm_site.urls")
@pytest.mark.parametrize("model", ["careers_job", "billing_order"])
def test_a_verb_that_is_none_is_not_there(boss, model):
    address = reverse(f"admin:{model}_decide", args=[1, "nonsense"])
    assert [boss.get(address).status_code, boss.post(address).status_code] == [404, 404]


def test_a_page_that_somebody_has_overtaken_is_refused_with_what_was_typed(boss):
    hold = make_hold()
    seen = boss.get(page(hold)).context["form"].initial["seen"]
    Hold.objects.update(reason="meanwhile")

    late = boss.post(page(hold), {"words": "typed words", "seen": seen})

    assert (late.status_code, 'value="typed words"' in late.text) == (422, True)
    assert "It has changed since you opened this page." in late.text
    assert reason_of(hold) == "meanwhile"
    assert boss.post(page(hold), late.context["form"].data).status_code == 422  # pressing again does not help


@pytest.mark.parametrize(("word", "said"), [("forbidden", "Not this word."), ("invalid", "Nor this one.")])
def test_what_the_domain_refuses_is_said_and_leaves_nothing_behind(boss, word, said):
    hold = make_hold()

    answer = boss.post(page(hold), {"words": word})

    assert (answer.status_code, said in answer.text, f'value="{word}"' in answer.text) == (422, True, True)
    assert reason_of(hold) == "first"


def test_what_cannot_be_pressed_now_leads_back_with_the_reason(boss):
    hold = make_hold("released")
    assert page(hold) not in boss.get(page(hold, "change")).text

    for answer in (boss.get(page(hold), follow=True), boss.post(page(hold), {"words": ""}, follow=True)):
        assert answer.redirect_chain == [(page(hold, "change"), 302)]
        assert [str(message) for message in answer.context["messages"]] == [RELEASED]

    typed = boss.post(page(hold), {"words": "second"})

    assert typed.status_code == 422
    assert RELEASED in typed.text
    assert 'value="second"' in typed.text or ">\nsecond</textarea>" in typed.text
    assert reason_of(hold) == "released"


def test_what_is_unusual_is_rehearsed_and_done_when_it_was_agreed_to(boss):
    hold = make_hold()

    for agreed in ({}, {"agreed": ""}, {"agreed": "6"}):
        asked = boss.post(page(hold), {"words": "unusual", **agreed})
        assert (asked.status_code, asked.context["outcome"].said) == (200, (f"Said by {boss.user.email}.",))
        assert "Nothing has been done yet." in asked.text
        assert reason_of(hold) == "first"
    assert boss.post(page(hold), {"words": "unusual", "agreed": asked.context["outcome"].sums}).status_code == 302

    assert reason_of(hold) == "unusual"


# Several objects, chosen in the list ----------------------------------------------------------------------------------
def chosen(client, rows, action=SAY, at="core/hold", **data):
    ids = [row.pk for row in rows]
    return client.post(f"/admin/{at}/", {"action": action.verb, ACTION_CHECKBOX_NAME: ids, **data})


def test_several_are_done_each_by_itself_and_what_was_refused_is_named(boss):
    holds = [make_hold(key="1"), make_hold("released", key="2"), make_hold(key="3")]
    asked = chosen(boss, holds)
    assert (asked.status_code, "mail 2" in asked.text) == (200, True)
    assert chosen(boss, holds, confirmed="1", words="").status_code == 422
    assert [reason_of(hold) for hold in holds] == ["first", "released", "first"]

    done = chosen(boss, holds, confirmed="1", words="second")

    messages = boss.get(done["Location"]).context["messages"]
    assert [str(message) for message in messages] == ["2 holds changed.", f"Not changed: mail 2: {RELEASED}"]
    assert [reason_of(hold) for hold in holds] == ["second", "released", "second"]


def test_one_that_fails_halfway_takes_no_other_back(boss):
    holds = [make_hold(key="1"), make_hold(key="2")]

    done = chosen(boss, holds, confirmed="1", words="forbidden")

    messages = boss.get(done["Location"]).context["messages"]
    assert [str(message) for message in messages] == [
        "Not changed: mail 1: Not this word.", "Not changed: mail 2: Not this word.",
    ]  # fmt: skip
    assert [reason_of(hold) for hold in holds] == ["first", "first"]


def test_a_move_of_several_is_one_step_of_each(boss):
    fresh, decided = make_application(), make_application()
    applications.decline_application(decided, by=None, reason="Not a physician.")

    def told(reason):
        done = chosen(boss, [fresh, decided], DECLINE, "membership/application", confirmed="1", reason=reason)
        return [str(message).split(": ")[-1] for message in boss.get(done["Location"]).context["messages"]]

    already = "this is now “Declined”."
    assert told("") == ["Please give a reason; the person concerned will read it.", already]
    assert told("No papers.") == ["1 application changed.", already]
    assert [change.reason for change in fresh.status_changes.all()] == ["No papers."]


def test_in_the_list_it_is_offered_to_those_who_may():
    make_hold()
    viewer = staff_client(CONTENT_EDITOR)
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_hold"))
    assert "Say why…" not in viewer.get("/admin/core/hold/").text
    viewer.user.user_permissions.add(Permission.objects.get(codename="change_hold"))
    assert "Say why…" in viewer.get("/admin/core/hold/").text
    assert "Say why…" not in viewer.get("/admin/core/hold/?_popup=1").text
