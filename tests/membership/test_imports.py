"""Lists of members from elsewhere: read, checked line by line, looked at, applied once, and brought again."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aapm_site.accounts.domain.privacy import erase_person, export_person
from aapm_site.accounts.models import User
from aapm_site.core.roles import CAREERS_STAFF, MEMBERSHIP_STAFF
from aapm_site.core.transitions import NotAllowed
from aapm_site.mail.models import OutgoingEmail
from membership.domain import member_imports, memberships
from membership.models import ImportedLine, MemberImport, Membership, Term
from tests.accounts.conftest import mailed_code  # noqa: F401 - a fixture
from tests.factories import staff_client, user
from tests.racing import at_once

from .factories import make_member, make_plan, make_user

pytestmark = pytest.mark.django_db

HEAD = "Member number,E-mail,First name,Last name,Degrees,State,Member since,Category,Term from,Term to"
AMARA = "104217,Amara@Example.org,Amara,Okafor,MD,new york,2011-05-01,Physician,2026-01-01,2026-12-31"
BO = "104218,,Bo,Łódzki,,,,,,"


@pytest.fixture(autouse=True)
def plan():
    return make_plan(name="Physician", slug="physician", grace_days=45, reads_journal=False)


def bring(*lines: str, head: str = HEAD, by=None) -> MemberImport:
    made = member_imports.upload_members("\n".join([head, *lines]).encode(), "list.csv", by=by)
    return member_imports.choose_columns(made, made.columns, made.date_order)


def applied(*lines: str, **more) -> MemberImport:
    made = bring(*lines, **more)
    assert member_imports.apply_members(made)
    made.refresh_from_db()
    return made


def reasons(made: MemberImport) -> dict[int, list[str]]:
    return {line.line: line.reasons for line in member_imports.wrong_lines(made)}


def changes(made: MemberImport) -> dict[int, list[list[str]]]:
    return {line.line: line.changes for line in made.lines.filter(outcome__in=["new", "changed"])}


def test_people_become_members_with_their_terms():
    made = applied(AMARA, BO)

    amara, bo = Membership.objects.select_related("user").order_by("number")
    assert (amara.number, amara.user.email, amara.state_code, amara.joined_on) == (
        104217, "amara@example.org", "NY", date(2011, 5, 1),
    )  # fmt: skip
    term = Term.objects.get()
    assert (term.source, term.starts_on, term.ends_on) == ("imported", date(2026, 1, 1), date(2026, 12, 31))
    assert (term.grace_days, term.reads_journal) == (45, False)
    assert (bo.user.full_name, bo.user.email, bo.joined_on) == ("Bo Łódzki", "", timezone.localdate())
    assert made.counts == {"new": 2}
    assert not OutgoingEmail.objects.exists()


def test_nothing_changes_before_it_is_applied_and_nothing_by_a_second_run():
    made = bring(AMARA, BO)
    assert not Membership.objects.exists()
    assert member_imports.apply_members(made)
    events = {name: apps.get_model("membership", name).objects.count() for name in ("MembershipEvent", "TermEvent")}

    again = bring(AMARA, BO)

    assert again.counts == {"unchanged": 2}
    assert member_imports.refusal_to_apply(again).startswith("There is nothing to apply")
    assert member_imports.apply_members(again)
    assert events == {"MembershipEvent": 2, "TermEvent": 1}
    assert {name: apps.get_model("membership", name).objects.count() for name in events} == events


def test_what_changes_is_shown_with_what_it_was():
    applied(AMARA)
    made = bring(AMARA.replace("Amara,Okafor,MD,new york", "Amara,Okafor-Silva,,CA").replace("2026-", "2027-"))

    assert changes(made) == {
        2: [
            ["Last name", "Okafor", "Okafor-Silva"],
            ["State", "NY", "CA"],
            ["Term", "", "Physician, 2027-01-01 to 2027-12-31"],
        ]
    }
    assert member_imports.apply_members(made)
    member = Membership.objects.get()
    assert (member.user.last_name, member.user.degrees, member.state_code) == ("Okafor-Silva", "MD", "CA")
    assert member.terms.count() == 2


def test_an_imported_person_opens_the_account_by_a_code_without_an_invitation(client, mailed_code):  # noqa: F811
    applied(AMARA)
    assert not EmailAddress.objects.get(email="amara@example.org").verified

    client.post("/accounts/login/code/", {"email": "amara@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code("login_code")})

    assert client.get("/account/").status_code == 200


def test_the_name_of_somebody_who_has_signed_in_is_their_own():
    person = make_user(email="amara@example.org", first_name="Amarachi", last_name="", last_login=timezone.now())
    applied(AMARA)
    person.refresh_from_db()
    assert (person.first_name, person.last_name, person.membership.number) == ("Amarachi", "Okafor", 104217)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",,Ida,Holm,,,,,,", "Neither a member number nor an e-mail address says who this is."),
        ("12x,,Ida,Holm,,,,,,", "The member number “12x” is not a whole number."),
        ("99999999999,,Ida,Holm,,,,,,", "The member number “99999999999” is not a whole number."),
        ("7,ida at home,Ida,Holm,,,,,,", "“ida at home” is not an e-mail address."),
        ("7,İda@example.org,Ida,Holm,,,,,,", "“İda@example.org” is not an e-mail address."),
        ("7,,Ida,,,,,,,", "A new member needs a last name."),
        ("7,,Ida,#N/A,,,,,,", "“#N/A” is an error of the spreadsheet, not the last name."),
        ("7,,Ida,--,,,,,,", "“--” cannot be the last name."),
        (f"7,,{'I' * 81},Holm,,,,,,", "The first name is longer than 80 letters."),
        ("7,,Ida,Holm,,Atlantis,,,,", "There is no state “Atlantis”."),
        ("7,,Ida,Holm,,,,Druid,2026-01-01,2026-12-31", "There is no category “Druid”."),
        ("7,,Ida,Holm,,,,Physician,2026-02-30,2026-12-31", "Term from: “2026-02-30” is not a day that there is, "),
        ("7,,Ida,Holm,,,0001-01-01,,,", "Member since: the year 0001 cannot be."),
        ("7,,Ida,Holm,,,2150-01-01,,,", "Member since: 2150-01-01 is still to come."),
        ("7,,Ida,Holm,,,,Physician,2026-12-31,2026-01-01", "The term ends before it begins."),
        ("7,,Ida,Holm,,,,Physician,2026-01-01,", "A term needs a category, a first and a last day."),
    ],
)
def test_a_wrong_line_says_why_and_the_others_are_applied(line, said):
    made = applied(line, AMARA)
    assert list(reasons(made)) == [2]
    assert any(reason.startswith(said) for reason in reasons(made)[2])
    assert Membership.objects.get().number == 104217


def test_names_in_every_script_and_numbers_with_noughts():
    applied("0007,,王,芳,,,,,,", "8,,Ἀθηνᾶ,Παπαδοπούλου,,,,,,", "9,,محمد,الخطيب,,,,,,")
    assert [(one.number, one.user.full_name) for one in Membership.objects.order_by("number")] == [
        (7, "王 芳"),
        (8, "Ἀθηνᾶ Παπαδοπούλου"),
        (9, "محمد الخطيب"),
    ]


def test_of_the_same_person_thrice_the_first_line_is_applied():
    made = applied(AMARA, AMARA, "104217,,Somebody,Else,,,,,,", ",AMARA@example.org,Third,Time,,,,,,")
    assert reasons(made) == {
        3: ["The same member number as line 2."],
        4: ["The same member number as line 2."],
        5: ["The same e-mail address as line 2."],
    }
    again = bring(AMARA, ",amara@example.org,,,,,,,,")
    assert reasons(again) == {3: ["The same person as line 2."]}
    assert User.objects.get().full_name == "Amara Okafor"


def test_what_does_not_fit_what_we_know_is_wrong():
    applied(AMARA)
    other = make_member((-10, 100), user=make_user(email="other@example.org"))
    closed = memberships.close_membership(make_member((-10, 100)).membership)
    made = bring(
        "104217,other@example.org,,,,,,,,",
        f"{closed.number},,,,,CA,,,,",
    )
    assert reasons(made) == {
        2: ["This e-mail address belongs to another person."],
        3: ["This membership is closed. Open it again first."],
    }
    assert reasons(bring("5,other@example.org,,,,,,,,")) == {
        2: [f"This person is member no. {other.membership.number} already."]
    }
    overlap = bring("104217,new@example.org,,,,,,Physician,2026-12-31,2027-12-30")
    assert reasons(overlap)[2] == [
        "This member signs in with another address; change it on the person’s page.",
        "The term overlaps one that stands: 2026-01-01 to 2026-12-31, Physician.",
    ]


def test_somebody_without_an_address_gets_the_one_of_the_list():
    applied(BO)
    made = applied(BO.replace("104218,,", "104218,bo@example.org,"))
    assert changes(made) == {2: [["E-mail", "", "bo@example.org"]]}
    assert EmailAddress.objects.get().user == User.objects.get(email="bo@example.org")


def test_numbers_that_are_given_afterwards_go_past_those_of_the_list():
    far = memberships.next_member_number() + 1_000
    applied(f"{far},,Ida,Holm,,,,,,", ",new@example.org,Neu,Wagner,,,,,,")
    assert Membership.objects.get(user__email="new@example.org").number == far + 1
    assert memberships.next_member_number() == far + 2


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("03/31/2026", "mdy"),
        ("31/03/2026", "dmy"),
        ("2026-3-31", "ymd"),
        ("2026-03-31 00:00:00", "ymd"),
        ("3/31/2026 12:00:00 AM", "mdy"),
    ],
)
def test_dates_are_read_in_the_order_that_they_show(written, order):
    made = applied(f"7,,Ida,Holm,,,{written},,,")
    assert (made.date_order, Membership.objects.get().joined_on) == (order, date(2026, 3, 31))


def test_columns_are_guessed_and_remembered():
    head = "Surname,ID,Mail,Anything"
    made = member_imports.upload_members(f"{head}\nHolm,7,,x".encode(), "a.csv", by=None)
    assert made.columns == {"last_name": 1, "number": 2, "email": 3}
    member_imports.choose_columns(made, {"last_name": 1, "number": 2, "degrees": 4}, "dmy")

    second = member_imports.upload_members(f"{head}\nHolm,7,,x".encode(), "b.csv", by=None)
    assert (second.columns, second.date_order) == ({"last_name": 1, "number": 2, "degrees": 4}, "dmy")


def test_history_says_who_and_why():
    staff = user()
    made = bring(AMARA)
    member_imports.ask_to_apply(made, by=staff)
    member_imports.apply_import(made.pk)

    context = apps.get_model("membership", "TermEvent").objects.get().pgh_context
    assert context.metadata == {"user": staff.pk, "reason": "Import of members: list.csv"}


def test_what_changed_since_it_was_looked_at_keeps_it_back():
    made = bring(AMARA)
    member_imports.ask_to_apply(made, by=None)
    with pytest.raises(NotAllowed, match="being applied"):
        member_imports.ask_to_apply(made, by=None)
    make_user(email="amara@example.org")
    make_member((-10, 100), user=User.objects.get(email="amara@example.org"))

    member_imports.apply_import(made.pk)

    made.refresh_from_db()
    assert (made.applied_at, made.asked_at) == (None, None)
    assert made.progress.startswith("Members have changed since you looked.")
    assert made.counts == {"wrong": 1}
    assert not Membership.objects.filter(number=104217).exists()


def statements(made: MemberImport) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert member_imports.apply_members(made)
    return len(asked)


def test_it_takes_as_many_statements_for_many_lines():
    few = bring(*(f"{at},,Ida,Holm {at},,,,,," for at in (1, 2)))
    many = bring(*(f"{at},,Ida,Holm {at},,,,,," for at in range(100, 160)))
    assert statements(few) == statements(many)
    assert Membership.objects.count() == 62


@pytest.mark.django_db(transaction=True)
def test_two_lists_that_name_the_same_member_are_applied_one_after_the_other():
    lists = [bring(AMARA), bring(AMARA)]
    done = at_once(*(lambda made=made: member_imports.apply_members(made) for made in lists))
    assert sorted(done) == [False, True]
    assert Membership.objects.count() == Term.objects.count() == User.objects.count() == 1


def test_staff_bring_a_list_look_at_it_and_apply_it():
    staff = staff_client(MEMBERSHIP_STAFF)
    file = SimpleUploadedFile("list.csv", "\n".join([HEAD, AMARA, "x,,Ida,=cmd(),,,,,,"]).encode())
    answer = staff.post("/admin/membership/memberimport/upload/", {"file": file})
    made = MemberImport.objects.get()
    here = f"/admin/membership/memberimport/{made.pk}"
    assert answer["Location"] == f"{here}/columns/"
    assert "Member number (such as “104217”)" in staff.get(f"{here}/columns/").text
    assert staff.get(f"{here}/change/")["Location"] == f"{here}/columns/"

    chosen = {f"column_{name}": place for name, place in made.columns.items()}
    refused = staff.post(f"{here}/columns/", {**chosen, "column_email": "1", "date_order": "ymd"})
    assert refused.status_code == 422
    assert "“Member number” is chosen twice." in refused.text
    assert staff.post(f"{here}/columns/", {**chosen, "date_order": "ymd"})["Location"] == f"{here}/change/"

    page = staff.get(f"{here}/change/").text
    assert "<ins>Physician, 2026-01-01 to 2026-12-31</ins>" in page
    assert "“x” is not a whole number" in page
    assert "104217" not in staff.get(f"{here}/change/?outcome=wrong").text
    assert staff.get(f"{here}/change/?outcome=%00&page=x").status_code == 200
    wrong = b"".join(staff.get(f"{here}/wrong-lines/")).decode()
    assert "3,The member number “x” is not a whole number.,x,,Ida,'=cmd()," in wrong

    assert "1 person becomes a member here" in staff.get(f"{here}/apply/").text
    staff.post(f"{here}/apply/", {})
    assert "It is being applied." in staff.get(f"{here}/change/").text
    member_imports.apply_import(made.pk)
    assert "Applied." in staff.get(f"{here}/change/").text
    assert Membership.objects.get().user.last_name == "Okafor"
    assert staff.get(f"{here}/apply/").status_code == 302


@pytest.fixture
def long_list(monkeypatch):
    """Two lines are a long list here, so the worker checks them."""
    monkeypatch.setattr(member_imports, "AT_ONCE", 1)
    content = "\n".join([HEAD, AMARA, "x,,Ida,Holm,,,,,,"]).encode()
    return member_imports.upload_members(content, "list.csv", by=None)


def test_the_worker_checks_a_long_list_and_its_page_says_how_far_it_is(long_list, monkeypatch):
    staff = staff_client(MEMBERSHIP_STAFF)
    here = f"/admin/membership/memberimport/{long_list.pk}"
    chosen = {f"column_{name}": place for name, place in long_list.columns.items()}
    assert staff.post(f"{here}/columns/", {**chosen, "date_order": "ymd"})["Location"] == f"{here}/change/"

    page = staff.get(f"{here}/change/").text
    assert "Every line is being checked." in page
    assert "It begins within a minute." in page
    assert "Lines of the list" not in page
    assert set(long_list.lines.values_list("outcome", flat=True)) == {""}
    assert "The lines are being checked." in staff.get(f"{here}/apply/", follow=True).text
    with pytest.raises(NotAllowed, match="being checked"):
        member_imports.ask_to_apply(long_list, by=None)

    said = []
    monkeypatch.setattr(member_imports, "_tell", lambda made, words: said.append(words))
    member_imports.check_import(long_list.pk)
    assert (said[0], said[-1]) == ("2 lines: step 1 of 12.", "2 lines: step 12 of 12.")
    made = MemberImport.objects.get()
    assert (made.counts, made.progress, made.check_asked_at) == ({"new": 1, "wrong": 1}, "", None)
    assert "1 person becomes a member here" in staff.get(f"{here}/apply/").text
    before = made.checked_at
    member_imports.check_import(long_list.pk)  # a second run does nothing
    made.refresh_from_db()
    assert made.checked_at == before


def test_of_two_choices_while_the_worker_checks_the_last_one_counts(long_list, monkeypatch):
    member_imports.ask_to_check(long_list, {"number": 1}, "ymd")

    def overtaken(made, words):
        monkeypatch.setattr(member_imports, "_tell", lambda made, words: None)
        member_imports.ask_to_check(long_list, {"email": 2}, "ymd")

    monkeypatch.setattr(member_imports, "_tell", overtaken)
    member_imports.check_import(long_list.pk)
    made = MemberImport.objects.get()
    assert (made.is_being_checked, made.counts, made.columns) == (True, {}, {"email": 2})

    member_imports.check_import(long_list.pk)
    made.refresh_from_db()
    assert (made.is_being_checked, sum(made.counts.values())) == (False, 2)


def test_a_check_that_fails_says_so_and_can_be_asked_for_again(long_list, monkeypatch):
    staff = staff_client(MEMBERSHIP_STAFF)
    member_imports.ask_to_check(long_list, long_list.columns, "ymd")
    monkeypatch.setattr(member_imports.sql, "COUNT", "SELECT 1 / 0")
    member_imports.check_import(long_list.pk)

    page = staff.get(f"/admin/membership/memberimport/{long_list.pk}/change/", follow=True)
    assert "The lines could not be checked." in page.text
    assert "Check every line" in page.text
    monkeypatch.undo()
    member_imports.ask_to_check(long_list, long_list.columns, "ymd")  # few lines again: at once
    assert MemberImport.objects.get().counts == {"new": 1, "wrong": 1}


def test_a_list_that_fails_while_it_is_applied_says_so_and_can_be_asked_for_again(monkeypatch):
    made = bring(AMARA)
    member_imports.ask_to_apply(made, by=None)
    monkeypatch.setattr(member_imports.sql, "TERMS", "SELECT 1 / 0")
    member_imports.apply_import(made.pk)
    made.refresh_from_db()
    assert (made.asked_at, made.progress) == (None, member_imports.NOT_APPLIED)
    assert not Membership.objects.exists()

    monkeypatch.undo()
    member_imports.ask_to_apply(made, by=None)
    member_imports.apply_import(made.pk)
    assert Membership.objects.get().number == 104217


def test_a_file_that_is_none_keeps_the_page(client):
    staff = staff_client(MEMBERSHIP_STAFF)
    file = SimpleUploadedFile("list.xls", b"\xd0\xcf\x11\xe0")
    answer = staff.post("/admin/membership/memberimport/upload/", {"file": file})
    assert (answer.status_code, "older Excel" in answer.text) == (422, True)
    assert staff.post("/admin/membership/memberimport/upload/", {}).status_code == 422


def test_others_bring_nothing():
    made = bring(AMARA)
    staff = staff_client(CAREERS_STAFF)
    own = [f"{made.pk}/{page}/" for page in ("columns", "apply", "change", "wrong-lines")]
    for page in ("", "upload/", "template/", *own):
        assert staff.get(f"/admin/membership/memberimport/{page}").status_code == 403, page


def test_the_template_is_read_as_it_is():
    content = b"".join(staff_client(MEMBERSHIP_STAFF).get("/admin/membership/memberimport/template/"))
    made = member_imports.upload_members(content, "members.csv", by=None)
    made = member_imports.choose_columns(made, made.columns, made.date_order)
    assert (len(made.columns), made.counts) == (10, {"new": 1})


def test_the_command_says_what_follows_and_does_it_when_asked(tmp_path, capsys):
    file = tmp_path / "list.csv"
    file.write_text("\n".join([HEAD, AMARA, "x,,Ida,Holm,,,,,,"]))
    call_command("import_members", str(file))
    assert not Membership.objects.exists()
    call_command("import_members", str(file), "--apply")
    said = capsys.readouterr()
    assert "New: 1" in said.out
    assert "Applied." in said.out
    assert "Line 3: The member number “x” is not a whole number." in said.err
    with pytest.raises(CommandError):
        call_command("import_members", str(tmp_path / "none.csv"))


def test_export_and_erasure_reach_the_lines():
    applied(AMARA, BO)
    person = User.objects.get(email="amara@example.org")
    data = export_person(person)["membership"]["lines_of_imported_lists"]
    assert data[0]["line"][3] == "Okafor"
    erase_person(person)
    assert ImportedLine.objects.get().last_name == "Łódzki"
