"""Alerts: a search tells its reader of new positions, each once, and of nothing that is not open."""

import json
import re
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.core import signing
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from aapm_site.accounts.domain import privacy
from aapm_site.core.http import view_counts
from aapm_site.core.models import Count
from aapm_site.mail.domain.subscriptions import pause_subscription, resume_subscription
from aapm_site.mail.models import OutgoingEmail, Subscription
from careers.choices import AlertPace
from careers.criteria import JobCriteria
from careers.domain import alert_letters, alert_matching, alert_silence, alerts, jobs
from careers.domain.alerts import AlertsFull, WantedAlert
from careers.due import ALERT_LETTERS, NEW_POSITIONS, SILENT_READERS
from careers.models import Alert, AlertMatch, AlertReader, JobAnnouncement
from careers.retention import FINDS
from careers.states import JobStatus
from tests.factories import client_of

from .factories import live_job, make_employer, make_job, make_user, profession
from .plain_search import fits
from .test_search import CRITERIA, MOVES, Moves, one_field, towns  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
NEW = "/career-center/alerts/new/"
SEEKER = "fellow@seekers.example"
MAINE = JobCriteria(states=("ME",))
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


class Clock:
    """Moves the site's clock; without a move it goes as it does."""

    def __init__(self, monkeypatch):
        self.ahead, real = timedelta(0), timezone.now
        self.now = real
        monkeypatch.setattr(timezone, "now", lambda: real() + self.ahead)

    def shift(self, by: timedelta) -> None:
        self.ahead += by

    def move_to(self, moment: datetime) -> None:
        self.ahead = moment - self.now()


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def alert(person=None, criteria: JobCriteria = MAINE, pace: str = AlertPace.AT_ONCE, email: str = "") -> Alert:
    wanted = WantedAlert(criteria.to_query(), "Maine", pace)
    if email:
        return alerts.add_confirmed_alert(email, wanted, criteria)
    return alerts.add_alert(person or make_user(), wanted, criteria)


def letters(template: str = "careers/alert") -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(template=template).order_by("pk"))


def work() -> None:
    """What the clock does every five minutes, of alerts; what fails is raised."""
    for one in (NEW_POSITIONS, ALERT_LETTERS, SILENT_READERS):
        for row in one.due(timezone.now()):
            if row.at <= timezone.now():
                one.do(row.key)


def open_sent_link(text: str) -> str:
    return re.search(r"http://localhost:8000(/\S+)", text).group(1)


def confirm_link() -> str:
    return open_sent_link(OutgoingEmail.objects.get(template="careers/alert_confirm").text)


# --- asking and confirming ----------------------------------------------------------------------------------------


def test_without_an_account_an_alert_is_confirmed_by_its_letter():
    visitor = Client()
    profession()
    page = visitor.get("/career-center/jobs/?state=ME&profession=physician")
    assert f'action="{NEW}?state=ME&amp;profession=physician"' in page.text

    answer = visitor.post(f"{NEW}?state=ME&profession=physician", {"email": SEEKER, "pace": "weekly"}, **HERE)

    assert answer["Location"] == "/career-center/alerts/asked/"
    assert (Alert.objects.count(), Subscription.objects.count()) == (0, 0)
    link = confirm_link()
    page = visitor.get(link).text
    assert "Maine, Physician" in page
    assert "once a week, on Monday morning" in page
    assert Alert.objects.count() == 0

    answer = visitor.post(link, **HERE)

    made = Alert.objects.get()
    assert answer["Location"] == made.reader.get_absolute_url()
    assert (made.title, made.pace, made.address) == ("Maine, Physician", "weekly", "state=ME&profession=physician")
    assert made.reader.subscription.address == SEEKER
    visitor.post(link, **HERE)
    assert Alert.objects.count() == 1


def test_the_letter_that_confirms_repeats_nothing_that_was_typed():
    Client().post(f"{NEW}?q=evil-zip", {"email": SEEKER, "pace": "daily"}, **HERE)
    letter = OutgoingEmail.objects.get()
    assert letter.state == "queued"
    assert "evil" not in letter.subject + letter.text.replace(confirm_link(), "")


def test_a_member_has_it_at_once_and_the_same_search_once():
    person = make_user()
    browser = client_of(person)
    for pace in ("daily", "at-once"):
        answer = browser.post(f"{NEW}?state=ME&since=7", {"pace": pace}, **HERE)
        assert answer["Location"] == "/career-center/alerts/"
    made = Alert.objects.get()
    assert (made.pace, made.address, made.title) == (
        "at-once",
        "state=ME",
        "Maine",
    )  # new ones only: since says nothing
    assert "Maine" in browser.get("/career-center/alerts/").text
    assert "Maine" in browser.get("/account/").text
    assert letters("careers/alert_confirm") == []


