"""An application that is begun: kept, left, taken up by the mailed link, sent once, reminded of once, forgotten."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aapm_site.accounts.domain import privacy
from aapm_site.core.background import due
from aapm_site.core.files import private
from aapm_site.core.models import Retention
from aapm_site.core.retention import forget_old, write_missing_rows
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import application_drafts, applications
from membership.domain.application_drafts import DraftOvertaken, draft_address, token_of
from membership.models import Application, ApplicationDraft, ApplicationPaper, Membership, Plan
from tests import factories
from tests.racing import at_once

from .factories import day, make_application, make_member, make_plan
from .test_join import filled, pdf

pytestmark = pytest.mark.django_db
TYPED = {"first_name": ["Priya"], "training": ["Residency, half of it."]}


def make_draft(user: Any = None, plan: Plan | None = None, typed: Any = None) -> ApplicationDraft:
    return application_drafts.begin_draft(user or factories.user(), plan or make_plan(), typed or TYPED)


def browser_of(draft: ApplicationDraft) -> Client:
    return factories.client_of(draft.user)


def address(draft: ApplicationDraft, verb: str = "", **more: Any) -> str:
    return reverse(f"membership:draft{verb}", kwargs={"public_id": draft.public_id, **more})


def test_what_is_typed_is_kept_as_it_is_and_nobody_is_written_to():
    person, plan = factories.user(), make_plan()
    browser = factories.client_of(person)

    told = browser.post(f"/membership/join/{plan.slug}/keep/", {"first_name": "Pri\x00ya", "status": "approved"}).json()

    draft = ApplicationDraft.objects.get()
    assert (draft.user, draft.plan, draft.fields) == (person, plan, {"first_name": ["Priya"]})
    assert told == {"version": token_of(draft), "save": address(draft, "-keep"), "edit": address(draft)}
    more = browser.post(told["save"], {"first_name": "Priya", "training": "Half", "version": told["version"]}).json()
    assert more["version"] != told["version"]
    page = browser.get(told["edit"])
    assert 'value="Priya"' in page.text
    assert ">\nHalf</textarea>" in page.text
    assert 'role="alert"' not in page.text
    assert OutgoingEmail.objects.count() == Application.objects.count() == 0


def test_without_scripts_a_press_saves_and_mails_the_link_once():
    person, plan = factories.user(), make_plan()
    browser, form = factories.client_of(person), f"/membership/join/{plan.slug}/"

    said = browser.post(form, {"first_name": "Priya", "draft": "yes", "paper": pdf("cv.pdf")}, follow=True)

    draft = ApplicationDraft.objects.get()
    assert said.redirect_chain == [(address(draft), 302)]
    assert "mailed you a link" in said.text
    assert "cv.pdf" in said.text
    token = said.context["token"]
    again = browser.post(address(draft), {"first_name": "Lena", "draft": "yes", "version": token}, follow=True)
    assert "Saved. You can go on" in again.text
    (letter,) = OutgoingEmail.objects.all()
    assert (letter.to, letter.template, letter.secret) == (person.email, "membership/application_draft", True)
    assert "Priya" not in letter.text
    assert browser.get(form)["Location"] == address(draft)


def test_a_paper_that_is_none_is_refused_and_the_words_are_saved():
    draft = make_draft()
    data = {"first_name": "Lena", "draft": "yes", "version": token_of(draft), "paper": pdf(content=b"no")}

    answer = browser_of(draft).post(address(draft), data)

    assert answer.status_code == 422
    assert "Your words are saved. The paper is not: This is not a PDF." in answer.text
    assert ApplicationDraft.objects.get().fields == {"first_name": ["Lena"]}
    assert not draft.papers.exists()


def test_the_link_opens_it_without_signing_in_and_sends_it():
    draft = make_draft(plan=make_plan(name="Physician"))
    application_drafts.add_draft_paper(draft, pdf("license.pdf"))
    application_drafts.mail_link(draft)
    link = re.search(r"https?://\S+/membership/resume/\S+", OutgoingEmail.objects.get().text)
    visitor = Client()
    assert visitor.get(address(draft))["Location"].startswith("/accounts/login/?next=")

    page = visitor.get(link[0], follow=True)
    assert page.redirect_chain == [(address(draft), 302)]
    assert "Residency, half of it." in page.text
    assert (
        page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        or "no-store" in page["Cache-Control"]
    )
    sent = visitor.post(address(draft), {**filled(), "version": page.context["token"], "paper": pdf()})

    application = Application.objects.get()
    assert sent["Location"] == application.get_absolute_url()
    assert (application.user, application.status) == (draft.user, "submitted")
    assert [paper.name for paper in application.papers.all()] == ["license.pdf", "cv.pdf"]
    with application.papers.first().file.open() as kept:
        assert kept.read() == b"%PDF-1.7 sample"
    assert not ApplicationDraft.objects.exists()
    over = visitor.get(link[0])
    assert over.status_code == 404
    assert "was sent, or deleted" in over.text


@pytest.mark.parametrize("signed", ["forged", "a:b", "%00", "x" * 3_000])
def test_a_forged_link_opens_nothing(signed):
    make_draft()
    assert Client().get(f"/membership/resume/{signed}/").status_code == 404


def test_the_link_opens_nothing_for_somebody_else_who_is_signed_in_nor_for_a_closed_account():
    draft, other = make_draft(), factories.client_of(factories.user())
    assert "belongs to another account" in other.get(draft_address(draft)).text
    assert other.get(address(draft)).status_code == 404

    visitor = Client()
    visitor.get(draft_address(draft))
    assert visitor.get(address(draft)).status_code == 200
    draft.user.is_active = False
    draft.user.save()
    assert visitor.get(address(draft)).status_code == 404
    assert Client().get(draft_address(draft)).status_code == 404


def test_a_draft_exists_for_its_owner_only_and_nothing_of_it_changes():
    draft = make_draft()
    paper = application_drafts.add_draft_paper(draft, pdf())
    before = list(ApplicationDraft.objects.values())
    doors = [address(draft, verb) for verb in ("", "-keep", "-category", "-link", "-delete")]
    doors.append(address(draft, "-paper-remove", paper_id=paper.public_id))
    stranger, own_paper = factories.client_of(factories.user()), make_draft()

    for door in doors:
        assert stranger.post(door, {"plan": draft.plan.slug, "draft": "yes"}).status_code == 404, door
        assert Client().post(door)["Location"].startswith("/accounts/login/"), door
    browser_of(own_paper).post(address(own_paper, "-paper-remove", paper_id=paper.public_id))

    assert list(ApplicationDraft.objects.filter(pk=draft.pk).values()) == before
    assert draft.papers.count() == 1


def test_of_two_windows_the_second_is_told_and_keeps_its_words_by_a_second_press():
    draft = make_draft()
    browser, stale = browser_of(draft), token_of(draft)
    application_drafts.keep_typed(draft, {"first_name": ["First window"]}, token=stale)

    quiet = browser.post(address(draft, "-keep"), {"first_name": "Second", "version": stale})
    assert quiet.status_code == 409
    assert quiet.json()["see"] == address(draft)
    told = browser.post(address(draft), {"first_name": "Second", "draft": "yes", "version": stale})
    assert told.status_code == 409
    assert "in another window meanwhile" in told.text
    assert 'value="Second"' in told.text
    assert ApplicationDraft.objects.get().fields == {"first_name": ["First window"]}
    browser.post(address(draft), {"first_name": "Second", "draft": "yes", "version": told.context["token"]})
    assert ApplicationDraft.objects.get().fields == {"first_name": ["Second"]}


def test_a_window_that_did_not_see_the_last_save_does_not_send():
    draft = make_draft()
    stale = token_of(draft)
    application_drafts.keep_typed(draft, {"first_name": ["First window"]}, token=stale)

    answer = browser_of(draft).post(address(draft), filled(version=stale))

    assert answer.status_code == 409
    assert "Harbor Clinic" in answer.text
    assert not Application.objects.exists()


def test_a_new_form_beside_a_draft_overwrites_nothing():
    draft = make_draft()
    answer = browser_of(draft).post(f"/membership/join/{draft.plan.slug}/", filled(draft="yes"))
    assert answer.status_code == 409
    assert answer.context["form_at"] == address(draft)
    assert "Harbor Clinic" in answer.text
    assert ApplicationDraft.objects.get().fields == TYPED


def test_what_the_page_kept_while_the_button_was_pressed_is_sent_without_a_word():
    person, plan = factories.user(), make_plan()
    browser, form = factories.client_of(person), f"/membership/join/{plan.slug}/"
    browser.post(f"{form}keep/", filled())

    assert browser.post(form, filled(version=""))["Location"] == Application.objects.get().get_absolute_url()


def test_what_is_missing_does_not_make_an_old_window_a_new_one():
    draft = make_draft()
    stale = token_of(draft)
    application_drafts.keep_typed(draft, {"first_name": ["First window"]}, token=stale)
    browser = browser_of(draft)
    page = browser.post(address(draft), filled(version=stale, last_name=""))
    assert (page.status_code, page.context["token"]) == (422, stale)
    assert browser.post(address(draft), filled(version=stale)).status_code == 409


def test_sent_twice_it_is_one_application_and_the_second_press_leads_there():
    draft = make_draft()
    browser, data = browser_of(draft), filled(version=token_of(draft))
    first, second = (browser.post(address(draft), data) for _ in range(2))
    application = Application.objects.get()
    assert first["Location"] == second["Location"] == application.get_absolute_url()
    assert browser.post(address(draft, "-keep"), data)["Location"] == application.get_absolute_url()


def test_the_same_words_serve_another_category():
    draft, other, closed = make_draft(), make_plan(name="Resident"), make_plan(joinable=False)
    browser = browser_of(draft)

    assert "Use it for Resident" in browser.get(f"/membership/join/{other.slug}/").text
    browser.post(address(draft, "-category"), {"plan": closed.slug})
    assert ApplicationDraft.objects.get().plan == draft.plan
    browser.post(address(draft, "-category"), {"plan": other.slug})
    assert ApplicationDraft.objects.filter(plan=other, fields=TYPED).exists()


def test_it_holds_five_papers_and_each_can_be_taken_away(django_capture_on_commit_callbacks):
    draft = make_draft()
    papers = [application_drafts.add_draft_paper(draft, pdf()) for _ in range(5)]
    with pytest.raises(NotAllowed, match="5 papers at most"):
        application_drafts.add_draft_paper(draft, pdf())

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(draft).post(address(draft, "-paper-remove", paper_id=papers[0].public_id))

    assert draft.papers.count() == 4
    assert not private.storage().exists(papers[0].file.name)


def test_a_sixth_paper_with_the_last_press_keeps_the_words_and_says_why():
    draft = make_draft()
    for _ in range(5):
        application_drafts.add_draft_paper(draft, pdf())
    answer = browser_of(draft).post(address(draft), {**filled(version=token_of(draft)), "paper": pdf()})
    assert answer.status_code == 422
    assert "5 papers at most" in answer.text
    assert "Harbor Clinic" in answer.text
    assert not Application.objects.exists()


def test_erasing_the_person_erases_it_with_its_papers(django_capture_on_commit_callbacks):
    draft = make_draft()
    paper = application_drafts.add_draft_paper(draft, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(draft.user)
    assert not ApplicationDraft.objects.exists()
    assert not private.storage().exists(paper.file.name)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"training": ["x" * 20_001]}, "more than we can keep"),
        ({"training": ["x"], **{f"agree_{'a' * 40}_{number}": ["on"] for number in range(500)}}, "more than we can"),
    ],
)
def test_too_much_is_refused_in_words(typed, why):
    with pytest.raises(NotAllowed, match=why):
        make_draft(typed=typed)
    draft = make_draft()
    answer = browser_of(draft).post(
        address(draft),
        {**{name: value[0] for name, value in typed.items()}, "draft": "yes", "version": token_of(draft)},
    )
    assert answer.status_code == 422
    assert why in answer.text
    assert f">\n{typed['training'][0]}</textarea>" in answer.text


def test_saved_without_end_it_is_asked_to_wait_and_no_word_is_lost(monkeypatch):
    monkeypatch.setattr(application_drafts, "SAVES", 2)
    draft, other = make_draft(), make_draft()
    browser, token = browser_of(draft), token_of(draft)
    for words in ("One", "Two"):
        token = browser.post(address(draft, "-keep"), {"training": words, "version": token}).json()["version"]

    refused = browser.post(address(draft, "-keep"), {"training": "Three", "version": token})
    press = browser.post(address(draft), {"training": "Three", "version": token, "draft": "yes"})

    assert (refused.status_code, refused["Retry-After"], refused.json()["again"]) == (429, "60", 60)
    assert (press.status_code, press.context["token"]) == (429, token)
    assert "nothing is lost" in press.text
    assert ">\nThree</textarea>" in press.text
    draft.refresh_from_db()
    assert draft.fields == {"training": ["Two"]}
    ours = browser_of(other).post(address(other, "-keep"), {"training": "Else", "version": token_of(other)})
    assert ours.status_code == 200  # each person is counted by themselves
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert browser.post(address(draft, "-keep"), {"training": "Three", "version": token}).status_code == 200


def test_three_windows_that_save_as_fast_as_a_page_does_are_never_refused():
    script = Path("static/js/modules/autosave.js").read_text()
    pause = int(re.search(r"const PAUSE = ([\d_]+);", script)[1]) / 1_000
    assert 3 * application_drafts.SAVES_IN / pause < application_drafts.SAVES


def test_who_could_not_send_it_cannot_begin_it():
    for person in (make_member((-10, 100)), make_application().user):
        with pytest.raises(NotAllowed):
            make_draft(user=person)


def test_the_account_and_the_join_page_lead_back_to_it():
    draft = make_draft(plan=make_plan(name="Physician"))
    for page in ("/account/", "/membership/join/"):
        assert f'href="{address(draft)}"' in browser_of(draft).get(page).text


def test_the_link_is_mailed_three_times_a_day_at_most():
    draft = make_draft()
    browser = browser_of(draft)
    said = [browser.post(address(draft, "-link"), follow=True).text for _ in range(4)]
    assert ["We have mailed you the link." in text for text in said] == [True, True, True, False]
    assert OutgoingEmail.objects.count() == 3


# The clock ------------------------------------------------------------------------------------------------------------
def test_one_letter_reminds_and_it_says_when_the_draft_goes():
    draft, now = make_draft(), timezone.now()
    for days, letters in ((6, 0), (8, 1), (9, 1), (20, 1)):
        with time_machine.travel(now + timedelta(days=days)):
            due.run_due(timezone.now())
        assert OutgoingEmail.objects.count() == letters, days
    letter = OutgoingEmail.objects.get()
    until = timezone.localdate(now) + timedelta(days=29)
    assert letter.secret
    assert f"{until:%B} {until.day}, {until.year}" in letter.text
    link = re.search(r"/membership/resume/(\S+)/", letter.text)
    assert link is not None
    assert application_drafts.draft_by_link(link[1]) == draft


def test_nobody_is_reminded_of_what_they_go_on_with_or_cannot_get():
    going_on, closed, nowhere = make_draft(), make_draft(), make_draft()
    type(closed.user).objects.filter(pk=closed.user.pk).update(is_active=False)
    type(closed.user).objects.filter(pk=nowhere.user.pk).update(email=None)
    later = timezone.now() + timedelta(days=8)
    with time_machine.travel(later - timedelta(days=1)):
        application_drafts.keep_typed(going_on, {"first_name": ["Lena"]}, token=token_of(going_on))
    with time_machine.travel(later):
        assert list(application_drafts.due_drafts(later)) == []
        application_drafts.remind_of_draft(str(going_on.pk))
    assert OutgoingEmail.objects.count() == 0


def test_after_thirty_days_it_goes_with_its_papers(django_capture_on_commit_callbacks):
    write_missing_rows()
    old, new = make_draft(), make_draft()
    paper = application_drafts.add_draft_paper(old, pdf())
    ApplicationDraft.objects.filter(pk=old.pk).update(changed_at=timezone.now() - timedelta(days=31))

    with django_capture_on_commit_callbacks(execute=True):
        forget_old(timezone.now())

    assert list(ApplicationDraft.objects.all()) == [new]
    assert not private.storage().exists(paper.file.name)
    Retention.objects.filter(name="application-drafts").update(days=45)
    assert application_drafts.kept_until(new) == timezone.localdate(new.changed_at + timedelta(days=44))


def test_deleting_asks_first():
    draft = make_draft()
    browser = browser_of(draft)
    assert "Delete what you have begun?" in browser.get(address(draft, "-delete")).text
    assert ApplicationDraft.objects.exists()
    browser.post(address(draft, "-delete"))
    assert not ApplicationDraft.objects.exists()
    assert browser.get(address(draft)).status_code == 404


# The end of training --------------------------------------------------------------------------------------------------
@pytest.fixture
def residents() -> Plan:
    return make_plan(name="Resident or fellow", dues=0, steps_up_to=make_plan(name="Physician", dues=485))


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("", "Write the last day of your training"),
        ("June", "Write a day, such as"),
        (str(day(-1)), "This day is past. If your training is over, the category Physician"),
        (str(day(366 * 20)), "within 12 years of today"),
        ("9999-12-31", "That is not a day we can use"),
    ],
)
def test_residents_are_asked_when_their_training_ends(residents, ends, said):
    browser = factories.client_of(factories.user())
    answer = browser.post(f"/membership/join/{residents.slug}/", filled(training_ends_on=ends))
    assert answer.status_code == 422
    assert said in answer.text


def test_the_day_becomes_the_members_and_the_renewal_leads_up(residents):
    person = factories.user()
    ends = day(200)
    browser = factories.client_of(person)
    browser.post(f"/membership/join/{residents.slug}/", filled(training_ends_on=str(ends)))

    applications.approve_application(Application.objects.get(), by=None)

    membership = Membership.objects.get(user=person)
    assert membership.training_ends_on == ends
    with time_machine.travel(timezone.now() + timedelta(days=350)):
        assert "Physician" in factories.client_of(person).get("/membership/mine/").text


def test_other_categories_do_not_ask():
    plan = make_plan()
    browser = factories.client_of(factories.user())
    assert "training_ends_on" not in browser.get(f"/membership/join/{plan.slug}/").text


# Two at once ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_two_windows_that_begin_at_once_one_draft_is_made_and_the_other_is_told():
    person, plan = factories.user(), make_plan()
    outcomes = at_once(*[lambda words=words: make_draft(person, plan, {"first_name": [words]}) for words in "ab"])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ApplicationDraft", "DraftOvertaken"]
    assert ApplicationDraft.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told_and_of_two_sends_one_arrives():
    draft, sample = make_draft(), make_application()
    fields = {name: getattr(sample, name) for name in ("first_name", "last_name", "profession", "career_stage")}
    fields |= {"state_code": "ME", "workplace": "Harbor Clinic", "training": "Residency."}
    token = token_of(draft)

    saved = at_once(
        *[
            lambda words=words: application_drafts.keep_typed(draft, {"first_name": [words]}, token=token)
            for words in "ab"
        ]
    )
    assert sorted(type(outcome).__name__ for outcome in saved) == ["ApplicationDraft", "DraftOvertaken"]

    application_drafts.add_draft_paper(draft, SimpleUploadedFile("cv.pdf", b"%PDF-1.4"))
    token = token_of(ApplicationDraft.objects.get())
    sent = at_once(*[lambda: application_drafts.send_draft(draft, {}, token=token, **fields)] * 2)
    assert sorted(type(outcome).__name__ for outcome in sent) == ["Application", "NotAllowed"]
    assert Application.objects.filter(user=draft.user).count() == ApplicationPaper.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sending_and_saving_at_once_leave_one_application_and_no_draft():
    draft, sample = make_draft(), make_application()
    fields = {name: getattr(sample, name) for name in ("first_name", "last_name", "profession", "career_stage")}
    fields |= {"state_code": "ME", "workplace": "Harbor Clinic", "training": "Residency."}
    token = token_of(draft)

    outcomes = at_once(
        lambda: application_drafts.send_draft(draft, {}, token=token, **fields),
        lambda: application_drafts.keep_typed(draft, {"first_name": ["Later"]}, token=token),
    )

    sent, kept = outcomes
    if isinstance(sent, Application):  # the save came too late
        assert isinstance(kept, NotAllowed)
        assert not ApplicationDraft.objects.exists()
    else:  # the words that were saved last have not been seen by whoever sent
        assert isinstance(sent, DraftOvertaken)
        assert ApplicationDraft.objects.get().fields == {"first_name": ["Later"]}
