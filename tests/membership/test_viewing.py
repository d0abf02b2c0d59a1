"""Staff look as a member: they see what the member sees, do nothing, and leave a trace of each page."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.http import HttpResponse
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person, export_person
from aapm_site.accounts.models import User
from aapm_site.core import roles
from aapm_site.core.http import view_counts
from aapm_site.core.transitions import NotAllowed
from membership import middleware
from membership.domain.viewing import LASTS, start_viewing
from membership.models import Membership, ViewedPage, Viewing
from membership.views import directory
from tests import factories

from .factories import BODY_CANARY, make_article, make_member, make_user

pytestmark = pytest.mark.django_db
WHY = {"reason": "They called: an article does not open."}


@pytest.fixture
def member():
    return make_member((-10, 300), user=make_user(first_name="Ines"))


@pytest.fixture
def colleague():
    return factories.staff_user(roles.MEMBERSHIP_STAFF)


@pytest.fixture
def desk(colleague):
    return factories.staff_client(person=colleague)


def look(desk, person) -> Viewing:
    membership = Membership.objects.get(user=person)
    answer = desk.post(f"/admin/membership/membership/{membership.pk}/view-as/", WHY)
    assert answer["Location"] == "/membership/mine/"
    return Viewing.objects.get(ended_at=None)


def test_the_whole_look(desk, colleague, member):
    article = make_article()
    assert BODY_CANARY not in desk.get(article.get_absolute_url()).content.decode()  # the role gives no right to read
    own_session = dict(desk.session)
    looked = look(desk, member)
    text = desk.get("/membership/mine/").content.decode()
    assert f"You see this as {member.display_name} sees it" in text
    assert BODY_CANARY in (read := desk.get(article.get_absolute_url())).content.decode()
    assert read["Cache-Control"] == "private, no-store"
    assert desk.get("/admin/").status_code == 403

    ended = desk.post("/membership/viewing/end/")
    assert ended["Location"] == f"/admin/membership/membership/{Membership.objects.get().pk}/change/"
    assert BODY_CANARY not in desk.get(article.get_absolute_url()).content.decode()
    assert desk.get("/admin/").status_code == 200
    assert {k: v for k, v in desk.session.items() if k in own_session and k[0] != "_"} == {
        k: v for k, v in own_session.items() if k[0] != "_"
    }
    looked.refresh_from_db()
    assert (looked.viewer, looked.person, looked.reason) == (colleague, member, WHY["reason"])
    assert looked.ended_at
    rows = list(looked.pages.values_list("method", "path", "answer"))
    assert rows == [
        ("GET", "/membership/mine/", 200), ("GET", article.get_absolute_url(), 200), ("GET", "/admin/", 403)
    ]  # fmt: skip
    staff_page = factories.staff_client(person=colleague).get(f"/admin/membership/viewing/{looked.pk}/change/")
    assert article.get_absolute_url() in staff_page.content.decode()


def test_the_member_finds_it_in_the_export_and_erasure_takes_it(desk, colleague, member):
    look(desk, member)
    desk.get("/membership/mine/?q=typed")
    (told,) = export_person(member)["membership"]["looks_as_you"]
    assert (told["by"], told["why"]) == (str(colleague), WHY["reason"])
    assert [one["page"] for one in told["pages"]] == ["/membership/mine/"]
    erase_person(member)
    assert (Viewing.objects.count(), ViewedPage.objects.count()) == (0, 0)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_nobody_looks_without_a_reason(desk, member, reason):
    membership = Membership.objects.get()
    assert desk.post(f"/admin/membership/membership/{membership.pk}/view-as/", {"reason": reason}).status_code == 422
    assert not Viewing.objects.exists()


@pytest.mark.parametrize("change", [{"is_staff": True}, {"is_superuser": True}, {"is_active": False}])
def test_nobody_looks_as_staff_or_as_somebody_who_cannot_sign_in(colleague, member, change):
    User.objects.filter(pk=member.pk).update(**change)
    with pytest.raises(NotAllowed):
        start_viewing(User.objects.get(pk=member.pk), by=colleague, reason="Why")
    with pytest.raises(NotAllowed):
        start_viewing(colleague, by=colleague, reason="Why")


def _over(looked, member, colleague):
    Viewing.objects.update(ends_at=timezone.now(), begun_at=F("begun_at") - timedelta(minutes=20))


def _ended(looked, member, colleague):
    Viewing.objects.update(ended_at=timezone.now())


def _made_staff(looked, member, colleague):
    User.objects.filter(pk=member.pk).update(is_staff=True)


def _without_account(looked, member, colleague):
    User.objects.filter(pk=member.pk).update(is_active=False)


def _without_right(looked, member, colleague):
    colleague.groups.clear()


def _of_a_colleague(looked, member, colleague):
    Viewing.objects.update(viewer=factories.staff_user())


def _gone(looked, member, colleague):
    Viewing.objects.all().delete()


@pytest.mark.parametrize(
    "happens", [_over, _ended, _made_staff, _without_account, _without_right, _of_a_colleague, _gone]
)
def test_what_ends_a_look(desk, member, colleague, happens):
    looked = look(desk, member)
    happens(looked, member, colleague)
    refused = desk.post("/account/profile/", {"first_name": "Typed for the member"})
    assert refused.status_code == 403  # and is not sent as the colleague
    assert User.objects.get(pk=colleague.pk).first_name == colleague.first_name
    text = desk.get("/account/").content.decode()
    assert "You see this as" not in text
    assert middleware.KEY not in desk.session


def test_a_look_lasts_some_minutes_and_the_next_ends_it(colleague, member):
    first = start_viewing(member, by=colleague, reason="Why")
    assert first.ends_at - first.begun_at == LASTS
    start_viewing(make_member(), by=colleague, reason="Why")
    assert Viewing.objects.filter(ended_at=None).count() == 1


def test_the_banner_stands_on_pages_that_are_not_there_too(desk, member):
    look(desk, member)
    missing = desk.get("/no-such-page/")
    assert (missing.status_code, "You see this as" in missing.content.decode()) == (404, True)


# --- attacks --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "way",
    [
        "/admin/", "/admin/membership/membership/", "/accounts/login/", "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/", "/accounts/email/", "/accounts/2fa/", "/accounts/sessions/", "/account/security/",
        "/account/profile/", "/account/data/", "/account/data/export/", "/account/services/", "/account/mail/",
        "/connect/authorize/", "/connect/userinfo/", "/career-center/saved/", "/career-center/profile/",
        "/journal/saved/", "/checkout/",
    ],
)  # fmt: skip
def test_what_is_the_members_alone_stays_closed(desk, member, way):
    look(desk, member)
    answer = desk.get(way)
    page = answer.content.decode()
    assert (answer.status_code, "Closed while you look as a member" in page) == (403, True)
    assert ("search for a position is their private matter" in page) is way.startswith("/career-center/")


@pytest.mark.parametrize(
    "way",
    [
        "/membership/mine/stay/",
        "/membership/mine/category/keep/",
        "/account/data/delete/",
        "/accounts/logout/",
        "/ask/",
    ],
)
def test_nothing_is_sent_as_the_member(desk, member, way):
    look(desk, member)
    assert desk.post(way, {"reason": "x"}).status_code == 403
    for method in ("put", "patch", "delete", "options"):
        assert getattr(desk, method)(way).status_code == 405


def test_a_page_that_would_write_is_refused_and_writes_nothing(desk, member, monkeypatch):
    look(desk, member)

    def careless(request, *args, **kwargs):
        User.objects.filter(pk=request.user.pk).update(first_name="Written")
        return HttpResponse("written")

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", lambda *_: (careless, (), {}))
    answer = desk.get("/membership/mine/")
    assert answer.status_code == 403
    assert ViewedPage.objects.last().answer == 403
    assert User.objects.get(pk=member.pk).first_name == "Ines"


def test_a_file_is_not_shown(desk, member, monkeypatch):
    look(desk, member)
    monkeypatch.setattr(
        "django.core.handlers.base.BaseHandler.resolve_request",
        lambda *_: (lambda request: HttpResponse(b"%PDF", content_type="application/pdf"), (), {}),
    )
    answer = desk.get("/membership/mine/")
    assert (answer.status_code, b"%PDF" in answer.content) == (403, False)


def test_the_members_session_is_an_empty_one(desk, member, monkeypatch):
    look(desk, member)
    seen = {}

    def curious(request):
        seen.update(dict(request.session), staff=request.user.acts_as_staff, who=request.user.pk)
        request.session["left"] = "behind"
        return HttpResponse("<p>Seen</p>")

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", lambda *_: (curious, (), {}))
    desk.get("/membership/mine/")
    assert seen == {"staff": False, "who": member.pk}
    assert "left" not in desk.session


def test_what_is_looked_at_is_not_counted(desk, member):
    look(desk, member)
    view_counts._pending.clear()
    desk.get(make_article().get_absolute_url(), headers={"User-Agent": "Mozilla/5.0"})
    assert not view_counts._pending


def test_pages_of_the_directory_are_counted_for_the_colleague_and_not_for_the_member(
    colleague, member, rf, monkeypatch
):
    monkeypatch.setattr(directory, "PAGES_AN_HOUR", 2)
    request = rf.get("/membership/directory/")
    request.user, request.viewing = member, start_viewing(member, by=colleague, reason="They called.")
    assert [directory.reads_slowly(request) for _ in range(3)] == [True, True, False]
    del request.viewing
    assert directory.reads_slowly(request)


def test_only_with_the_right_to_it(member):
    membership = Membership.objects.get()
    for role, status in ((roles.FINANCE, 403), (roles.CONTENT_EDITOR, 403)):
        client = factories.staff_client(role)
        assert client.post(f"/admin/membership/membership/{membership.pk}/view-as/", WHY).status_code == status
    assert factories.client_of(member).post("/membership/viewing/end/")["Location"] == "/"
    assert not Viewing.objects.exists()


def test_nobody_ends_the_look_of_a_colleague(desk, colleague, member):
    looked = look(desk, member)
    other = factories.staff_client()
    session = other.session
    session[middleware.KEY] = looked.pk
    session.save()
    assert "You see this as" not in other.get("/membership/mine/").content.decode()
    other.post("/membership/viewing/end/")
    looked.refresh_from_db()
    assert looked.ended_at is None