@pytest.mark.parametrize("rests", ["no", "it", "all"])
def test_a_search_takes_the_place_of_another(rests):
    person = make_user()
    old = alert(person)
    if rests == "it":
        alerts.pause_alert(old)
    elif rests == "all":
        pause_subscription(old.reader.subscription)
    browser = client_of(person)
    assert "In place of: Maine" in browser.get(f"{NEW}?state=MA").text
    browser.post(f"{NEW}?state=MA", {"pace": "weekly", "replaces": old.public_id}, **HERE)
    changed = Alert.objects.get()
    assert (changed.pk, changed.title, changed.pace, changed.keys) == (old.pk, "Massachusetts", "weekly", ["state:MA"])
    assert (changed.paused_at, changed.reader.subscription.paused_at) == (None, None)


@pytest.mark.parametrize(
    ("data", "extra", "status"),
    [
        ({"email": "no address", "pace": "daily"}, HERE, 422),
        ({"pace": "daily"}, HERE, 422),
        ({"email": SEEKER, "pace": "hourly"}, HERE, 422),
        ({"email": SEEKER, "pace": "daily"}, {}, 403),
    ],
)
def test_what_cannot_be_taken_is_refused(data, extra, status):
    assert Client().post(NEW, data, **extra).status_code == status
    assert OutgoingEmail.objects.count() == 0


def test_a_connection_asks_for_some_letters_an_hour():
    said = [
        Client().post(NEW, {"email": f"a{number}@seekers.example", "pace": "daily"}, **HERE).status_code
        for number in range(21)
    ]
    assert (said[:20], said[20]) == ([302] * 20, 429)


@pytest.mark.parametrize("old", [False, True])
def test_a_forged_or_old_link_confirms_nothing(old, monkeypatch):
    alerts.ask_to_confirm_alert(SEEKER, WantedAlert("", "All positions", "daily"))
    link = confirm_link()
    if old:
        monkeypatch.setattr(alerts, "CONFIRM_SECONDS", -1)
    else:
        link = link.replace("/confirm/", "/confirm/x")
    assert Client().post(link, **HERE).status_code == 404
    assert Alert.objects.count() == 0


def test_an_address_with_an_account_gets_its_alerts_there():
    person = make_user(SEEKER)
    assert alert(email=SEEKER.upper()).reader.subscription.user == person


def test_alerts_from_before_the_account_come_along():
    made = alert(email=SEEKER)
    token = made.reader.subscription.token
    person = make_user(SEEKER)
    alerts.take_over_alerts(person)
    subscription = Subscription.objects.get()
    assert (subscription.user, subscription.email, subscription.token) == (person, "", token)


def test_there_is_room_for_so_many(monkeypatch):
    monkeypatch.setattr(alerts, "LIMIT", 1)
    person = make_user()
    alert(person)
    with pytest.raises(AlertsFull):
        alert(person, JobCriteria())
    answer = client_of(person).post(NEW, {"pace": "daily"}, **HERE)
    assert answer.status_code == 422
    assert "all there is room for" in answer.text


# --- matching -----------------------------------------------------------------------------------------------------


@settings(max_examples=15)
@given(data=st.data())
def test_alerts_find_what_a_plain_matcher_finds(towns, data):  # noqa: F811 - the fixture
    with transaction.atomic():
        employer = make_employer("Cedar Fork", slug="cedar-fork")
        found = [live_job(employer, days_ago=days_ago) for days_ago in (1, 5)]
        moves = Moves(data.draw, towns)
        for name in data.draw(st.lists(st.sampled_from(sorted(set(MOVES) - {"gone"})), min_size=4, max_size=10)):
            getattr(moves, name)()
        searches = {
            one.to_query(): one
            for drawn in data.draw(st.lists(CRITERIA.map(lambda one: one.without("since")), min_size=2, max_size=4))
            for one in [drawn, *one_field(drawn)]
        }
        person = make_user()
        made = {query: alert(person, one) for query, one in list(searches.items())[: alerts.LIMIT]}
        now = timezone.now()
        for job in found:
            job.refresh_from_db()
            times = alert_matching.match_job(job, now)
            told = set(AlertMatch.objects.filter(job=job).values_list("alert", flat=True))
            may_be_found = job.is_live(now) or job.status == JobStatus.PAUSED
            wanted = {made[query].pk for query in made if may_be_found and fits(job, searches[query], now)}
            assert told == wanted
            assert (times, alert_matching.match_job(job, now)) == (len(wanted), 0)
        transaction.set_rollback(True)


