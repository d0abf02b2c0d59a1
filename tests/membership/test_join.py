"""Joining as people meet it: visitor, applicant, member; every page of an application belongs to its owner."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aapm_site.accounts.models import Profession, User
from membership.domain import applications
from membership.models import Application, CareerStage

from .factories import make_application, make_member, make_plan, make_user

pytestmark = pytest.mark.django_db


def pdf(name: str = "cv.pdf", content: bytes = b"%PDF-1.7 sample") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def filled(**changes) -> dict:
    return {
        "first_name": "Tomás",
        "last_name": "Rivera",
        "profession": Profession.objects.get(slug="physician").pk,
        "career_stage": CareerStage.objects.get(slug="mid-career").pk,
        "state_code": "ME",
        "workplace": "Harbor Clinic",
        "training": "Residency in neurology.",
        "agree_declaration_1": "on",
        **changes,
    }


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_address(plan) -> str:
    return reverse("membership:application-create", args=[plan.slug])


def test_the_join_page_lists_categories_and_marks_sample_dues(client):
    plan = make_plan(name="Physician", dues=485, sample=True)
    make_plan(name="Resident", dues=0, sample=True)
    honorary = make_plan(name="Honorary", dues=0, joinable=False)

    content = client.get("/membership/join/").content.decode()

    assert "$485" in content
    assert content.count("Sample dues") == 1
    assert content.count(">Free</span>") == 2
    assert "by invitation" in content
    assert form_address(plan) in content
    assert form_address(honorary) not in content


def test_a_visitor_is_led_to_an_account_and_back(client):
    address = form_address(make_plan())

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/signup/?next={address.replace('/', '%2F')}"


def test_by_invitation_has_no_form(client):
    client.force_login(make_user())

    assert client.get(form_address(make_plan(joinable=False))).status_code == 404


def test_an_applicant_sends_the_form_and_follows_the_application():
    user, plan = make_user(), make_plan()
    client = signed_in(user)
    assert "Lena" in client.get(form_address(plan)).content.decode()

    response = client.post(form_address(plan), {**filled(), "paper": pdf()}, follow=True)

    application = Application.objects.get()
    assert response.redirect_chain == [(application.get_absolute_url(), 302)]
    assert (application.user, application.plan, application.status) == (user, plan, "submitted")
    content = response.content.decode()
    assert "Your application has arrived" in content
    assert "We are reading it." in content
    assert "cv.pdf" in content
    assert application.get_absolute_url() in client.get("/membership/join/").content.decode()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"last_name": ""}, "Write your last name."),
        ({"agree_declaration_1": ""}, "Please confirm this;"),
        ({"workplace": "One\r\nBcc: all@example.org"}, "on one line"),
        ({"state_code": "ZZ"}, "Please choose from the list"),
        ({"training": "x" * 2001}, "Please shorten this to 2000 characters"),
    ],
)
def test_a_form_with_a_slip_comes_back_with_what_was_typed(changes, error):
    plan = make_plan()

    response = signed_in(make_user()).post(form_address(plan), filled(**changes))

    assert response.status_code == 422
    content = response.content.decode()
    assert error in content
    assert 'role="alert"' in content
    assert "Tomás" in content
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("paper", "error"),
    [
        (pdf(content=b"<html><script>alert(1)</script>"), "not a PDF"),
        (pdf(content=b"PK\x03\x04 a docx"), "not a PDF"),
        (pdf(content=b"%PDF-" + b"0" * (5 * 1024 * 1024)), "larger than 5 MB"),
        (pdf(content=b""), "empty"),
    ],
)
def test_a_paper_must_be_a_pdf_of_a_bearable_size(paper, error):
    response = signed_in(make_user()).post(form_address(make_plan()), {**filled(), "paper": paper})

    assert response.status_code == 422
    assert error in response.content.decode()


def test_the_form_takes_no_field_that_it_does_not_show():
    user, plan = make_user(), make_plan()
    extra = {"status": "approved", "user": "1", "decided_at": "2026-01-01", "plan": "1", "is_staff": "on"}

    signed_in(user).post(form_address(plan), filled(**extra))

    application = Application.objects.get()
    assert (application.status, application.user, application.plan, application.decided_at) == (
        "submitted",
        user,
        plan,
        None,
    )
    user.refresh_from_db()
    assert user.is_staff is False


@pytest.mark.parametrize("term", [(-10, 100), (-400, -10)])
def test_a_current_member_is_told_so_and_has_no_form(term):
    client, plan = signed_in(make_member(term)), make_plan()

    response = client.get(form_address(plan), follow=True)

    assert response.redirect_chain == [("/membership/join/", 302)]
    assert "You are a member already" in response.content.decode()
    assert form_address(plan) not in response.content.decode()


def pages_of(application: Application) -> list[str]:
    names = ("application-detail", "application-answer", "application-paper-add", "application-withdraw")
    paper = application.papers.create(file=pdf(), name="cv.pdf", size=9)
    return [
        *(reverse(f"membership:{name}", args=[application.public_id]) for name in names),
        reverse("membership:paper-detail", args=[paper.public_id]),
    ]


def test_an_application_exists_for_its_owner_only():
    application = make_application()
    stranger, member = signed_in(make_user()), signed_in(make_member((-10, 100)))

    for address in pages_of(application):
        for method in ("get", "post"):
            visitor = getattr(Client(), method)(address)
            assert visitor.status_code == 405 or visitor["Location"].startswith("/accounts/login/?next=")
            for client in (stranger, member):
                response = getattr(client, method)(address)
                assert response.status_code in {404, 405}, address
    assert Application.objects.get().status == "submitted"


@pytest.mark.parametrize("address", ["%00", "short", "x" * 17, "..%2f..%2f"])
def test_an_address_that_was_never_given_is_a_404(address):
    assert signed_in(make_user()).get(f"/membership/applications/{address}/").status_code == 404


def test_changes_need_a_post_with_a_token():
    application = make_application()
    client = Client(enforce_csrf_checks=True)
    client.force_login(application.user)
    address = reverse("membership:application-withdraw", args=[application.public_id])

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 403
    assert Application.objects.get().status == "submitted"


def test_withdrawing_asks_first_and_can_be_done_once():
    application = make_application()
    client = signed_in(application.user)
    address = reverse("membership:application-withdraw", args=[application.public_id])

    assert "Withdraw your application?" in client.get(address).content.decode()
    assert "is withdrawn" in client.post(address, follow=True).content.decode()
    assert "cannot become" in client.post(address, follow=True).content.decode()
    assert client.get(address).status_code == 302
    assert Application.objects.get().status == "withdrawn"


def test_the_applicant_reads_the_question_and_answers_it():
    application = applications.ask_for_information(
        make_application(), by=None, reason="Which state is your license from?"
    )
    client = signed_in(application.user)
    answer = reverse("membership:application-answer", args=[application.public_id])

    assert "Which state is your license from?" in client.get(application.get_absolute_url()).content.decode()
    assert client.post(answer, {"answer": " "}).status_code == 422
    response = client.post(answer, {"answer": "Maine.", "paper": pdf("license.pdf")}, follow=True)

    assert "is being read again" in response.content.decode()
    application.refresh_from_db()
    assert (application.status, application.papers.get().name) == ("submitted", "license.pdf")


def test_the_applicant_reads_why_it_was_declined():
    application = applications.decline_application(
        make_application(), by=None, reason="The Resident category <fits> better."
    )

    content = signed_in(application.user).get(application.get_absolute_url()).content.decode()

    assert "The Resident category &lt;fits&gt; better." in content
    assert "Withdraw the application" not in content


def test_a_paper_can_be_added_and_is_served_as_a_download():
    application = make_application()
    client = signed_in(application.user)
    address = reverse("membership:application-paper-add", args=[application.public_id])

    assert client.post(address, {"paper": pdf(content=b"no")}).status_code == 422
    assert "has been added" in client.post(address, {"paper": pdf()}, follow=True).content.decode()
    response = client.get(reverse("membership:paper-detail", args=[application.papers.get().public_id]))

    assert b"".join(response.streaming_content) == b"%PDF-1.7 sample"
    assert response["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("term", "sentence", "step"),
    [
        ((-10, 100), "You are a <em>member</em>, category Physician, until", "Read the Journal"),
        ((-360, 5), "You are a <em>member</em>, category Physician, until", "Renew your membership"),
        ((-400, -10), "everything stays open to you until", "Renew your membership"),
        ((-800, -400), "Your membership ended on", "Renew your membership"),
        ((-1500, -1100), "Your membership ended on", "Join again"),
        ((10, 300), "Your membership begins on", "Member number"),
    ],
)
def test_the_account_says_what_is_true_today_and_the_next_step(client, term, sentence, step):
    client.force_login(make_member(term, plan=make_plan(name="Physician")))

    content = client.get("/account/").content.decode()

    assert sentence in content
    assert step in content


def test_the_account_of_an_applicant_and_of_a_stranger(client):
    application = make_application()
    client.force_login(application.user)
    content = client.get("/account/").content.decode()
    assert "is <em>being read</em>" in content
    assert application.get_absolute_url() in content

    client.force_login(make_user())
    assert "You have no membership." in client.get("/account/").content.decode()
