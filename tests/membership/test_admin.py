"""Staff's pages: every one opens for the role it is for, decisions are buttons, and the answer to “why?”."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group as Role
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aapm_site.accounts.models import User
from aapm_site.core.days import UNBELIEVED
from membership.journal.models import Article, ArticleType
from membership.models import (
    Application,
    Group,
    GroupMember,
    Membership,
    Term,
    TermNotice,
)
from tests.house.access_admin import NEVER

from .factories import day, make_application, make_article, make_figure, make_issue, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def staff(role: str) -> Client:
    user = make_user(is_staff=True, is_superuser=role == "superuser")
    if role != "superuser":
        user.groups.add(Role.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def everything():
    user = make_member((-10, 100))
    group = Group.objects.create(slug="cancer-pain", name="Cancer pain")
    GroupMember.objects.create(group=group, membership=user.membership)
    TermNotice.objects.create(term=Term.objects.get(), step="before")
    make_figure(make_article())
    application = make_application()
    application.papers.create(file=SimpleUploadedFile("cv.pdf", b"%PDF-"), name="cv.pdf", size=5)


def registered() -> list[type]:
    return [model for model in admin.site._registry if model._meta.app_label == "membership"]


def test_the_admin_knows_the_rooms_tables():
    names = {model.__name__ for model in registered()}

    assert names == {
        "Application", "Article", "ArticleType", "Bundle", "CareerStage", "Collection", "ConsentText",
        "DirectoryEntry",
        "DirectoryMessage", "FinderQuestion", "Group", "GroupJoinRequest", "GroupLetter", "Issue",
        "MemberExport",
        "MemberFilter", "MemberImport", "MemberLetter", "MemberPaper", "Membership", "OfficeSending", "PastTerm",
        "Pause", "Plan", "PracticeSetting", "Reminder", "Resignation", "RobotAgent", "SeatReminder", "Subject",
        "TermNotice", "Viewing",
    }  # fmt: skip


def test_every_page_opens_for_the_administrator(everything):
    client = staff("superuser")

    for model in registered():
        name = f"admin:membership_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        found = model.objects.first()
        if found is not None:
            assert client.get(reverse(f"{name}_change", args=[found.pk])).status_code == 200, name
            assert client.get(reverse(f"{name}_history", args=[found.pk])).status_code == 200, name
        if model._meta.label_lower not in NEVER["add"]:
            assert client.get(reverse(f"{name}_add")).status_code == 200, name
        assert client.get(f"{reverse(f'{name}_changelist')}?q=a&e=1", follow=True).status_code == 200, name


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (
            "Membership staff",
            {"application", "articletype", "bundle", "careerstage", "consenttext", "directoryentry", "directorymessage",
             "finderquestion", "group", "groupjoinrequest", "groupletter", "issue", "memberexport",
             "memberfilter", "memberletter", "memberimport", "memberpaper", "membership", "officesending", "pastterm",
             "pause", "plan", "practicesetting", "reminder", "resignation", "seatreminder", "termnotice", "viewing"},
        ),
        ("Journal editor", {"article", "articletype", "collection", "issue", "robotagent", "subject"}),
        ("Content editor", set()),
        ("Careers staff", set()),
        ("Finance", {"bundle"}),
    ],
)  # fmt: skip
def test_each_role_sees_its_own_tables(role, may):
    client = staff(role)

    opened = {
        model._meta.model_name
        for model in registered()
        if client.get(reverse(f"admin:membership_{model._meta.model_name}_changelist")).status_code == 200
    }

    assert opened == may


def decide_address(application: Application, verb: str) -> str:
    return reverse("admin:membership_application_decide", args=[application.pk, verb])


def test_staff_approve_with_a_button_and_a_confirmation():
    application = make_application(plan=make_plan(dues=0))
    client = staff("Membership staff")
    page = client.get(reverse("admin:membership_application_change", args=[application.pk])).content.decode()

    for label in ("Approve…", "Ask for more…", "Decline…"):
        assert label in page
    assert "Withdraw…" not in page
    assert "a member from today" in client.get(decide_address(application, "approve")).content.decode()
    assert not Membership.objects.exists()
    client.post(decide_address(application, "approve"))

    assert Application.objects.get().status == "approved"
    assert Membership.objects.get().user == application.user


def test_declining_without_a_reason_is_asked_again():
    application = make_application()
    client = staff("Membership staff")

    response = client.post(decide_address(application, "decline"), {"reason": ""})

    assert response.status_code == 422
    assert Application.objects.get().status == "submitted"


@pytest.mark.parametrize("role", ["Journal editor", "Content editor", "Finance"])
def test_other_roles_decide_nothing_and_read_no_paper(role):
    application = make_application()
    paper = application.papers.create(file=SimpleUploadedFile("cv.pdf", b"%PDF-"), name="cv.pdf", size=5)
    client = staff(role)

    assert client.post(decide_address(application, "approve")).status_code in {403, 404, 302}
    assert client.get(reverse("membership:paper-detail", args=[paper.public_id])).status_code == 404
    assert Application.objects.get().status == "submitted"


def test_a_status_cannot_be_posted():
    application = make_application()

    staff("superuser").post(
        reverse("admin:membership_application_change", args=[application.pk]), {"status": "approved", "first_name": "X"}
    )

    application.refresh_from_db()
    assert (application.status, application.first_name) == ("submitted", "Tomás")


def test_staff_add_a_member_who_gets_a_number_and_refuse_overlapping_terms():
    user, plan, client = make_user(), make_plan(), staff("Membership staff")
    form = {
        "user": user.pk, "joined_on": day(0), "state_code": "ME", "career_stage": "", "practice_setting": "",
        "terms-TOTAL_FORMS": 2, "terms-INITIAL_FORMS": 0,
        "terms-0-plan": plan.pk, "terms-0-starts_on": day(0), "terms-0-ends_on": day(364),
        "terms-0-source": "given", "terms-1-source": "honorary",
        "terms-1-plan": plan.pk, "terms-1-starts_on": day(300), "terms-1-ends_on": day(400),
    }  # fmt: skip

    refused = client.post(reverse("admin:membership_membership_add"), form)
    slip = form | {"terms-TOTAL_FORMS": 1, "terms-0-ends_on": day(36_865)}  # a century, by a slip in the year
    assert "Is the year right?" in client.post(reverse("admin:membership_membership_add"), slip).content.decode()
    form |= {"terms-1-starts_on": day(365)}
    client.post(reverse("admin:membership_membership_add"), form)

    assert refused.status_code == 200
    assert "overlap" in refused.content.decode()
    membership = Membership.objects.get()
    assert membership.number >= 10_001
    assert membership.terms.count() == 2


def test_an_editor_adds_an_article_with_its_slug_and_byline():
    issue = make_issue()
    form = {
        "title": "A <b>new</b> paper", "issue": issue.pk, "type": ArticleType.objects.first().pk,
        "doi": "10.5555/pm.2026.9001",
        "first_page": 1, "last_page": 2, "published_on": day(-1), "abstract": "<p>Yes<script>x()</script></p>",
        "authors-TOTAL_FORMS": 1, "authors-INITIAL_FORMS": 0, "authors-0-order": 1, "authors-0-given_name": "Lena",
        "authors-0-family_name": "Okafor", "figures-TOTAL_FORMS": 0, "figures-INITIAL_FORMS": 0,
    }  # fmt: skip

    response = staff("Journal editor").post(reverse("admin:membership_article_add"), form)

    assert response.status_code == 302, response.content
    article = Article.objects.get()
    assert (article.slug, article.byline, article.abstract) == ("pm-2026-9001", "Lena Okafor", "<p>Yes</p>")
    assert "A &lt;b&gt;new&lt;/b&gt; paper" in Client().get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01"])
def test_no_row_keeps_a_day_of_another_age(far):
    client = staff("superuser")

    def days_of(name: str, typed: dict) -> list[list[str]]:
        """The days that were refused on the form and in the tables below it."""
        answer = client.post(reverse(f"admin:membership_{name}_add"), typed)
        assert answer.status_code == 200
        found = answer.context["adminform"].form, *answer.context["inline_admin_formsets"][0].formset.forms
        return [sorted(field for field, words in form.errors.items() if words == [UNBELIEVED]) for form in found]

    term = {"terms-TOTAL_FORMS": 1, "terms-INITIAL_FORMS": 0, "terms-0-starts_on": far, "terms-0-ends_on": far}
    none = {f"{table}-{count}_FORMS": 0 for table in ("authors", "figures") for count in ("TOTAL", "INITIAL")}
    dates = {"published_on": far, "received_on": far, "accepted_on": far}
    assert days_of("membership", {"joined_on": far, **term}) == [["joined_on"], ["ends_on", "starts_on"]]
    assert days_of("article", {**dates, **none}) == [["accepted_on", "published_on", "received_on"]]
    assert issue_refusal(client, far) == [UNBELIEVED]


def issue_refusal(client: Client, day: str) -> list[str]:
    """What the form of an issue says of this day of publication."""
    answer = client.post(reverse("admin:membership_issue_add"), {"published_on": day})
    return answer.context["adminform"].form.errors.get("published_on", [])


@pytest.mark.parametrize("day", ["1900-01-01", "1999-12-31", "2018-12-14", "2199-12-31"])
def test_the_days_of_an_archive_are_believed(day):
    assert issue_refusal(staff("superuser"), day) == []


class TestWhy:
    address = "/admin/membership/membership/why/"

    def ask(self, client: Client, **query) -> str:
        return client.get(self.address, query).content.decode()

    def test_the_answer_for_an_article(self):
        article, member, lapsed = make_article(), make_member((-10, 100)), make_member((-900, -400))
        client = staff("Membership staff")

        yes = self.ask(
            client, person=member.email, what="article", article=f"https://x.org{article.get_absolute_url()}"
        )
        no = self.ask(client, person=str(lapsed.membership.number), what="article", article=article.doi)

        assert f"Yes, {member.display_name} may read it" in yes
        assert f"No, {lapsed.display_name} may not read it" in no
        assert "Your membership ended on" in no
        assert "Renew your membership" in no

    def test_the_answer_for_a_page_a_group_and_another_day(self):
        Group.objects.create(slug="cancer-pain", name="Cancer pain")
        member, client = make_member((-10, 100)), staff("Membership staff")

        assert "Yes, " in self.ask(client, person=member.email, what="members")
        assert "No, " in self.ask(client, person=member.email, what="members", on=day(200).isoformat())
        assert "which you do not belong to" in self.ask(client, person=member.email, what="group:cancer-pain").replace(
            "&#x27;", "'"
        )

    @pytest.mark.parametrize(
        ("query", "error"),
        [
            ({"person": "nobody@example.org", "what": "members"}, "Nobody here"),
            ({"person": "99999999999999999999", "what": "members"}, "Nobody here"),
            ({"person": "", "what": "members"}, "Please fill this in."),
            ({"person": "x", "what": "everything"}, "Please choose from the list"),
        ],
    )
    def test_a_slip_is_named(self, query, error):
        assert error in self.ask(staff("Membership staff"), **query)

    def test_an_unknown_article_is_named(self):
        member = make_member((-10, 100))

        assert "no such article" in self.ask(
            staff("superuser"), person=member.email, what="article", article="/nowhere/"
        )

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("Membership staff", 200),
            ("Journal editor", 200),
            ("superuser", 200),
            ("Finance", 403),
            ("Careers staff", 403),
        ],
    )
    def test_who_may_ask(self, role, status):
        assert staff(role).get(self.address).status_code == status

    def test_a_member_may_not(self, client):
        client.force_login(make_member((-10, 100)))

        assert client.get(self.address).status_code == 302


def test_staff_need_their_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = True
    client = staff("Membership staff")

    assert client.get(reverse("admin:membership_membership_changelist")).status_code == 302
    Authenticator.objects.create(user=User.objects.get(is_staff=True), type="totp", data={"secret": "x"})
    assert apps.is_installed("membership")