def test_a_position_is_announced_once_when_it_goes_live():
    made = alert()
    staff = make_user()
    waiting = make_job(status=JobStatus.IN_REVIEW)
    to_come = live_job(days_ago=-2)
    work()
    assert AlertMatch.objects.count() == 0

    jobs.approve_job(waiting, by=staff)
    work()
    assert [(find.alert, find.job) for find in AlertMatch.objects.all()] == [(made, waiting)]

    later = alert(criteria=JobCriteria())
    waiting.refresh_from_db()
    jobs.correct_job(waiting, by=staff, fields={"title": "Another title"})
    paused = jobs.pause_job(waiting, by=staff, reason="A slip.")
    jobs.resume_job(paused, by=staff)
    work()
    assert later.matches.count() == 0  # neither an edit nor the way back from a pause is new

    to_come.starts_at = timezone.now() - timedelta(minutes=1)
    to_come.save()
    work()
    assert later.matches.get().job == to_come


def test_a_position_that_was_paused_before_its_first_day_is_new_when_it_is_resumed():
    made = alert()
    staff = make_user()
    job = jobs.pause_job(live_job(days_ago=-1), by=staff, reason="Not yet.")
    job.starts_at = timezone.now() - timedelta(hours=1)
    job.save()
    work()
    assert JobAnnouncement.objects.count() == 0
    jobs.resume_job(job, by=staff)
    work()
    assert made.matches.count() == 1


@pytest.mark.parametrize("stop", ["alert", "subscription", "account"])
def test_who_has_stopped_is_not_looked_for(stop):
    person = make_user()
    made = alert(person)
    if stop == "alert":
        alerts.pause_alert(made)
    elif stop == "subscription":
        pause_subscription(made.reader.subscription)
    else:
        person.is_active = False
        person.save()
    live_job()
    work()
    assert letters() == []


def test_a_confidential_position_is_not_found_by_its_employer():
    employer = make_employer(slug="secret-house")
    alert(criteria=JobCriteria(employer="secret-house"))
    alert(criteria=MAINE)
    live_job(employer, confidential=True, public_employer_name="A hospital on the coast")
    work()
    (letter,) = letters()
    assert "A hospital on the coast" in letter.text
    assert employer.name not in letter.text + letter.html + letter.subject


# --- letters ------------------------------------------------------------------------------------------------------

MORNING = timezone.make_aware(datetime(2027, 3, 2, 6, 5))  # a Tuesday


def test_one_letter_tells_everything_once():
    person = make_user()
    alert(person)
    alert(person, JobCriteria(professions=("physician",)), AlertPace.AT_ONCE)
    job = live_job(title="Pain physician on the coast")
    other = live_job(title="Pain physician inland", places=({"city": "Boston", "state_code": "MA"},))
    work()
    work()

    (letter,) = letters()
    assert letter.subject.startswith("2 new positions: Pain physician")
    assert (letter.text.count(job.title), letter.text.count(other.title)) == (1, 1)
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter.to, letter.user, letter.kind) == (person.email, person, "alerts.positions")
    assert AlertMatch.objects.filter(told_at=None).count() == 0


def test_each_pace_has_its_hour(clock):
    person = make_user()
    clock.move_to(MORNING - timedelta(hours=1))
    alert(person, JobCriteria(words="ferry"), AlertPace.DAILY)
    weekly = alert(person, JobCriteria(words="suite"), AlertPace.WEEKLY)
    live_job()
    seen = []
    for hours in range(0, 7 * 24 + 1, 6):
        clock.move_to(MORNING - timedelta(hours=1) + timedelta(hours=hours))
        work()
        seen += [(hours, letter.subject) for letter in letters()[len(seen) :]]
    # Told by the daily one the next hour, so that the weekly one has nothing left to say.
    assert [hours for hours, _ in seen] == [6]
    assert weekly.matches.get().told_at is not None


def test_a_weekly_alert_tells_on_monday(clock):
    clock.move_to(MORNING)
    alert(pace=AlertPace.WEEKLY)
    live_job()
    work()
    due_days = []
    for days in range(8):
        clock.move_to(MORNING + timedelta(days=days))
        if list(alert_letters.due_letters(timezone.now())):
            due_days.append(timezone.localdate().strftime("%A"))
    assert due_days == ["Monday", "Tuesday"]  # and on, until it is done: a week's standstill loses nothing


@pytest.mark.parametrize("verb", ["pause_job", "fill_job", "withdraw_job", "end"])
def test_what_is_not_open_any_more_is_not_told(verb):
    alert()
    staff = make_user()
    job = live_job()
    alert_matching.announce_job(str(job.pk))
    if verb == "end":
        job.ends_at = timezone.now() - timedelta(seconds=1)
        job.save()
    else:
        reason = {} if verb == "fill_job" else {"reason": "So it is."}
        getattr(jobs, verb)(job, by=staff, **reason)
    work()
    assert letters() == []
    if verb == "pause_job":  # what comes back was not told yet
        jobs.resume_job(type(job).objects.get(pk=job.pk), by=staff)
        work()
        assert len(letters()) == 1


def test_a_long_find_is_cut_and_told_as_a_whole(monkeypatch):
    monkeypatch.setattr(alert_letters, "SHOWN", 2)
    made = alert()
    for _ in range(4):
        live_job()
    work()
    (letter,) = letters()
    assert "And 2 more." in letter.text
    assert letter.subject.startswith("4 new positions")
    assert made.matches.filter(told_at=None).count() == 0


class Killed(Exception):
    """The worker ends here."""


def killed_at(step: int):
    """Ends the work before its statement of this number; what takes the others back is the database's."""
    numbers = count()

    def execute(run, *arguments):
        if next(numbers) == step:
            raise Killed
        return run(*arguments)

    return connection.execute_wrapper(execute)


def test_whenever_a_worker_is_killed_all_is_told_once():
    alert()
    job = live_job()
    for work_of, key in ((alert_matching.announce_job, str(job.pk)), (alert_letters.write_letters, None)):
        for step in count():
            key = key or next(iter(alert_letters.due_letters(timezone.now()))).key
            try:
                with transaction.atomic(), killed_at(step):
                    work_of(key)
            except Killed:
                assert letters() == []
            else:
                break
        assert step >= 3
    work()
    assert len(letters()) == 1
    assert AlertMatch.objects.filter(told_at=None).count() == 0


def test_batches_are_rows_of_their_own(monkeypatch):
    monkeypatch.setattr(alert_letters, "BATCH", 2)
    for _ in range(5):
        alert()
    live_job()
    alert_matching.announce_job(next(alert_matching.due_announcements(timezone.now())).key)
    rows = list(alert_letters.due_letters(timezone.now()))
    assert len(rows) in {3, 4}
    for row in (*rows, *rows):
        alert_letters.write_letters(row.key)
    assert len({letter.to for letter in letters()}) == len(letters()) == 5


# --- what a reader does with them ---------------------------------------------------------------------------------


def test_whoever_has_a_letter_changes_exports_and_erases():
    made = alert(email=SEEKER)
    live_job()
    work()
    page = open_sent_link(letters()[0].text.rpartition("You can stop them there, too:")[2])
    assert page == made.reader.get_absolute_url()
    browser = Client()
    for do, expected in (
        ({"do": "pace", "pace": "weekly"}, lambda one: one.pace == "weekly"),
        ({"do": "pause"}, lambda one: one.paused_at is not None),
        ({"do": "resume"}, lambda one: one.paused_at is None),
        ({"do": "stop"}, lambda one: one.reader.subscription.paused_at is not None),
        ({"do": "go-on"}, lambda one: one.reader.subscription.paused_at is None),
    ):
        assert browser.post(page, {"alert": made.public_id, **do}, **HERE)["Location"] == page
        made = Alert.objects.get()
        assert expected(made), do
    Count.objects.create(kind=alerts.PRESS, key=str(made.reader.pk), on=date(2026, 11, 3), times=2)
    exported = json.loads(browser.get(f"{page}export/").content)
    assert exported["links_pressed_in_letters"] == [{"on": "2026-11-03", "times": 2}]
    told = exported["alerts"]
    assert [(one["to"], one["search"], len(one["found"])) for one in told] == [(SEEKER, "Maine", 1)]

    assert "Erase" in browser.get(f"{page}erase/").text
    browser.post(f"{page}erase/", **HERE)
    for model in (Alert, AlertReader, AlertMatch, Subscription):
        assert model.objects.count() == 0
    assert letters() == []
    assert browser.get(page).status_code == 404


@pytest.mark.parametrize("number", ["\0", "x" * 5_000, "", "99999999999999999999"])
@pytest.mark.parametrize("do", ["pause", "pace", "zzz", "\0"])
def test_a_press_that_means_no_alert_changes_nothing_and_says_so(do, number):
    page = alert(email=SEEKER).reader.get_absolute_url()
    browser = Client()
    sent = {"do": do, "alert": number, "pace": number}
    assert "We did not understand that." in browser.post(page, sent, follow=True, **HERE).text
    assert Alert.objects.get().paused_at is None


def test_one_press_in_the_mail_program_stops_all_alerts_and_a_new_one_wakes_itself_alone():
    person = make_user()
    old = alert(person)
    token = old.reader.subscription.token
    Client().post(f"/mail/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"})
    live_job()
    work()
    assert letters() == []

    alert(person, JobCriteria(professions=("physician",)))
    live_job()
    work()
    assert len(letters()) == 1
    old.refresh_from_db()
    assert old.paused_at is not None
    resume_subscription(old.reader.subscription)


def test_a_persons_alerts_are_theirs_alone():
    mine, other = alert(), make_user()
    browser = client_of(other)
    browser.post("/career-center/alerts/", {"alert": mine.public_id, "do": "delete"})
    assert Alert.objects.count() == 1
    client_of(mine.reader.subscription.user).post("/career-center/alerts/", {"alert": mine.public_id, "do": "delete"})
    assert Alert.objects.count() == 0


def test_a_link_leads_to_the_position_and_is_counted():
    alert()
    job = live_job()
    work()
    link = open_sent_link(letters()[0].text)
    reader = AlertReader.objects.get()
    answer = Client(headers={"User-Agent": "Mozilla/5.0"}).get(link)
    assert answer["Location"] == f"/career-center/jobs/{job.pk}/"
    view_counts.flush()
    assert Count.objects.get(kind=alerts.PRESS).key == str(reader.pk)
    forged = signing.dumps([reader.pk, job.pk], salt="another")
    assert Client().get(f"/career-center/alerts/job/{forged}/").status_code == 404


# --- silence ------------------------------------------------------------------------------------------------------


def silent_reader(clock) -> AlertReader:
    """One who had a letter nine weeks ago."""
    alert()
    live_job()
    work()
    clock.shift(timedelta(weeks=9))
    return AlertReader.objects.get()


def test_after_eight_weeks_without_a_press_we_ask_once_and_then_they_rest(clock):
    reader = silent_reader(clock)
    work()
    work()
    (question,) = letters("careers/alert_still_wanted")
    assert "* Maine" in question.text
    clock.shift(timedelta(weeks=1))
    work()
    assert not Subscription.objects.get().paused_at
    clock.shift(timedelta(weeks=1, hours=1))
    work()
    assert Subscription.objects.get().paused_at
    assert len(letters("careers/alert_still_wanted")) == 1
    assert "All of these rest." in Client().get(reader.get_absolute_url()).text


@pytest.mark.parametrize("how", ["press", "answer"])
def test_who_presses_a_link_is_not_asked_and_who_answers_goes_on(clock, how):
    reader = silent_reader(clock)
    if how == "press":
        Count.objects.create(kind=alerts.PRESS, key=str(reader.pk), on=timezone.localdate(), times=1)
        work()
    else:
        work()
        Client().post(reader.get_absolute_url(), {"do": "go-on"}, **HERE)
    clock.shift(timedelta(weeks=3))
    work()
    assert len(letters("careers/alert_still_wanted")) == (how == "answer")
    reader.refresh_from_db()
    assert (reader.unanswered_since, reader.asked_at) == (None, None)
    assert not Subscription.objects.get().paused_at


def test_a_question_that_nobody_need_answer_is_not_asked():
    assert list(alert_silence.due_silences(timezone.now())) == []
    alert_silence.answer_silence("1")


# --- a person's data ----------------------------------------------------------------------------------------------


def test_an_export_holds_the_alerts_and_an_erasure_takes_them():
    person = make_user()
    alert(person)
    live_job()
    work()
    told = privacy.export_person(person)["careers"]["alerts"]
    assert [(one["search"], len(one["found"])) for one in told] == [("Maine", 1)]
    privacy.erase_person(person)
    assert (Alert.objects.count(), AlertReader.objects.count(), Subscription.objects.count()) == (0, 0, 0)


def test_finds_are_forgotten_long_after_the_last_day():
    alert()
    live_job()
    work()
    assert FINDS.forget(timezone.now()) == 0
    assert FINDS.forget(timezone.now() + timedelta(days=60)) == 1
